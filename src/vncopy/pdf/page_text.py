"""Does the page say what the record says? The visible text against the record, character by character.

The text of all pages is compared with the text that record and template call for: every label,
every value, in the order of the form, nothing left over. White space does not count, since line
breaks are the page's own. What extracted text cannot prove is written in the design: it is what
the font's tables claim, so it counts beside, not instead of, the comparison of renderings.
"""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum
from importlib import resources
from typing import TYPE_CHECKING, Any

from vncopy.errors import UsageError
from vncopy.pdf.flow import breaks_of
from vncopy.pdf.signature_fields import TOOLTIPS
from vncopy.pdf.template_words import (
    Block,
    Cell,
    Kind,
    Piece,
    Row,
    blocks_of,
    is_plain,
    parse_template,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

__all__ = ["Difference", "DifferenceKind", "Expected", "compare", "expected", "read_template"]

MAX_COMPARED = 40_000
"""Characters of page text that are aligned in detail; beyond, only the first difference is named."""
MAX_STATES = 20_000
"""Cuts of rows at page breaks that are tried, some 20 ms; an honest page needs a few hundred."""
DRAFT_MARK = "DỰ THẢO"
"""What the frame prints across the pages of a draft."""


class DifferenceKind(StrEnum):
    """What is wrong at a place."""

    MISSING = "missing"
    """The page lacks a text that it must show."""
    CHANGED = "changed"
    """The page shows something else in its place."""
    UNEXPECTED = "unexpected"
    """The page shows text that neither record nor template has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One difference; it names the place and never repeats the text, which may be personal."""

    source: str
    """Path of the field, ``words`` for fixed words, ``page`` where no field is near."""
    kind: DifferenceKind
    """What is wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """The whole text of a copy's pages."""

    units: tuple[Piece | Row, ...]
    """Everything in the flow of the pages, in order."""
    stamps: tuple[Piece, ...] = ()
    """Texts of the signature fields, which follow the last page's text when it is flattened."""
    page_word: str = "Trang"
    """The word before the page numbers of copies with several pages."""
    draft: bool = False
    """Whether DỰ THẢO stands across each page."""
    blocks: tuple[Block, ...] = ()
    """The same as ``units``, each with its columns, for :mod:`vncopy.pdf.arrangement`."""
    fields: tuple[tuple[Piece, ...], ...] = ()
    """The lines of each signature field, together ``stamps``."""
    told: frozenset[str] = frozenset()
    """What may be told beside the pages, by :func:`canonical`: headings, the symbol's alternative text."""
    sizes: tuple[int, int] = (0, 0)
    """Sizes of items and title in hundredths of a point."""
    plain: bool = False
    """Whether the template says nothing of where its blocks stand, but leaves that to the frame."""

    def pieces(self) -> Iterator[Piece]:
        """Iterate over all pieces in order."""
        for unit in self.units:
            if isinstance(unit, Piece):
                yield unit
            else:
                for cell in unit.cells:
                    yield from cell
        yield from self.stamps


def read_template(template: str, /) -> str:
    """Return the source of a template.

    Args:
        template: ``package:resource`` as the document class declares it.

    Raises:
        UsageError: there is no such package or resource.
    """
    package, _, resource = template.partition(":")
    try:
        return resources.files(package).joinpath(resource).read_text(encoding="utf-8")
    except (ModuleNotFoundError, FileNotFoundError, ValueError, OSError) as error:
        raise UsageError.of(
            "template",
            "template.unknown",
            vi="không tìm thấy mẫu trình bày của loại giấy tờ",
            en="the template of the document's type is not there",
        ) from error


def expected(
    source: str, data: Mapping[str, Any], /, *, fields: Sequence[Sequence[str]] = ()
) -> Expected:
    """Return the text that the pages must show.

    Args:
        source: the template, from :func:`read_template`.
        data: what it printed, ``PrintedCopy.data`` made anew from the embedded record.
        fields: the lines of each signature field in the order of the page's annotations.

    Raises:
        UsageError: the template is not written in the frame's language.
    """
    blocks = (*_head(data), *_body(source, data), *_foot(data))
    stamps = tuple(
        tuple(Piece(source="statement.signature", text=text, before="\n") for text in lines if text)
        for lines in fields
    )
    return Expected(
        units=tuple(unit for block in blocks for unit in block.units()),
        stamps=tuple(piece for lines in stamps for piece in lines),
        page_word=data["page_word"],
        draft=data["draft"],
        blocks=blocks,
        fields=stamps,
        told=_told(blocks, data),
        sizes=(round(100 * data["size_pt"]), round(100 * data["title_pt"])),
        plain=is_plain(source),
    )


def _told(blocks: Sequence[Block], data: Mapping[str, Any]) -> frozenset[str]:
    """Return what bookmarks and alternative texts may say of a page."""
    headings = [
        "".join(piece.text for cell in block.cells for piece in cell.pieces)
        for block in blocks
        if block.kind is Kind.SECTION
    ]
    texts = [*headings, "".join(data["title"]), *data["attestation"][:1], data["symbol_alt"]]
    texts += [*TOOLTIPS, data["document_title"]]
    return frozenset(map(canonical, texts))


def _plain(kind: Kind, source: str, *texts: str) -> Iterator[Block]:
    """Yield blocks of one line or paragraph each."""
    for text in texts:
        if text:
            piece = Piece(source=source, text=text)
            yield Block(kind=kind, cells=(Cell(pieces=(piece,)),))


def _head(data: Mapping[str, Any]) -> Iterator[Block]:
    """Yield what the frame prints above the body."""
    yield from _plain(Kind.LEGEND, "statement.legend", *data["legend"])
    if data["agency"]:
        yield from _plain(Kind.AGENCY, "statement.agency", *data["agency"])
        yield from _plain(Kind.MOTTO, "words", *data["motto"])
        yield from _plain(Kind.NUMBER, "statement.number", data["number"])
        yield from _plain(Kind.PLACE, "statement.place", data["place_date"])
    else:
        yield from _plain(Kind.MOTTO_ALONE, "words", *data["motto"])
    yield from _plain(Kind.CORNER, "header.corner", *data["corner"])
    yield from _plain(Kind.TITLE, "words", *data["title"])
    yield from _plain(Kind.SUBTITLE, "words", data["subtitle"])


def _body(source: str, data: Mapping[str, Any]) -> Iterator[Block]:
    """Yield what the template prints."""
    yield from blocks_of(parse_template(source), data["fields"], data["original_signer"])


def _foot(data: Mapping[str, Any]) -> Iterator[Block]:
    """Yield what the frame prints below the body."""
    foot = data["foot"]
    yield from _plain(Kind.ATTESTATION, "statement.attestation", *data["attestation"])
    yield from _plain(Kind.CAPTION, "copy_id", *data["symbol_caption"])
    yield from _plain(Kind.FOOT, "words", foot["heading"])
    yield from _plain(Kind.HINT, "words", foot["hint"])
    yield from _plain(Kind.FOOT, "statement.certifier.position", *foot["position"])
    yield from _plain(Kind.FOOT, "statement.certifier.full_name", foot["name"])


_GAP = re.compile(r"(\s*)\S")
_JUMP = "\x1f"
"""What :mod:`vncopy.pdf.layout` puts between runs that nobody reads as one text."""
_LONG_WORD = 20
"""Letters of the shortest word that may break anywhere; the frame breaks those from 26 on."""
_READ_AS = str.maketrans({"\ufffe": "-", "\x02": "-", "\u200b": None})
"""What pdfium makes of a hyphen at the end of a line, and the frame's break inside a long word."""


def canonical(text: str) -> str:
    """Return ``text`` as it is compared: without white space and marks of line breaks."""
    return "".join(text.translate(_READ_AS).split())


def compare(pages: str | Sequence[str], wanted: Expected, /) -> tuple[Difference, ...]:
    """Compare the extracted text of a copy with what it must say.

    Args:
        pages: text of each page in order, after flattening its form fields; one string is one
            page, or pages with a form feed between them.
        wanted: from :func:`expected`.

    Returns:
        The differences in the order of the page; empty when the pages say the record, all of the
        record and nothing but the record.
    """
    texts = pages.split("\f") if isinstance(pages, str) else pages
    bodies = [canonical(text) for text in texts]
    stripped = _without_furniture(bodies, wanted)
    if stripped is not None and _Matcher(stripped, wanted).matches():
        return _spacing(texts, stripped, wanted)
    if stripped is not None:
        return _differences("".join(stripped), replace(wanted, stamps=()))
    return _differences("".join(bodies), wanted)


def _without_furniture(bodies: list[str], wanted: Expected) -> list[str] | None:
    """Take off draft marks, page numbers and stamps; ``None`` where one of them is not in place."""
    if not bodies:
        return None
    mark = canonical(DRAFT_MARK) if wanted.draft else ""
    stamps = canonical("".join(piece.text for piece in wanted.stamps))
    total = len(bodies)
    found: list[str] = []
    for number, body in enumerate(bodies, start=1):
        tail = canonical(f"{wanted.page_word} {number}/{total}") if total > 1 else ""
        tail += stamps if number == total else ""
        if not (body.startswith(mark) and body.endswith(tail) and len(body) >= len(mark + tail)):
            return None
        found.append(body[len(mark) : len(body) - len(tail)])
    return found


@dataclass(frozen=True, slots=True)
class _At:
    """A place in the pages."""

    page: int
    offset: int


class _Matcher:
    """Tiles the pages with the units in order; rows may be cut at page breaks, cell by cell."""

    def __init__(self, pages: list[str], wanted: Expected) -> None:
        self._pages = pages
        self._units = wanted.units
        self._states = 0

    def matches(self) -> bool:
        """Tell whether the units cover the pages exactly."""
        places = {_At(0, 0)}
        header = ""
        for unit in self._units:
            following: set[_At] = set()
            for place in places:
                if isinstance(unit, Piece):
                    following |= self._text(place, canonical(unit.text))
                else:
                    same_table = header if unit.header else ""
                    following |= self._row(place, unit, same_table)
            if not following:
                return False
            places = following
            header = _header_text(unit) if isinstance(unit, Row) else ""
        last = len(self._pages) - 1
        return any(p.page == last and p.offset == len(self._pages[last]) for p in places)

    def _text(self, place: _At, text: str) -> set[_At]:
        """Match one text that may run over page breaks."""
        page, offset = place.page, place.offset
        while True:
            rest = self._pages[page][offset:]
            if rest.startswith(text):
                return {_At(page, offset + len(text))}
            if page + 1 == len(self._pages) or not text.startswith(rest):
                return set()
            page, offset, text = page + 1, 0, text[len(rest) :]

    def _row(self, place: _At, row: Row, header: str) -> set[_At]:
        """Match cells that are cut at page breaks; each page shows a part of each, left to right.

        Args:
            place: where the row begins.
            row: its cells.
            header: the table's header where an earlier row of the same table came before.
        """
        cells = tuple(canonical("".join(piece.text for piece in cell)) for cell in row.cells)
        repeated = _header_text(row)
        queue = deque([(place, cells)])
        if header and place.offset == len(self._pages[place.page]):
            queue.extend((at, cells) for at in self._next_page(place.page, header))
        seen = set(queue)
        ends: set[_At] = set()
        while queue:
            at, left = queue.popleft()
            rest = self._pages[at.page][at.offset :]
            if rest.startswith("".join(left)):
                ends.add(_At(at.page, at.offset + len("".join(left))))
            for after in self._cuts(left, rest):
                for start in self._next_page(at.page, repeated):
                    if (start, after) not in seen:
                        seen.add((start, after))
                        queue.append((start, after))
        return ends

    def _cuts(self, cells: tuple[str, ...], text: str) -> Iterator[tuple[str, ...]]:
        """Yield what is left of the cells after a beginning of each, in order, made up ``text``."""
        first, others = cells[0], cells[1:]
        if not others:
            if first.startswith(text):
                yield (first[len(text) :],)
            return
        for length in range(_shared(first, text), -1, -1):
            self._states += 1
            if self._states > MAX_STATES:
                return
            for rest in self._cuts(others, text[length:]):
                yield (first[length:], *rest)

    def _next_page(self, page: int, header: str) -> list[_At]:
        """Return where a table goes on after the end of ``page``: below its repeated header."""
        if page + 1 < len(self._pages) and self._pages[page + 1].startswith(header):
            return [_At(page + 1, len(header))]
        return []


def _spacing(
    texts: Sequence[str], bodies: Sequence[str], wanted: Expected
) -> tuple[Difference, ...]:
    """Compare where words end; the letters are the same already.

    A new line may stand where the typesetter breaks lines. Where the pages do not say the pieces one
    after the other, as with rows of a table that are cut at the end of a page, the letters alone are
    compared.

    Args:
        texts: the pages.
        bodies: their letters without draft mark, page number and stamps.
        wanted: what they must say.
    """
    parts = [(piece.source, piece.text) for piece in replace(wanted, stamps=()).pieces()]
    asked = "\n".join(text for _, text in parts)
    if "".join(bodies) != canonical(asked):
        return ()
    start = len(canonical(DRAFT_MARK)) if wanted.draft else 0
    seen = []
    for text, body in zip(texts, bodies, strict=True):
        seen += ["\n", *_gaps(text)[start + 1 : start + len(body)]] if body else []
    owners = (source for source, text in parts for _ in canonical(text))
    breaks = breaks_of(asked.translate(_READ_AS), long=_LONG_WORD)
    found = [
        source
        for source, gap, due, may in zip(owners, seen, _gaps(asked), breaks, strict=False)
        if "\n" not in due and _is_other_gap(gap, due, may_break=may)
    ]
    return tuple(
        Difference(source=each, kind=DifferenceKind.CHANGED) for each in dict.fromkeys(found)
    )


def _gaps(text: str) -> list[str]:
    """Return the white space before each letter."""
    return _GAP.findall(text.translate(_READ_AS))


def _is_other_gap(gap: str, due: str, *, may_break: bool) -> bool:
    """Tell whether the white space inside of a text is none that the typesetter leaves there."""
    if _JUMP in gap:
        return True
    if "\n" in gap:
        return not (due or may_break)
    return bool(gap) != bool(due) or len(gap) > max(1, len(due))


def _shared(first: str, second: str) -> int:
    """Return how many characters two texts have in common at their beginning."""
    pairs = zip(first, second, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(first), len(second)))


def _header_text(row: Row) -> str:
    return canonical("".join(piece.text for piece in row.header))


def _differences(text: str, wanted: Expected) -> tuple[Difference, ...]:
    """Name the fields at which the pages differ; at least one is always named."""
    pieces = [(piece.source, canonical(piece.text)) for piece in wanted.pieces()]
    owners = [source for source, content in pieces for _ in content]
    whole = "".join(content for _, content in pieces)
    if len(text) > MAX_COMPARED or len(whole) > MAX_COMPARED:
        same = next((i for i, (a, b) in enumerate(zip(text, whole, strict=False)) if a != b), -1)
        near = owners[same] if same >= 0 else "page"
        return (Difference(source=near, kind=DifferenceKind.CHANGED),)
    found: dict[Difference, None] = {}
    kinds = {
        "replace": DifferenceKind.CHANGED,
        "delete": DifferenceKind.MISSING,
        "insert": DifferenceKind.UNEXPECTED,
    }
    before = _shared(whole, text)
    after = _shared(whole[before:][::-1], text[before:][::-1])
    inner, shown = whole[before : len(whole) - after], text[before : len(text) - after]
    for tag, start, end, _, _ in SequenceMatcher(None, inner, shown, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        for index in range(before + start, before + max(end, start + 1)):
            source = owners[index] if index < len(owners) else "page"
            found[Difference(source=source, kind=kinds[tag])] = None
    if not found:
        return (Difference(source="page", kind=DifferenceKind.CHANGED),)
    return tuple(found)
