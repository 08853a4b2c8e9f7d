"""Random parts and documents, valid by construction, for properties."""

from __future__ import annotations

import calendar
import datetime as dt
from typing import Any

from hypothesis import strategies as st

from vncopy.formats.base import FieldState, Missing
from vncopy.formats.birth import BirthForm, BirthRecord
from vncopy.formats.codes.countries import COUNTRIES
from vncopy.formats.codes.ethnicities import ETHNICITIES
from vncopy.formats.codes.positions import ON_BEHALF, POSITIONS
from vncopy.formats.dates import Calendar, PartialDate
from vncopy.formats.death import DeathForm, DeathRecord
from vncopy.formats.identifiers import (
    AgencyCode,
    BookNumber,
    IdNumber,
    PersonalId,
    ReferenceNumber,
    RegistrationNumber,
)
from vncopy.formats.identity_papers import IdDocument, IdDocumentKind
from vncopy.formats.marriage import MarriageForm, MarriageRecord, Spouse
from vncopy.formats.notes import Annotation, AnnotationKind
from vncopy.formats.organisations import Organisation, Signer
from vncopy.formats.people import Ethnicity, Gender, Nationality, Parent, ResidenceKind
from vncopy.formats.places import Place, ProvinceCode, WardCode
from vncopy.formats.text import FREE_RANGES, NAME_RANGES, CheckedText, FreeText, Label, PersonName
from vncopy.formats.times import PartialTime

_NAME_CHARACTERS = "".join(chr(c) for a, b in NAME_RANGES for c in range(a, b + 1))
_FREE_CHARACTERS = "".join(chr(c) for a, b in FREE_RANGES for c in range(a, b + 1))


def _tidy(text: str) -> str:
    return " ".join(text.split())


def texts(kind: type[CheckedText], characters: str = _FREE_CHARACTERS, most: int = 40) -> Any:
    """Texts of a class from its repertoire."""
    return (
        st.text(characters, min_size=1, max_size=min(most, kind.max_length))
        .map(_tidy)
        .filter(bool)
        .map(kind)
    )


def names() -> Any:
    """Names with at least one letter."""
    raw = st.text(_NAME_CHARACTERS, max_size=30).map(lambda s: PersonName(_tidy("A" + s)))
    return st.one_of(raw, st.sampled_from(["H'Nhi", "Y Wăn", "Nguyễn Thị Ánh"]).map(PersonName))


def free() -> Any:
    """Free texts."""
    return texts(FreeText)


def missing() -> Any:
    """Missing values of every state, with and without words."""
    return st.builds(
        Missing, state=st.sampled_from(FieldState), text=st.none() | texts(FreeText).map(str)
    )


def stated(value: Any) -> Any:
    """A value or a missing one."""
    return st.one_of(value, missing())


@st.composite
def partial_dates(draw: Any, *, plain: bool = False, first: int = 1850, last: int = 2100) -> Any:
    """Dates of every precision; ``plain`` ones have no words of their own."""
    year = draw(st.integers(first, last))
    month = draw(st.none() | st.integers(1, 12))
    day = None
    if month is not None:
        day = draw(st.none() | st.integers(1, calendar.monthrange(year, month)[1]))
    if plain:
        return PartialDate(year=year, month=month, day=day)
    words = draw(st.none() | texts(FreeText).map(str))
    kind = draw(st.sampled_from(Calendar))
    return PartialDate(year=year, month=month, day=day, original_text=words, calendar=kind)


def partial_times() -> Any:
    """Times of day."""
    return st.builds(PartialTime, hour=st.integers(0, 23), minute=st.none() | st.integers(0, 59))


def ethnicities() -> Any:
    """Names of the list, other spellings with and without code."""
    listed = st.sampled_from(sorted(ETHNICITIES)).map(
        lambda c: Ethnicity(code=c, text=Label(ETHNICITIES[c]))
    )
    spelled = st.builds(
        Ethnicity,
        text=texts(Label).map(lambda t: Label(f"x{t}"[:150])),
        code=st.none() | st.sampled_from(sorted(ETHNICITIES)),
    )
    return st.one_of(listed, spelled)


def nationalities() -> Any:
    """Countries of the list, other spellings with and without code."""
    listed = st.sampled_from(sorted(COUNTRIES)).map(
        lambda c: Nationality(code=c, text=Label(COUNTRIES[c][1]))
    )
    spelled = st.builds(
        Nationality,
        text=texts(Label).map(lambda t: Label(f"x{t}"[:150])),
        code=st.none() | st.sampled_from(sorted(COUNTRIES)),
    )
    return st.one_of(listed, spelled)


@st.composite
def places(draw: Any) -> Any:
    """Places, some with codes."""
    text = draw(free())
    province = draw(st.none() | st.from_regex("[0-9]{2}", fullmatch=True).map(ProvinceCode))
    ward = draw(st.none() | st.from_regex("[0-9]{5}", fullmatch=True).map(WardCode))
    if province is None and ward is None:
        return Place(text=text)
    day = draw(st.dates(dt.date(2004, 7, 8), dt.date(2100, 1, 1)))
    return Place(text=text, province_code=province, ward_code=ward, code_date=day)


def organisations() -> Any:
    """Offices with any of their codes."""
    return st.builds(
        Organisation,
        name=free(),
        agency_code=st.none() | st.sampled_from(["H26", "H26.12.3", "G15.1A"]).map(AgencyCode),
        province_code=st.none() | st.just(ProvinceCode("01")),
        ward_code=st.none() | st.just(WardCode("00070")),
    )


def signers() -> Any:
    """Signers with known and other positions."""
    return st.builds(
        Signer,
        full_name=names(),
        position=st.sampled_from(sorted(POSITIONS.values())).map(Label) | texts(Label),
        on_behalf=st.none() | st.sampled_from(sorted(ON_BEHALF.values())).map(Label) | texts(Label),
    )


def personal_ids() -> Any:
    """Twelve digits."""
    return st.from_regex("[0-9]{12}", fullmatch=True).map(PersonalId)


def id_documents() -> Any:
    """Identity papers."""
    return st.builds(
        IdDocument,
        kind=st.sampled_from(IdDocumentKind),
        number=st.from_regex("[0-9A-Z]{1,12}", fullmatch=True).map(IdNumber),
        issued_date=stated(partial_dates()),
        issued_by=stated(free()),
        kind_text=stated(free()),
    )


def annotations() -> Any:
    """Annotations of every kind."""
    return st.builds(
        Annotation,
        kind=st.sampled_from(AnnotationKind),
        text=free(),
        basis_number=stated(texts(ReferenceNumber)),
        date=stated(partial_dates()),
        authority=stated(organisations()),
    )


def parents() -> Any:
    """Mothers and fathers."""
    return st.builds(
        Parent,
        full_name=stated(names()),
        birth_date=stated(partial_dates()),
        ethnicity=stated(ethnicities()),
        nationality=stated(nationalities()),
        residence=stated(places()),
        residence_kind=stated(st.sampled_from(ResidenceKind)),
        deceased_note=st.booleans(),
        personal_id=stated(personal_ids()),
        id_document=stated(id_documents()),
    )


def genders() -> Any:
    """Genders."""
    return st.sampled_from(Gender)


def registration_numbers() -> Any:
    """Usual and unusual numbers of the register."""
    return st.sampled_from(["45", "45/2019", "007", "12A/1998", "Quyển I - 3"]).map(
        RegistrationNumber
    )


def book_numbers() -> Any:
    """Numbers of books."""
    return texts(BookNumber)


@st.composite
def births(draw: Any) -> Any:
    """Birth records that obey their error rules: births before 1990, registrations after."""
    return BirthRecord(
        form=draw(st.sampled_from(BirthForm)),
        full_name=draw(names()),
        birth_date=draw(partial_dates(last=1989)),
        birth_date_words=draw(stated(free())),
        gender=draw(stated(genders())),
        ethnicity=draw(stated(ethnicities())),
        nationality=draw(stated(nationalities())),
        birth_place=draw(stated(places())),
        hometown=draw(stated(places())),
        personal_id=draw(stated(personal_ids())),
        mother=draw(stated(parents())),
        father=draw(stated(parents())),
        registration_place=draw(organisations()),
        registration_number=draw(stated(registration_numbers())),
        registration_date=draw(stated(partial_dates(first=1990, last=2020))),
        annotations=draw(st.lists(annotations(), max_size=2).map(tuple)),
        signer=draw(stated(signers())),
        issued_date=draw(stated(partial_dates(first=2021))),
    )


def spouses() -> Any:
    """Wives and husbands born before 1990."""
    return st.builds(
        Spouse,
        full_name=names(),
        birth_date=stated(partial_dates(last=1989)),
        age_at_marriage=stated(st.integers(0, 150)),
        ethnicity=stated(ethnicities()),
        nationality=stated(nationalities()),
        residence=stated(places()),
        residence_kind=stated(st.sampled_from(ResidenceKind)),
        id_document=stated(id_documents()),
        personal_id=stated(personal_ids()),
    )


@st.composite
def marriages(draw: Any) -> Any:
    """Marriage records that obey their error rules."""
    return MarriageRecord(
        form=draw(st.sampled_from(MarriageForm)),
        wife=draw(spouses()),
        husband=draw(spouses()),
        registration_place=draw(organisations()),
        registration_number=draw(stated(registration_numbers())),
        registration_date=draw(stated(partial_dates(first=1990, last=2020))),
        marriage_effective_date=draw(stated(partial_dates(last=1989))),
        spouses_signed=draw(st.booleans()),
        annotations=draw(st.lists(annotations(), max_size=2).map(tuple)),
        signer=draw(stated(signers())),
    )


@st.composite
def deaths(draw: Any) -> Any:
    """Death records that obey their error rules."""
    return DeathRecord(
        form=draw(st.sampled_from(DeathForm)),
        full_name=draw(names()),
        birth_date=draw(stated(partial_dates(last=1949))),
        gender=draw(stated(genders())),
        ethnicity=draw(stated(ethnicities())),
        nationality=draw(stated(nationalities())),
        personal_id=draw(stated(personal_ids())),
        id_document=draw(stated(id_documents())),
        death_time=draw(stated(partial_times())),
        death_date=draw(partial_dates(first=1950, last=1989)),
        death_place=draw(stated(places())),
        death_cause=draw(stated(free())),
        registration_place=draw(organisations()),
        registration_number=draw(stated(registration_numbers())),
        registration_date=draw(stated(partial_dates(first=1990))),
        annotations=draw(st.lists(annotations(), max_size=2).map(tuple)),
    )
