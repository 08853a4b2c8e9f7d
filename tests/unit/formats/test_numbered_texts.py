"""Usual texts that travel as numbers: exactly the listed ones, and nothing else."""

from __future__ import annotations

import pytest

from vncopy.formats.identity_papers import PaperIssuer
from vncopy.formats.land_values import (
    LandOrigin,
    LandTerm,
    LandUseCode,
    LandUseName,
    OwnershipForm,
    StructureGrade,
)
from vncopy.formats.listed import NumberedText

CLASSES: tuple[type[NumberedText], ...] = (
    PaperIssuer,
    LandOrigin,
    LandTerm,
    LandUseCode,
    LandUseName,
    OwnershipForm,
    StructureGrade,
)
OTHER = {LandUseCode: "ONT+CLN"}


@pytest.mark.parametrize("kind", CLASSES)
def test_every_text_of_the_list_is_a_number_and_comes_back(kind: type[NumberedText]) -> None:
    assert list(kind.texts) == list(range(len(kind.texts)))
    assert len(set(kind.texts.values())) == len(kind.texts)
    for number, text in kind.texts.items():
        assert kind(text).to_wire() == number
        back = kind.from_wire(number)
        assert (type(back), str(back)) == (kind, text)
        with pytest.raises(ValueError, match=kind.__name__):
            kind.from_wire(text)


@pytest.mark.parametrize("kind", CLASSES)
def test_any_other_text_stays_a_text(kind: type[NumberedText]) -> None:
    text = OTHER.get(kind, "chữ khác, như trên giấy")
    assert kind(text).to_wire() == text
    assert kind.from_wire(text) == text


@pytest.mark.parametrize("kind", CLASSES)
@pytest.mark.parametrize("value", [-1, 9999, 99999, True, False, None, b"", [0], 0.0])
def test_what_is_neither(kind: type[NumberedText], value: object) -> None:
    with pytest.raises(ValueError):
        kind.from_wire(value)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Đến ngày 01/01/1900", 10000),
        ("Đến ngày 15/10/2043", 62517),
        ("Đến ngày 31/12/2078", 75378),
    ],
)
def test_a_last_day_of_use_is_the_number_of_the_day(text: str, number: int) -> None:
    assert LandTerm(text).to_wire() == number
    assert LandTerm.from_wire(number) == text
    with pytest.raises(ValueError, match="LandTerm"):
        LandTerm.from_wire(text)


@pytest.mark.parametrize(
    "text",
    [
        "Đến ngày 1/1/2043",
        "Đến ngày 31/02/2043",
        "Đến ngày 31/12/1899",
        "Đến ngày 01/01/2079",
        "đến ngày 15/10/2043",
        "Đến 15/10/2043",
        "Đến ngày 10/2043",
        "Đến năm 2043",
        "LÂU DÀI",
    ],
)
def test_other_terms_stay_texts(text: str) -> None:
    assert LandTerm(text).to_wire() == text
    assert LandTerm.from_wire(text) == text


def test_a_year_is_no_term() -> None:
    with pytest.raises(ValueError, match="LandTerm"):
        LandTerm.from_wire(2043)
