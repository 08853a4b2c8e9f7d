"""Synthetic records of every type, the same for the same seed; sizes of symbols are measured on them.

They are invented from lists of syllables and units: none is, or was made from, a real record.
"""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING, Any

from support import words_of_records as words
from vncopy.formats.birth import BirthRecord
from vncopy.formats.death import DeathRecord
from vncopy.formats.land import LandCertificate
from vncopy.formats.marriage import MarriageRecord
from vncopy.formats.record import CopyRecord, copy_id_of, parse_input

if TYPE_CHECKING:
    from collections.abc import Callable

    from vncopy.formats.base import Document

TYPES: dict[str, type[Document]] = {
    "birth": BirthRecord,
    "marriage": MarriageRecord,
    "death": DeathRecord,
    "land": LandCertificate,
}


class Synthetic:
    """A source of records.

    Args:
        seed: the same seed gives the same records.
        long: names and addresses of the longer kind (the upper fifth of what is met).
    """

    def __init__(self, seed: int, *, long: bool = False) -> None:
        self.random = random.Random(seed)
        self.long = long

    def record(self, name: str) -> CopyRecord[Any]:
        """Return a record of the type ``birth``, ``marriage``, ``death`` or ``land``."""
        makers: dict[str, Callable[[], dict[str, Any]]] = {
            "birth": self.birth,
            "marriage": self.marriage,
            "death": self.death,
            "land": self.land,
        }
        document, statement = parse_input(
            json.dumps({"document": makers[name](), "statement": self.statement(name)}).encode(),
            TYPES[name],
        )
        return CopyRecord(
            document=document,
            statement=statement,
            copy_id=copy_id_of(self.random.randbytes(10)),
            salt=self.random.randbytes(16),
        )

    # --- scalars ------------------------------------------------------------------------------

    def pick(self, choices: Any) -> Any:
        """Return one of ``choices``."""
        return self.random.choice(choices)

    def person(self, *, female: bool) -> str:
        """Return an invented name."""
        middles = words.FEMALE_MIDDLE if female else words.MALE_MIDDLE
        parts = [self.pick(words.SURNAMES), self.pick(middles)]
        if self.long or self.random.random() < 0.25:
            parts.append(self.pick(words.GIVEN))
        parts.append(self.pick(words.GIVEN))
        return " ".join(dict.fromkeys(parts))

    def unit(self) -> str:
        """Return a commune with its province, of today or of former times."""
        if self.random.random() < (0.6 if self.long else 0.25):
            return str(self.pick(words.OLD_UNITS))
        return f"{self.pick(words.WARDS)}, {self.pick(words.PROVINCES)}"

    def address(self) -> str:
        """Return an address."""
        unit = self.unit()
        if self.long:
            street = self.pick(words.STREETS)
            return f"Số {self.random.randint(1, 400)} ngõ {self.random.randint(1, 90)} {street}, {unit}"
        if self.random.random() < 0.5:
            return f"{self.random.randint(1, 400)} {self.pick(words.STREETS)}, {unit}"
        return f"{self.pick(words.VILLAGES)}, {unit}"

    def day(self, first: int, last: int) -> str:
        """Return a date between two years."""
        year = self.random.randint(first, last)
        return f"{year}-{self.random.randint(1, 12):02}-{self.random.randint(1, 28):02}"

    def personal_id(self, *, female: bool, year: int) -> str:
        """Return a personal id that fits sex and year of birth; the serial is invented."""
        century = 2 * (year // 100 - 19) + int(female)
        return f"001{century}{year % 100:02}{self.random.randint(0, 999999):06}"

    def office(self) -> str:
        """Return the People's Committee of a commune."""
        return f"Ủy ban nhân dân {self.unit()}"

    def statement(self, name: str) -> dict[str, Any]:
        """Return the statement of a copy of 2026."""
        ward, province = self.pick(words.WARDS), self.pick(words.PROVINCES)
        number = self.random.randint(1, 2500)
        signer: dict[str, Any] = {
            "full_name": self.person(female=self.random.random() < 0.4),
            "position": self.pick(words.POSITIONS),
        }
        if self.random.random() < 0.5:
            signer |= {"position": "Phó Chủ tịch", "on_behalf": "KT. CHỦ TỊCH"}
        symbols = {"birth": "KS", "marriage": "KH", "death": "KT"}
        certified = name == "land"
        moment = f"{self.day(2026, 2026)}T{self.random.randint(8, 16):02}:{self.random.randint(0, 59):02}"
        return {
            "kind": "certified_copy" if certified else "register_extract_copy",
            "authority": {
                "name": f"Ủy ban nhân dân {ward}, {province}",
                "agency_code": f"H{self.random.randint(1, 63):02}.{self.random.randint(1, 180)}",
            },
            "number": (
                f"{number}, quyển số 01/2026-SCT/BS"
                if certified
                else f"{number}/2026/TL{symbols[name]}-BS"
            ),
            "place": province.split(" ", 2)[-1]
            if province.startswith("thành")
            else ward.split(" ", 1)[1],
            "issued_at": f"{moment}:{self.random.randint(0, 59):02}+07:00",
            "certifier": signer,
            "source": "paper_original" if certified else "electronic_register",
            "requester_relation": "holder_of_original" if certified else "subject",
            "legal_ground": "law",
        }

    # --- documents ----------------------------------------------------------------------------

    def parent(self, *, female: bool, residence: str) -> dict[str, Any]:
        """Return mother or father."""
        return {
            "full_name": self.person(female=female),
            "birth_date": str(self.random.randint(1975, 2002)),
            "ethnicity": self.pick(words.ETHNICITIES),
            "nationality": "Việt Nam",
            "residence": residence,
        }

    def birth(self) -> dict[str, Any]:
        """Return a birth record without annotations."""
        female, year = self.random.random() < 0.5, self.random.randint(2016, 2026)
        home = self.address()
        place = f"{self.pick(words.HOSPITALS)}"
        if self.long or self.random.random() < 0.5:
            place += f", {self.unit()}"
        return {
            "full_name": self.person(female=female),
            "birth_date": (born := self.day(year, year)),
            "gender": "female" if female else "male",
            "ethnicity": self.pick(words.ETHNICITIES),
            "nationality": "Việt Nam",
            "birth_place": place,
            "hometown": self.unit(),
            "personal_id": self.personal_id(female=female, year=year),
            "mother": self.parent(female=True, residence=home),
            "father": self.parent(
                female=False, residence=home if self.random.random() < 0.75 else self.address()
            ),
            "registration_place": self.office(),
            "registration_number": f"{self.random.randint(1, 900)}/{year}",
            "registration_date": max(born, self.day(year, year)),
        }

    def paper(self, *, female: bool, year: int) -> dict[str, Any]:
        """Return an identity card."""
        return {
            "kind": "cccd",
            "number": self.personal_id(female=female, year=year),
            "issued_date": self.day(2021, 2024),
            "issued_by": "Cục Cảnh sát quản lý hành chính về trật tự xã hội",
        }

    def spouse(self, *, female: bool) -> dict[str, Any]:
        """Return wife or husband."""
        year = self.random.randint(1970, 1999)
        return {
            "full_name": self.person(female=female),
            "birth_date": self.day(year, year),
            "ethnicity": self.pick(words.ETHNICITIES),
            "nationality": "Việt Nam",
            "residence": self.address(),
            "id_document": self.paper(female=female, year=year),
        }

    def marriage(self) -> dict[str, Any]:
        """Return a marriage record without annotations."""
        year = self.random.randint(2018, 2026)
        return {
            "wife": self.spouse(female=True),
            "husband": self.spouse(female=False),
            "registration_place": self.office(),
            "registration_number": f"{self.random.randint(1, 300)}/{year}",
            "registration_date": self.day(year, year),
        }

    def death(self) -> dict[str, Any]:
        """Return a death record without annotations."""
        female, year = self.random.random() < 0.5, self.random.randint(1930, 1975)
        died = self.day(2017, 2025)
        return {
            "full_name": self.person(female=female),
            "birth_date": self.day(year, year),
            "gender": "female" if female else "male",
            "ethnicity": self.pick(words.ETHNICITIES),
            "nationality": "Việt Nam",
            "personal_id": self.personal_id(female=female, year=year),
            "last_residence": self.address(),
            "death_date": died,
            "death_time": f"{self.random.randint(0, 23):02}:{self.random.randint(0, 59):02}",
            "death_place": self.unit(),
            "registration_place": self.office(),
            "registration_number": f"{self.random.randint(1, 300)}/{died[:4]}",
            "registration_date": f"{died[:4]}-12-30",
        }

    def land(self) -> dict[str, Any]:
        """Return a land certificate of the form of 2024 without assets and changes."""
        persons = [
            {
                "honorific": "ong",
                "full_name": self.person(female=False),
                "personal_id": self.personal_id(female=False, year=self.random.randint(1960, 1995)),
            },
            {
                "honorific": "ba",
                "full_name": self.person(female=True),
                "personal_id": self.personal_id(female=True, year=self.random.randint(1960, 1995)),
            },
        ]
        area = f"{self.random.randint(40, 900)},{self.random.randint(0, 9)}"
        return {
            "form_generation": "g3_qr_2024",
            "certificate_code": f"{self.random.randint(10**9, 10**10 - 1)}",
            "serial": f"AA {self.random.randint(10**7, 10**8 - 1)}",
            "holders": [{"kind": "spouses", "persons": persons}],
            "parcels": [
                {
                    "parcel_no": str(self.random.randint(1, 900)),
                    "map_sheet_no": str(self.random.randint(1, 90)),
                    "area_m2": area,
                    "land_uses": [
                        {"type_text": self.pick(("Đất ở tại đô thị", "Đất ở tại nông thôn"))}
                    ],
                    "term": "Lâu dài",
                    "use_form": {
                        "private_m2": area,
                        "shared_m2": {"state": "dash", "text": "không"},
                    },
                    "address": self.address(),
                    "origin": "Công nhận QSDĐ như giao đất có thu tiền sử dụng đất",
                }
            ],
            "assets": {"state": "dash", "text": "-/-"},
            "issued_date": self.day(2025, 2026),
            "issuing_authority": f"Văn phòng đăng ký đất đai {self.pick(words.PROVINCES)}",
            "registry_number": f"VP {self.random.randint(1, 99999):05}",
            "notes": "-/-",
        }
