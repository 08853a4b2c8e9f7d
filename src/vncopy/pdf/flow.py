"""One text in its column: where its lines begin, where they end, and why they end there.

A reader takes words for one text because they stand where text goes on: after a space on the same
line, or at the beginning of the next line when the one before is full. Whoever ends a line early,
or begins it elsewhere, makes a value stand beside a label that is not its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from vncopy.pdf.template_words import BLANK

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vncopy.pdf.readings import ShownRun
    from vncopy.pdf.template_words import Piece

__all__ = ["LEVEL", "SLACK", "Column", "Flow", "OutOfPlace", "breaks_of", "first_word", "read_as"]

SLACK: Final = 30
"""Hundredths of a point by which edges may differ; positions are written with five digits."""
LEVEL: Final = 60
"""Hundredths of a point by which base lines of one line may differ: bold capitals are 0.2 higher."""
TOUCH: Final = 0.08
"""Share of the size by which runs of one line may part or close up: kerning at a change of face."""
LINE_LEAST: Final = 0.95
"""Share of the size between base lines of one text; the closest ones are set 1.06 apart."""
LINE_MOST: Final = 1.6
"""Share of the size between base lines of one text; the widest ones are set 1.36 apart."""
WIDEST_LETTER: Final = 1.3
"""Share of the size of the widest letter with all its marks."""
WIDEST_SPACE: Final = 0.4
"""Share of the size of the widest space of a face: of ours and of Times 0.25, of others up to 0.38."""
LONG_WORD: Final = 26
"""Letters of the shortest word that the frame lets break anywhere (templates/frame.typ)."""
BOTTOM: Final = 5669
"""Hundredths of a point below which only the page's number stands."""
KEPT_TOGETHER: Final = 3
"""Lines that go to the next page together, so that none stands alone."""
INSET_BELOW: Final = 510
"""Hundredths of a point between the last line of a table's cell and its rule."""
_READ_AS: Final = str.maketrans({"\ufffe": "-", "\x02": "-", "\u200b": None})
_TOGETHER: Final = re.compile(r"[\w.,][\w.,]")
"""Two letters, digits or marks of numbers, between which no line ends."""
_WORDS: Final = re.compile(r"\s+|\S+")
_UNIT: Final = re.compile(r"[\d.,]+ m²")
"""A number that keeps its unit on its line (templates/frame.typ)."""


class OutOfPlace(Exception):
    """A text does not stand where the template puts it; the message names its field."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """Where the lines of a text may stand, in hundredths of a point."""

    left: int
    right: int
    size: int
    align: str = "left"
    """``left``, ``centre`` or ``right``."""


@dataclass(slots=True)
class _Letter:
    """One letter that must come next."""

    text: str
    before: str
    """Space, new line, nothing or :data:`BLANK`."""
    source: str
    may_break: bool
    """Whether a line may end before it where nothing is before it."""
    long: bool
    """Whether its word may break anywhere."""


def read_as(text: str) -> str:
    """Return text as it is compared: one sort of hyphen, no marks of line breaks."""
    return text.translate(_READ_AS)


def first_word(runs: Sequence[ShownRun], at: int) -> int:
    """Return where the word ends that begins with a run; it may go on in the next ones.

    Args:
        runs: all runs of the page.
        at: number of the run.
    """
    run = runs[at]
    for following in runs[at + 1 :]:
        touching = abs(following.left - run.right) <= TOUCH * run.size
        level = abs(following.base - run.base) <= LEVEL
        if not (_is_whole(run) and touching and level) or following.text[:1].isspace():
            break
        run = following
    return run.end if _is_whole(run) else run.first


def _is_whole(run: ShownRun) -> bool:
    """Tell whether no line ends within a run, nor right after it."""
    return run.first == run.end == run.right or (
        run.end == run.right and _UNIT.fullmatch(run.text) is not None
    )


def _letters(pieces: Sequence[Piece]) -> Iterator[_Letter]:
    """Yield the letters of a text with what stands before each."""
    for number, piece in enumerate(pieces):
        before = piece.before if number else "\n"
        text = read_as(piece.text)
        breaks = iter(breaks_of(text))
        for match in _WORDS.finditer(text):
            part = match[0]
            if part.isspace():
                before = "\n" if "\n" in part else before or " "
                continue
            for letter in part:
                long = len(part) >= LONG_WORD
                yield _Letter(letter, before, piece.source, next(breaks), long)
                before = ""


def breaks_of(text: str, *, long: int = LONG_WORD) -> Iterator[bool]:
    """Yield for each letter whether a line may end before it, with or without a space.

    Args:
        text: as printed.
        long: letters of the shortest word that may break anywhere.
    """
    boxed = {at for match in _UNIT.finditer(text) for at in match.span()}
    for match in _WORDS.finditer(text):
        word = match[0]
        if not word.isspace():
            for at, (last, letter) in enumerate(pairwise(" " + word), start=match.start()):
                together = _TOGETHER.match(last + letter) is not None
                yield len(word) >= long or at in boxed or not together


class Flow:
    """One text, as far as it was found."""

    def __init__(self, pieces: Sequence[Piece], column: Column) -> None:
        self.column = column
        self.base = 0
        """Base line of its first line."""
        self.last: ShownRun | None = None
        """The run that was found last."""
        self.broken = False
        """Whether a line ended where the template has no new line."""
        self._letters = list(_letters(pieces))
        self._at = 0
        self._line = 0  # where the line begins

    def done(self) -> bool:
        """Whether all of it was found."""
        return self._at == len(self._letters)

    @property
    def source(self) -> str:
        """The field of what must come next, or came last."""
        return self._letters[min(self._at, len(self._letters) - 1)].source

    def take(self, run: ShownRun, *, turned: bool, word: int) -> None:
        """Find the next run.

        Args:
            run: the run.
            turned: whether it is the first on another page than the last.
            word: where its first word ends, from :func:`first_word`.

        Raises:
            OutOfPlace: it is not what must come, or not where it must stand.
        """
        if abs(run.size - self.column.size) > 1:
            raise OutOfPlace(self.source)
        if self.last is None:
            self.base, self._line = run.base, run.left
        elif turned or abs(run.base - self.last.base) > LEVEL:
            self._new_line(self.last, run, turned=turned, word=word)
        else:
            self._go_on(self.last, run)
        self._match(run)
        self.last = run

    def close(self) -> None:
        """Look at the last line, when all was found.

        Raises:
            OutOfPlace: it does not stand where it must.
        """
        if self.last is not None:
            self._end_line(self.last)

    def _go_on(self, last: ShownRun, run: ShownRun) -> None:
        """Require that a run follows on the same line as the words of one text follow."""
        gap, before = run.left - last.right, self._letters[self._at].before
        spaced = last.right > last.end or run.text[:1].isspace()
        if before == BLANK:
            fits = gap >= 0
        else:
            fits = abs(gap) <= TOUCH * run.size and before == (" " if spaced else "")
        if not fits:
            raise OutOfPlace(self.source)

    def _new_line(self, last: ShownRun, run: ShownRun, *, turned: bool, word: int) -> None:
        """Require that a line ended since the next word was too long for it, or must end."""
        letter, size = self._letters[self._at], self.column.size
        self._end_line(last)
        down = last.base - run.base
        if turned:
            lines = KEPT_TOGETHER * LINE_MOST * size
            near = last.base - lines < BOTTOM + INSET_BELOW
        else:
            near = LINE_LEAST * size <= down <= LINE_MOST * size
        if letter.before == "\n":
            full = True
        else:
            self.broken = True
            long = word - run.left
            if letter.long:
                long = min(long, round(WIDEST_LETTER * size))
            space = round(WIDEST_SPACE * size) if letter.before == " " else 0
            full = last.end + space + long > self.column.right - SLACK
        if not (near and full and (letter.before or letter.may_break)):
            raise OutOfPlace(self.source)
        self._line = run.left

    def _end_line(self, last: ShownRun) -> None:
        """Require that a line begins and ends where its column lets it."""
        column = self.column
        off = {
            "left": self._line - column.left,
            "right": last.end - column.right,
            "centre": (self._line + last.end - column.left - column.right) // 2,
        }[column.align]
        if abs(off) > SLACK or last.end > column.right + SLACK:
            raise OutOfPlace(self._letters[max(self._at - 1, 0)].source)

    def _match(self, run: ShownRun) -> None:
        """Require that a run says what must come."""
        gap = ""
        first = True
        for text in read_as(run.text):
            if text.isspace():
                gap = " "
                continue
            if self.done():
                raise OutOfPlace(self.source)
            letter = self._letters[self._at]
            if text != letter.text or not (first or gap == letter.before):
                raise OutOfPlace(letter.source)
            self._at += 1
            gap, first = "", False
