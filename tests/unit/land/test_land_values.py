"""Areas, terms, codes and coordinates: verbatim, with a derived meaning."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vncopy.errors import UsageError
from vncopy.formats.land_values import Area, Coordinate, LandTerm, LandUseCode, TermKind


@pytest.mark.parametrize(
    ("text", "value", "decimals"),
    [
        ("125,5", "125.5", 1),
        ("125.5", "125.5", 1),
        ("125.50", "125.5", 2),
        ("1.250", "1250", 0),
        ("1.250,5", "1250.5", 1),
        ("15.482,6", "15482.6", 1),
        ("1.250.000", "1250000", 0),
        ("300", "300", 0),
        ("0,4", "0.4", 1),
        ("38,215", "38.215", 3),
    ],
)
def test_an_area_is_kept_as_printed(text: str, value: str, decimals: int) -> None:
    area = Area(text)
    assert str(area) == text
    assert area.value == Decimal(value)
    assert area.decimals == decimals


@pytest.mark.parametrize(
    "text",
    ["", "0", "0,0", "0.00", "-5", "1e3", "12,", ",5", "1.25.0", "1,2,3", "12 m²", "١٢", " 5"],
)
def test_what_is_no_area(text: str) -> None:
    with pytest.raises(UsageError):
        Area(text)


@given(st.decimals(min_value=Decimal("0.1"), max_value=10**8, places=1))
def test_both_decimal_signs_mean_the_same(value: Decimal) -> None:
    text = f"{value:.1f}"
    assert Area(text).value == Area(text.replace(".", ",")).value == value


@given(st.text(alphabet="0123456789.,", max_size=15))
def test_every_accepted_area_has_a_value(text: str) -> None:
    try:
        area = Area(text)
    except UsageError:
        return
    assert area.value > 0


@pytest.mark.parametrize(
    ("text", "kind", "until"),
    [
        ("Lâu dài", TermKind.LONG_TERM, None),
        ("Ổn định lâu dài", TermKind.LONG_TERM, None),
        ("Đến ngày 15/10/2043", TermKind.UNTIL, (2043, 10, 15)),
        ("Đến ngày 15 tháng 10 năm 2043", TermKind.UNTIL, (2043, 10, 15)),
        ("đến tháng 10/2043", TermKind.UNTIL, (2043, 10, None)),
        ("đến 10/2043", TermKind.UNTIL, (2043, 10, None)),
        ("Đến năm 2043", TermKind.UNTIL, (2043, None, None)),
        ("Đến ngày 31/02/2043", TermKind.MIXED, None),
        ("Đất ở: lâu dài; đất vườn: đến năm 2043", TermKind.MIXED, None),
        ("50 năm", TermKind.MIXED, None),
    ],
)
def test_a_term_says_until_when(
    text: str, kind: TermKind, until: tuple[int, int | None, int | None] | None
) -> None:
    term = LandTerm(text)
    assert term.kind is kind
    day = term.until
    assert (day and (day.year, day.month, day.day)) == until


@pytest.mark.parametrize("text", ["ODT", "T", "TQ", "ONT+CLN", "BĐ", "LUA/LUC"])
def test_codes_of_land_use(text: str) -> None:
    assert LandUseCode(text) == text


@pytest.mark.parametrize("text", ["odt", "ODTXX", "ONT+", "O DT", "1"])
def test_what_is_no_code_of_land_use(text: str) -> None:
    with pytest.raises(UsageError, match=r"land\.use_code_form"):
        LandUseCode(text)


def test_coordinates_are_metres() -> None:
    assert Coordinate("2308412.37") == "2308412.37"
    for text in ("21.0285", "2308412.3777", "x", "-590127.11"):
        with pytest.raises(UsageError):
            Coordinate(text)
