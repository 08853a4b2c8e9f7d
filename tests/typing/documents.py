"""What type checkers know of documents; run by mypy, never imported."""

from __future__ import annotations

from typing import assert_type

from vncopy.formats import (
    NOT_ON_FORM,
    BirthRecord,
    DeathRecord,
    FreeText,
    Gender,
    Missing,
    Organisation,
    Parent,
    PartialDate,
    PersonName,
    Place,
    RegistrationNumber,
    parse_document,
)

birth = parse_document(BirthRecord, b"{}")
assert_type(birth, BirthRecord)
assert_type(birth.full_name, PersonName)
assert_type(birth.birth_date, PartialDate)
assert_type(birth.gender, Gender | Missing)
assert_type(birth.mother, Parent | Missing)
if not isinstance(birth.mother, Missing):
    assert_type(birth.mother, Parent)
    assert_type(birth.mother.birth_date, PartialDate | Missing)
assert_type(Gender("male"), Gender)
assert_type(birth.record_holder, Organisation)

birth.mother.full_name  # type: ignore[union-attr]  # noqa: B018 - the mother may be missing
Place(text="a plain string is not checked text")  # type: ignore[arg-type]

DeathRecord(
    full_name=PersonName("Nguyễn An"),
    birth_date=PartialDate.parse("1952"),
    gender=Gender.MALE,
    ethnicity=NOT_ON_FORM,
    nationality=NOT_ON_FORM,
    death_date=PartialDate.parse("2020-01-01"),
    death_place=Place(text=FreeText("Hà Nội")),
    registration_place=Organisation(name=FreeText("Ủy ban nhân dân xã A")),
    registration_number=RegistrationNumber("1"),
    registration_date=PartialDate.parse("2020-01-02"),
)
