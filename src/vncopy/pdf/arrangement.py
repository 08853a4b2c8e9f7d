"""Does each text stand where the template puts it? The places on the pages against the template.

The words of a page are compared elsewhere, in their order. Here they are followed through the
columns of the form: each label at the beginning of its line or clear of the value before it, each
value behind its label, each cell of a table between its own rules, each line as long as its column
lets it be. Lines that are none of the form's have no place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from vncopy.pdf.columns import LEFT, MM, RIGHT, Placed, beside, column_of
from vncopy.pdf.flow import LEVEL, SLACK, Column, Flow, OutOfPlace, first_word, read_as
from vncopy.pdf.ruling import Frame, Grid, all_known, check_dots
from vncopy.pdf.signature_places import check_fields
from vncopy.pdf.spacing import check_spacing
from vncopy.pdf.template_words import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vncopy.pdf.page_text import Expected
    from vncopy.pdf.readings import ShownPage, ShownRun
    from vncopy.pdf.template_words import Block, Cell

__all__ = ["misplaced"]

RULES: Final = {
    Kind.AGENCY: round(22 * MM),
    Kind.MOTTO: round(52 * MM),
    Kind.MOTTO_ALONE: round(52 * MM),
}
"""Lengths of the rules below the words of the header."""
BELOW_WORDS: Final = round(1.6 * MM)
"""From the base line of these words to their rule."""
BESIDE_VALUE: Final = round(11.5 * MM)
"""Least gap between a value and the label of the next cell: 9 mm of dots and the gutter."""
BESIDE_WORDS: Final = round(2.8 * MM)
"""Least gap between words and the label of the next cell: the gutter."""
A4: Final = (round(210 * MM), round(297 * MM))
"""On a larger page all would be small, and stand in a corner."""
FOOTER: Final = 5000
"""Height below which the number of the page stands."""
BELOW: Final = 0.95
"""Share of the size by which a block's first line lies below the last one of the block before."""


def misplaced(pages: Sequence[ShownPage], wanted: Expected) -> str:
    """Name the first field that does not stand where the template puts it.

    Args:
        pages: as they are seen; their words are those that are wanted, in their order.
        wanted: from :func:`vncopy.pdf.page_text.expected`.

    Returns:
        The path of the field, ``words`` for fixed words, ``page`` for what surrounds them; empty
        where all is in place.
    """
    try:
        _Walk(pages, wanted).walk()
    except OutOfPlace as error:
        return str(error)
    return ""


_BESIDE_BEFORE: Final = frozenset({Kind.MOTTO, Kind.PLACE, Kind.FOOT})
"""Blocks that may begin a column beside the blocks before them."""


class _Walk:
    """Goes through the pages with the blocks in order."""

    def __init__(self, pages: Sequence[ShownPage], wanted: Expected) -> None:
        self._wanted = wanted
        self._sizes = wanted.sizes
        self._pages = pages
        self._runs = [self._body(number) for number in range(len(pages))]
        self._page = 0
        self._at = 0
        self._low: ShownRun | None = None  # the lowest run of the block before, on this page
        self._kind = Kind.LEGEND
        self._grids: list[list[Grid]] = [[] for _ in pages]
        self._placed: list[Placed] = []

    def _body(self, number: int) -> tuple[ShownRun, ...]:
        """Return the runs of a page without its number."""
        runs, total = self._pages[number].runs, len(self._pages)
        if total == 1:
            return runs
        last = runs[-1] if runs else None
        text = f"{self._wanted.page_word} {number + 1}/{total}"
        if (
            last is None
            or read_as(last.text) != text
            or last.base > FOOTER
            or abs(last.left + last.end - LEFT - RIGHT) > 2 * SLACK
        ):
            raise OutOfPlace("page")
        return runs[:-1]

    def walk(self) -> None:
        """Go through all blocks.

        Raises:
            OutOfPlace: one is not in its place.
        """
        for block in self._wanted.blocks:
            if block.kind is Kind.TABLE:
                self._table(block)
            elif block.kind is Kind.BESIDE:
                for start in range(0, len(block.cells), 2):
                    self._row(block.cells[start : start + 2], beside(self._sizes[0]))
            else:
                self._cells(block)
            self._kind = block.kind
        if self._peek() is not None or self._page + 1 != len(self._pages):
            raise OutOfPlace("page")
        if any(abs(page.size[n] - A4[n]) > SLACK for page in self._pages for n in (0, 1)):
            raise OutOfPlace("page")
        check_spacing(self._placed)
        check_fields(self._pages, self._wanted.fields, self._placed)
        for number, page in enumerate(self._pages):
            placed = [each for each in self._placed if each.page == number]
            if not all_known(page.rules, self._grids[number], self._frame(placed)):
                raise OutOfPlace("page")
            check_dots(page.dots, placed)

    def _frame(self, placed: Sequence[Placed]) -> Frame:
        """Return what lines a page may have besides its tables."""
        frame = Frame()
        for kind, length in RULES.items():
            words = [each.run.base for each in placed if each.kind is kind]
            if words:
                column = column_of(kind, self._sizes)
                left = (column.left + column.right - length) // 2
                height = min(words) - BELOW_WORDS
                frame.flat.append((left, height - SLACK, left + length, height + SLACK))
        bases = [each.run.base for each in placed if each.kind is Kind.ATTESTATION]
        if bases:
            frame.box = (LEFT, min(bases), RIGHT, max(bases))
            frame.outside = [each.run.base for each in placed if each.kind is not Kind.ATTESTATION]
        return frame

    # --- one text after the other

    def _peek(self) -> ShownRun | None:
        """Return the next run of this page."""
        runs = self._runs[self._page]
        return runs[self._at] if self._at < len(runs) else None

    def _turn(self, source: str) -> None:
        """Go on at the next page."""
        if self._page + 1 >= len(self._runs):
            raise OutOfPlace(source)
        self._page, self._at, self._low = self._page + 1, 0, None

    def _feed(self, flow: Flow, run: ShownRun, kind: Kind, *, turned: bool, starts: bool) -> None:
        """Let a text go on with the next run."""
        source = flow.source
        flow.take(run, turned=turned, word=first_word(self._runs[self._page], self._at))
        self._placed.append(
            Placed(
                page=self._page,
                run=run,
                kind=kind,
                starts=starts,
                value=source != "words",
                source=source,
            )
        )
        self._at += 1

    def _cells(self, block: Block) -> None:
        """Follow cells beside each other, or below each other where they do not fit."""
        column = column_of(block.kind, self._sizes)
        before: tuple[Flow, Cell] | None = None
        for cell in block.cells:
            flow = Flow(cell.pieces, column)
            if flow.done():
                continue
            run = self._first(flow, block.kind, before)
            page = self._page
            turned = False
            while True:
                starts = flow.last is None and before is None
                self._feed(flow, run, block.kind, turned=turned, starts=starts)
                if flow.done():
                    break
                turned = self._peek() is None
                if turned:
                    self._turn(flow.source)
                following = self._peek()
                if following is None:
                    raise OutOfPlace(flow.source)
                run = following
            flow.close()
            if flow.column is not column and (flow.broken or page != self._page):
                raise OutOfPlace(flow.source)
            before, self._low = (flow, cell), flow.last

    def _first(self, flow: Flow, kind: Kind, before: tuple[Flow, Cell] | None) -> ShownRun:
        """Return the first run of a cell, which stands beside or below what was before."""
        run, low = self._peek(), self._low
        if run is None:
            self._turn(flow.source)
            run, low, before = self._peek(), None, None
        if run is None:
            raise OutOfPlace(flow.source)
        if before is not None and abs(run.base - before[0].base) <= LEVEL:
            self._beside(flow, run, *before)
        elif (
            low is not None
            and run.base > low.base - BELOW * min(run.size, low.size)
            and not (kind in _BESIDE_BEFORE and kind is not self._kind)
        ):
            raise OutOfPlace(flow.source)
        return run

    def _beside(self, flow: Flow, run: ShownRun, left: Flow, cell: Cell) -> None:
        """Require that a cell stands clear of the one at its left, which is of one line."""
        gap = BESIDE_VALUE if cell.blank else BESIDE_WORDS
        last = left.last
        if last is None or left.broken or run.left < last.end + gap:
            raise OutOfPlace(flow.source)
        flow.column = Column(left=run.left, right=RIGHT, size=flow.column.size)

    # --- rows

    def _row(self, cells: Sequence[Cell], columns: Sequence[Column]) -> None:
        """Follow cells that stay beside each other, over the ends of pages."""
        flows = [Flow(cell.pieces, column) for cell, column in zip(cells, columns, strict=False)]
        turned = False
        while True:
            self._part(flows, Kind.BESIDE, turned=turned)
            left = [flow for flow in flows if not flow.done()]
            if not left:
                break
            if self._peek() is not None:
                raise OutOfPlace(left[0].source)
            self._turn(left[0].source)
            turned = True
        for flow in flows:
            flow.close()

    def _part(
        self, flows: Sequence[Flow], kind: Kind, *, turned: bool, level: bool = True
    ) -> tuple[int, int]:
        """Follow what one page has of a row; return its lowest and its highest base line."""
        low, first, bases = self._low, None, []
        for flow in flows:
            begun = flow.last is not None
            fresh = True
            while not flow.done() and (run := self._peek()) is not None:
                column = flow.column
                if not column.left - SLACK <= run.left <= column.right:
                    break
                starts = first is None and not turned
                self._feed(flow, run, kind, turned=turned and begun and fresh, starts=starts)
                if fresh:
                    first = run.base if first is None else first
                    if level and abs(run.base - first) > LEVEL:
                        raise OutOfPlace(flow.source)
                fresh = False
                bases.append(run)
        if bases:
            self._low = min(bases, key=lambda run: run.base)
            high = max(bases, key=lambda run: run.base)
            if low is not None and high.base > low.base - BELOW * min(high.size, low.size):
                raise OutOfPlace(flows[0].source)
            return self._low.base, high.base
        return 0, 0

    def _table(self, block: Block) -> None:
        """Follow a table, whose head is repeated on every page."""
        grid = self._head(block)
        for row in block.rows:
            if not any(cell.pieces for cell in row):
                grid.skip()
                continue
            if self._peek() is None:
                self._turn("page")
                grid = self._head(block)
            columns = grid.columns("left")
            if len(row) != len(columns):
                raise OutOfPlace("page")
            flows = [Flow(cell.pieces, column) for cell, column in zip(row, columns, strict=True)]
            turned = False
            while True:
                grid.hold(*self._part(flows, Kind.TABLE, turned=turned))
                left = [flow for flow in flows if not flow.done()]
                if not left:
                    break
                if self._peek() is not None:
                    raise OutOfPlace(left[0].source)
                self._turn(left[0].source)
                grid = self._head(block)
                if grid.columns("left") != columns:
                    raise OutOfPlace(left[0].source)
                turned = True
            for flow in flows:
                flow.close()

    def _head(self, block: Block) -> Grid:
        """Follow the head of a table."""
        if self._peek() is None:
            self._turn("page")
        run = self._peek()
        if run is None:
            raise OutOfPlace("page")
        grid = Grid(self._pages[self._page].rules, run.base, len(block.cells))
        self._grids[self._page].append(grid)
        flows = [
            Flow(cell.pieces, column)
            for cell, column in zip(block.cells, grid.columns("centre"), strict=True)
        ]
        held = self._part(flows, Kind.TABLE, turned=False, level=False)
        for flow in flows:
            if not flow.done():
                raise OutOfPlace(flow.source)
            flow.close()
        grid.hold(*held)
        return grid
