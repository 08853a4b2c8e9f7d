"""What may differ beneath a later field, and what may not."""

from __future__ import annotations

import pytest

from vncopy.pdf.masks import LOST_INK, Masks, compare_with_masks
from vncopy.pdf.render import Picture

WIDTH, HEIGHT = 200, 100
FIELD = (20, 20, 180, 80)


def picture(*dark: tuple[int, int, int, int]) -> Picture:
    """Return a white page with black boxes."""
    rows = [bytearray(b"\xff" * WIDTH * 3) for _ in range(HEIGHT)]
    for left, upper, right, lower in dark:
        for row in rows[upper:lower]:
            row[left * 3 : right * 3] = bytes((right - left) * 3)
    return Picture(width=WIDTH, height=HEIGHT, channels=3, pixels=b"".join(rows))


LETTER = (60, 40, 66, 52)


def seen(
    then: Picture, now: Picture, *characters: tuple[int, int, int, int], **more: object
) -> Masks:
    return compare_with_masks(then, now, [FIELD], characters, **more)  # type: ignore[arg-type]


def test_outside_of_a_field_nothing_may_differ() -> None:
    assert not seen(picture(), picture((0, 0, 5, 5))).same


def test_on_blank_paper_a_field_may_draw() -> None:
    assert seen(picture(LETTER), picture(LETTER, (100, 40, 110, 60)), LETTER) == Masks(
        same=True, touched=(0,)
    )


@pytest.mark.parametrize("now", [(), ((62, 40, 66, 52),), (LETTER, (58, 38, 62, 42))])
def test_a_signed_character_may_not_be_touched(now: tuple[tuple[int, int, int, int], ...]) -> None:
    around = (56, 36, 70, 56)
    assert seen(picture(LETTER), picture(*now), around).overdrawn


def test_a_character_that_was_clipped_away_is_none() -> None:
    assert not seen(picture(), picture(LETTER), LETTER).overdrawn


def test_ink_of_a_scan_may_not_be_gone() -> None:
    assert seen(picture(LETTER), picture()).overdrawn
    few = (60, 40, 60 + LOST_INK // 3, 43)
    assert not seen(picture(few), picture()).overdrawn


def test_a_stroke_in_a_narrow_field_is_no_rule() -> None:
    stroke, box = (60, 30, 64, 60), (58, 28, 66, 62)
    found = compare_with_masks(picture(stroke), picture(), [box], [])
    assert found == Masks(same=True, touched=(0,), overdrawn=True)


def test_a_rule_may_be_written_upon_and_a_thick_bar_may_not() -> None:
    assert not seen(picture((20, 60, 180, 62)), picture()).overdrawn
    assert seen(picture((20, 40, 180, 60)), picture()).overdrawn


def test_a_field_that_was_not_there_may_not_come_close_on_the_line() -> None:
    beside, apart = (70, 40, 74, 52), (90, 40, 94, 52)
    for place, near in ((beside, True), (apart, False)):
        now = picture(LETTER, place)
        assert seen(picture(LETTER), now, LETTER, added=[0]).overdrawn is near
        assert not seen(picture(LETTER), now, LETTER).overdrawn


def test_a_field_outside_of_the_page_hides_nothing() -> None:
    found = compare_with_masks(picture(), picture(), [(0, 0, 0, 0)], [LETTER])
    assert found == Masks(same=True)
