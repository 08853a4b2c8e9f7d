"""The frame of a signature field, and strokes that are none."""

from __future__ import annotations

import pytest

from vncopy.pdf.drawing_language import Point, Stroke
from vncopy.pdf.field_frame import is_frame

WIDE, HIGH = 130.39372, 68.03148
FRAME: tuple[Point, ...] = (
    (2.4846456, HIGH),
    (127.90909, HIGH),
    (129.28131, HIGH),
    (WIDE, 66.91907),
    (WIDE, 65.54684),
    (WIDE, 2.4846456),
    (WIDE, 1.1124138),
    (129.28131, 0),
    (127.90909, 0),
    (2.4846456, 0),
    (1.1124138, 0),
    (0, 1.1124138),
    (0, 2.4846456),
    (0, 65.54684),
    (0, 66.91907),
    (1.1124138, HIGH),
    (2.4846456, HIGH),
)


def stroke(*points: Point, width: float = 0.7, dotted: bool = False) -> Stroke:
    return Stroke(points, curved=True, width=width, dotted=dotted, space="c0", colour=(0, 0, 0))


def test_a_rounded_rectangle_along_the_edges() -> None:
    assert is_frame(stroke(*FRAME), WIDE, HIGH)


@pytest.mark.parametrize(
    "drawn",
    [
        pytest.param(stroke(), id="nothing"),
        pytest.param(stroke((10, 25), (110, 25)), id="a line across"),
        pytest.param(stroke(*FRAME[:-1]), id="a corner less"),
        pytest.param(stroke(*FRAME, (5, 30), (60, 50), (120, 20)), id="a bend more"),
        pytest.param(stroke(*FRAME[:4], (12, 60), *FRAME[5:]), id="a bend instead of a corner"),
        pytest.param(stroke(*reversed(FRAME)), id="the other way round"),
        pytest.param(stroke(*((x / 2, y) for x, y in FRAME)), id="half as wide"),
        pytest.param(stroke(*FRAME, width=3), id="a thick pen"),
        pytest.param(stroke(*FRAME, dotted=True), id="dots"),
        pytest.param(stroke((0, HIGH), *FRAME[1:]), id="no radius"),
        pytest.param(stroke((60, HIGH), *FRAME[1:]), id="too round"),
    ],
)
def test_anything_else(drawn: Stroke) -> None:
    assert not is_frame(drawn, WIDE, HIGH)
