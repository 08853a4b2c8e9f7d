"""What runs of glyphs show and where their words end: outlines that are known, set as ours are set.

How far two glyphs may close up or part is what kerning does in the faces of our pages; more than
that makes other letters of them, or one word of two.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from vncopy.pdf.layout import Words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from vncopy.pdf.drawing_language import TextRun
    from vncopy.pdf.glyphs import PageFont

__all__ = ["UnknownFont", "words_of"]

MIN_SIZE: Final = 4.4
"""Points; the smallest print of a signature field has 4.5."""
ADVANCE_TAKEN: Final = 160
"""Thousandths of the size by which one glyph may close up to the next; kerning takes up to 120."""
DIGITS_TAKEN: Final = 80
"""Thousandths of the size by which two digits may close up: Times and its twins kern 11, by 37 in
regular, 55 in bold and 74 in italic type. Digits never part, and ours stand by their widths."""
ADVANCE_GIVEN: Final = 80
"""Thousandths of the size by which kerning may part two glyphs; seen: 37."""
SPACE_TAKEN: Final = (5, 95)
"""Thousandths by which a letter may close up to a space, in our faces and in those of deployers: ours
never do, Times by up to 90 before Y."""
SMALL_TAKEN: Final = (20, 100)
"""Likewise for two small letters; seen: 10, and 51 between r and õ of a twin of Times."""
_NO_GLYPH: Final = ("\ufffd", 0.0)


class UnknownFont(Exception):
    """The glyphs of a run are of a font that is not known."""


def words_of(run: TextRun, fonts: Mapping[str, PageFont], wrong: list[str]) -> Words:
    """Return what a run of glyphs shows and where it ends, with all that goes on from it.

    Args:
        run: as it is drawn.
        fonts: those of its page, by name.
        wrong: takes what no honest page has.

    Raises:
        UnknownFont: nothing can be said of its glyphs.
    """
    words = _glyphs(run, fonts, wrong)
    texts, first, end, right = [words.text], words.first, words.end, words.right
    spaced = any(map(str.isspace, words.text))
    lent = bool(fonts[run.font].lenders)
    for each in run.more:
        part = _glyphs(each, fonts, wrong)
        taken = 1000 * (right - part.left) / run.size
        if each.size != run.size or not -ADVANCE_GIVEN <= taken <= ADVANCE_TAKEN:
            wrong.append("advance")
        if abs(taken) > 1 and not _may_kern((texts[-1][-1:], part.text[:1]), taken, lent=lent):
            wrong.append("advance")
        if not spaced:
            first = end if part.text[:1].isspace() else part.first
            spaced = any(map(str.isspace, part.text))
        texts.append(part.text)
        end, right = part.end if part.text.strip() else end, part.right
    return replace(words, text="".join(texts), first=first, end=end, right=right)


def _may_kern(beside: Sequence[str], taken: float, *, lent: bool) -> bool:
    """Tell whether two glyphs may stand closer together, or further apart, than their widths say.

    Args:
        beside: what they show.
        taken: thousandths of the size by which the second one closes up.
        lent: whether they are of a face of a deployer's own, which may kern more than ours.
    """
    if not any(map(str.isalpha, beside)):
        return lent and all(map(str.isdigit, beside)) and 0 < taken <= DIGITS_TAKEN
    if any(map(str.isspace, beside)):
        return abs(taken) <= SPACE_TAKEN[lent]
    if all(map(str.islower, beside)):
        return abs(taken) <= SMALL_TAKEN[lent]
    return True


def _glyphs(run: TextRun, fonts: Mapping[str, PageFont], wrong: list[str]) -> Words:
    """Return what one run of glyphs shows and where it ends."""
    font = fonts.get(run.font)
    drawn = {code for codes, _ in run.strings for code in codes}
    if font is None or not font.known or not font.strange.isdisjoint(drawn):
        raise UnknownFont
    shown: list[str] = []
    advance, before, first, end = 0.0, 0.0, 0.0, 0.0
    for codes, taken in run.strings:
        if not font.lies.isdisjoint(codes) or not font.glyphs.keys() >= set(codes):
            wrong.append("glyph")
        if not -ADVANCE_GIVEN <= taken <= ADVANCE_TAKEN:
            wrong.append("advance")
        glyphs = [font.glyphs.get(code, _NO_GLYPH) for code in codes]
        beside = [*shown[-1:], *(text for text, _ in glyphs[:1])]
        if before and not _may_kern(beside, before, lent=bool(font.lenders)):
            wrong.append("advance")
        before = taken
        shown += [text for text, _ in glyphs]
        for text, width in glyphs:
            if text.isspace():
                first = first or end
            advance += width
            if not text.isspace():
                end = advance
        advance -= taken
    if run.size < MIN_SIZE:
        wrong.append("small print")
    if run.said not in {"", "".join(shown)}:
        wrong.append("glyph")
    ends = [run.x + each * run.size / 1000 for each in (first or end, end, advance)]
    return Words(
        text="".join(shown),
        left=run.x,
        first=ends[0],
        end=ends[1],
        right=ends[2],
        base=run.y,
        size=run.size,
    )
