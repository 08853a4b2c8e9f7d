"""Copies whose words are the record's, each in its order, but stand where they say something else.

No glyph is exchanged, nothing is hidden or crossed out. A value stands beside a label that is not its
own, a cell in another column, a title at the end of a line, or lines part and frame words otherwise.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Final

import pikepdf

from support.forgeries.kinds import AttackFile
from support.forgeries.tampered import FAMILY
from support.tampered import DOTTED, Sheet, fields, tampered, tampered_sample
from vncopy.policy import CheckId
from vncopy.reasons import Reason

if TYPE_CHECKING:
    from collections.abc import Callable

    Change = Callable[[Sheet], None]

LEFT: Final = 70.86614
"""Points at which a line begins."""
TABLES: Final = "land/g3-co-owners-changes-2025"
"""A sample with two tables: corners of the parcel, and a change with its confirmation."""
COLUMNS: Final = "marriage/certificate-2010-districts"
"""A sample with two columns beside each other."""


def on_line_of(
    text: str, other: str, *, x: float | None = None, gap: float | None = None
) -> Change:
    """Let a run stand on the line of another one, at ``x`` or ``gap`` points after its beginning."""

    def change(sheet: Sheet) -> None:
        sheet.undot()
        place = sheet.find(other)
        run = sheet.find(text)
        left = x if gap is None else float(place.x) + gap
        sheet.move(run, x=left, y=float(place.y))

    return change


def shifted(text: str, *, x: float = 0.0, y: float = 0.0) -> Change:
    """Let a run stand some points further to the right and higher."""

    def change(sheet: Sheet) -> None:
        run = sheet.find(text)
        sheet.undot(run.page)
        run = sheet.find(text)
        sheet.move(run, x=float(run.x) + x, y=float(run.y) + y)

    return change


def ended_early(text: str, words: str, *, x: float = LEFT, down: float = 14.0) -> Change:
    """Let a value end its line before some words, which stand at ``x`` below."""

    def change(sheet: Sheet) -> None:
        run = sheet.find(text)
        sheet.undot(run.page)
        run = sheet.find(text)
        at = run.text.index(words)
        sheet.split(run, at, x=x, y=float(run.y) - down)

    return change


def pushed(text: str, after: str, taken: int) -> Change:
    """Let what follows some glyphs of a run close up to them, as letters are kerned."""

    def change(sheet: Sheet) -> None:
        run = sheet.find(text)
        at = run.text.index(after) + len(after)
        first, rest = (
            b"".join(b"%04X" % code for code in part) for part in (run.codes[:at], run.codes[at:])
        )
        drawn = sheet.content(run.page)[run.start : run.end]
        head, _, _ = drawn.partition(b"0 0 Tm")
        sheet.put(run, head + b"0 0 Tm[<%s>%d<%s>]TJ\nET\nQ" % (first, taken, rest))

    return change


def all_of(*changes: Change) -> Change:
    """Do several things."""

    def change(sheet: Sheet) -> None:
        for each in changes:
            each(sheet)

    return change


def resized(text: str, size: str) -> Change:
    """Print a run in another size."""

    def change(sheet: Sheet) -> None:
        run = sheet.find(text)
        content = sheet.content(run.page)
        drawn = content[run.start : run.end]
        sheet.put(run, drawn.replace(b"%s Tf" % run.size.encode(), b"%s Tf" % size.encode()))

    return change


# --- lines -----------------------------------------------------------------------------------------

_SOLID = re.compile(rb"q 1 0 0 -1 [\d.]+ [\d.]+ cm/c0 CS [^\n]*? w 4 M [^\n]*\n(?:h\n)?S\nQ\n")


def line(x: float, y: float, path: str, *, page: int = 0) -> Change:
    """Draw a thin solid line more."""

    def change(sheet: Sheet) -> None:
        drawn = f"\nq 1 0 0 -1 {x} {y} cm/c0 CS 0 SCN 0.6 w 4 M {path}\nS\nQ\n"
        sheet.draw(sheet.content(page).rstrip() + drawn.encode(), page)

    return change


def without_line(number: int, *, page: int = 0) -> Change:
    """Leave one of a page's solid lines out; negative numbers count from the last."""

    def change(sheet: Sheet) -> None:
        content = sheet.content(page)
        found = [match for match in _SOLID.finditer(content) if b"]0 d" not in match[0]]
        match = found[number]
        sheet.draw(content[: match.start()] + content[match.end() :], page)

    return change


def moved_line(number: int, *, x: float = 0.0, y: float = 0.0, page: int = 0) -> Change:
    """Draw one of a page's solid lines elsewhere."""

    def change(sheet: Sheet) -> None:
        content = sheet.content(page)
        found = [match for match in _SOLID.finditer(content) if b"]0 d" not in match[0]]
        match = found[number]
        head, across, along, tail = re.split(rb"^(?:q 1 0 0 -1 )([\d.]+) ([\d.]+)", match[0])
        assert not head
        place = f"q 1 0 0 -1 {float(across) + x:.4f} {float(along) + y:.4f}".encode()
        sheet.draw(content[: match.start()] + place + tail + content[match.end() :], page)

    return change


# --- pages -----------------------------------------------------------------------------------------


def on_the_next_page(*texts: str) -> Change:
    """Let words that had room on their page begin the next one."""

    def change(sheet: Sheet) -> None:
        number = sheet.find(texts[0]).page
        sheet.undot(number)
        moved, last = b"", ""
        height = 815.0
        for text in texts:
            run = sheet.find(text)
            height -= 0.0 if run.y == last or not last else 17.0
            last = run.y
            content = sheet.content(number)
            drawn = content[run.start : run.end]
            sheet.draw(content[: run.start] + content[run.end + 1 :], number)
            name = f"x{len(moved)}"
            sheet.page(number + 1).Resources.Font[f"/{name}"] = sheet.font(run.font, number)
            drawn = drawn.replace(f"{run.y} cm".encode(), f"{height} cm".encode(), 1)
            moved += drawn.replace(f"Tr/{run.font} ".encode(), f"Tr/{name} ".encode()) + b"\n"
        following = sheet.content(number + 1)
        sheet.draw(moved + following, number + 1)

    return change


# --- dots ------------------------------------------------------------------------------------------


def undotted_from(height: float) -> Change:
    """Take the dotted lines off that lie some points around a height."""

    def change(sheet: Sheet) -> None:
        def kept(match: re.Match[bytes]) -> bytes:
            along = float(match[0].split()[6])
            return b"" if abs(along - height) < 4 else match[0]

        sheet.draw(DOTTED.sub(kept, sheet.content()))

    return change


def dotted(text: str, x: float, length: float, *, instead: bool) -> Change:
    """Draw a dotted line of one dot on the line of a value, besides or instead of its own."""

    def change(sheet: Sheet) -> None:
        run = sheet.find(text)
        height = float(run.y) - 2.4
        if instead:
            undotted_from(height)(sheet)
        sheet.draw(
            sheet.content().rstrip()
            + b"\nq 1 0 0 -1 %f %f cm/c0 CS 0 SCN 0.6 w 4 M 1 J[0.4 1.9]0 d 0 0 m %f 0 l\nS\nQ\n"
            % (float(run.x) + x, height, length)
        )

    return change


# --- fields ----------------------------------------------------------------------------------------


def moved_field(number: int, *, x: float = 0.0, y: float = 0.0) -> Change:
    """Let a signature field stand elsewhere, with what is written in it."""

    def change(sheet: Sheet) -> None:
        field = [each for each in sheet.page().Annots if float(each.Rect[2]) > 0][number]
        by = (x, y, x, y)
        field.Rect = pikepdf.Array([float(a) + b for a, b in zip(field.Rect, by, strict=True)])

    return change


def _in_the_field(sheet: Sheet, pattern: bytes, anew: bytes) -> None:
    form = sheet.page().Annots[0].AP.N
    content, found = re.subn(pattern, anew, form.read_bytes(), count=1, flags=re.DOTALL)
    assert found
    form.write(content)


def early_in_the_field(sheet: Sheet) -> None:
    """Let the first line in the seal's field stand further to the right."""
    _in_the_field(sheet, rb"q 1 0 0 -1 4\.25\d* ", b"q 1 0 0 -1 14.25 ")


def small_in_the_field(sheet: Sheet) -> None:
    """Print the first line in the seal's field smaller."""
    _in_the_field(sheet, rb" 9 Tf", b" 6 Tf")


_BIRTH = fields("birth")
_MOTHER, _FATHER = _BIRTH["mother.full_name"], _BIRTH["father.full_name"]
_LINE: Final = 19.04
"""Points between the lines of items of the birth."""


def _birth() -> dict[str, Change]:
    """Return what is done to the items of a birth."""
    day = _BIRTH["registration_date.long"]
    return {
        "name-ends-early-before-a-label": all_of(
            ended_early(_MOTHER, _MOTHER.split()[-1], down=_LINE),
            shifted("Năm sinh: ", x=50),
            shifted(_BIRTH["mother.birth_date"], x=50),
        ),
        "end-of-a-name-after-a-blank-label": all_of(
            ended_early(day, day.split("tháng")[1], x=300, down=_LINE),
            on_line_of("Ghi chú: ", "Ghi chú: ", x=380),
        ),
        "label-at-the-end-of-the-line-above": on_line_of(
            "Họ, chữ đệm, tên người mẹ: ", _BIRTH["personal_id"], gap=90
        ),
        "label-and-value-at-the-end-of-the-line-above": all_of(
            on_line_of("Họ, chữ đệm, tên người mẹ: ", _BIRTH["personal_id"], gap=90),
            on_line_of(_MOTHER, _BIRTH["personal_id"], gap=240),
        ),
        "label-close-to-a-value-not-its-own": on_line_of("Dân tộc: ", _BIRTH["gender"], gap=19.8),
        "value-far-from-its-label": shifted(_BIRTH["personal_id"], x=200),
        "item-begins-indented": all_of(
            shifted("Nơi sinh: ", x=18), shifted(_BIRTH["birth_place"].split()[0], x=18)
        ),
        "space-closed-up": pushed(_MOTHER, _MOTHER.split()[0] + " ", 150),
        "small-letters-pushed-together": pushed(_MOTHER, _MOTHER.split()[1][:2], 120),
        "small-value": resized(_BIRTH["personal_id"], "8"),
        "large-label": all_of(
            resized("Họ, chữ đệm, tên: ", "15"), shifted(_BIRTH["full_name"], x=20)
        ),
        "number-below-the-place-of-issue": shifted("Số: 1363", y=-9),
        "legend-at-the-left": shifted("Bản sao trích lục", x=-200),
        "signer-under-the-symbol": shifted("Đoàn Khắc Thoa", x=-260, y=-25),
        "heading-of-the-signer-nearer-to-the-symbol": shifted("NGƯỜI KÝ TRÍCH LỤC", x=-90),
        "title-at-the-left": shifted("TRÍCH LỤC KHAI SINH", x=-100),
        "figure-of-long-lines": all_of(
            line(300, 384, "0 0 m 0 18 l"),
            line(312, 384, "0 0 m 0 18 l"),
            line(300, 375, "0 0 m 18 0 l"),
        ),
        "word-framed-by-long-lines": line(250, 378, "0 0 m 60 0 l"),
        "longer-header-rule": line(290, 740.26, "0 0 m 220 0 l"),
        "second-header-rule": line(334.49, 714, "0 0 m 147.4 0 l"),
        "item-far-below-the-others": all_of(undotted_from(384), shifted("Ghi chú: ", y=-18)),
        "single-dot-below-a-letter": dotted(_BIRTH["mother.full_name"], 0.0, 0.1, instead=True),
        "dots-end-after-a-digit": dotted(_BIRTH["personal_id"], 80.19, 0.1, instead=False),
        "value-without-dots": undotted_from(554),
        "seal-at-the-left": moved_field(0, x=-30),
        "fields-exchanged": all_of(moved_field(0, x=141.7), moved_field(1, x=-141.7)),
        "seal-lower-than-the-other-field": moved_field(0, y=-3),
        "field-ends-its-line-early": early_in_the_field,
        "field-with-small-print": small_in_the_field,
    }


def _tables() -> dict[str, Change]:
    """Return what is done to tables, and at the end of a page."""
    return {
        "cell-in-another-column": shifted("6.00", x=-80),
        "first-cell-beside-the-next": shifted("578812.06", x=-75),
        "signature-of-the-registry-in-another-column": all_of(
            *(shifted(text, x=-268.68) for text in ("Bùi Đức Toàn",))
        ),
        "side-left-out": without_line(2),
        "rule-between-rows-left-out": without_line(-3),
        "all-rules-between-rows-left-out": all_of(*(without_line(-2) for _ in range(4))),
        "further-side-through-a-cell": line(200, 706, "0 0 m 0 60 l", page=1),
        "side-moved": moved_line(3, x=-40),
        "cell-line-ends-early": ended_early("sơ số H26", "số H26", x=76.53543, down=14.937),
        "words-of-the-head-in-another-column": shifted("X (m)", x=40),
        "value-goes-on-the-next-page": on_the_next_page(" thuộc hành lang"),
        "item-goes-to-the-next-page": on_the_next_page(
            "5. Ghi chú", "Thửa đất có ", "8.0 m²", " thuộc hành lang"
        ),
    }


def _columns() -> dict[str, Change]:
    """Return what is done to two columns."""
    return {
        "value-of-the-wife-before-the-label-of-the-husband": shifted("1987", x=85),
        "label-in-the-middle-of-two-columns": shifted("Họ, chữ đệm, tên chồng: ", x=-40),
        "signer-of-the-original-at-the-left": shifted("Má A Sử", x=-260),
        "line-below-the-signer-of-the-original": line(330, 312, "0 0 m 100 0 l"),
    }


def files() -> tuple[AttackFile, ...]:
    """Return every page whose words are out of place."""
    rows: list[tuple[str, Callable[[], bytes]]] = [
        (variant, partial(tampered, "birth", change)) for variant, change in _birth().items()
    ]
    for sample, changes in ((TABLES, _tables()), (COLUMNS, _columns())):
        rows += [
            (variant, partial(tampered_sample, sample, change))
            for variant, change in changes.items()
        ]
    return tuple(
        AttackFile(
            family=FAMILY,
            variant=variant,
            base="copy",
            build=build,
            check=CheckId.PAGE_TEXT,
            reason=Reason.PAGE_TEXT_DIFFERS,
        )
        for variant, build in rows
    )
