"""A reader of VNC1 written from docs/spec alone: nothing of the library is imported here.

It turns a text into the JSON of the document, as a programmer in another language would. That it
can is the test of the specification, and two readers that agree are a test of each other.
"""

from __future__ import annotations

import base64
import json
import re
import zlib
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

SPEC = Path(__file__).parent.parent.parent / "docs" / "spec"
FIELDS: dict[str, Any] = json.loads((SPEC / "vnc1-fields.json").read_text("utf-8"))
DICTIONARY = bytes.fromhex((SPEC / "vnc1-dictionary.hex").read_text("ascii"))
AMBIGUOUS = {"Thổ"}
"""May mean two peoples, so that no number follows from the name (§8)."""
ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
AGENCY = r"[A-Y][0-9]{2}(\.[A-Z0-9]{1,10}){0,6}"
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


class RefusedError(Exception):
    """The text is not a copy."""


def demand(fact: object, why: str) -> None:
    """Refuse unless ``fact``."""
    if not fact:
        raise RefusedError(why)


# --- §2 to §5 ---------------------------------------------------------------------------------


def unbase45(text: str) -> bytes:
    """Return the bytes of §2."""
    demand(len(text) % 3 != 1 and set(text) <= set(ALPHABET), "base45")
    out = bytearray()
    for at in range(0, len(text), 3):
        group = text[at : at + 3]
        value = sum(ALPHABET.index(letter) * 45**n for n, letter in enumerate(group))
        demand(value < (65536 if len(group) == 3 else 256), "base45 value")
        out += value.to_bytes(len(group) - 1, "big")
    return bytes(out)


def payload_of(text: str, certificate: bytes) -> bytes:
    """Return the payload of a text whose signature verifies (§2, §3, §4)."""
    demand(text.startswith("VNC1:") and len(text) <= 908, "prefix or length")
    data = unbase45(text[5:])
    kid = sha256(certificate).digest()[:8]
    head = bytes.fromhex("d28453a301260448") + kid + bytes.fromhex("1064766e6331a0")
    demand(data.startswith(head), "head or kid")
    first = data[len(head)]
    if 0x40 <= first <= 0x57:
        size, start = first - 0x40, len(head) + 1
    elif first == 0x58:
        size, start = data[len(head) + 1], len(head) + 2
        demand(size >= 24, "long head")
    else:
        demand(first == 0x59, "payload")
        size, start = int.from_bytes(data[len(head) + 1 : len(head) + 3], "big"), len(head) + 3
        demand(size >= 256, "long head")
    demand(data[start + size : start + size + 2] == b"\x58\x40", "signature")
    demand(len(data) == start + size + 66, "length")
    r, s = (int.from_bytes(data[at : at + 32], "big") for at in (len(data) - 64, len(data) - 32))
    demand(0 < r < ORDER and 0 < s <= (ORDER - 1) // 2, "range")
    covered = b"\x84\x6aSignature1" + data[2:22] + b"\x40" + data[len(head) : start + size]
    key = x509.load_der_x509_certificate(certificate).public_key()
    assert isinstance(key, ec.EllipticCurvePublicKey)
    key.verify(encode_dss_signature(r, s), covered, ec.ECDSA(hashes.SHA256()))
    return data[start : start + size]


def inflated(payload: bytes) -> bytes:
    """Return the claims of §5."""
    opener = zlib.decompressobj(-15, zdict=DICTIONARY)
    plain = opener.decompress(payload, 4097)
    demand(len(plain) <= 4096 and opener.eof and not opener.unused_data, "deflate")
    return plain


# --- §6 ---------------------------------------------------------------------------------------


class Cbor:
    """A strict decoder."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def take(self, size: int) -> bytes:
        """Return the next bytes."""
        part = self.data[self.at : self.at + size]
        demand(len(part) == size, "cut off")
        self.at += size
        return part

    def value(self, depth: int = 0) -> Any:
        """Return the next value."""
        first = self.take(1)[0]
        major, small = first >> 5, first & 31
        if major == 7:
            demand(small in {20, 21}, "simple value")
            return small == 21
        number = small
        if small >= 24:
            demand(small <= 27, "indefinite or reserved")
            width = 1 << (small - 24)
            number = int.from_bytes(self.take(width), "big")
            demand(number >= (24 if width == 1 else 1 << (4 * width)), "long head")
        if major == 0:
            return number
        if major == 1:
            return -1 - number
        if major == 2:
            return self.take(number)
        if major == 3:
            text = self.take(number).decode("utf-8")
            demand(
                all(any(a <= ord(c) <= b for a, b in FIELDS["ranges"]["free"]) for c in text),
                "text",
            )
            return text
        demand(major in {4, 5} and depth < 9, "tag or depth")
        if major == 4:
            return [self.value(depth + 1) for _ in range(number)]
        return self.entries(number, depth)

    def entries(self, number: int, depth: int) -> dict[Any, Any]:
        """Return the entries of a map, whose keys must ascend by their bytes."""
        found: dict[Any, Any] = {}
        last = b""
        for _ in range(number):
            start = self.at
            key = self.value(depth + 1)
            code = self.data[start : self.at]
            demand(code > last, "keys not ascending")
            last = code
            found[key] = self.value(depth + 1)
        return found


def claims_of(data: bytes) -> dict[Any, Any]:
    """Return the claims of §6."""
    reader = Cbor(data)
    claims = reader.value()
    demand(reader.at == len(data), "rest")
    demand(isinstance(claims, dict) and {1, 6, 7, -70001} <= set(claims), "claims")
    demand(set(claims) <= {1, 6, 7, 65535, -70001}, "unknown claim")
    demand(len(claims[1]) <= 35 and re.fullmatch(AGENCY, claims[1]), "iss")
    demand(type(claims[6]) is int and 0 <= claims[6] <= 253402300799, "iat")
    demand(isinstance(claims[7], bytes) and len(claims[7]) == 10, "cti")
    if 65535 in claims:
        status = claims[65535]["status_list"]
        demand(set(claims[65535]) == {"status_list"} and set(status) == {"idx", "uri"}, "status")
        demand(0 <= status["idx"] < 2**32 and 0 < len(status["uri"]) <= 120, "status value")
    found: dict[Any, Any] = claims
    return found


# --- §8 ---------------------------------------------------------------------------------------


def day(number: int, epoch: str) -> str:
    """Return the date that lies ``number`` days after ``epoch``."""
    return (date.fromisoformat(epoch) + timedelta(days=number)).isoformat()


def clean(text: Any) -> Any:
    """Return a text that has no stray spaces."""
    if isinstance(text, str):
        demand(text == text.strip(" ") and "  " not in text, "spaces")
    return text


def partial_date(value: Any) -> Any:
    """Return a date in JSON."""
    if isinstance(value, list):
        whole = {"date": partial_date(value[0])}
        if value[1]:
            whole["original_text"] = clean(value[1])
        if value[2:]:
            demand(value[2:] == [1], "calendar")
            whole["calendar"] = "lunar"
        return whole
    if isinstance(value, str):
        full = re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value)
        demand(full or re.fullmatch(r"[0-9]{4}-[0-9]{2}", value), "date")
        demand(not full or not "1900-01-01" <= value <= "2078-12-31", "date as text")
        return value
    if value < 10000:
        return f"{value:04}"
    demand(value <= 75378, "date beyond 2078")
    return day(value - 10000, "1900-01-01")


def partial_time(value: int) -> str:
    """Return a time in JSON."""
    return f"{value - 2000:02}" if value >= 2000 else f"{value // 60:02}:{value % 60:02}"


UNITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")


def below_hundred(number: int) -> str:
    """Return 1 to 99 in words."""
    ten, unit = divmod(number, 10)
    after = {0: "", 1: " mốt" if ten > 1 else " một", 5: " lăm"}.get(unit, f" {UNITS[unit]}")
    if ten == 0:
        return UNITS[unit]
    return (f"{UNITS[ten]} mươi" if ten > 1 else "mười") + after


def year_words(year: int) -> str:
    """Return a year of four digits in words."""
    thousand, rest = divmod(year, 1000)
    words = f"{UNITS[thousand]} nghìn"
    if rest == 0:
        return words
    hundred, below = divmod(rest, 100)
    words += f" {UNITS[hundred]} trăm"
    if below == 0:
        return words
    return words + (" linh " if below < 10 else " ") + below_hundred(below)


def date_words(value: Any) -> str:
    """Return a date in words."""
    if isinstance(value, str):
        return value
    number, spelling = value if isinstance(value, list) else (value, 0)
    year, month, day_ = (int(each) for each in partial_date(number).split("-"))
    digits = []
    for base in (2, 2, 2, 3, 3):
        spelling, digit = divmod(spelling, base)
        digits.append(digit)
    first = ("mùng ", "mồng ", "")[digits[3]] if day_ <= 10 else ""
    month_words = ("tư", "bốn")[digits[2]] if month == 4 else below_hundred(month)
    in_words = year_words(year)
    if digits[0]:
        in_words = in_words.replace(" nghìn", " ngàn")
    if digits[1]:
        in_words = in_words.replace(" linh ", " lẻ ")
    words = f"{first}{below_hundred(day_)} tháng {month_words} năm {in_words}"
    return ("Ngày ", "ngày ")[digits[4]] + words if digits[4] < 2 else words[0].upper() + words[1:]


def listed(value: Any, name: str) -> Any:
    """Return an ethnicity or a nationality in JSON."""
    table: dict[str, Any] = FIELDS[name]
    names = {key: each if isinstance(each, str) else each["name"] for key, each in table.items()}
    if isinstance(value, str):
        demand(value not in names.values() or value in AMBIGUOUS, "text for number")
        return clean(value)
    number, text = value if isinstance(value, list) else (value, names[str(value)])
    demand(isinstance(value, int) or names[str(number)] != text, "number and its own name")
    if isinstance(value, int) and text not in AMBIGUOUS:
        return text
    entry = table[str(number)]
    return {
        "text": clean(text),
        "code": f"{number:02}" if isinstance(entry, str) else entry["code"],
    }


def with_codes(value: Any, names: tuple[str, ...]) -> Any:
    """Return a text with codes in JSON."""
    if isinstance(value, str):
        return clean(value)
    return {name: clean(each) for name, each in zip(names, value, strict=False) if each != ""}


def place(value: Any) -> Any:
    """Return a place in JSON."""
    whole = with_codes(value, ("text", "province_code", "ward_code", "code_date"))
    if isinstance(whole, dict):
        whole["code_date"] = day(whole["code_date"], "2000-01-01")
    return whole


def signer(value: list[Any]) -> dict[str, Any]:
    """Return a signer in JSON."""
    words = [
        FIELDS[table][str(each)] if isinstance(each, int) else each
        for table, each in zip(("positions", "on_behalf"), value[1:], strict=False)
    ]
    return dict(zip(("full_name", "position", "on_behalf"), [value[0], *words], strict=False))


CODINGS: dict[str, Any] = {
    "PersonalId": lambda value: f"{value:012}",
    "IdNumber": lambda value: f"{value:012}" if isinstance(value, int) else value,
    "PartialDate": partial_date,
    "PartialTime": partial_time,
    "DateWords": date_words,
    "Ethnicity": lambda value: listed(value, "ethnicities"),
    "Nationality": lambda value: listed(value, "countries"),
    "Place": place,
    "Organisation": lambda value: with_codes(
        value, ("name", "agency_code", "province_code", "ward_code")
    ),
    "Signer": signer,
}


def last_day_has_number(term: str) -> bool:
    """Tell whether a term of use is a last day that must travel as a number."""
    found = re.fullmatch(r"Đến ngày ([0-9]{2})/([0-9]{2})/([0-9]{4})", term, re.ASCII)
    if found is None or not "1900" <= found[3] <= "2078":
        return False
    try:
        date(int(found[3]), int(found[2]), int(found[1]))
    except ValueError:
        return False
    return True


def text_of(value: Any, name: str) -> str:
    """Return a text, having checked length, repertoire and spaces."""
    numbered = FIELDS["numbered"].get(name, {})
    if type(value) is int:
        if name == "LandTerm" and value >= 10000:
            year, month, day_ = partial_date(value).split("-")
            return f"Đến ngày {day_}/{month}/{year}"
        demand(str(value) in numbered, "number of a text")
        return str(numbered[str(value)])
    demand(value not in numbered.values(), "text for number")
    demand(name != "LandTerm" or not last_day_has_number(value), "text for number of a day")
    rule = FIELDS["texts"][name]
    ranges = FIELDS["ranges"][rule["ranges"]]
    demand(0 < len(value) <= rule["max_length"], "length")
    demand(all(any(a <= ord(c) <= b for a, b in ranges) for c in value), "repertoire")
    demand(value == " ".join(value.split(" ")).strip() and "  " not in value, "spaces")
    if rule["pattern"]:
        demand(re.fullmatch(rule["pattern"], value, re.ASCII), "pattern")
    return value


def value_of(value: Any, names: list[str], *, reference: bool) -> Any:
    """Return one value in JSON, of the first class that takes it."""
    for name in names:
        try:
            if name in FIELDS["parts"]:
                return part_of(value, name, reference=reference)
            if name in FIELDS["enums"]:
                return FIELDS["enums"][name][str(value)]["value"]
            if name in CODINGS:
                return CODINGS[name](value)
            return text_of(value, name) if name in FIELDS["texts"] else value
        except RefusedError:
            if name == names[-1]:
                raise
    raise RefusedError("no class")


# --- §7 ---------------------------------------------------------------------------------------


def part_of(value: dict[int, Any], name: str, *, reference: bool) -> dict[str, Any]:
    """Return a map of fields in JSON."""
    table = FIELDS["parts"][name]
    if reference and any(each["key_field"] for each in table):
        table = [each for each in table if each["key_field"]]
    known = {each["key"]: each for each in table}
    demand(set(value) <= set(known), "unknown field")
    found: dict[str, Any] = {}
    for key, field in known.items():
        if key not in value:
            demand(not field["required"], "missing field")
            continue
        plain = value[key]
        demand(plain != field.get("default", object()), "default written out")
        first = plain[0] if isinstance(plain, list) and plain else plain
        if type(first) is int and first < 0:
            demand(field["may_be_missing"], "may not be missing")
            found[field["name"]] = {"state": FIELDS["states"][str(first)]}
            if isinstance(plain, list):
                _, words = plain
                demand(0 < len(words) <= 60, "words")
                found[field["name"]]["text"] = words
        elif field["array"]:
            found[field["name"]] = [
                value_of(each, field["types"], reference=reference) for each in plain
            ]
        else:
            found[field["name"]] = value_of(plain, field["types"], reference=reference)
    return found


def read(text: str, certificate: bytes) -> dict[str, Any]:
    """Return what a text says, as JSON.

    Raises:
        RefusedError: it is not a copy, or not signed by ``certificate``.
    """
    claims = claims_of(inflated(payload_of(text, certificate)))
    body = claims[-70001]
    demand({0, 1, 2, 3} <= set(body) <= {0, 1, 2, 3, 4}, "body")
    demand(body[0] in FIELDS["documents"], "format")
    demand(type(body[1]) is int and body[1] in {0, 1}, "carriage")
    reference = body[1] == 1
    demand(not reference or 4 in body, "digest missing")
    demand(4 not in body or (isinstance(body[4], bytes) and len(body[4]) == 16), "digest")
    encoded = base64.b32encode(claims[7]).decode("ascii")
    crockford = str.maketrans(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    )
    return {
        "format_id": body[0],
        "copy_id": encoded.translate(crockford),
        "issuer": claims[1],
        "issued_at": claims[6],
        "carriage": "reference" if reference else "full",
        "statement": part_of(body[2], FIELDS["statement"], reference=False),
        "document": part_of(body[3], FIELDS["documents"][body[0]], reference=reference),
        "digest": body[4].hex() if 4 in body else None,
    }
