"""Pages that say something else than their record, signed by the right office.

Somebody who sits at the office, or holds its keys, changes the page between typesetting and the
signatures and leaves record and symbol alone. A sheet gives access to what is drawn: runs of text
with their glyphs, to be exchanged, moved, hidden or told lies about.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pikepdf

from support.pages import sample
from support.pdf_copies import ISSUED, demo, record_of, signed, typeset_copy
from vncopy.formats.profile import load_profile
from vncopy.issue.steps import prepare, sign_qr, typeset
from vncopy.pdf.glyphs import claimed_texts
from vncopy.pdf.printed import printed

if TYPE_CHECKING:
    from collections.abc import Callable

    from support.pdf_copies import TypeName
    from vncopy.issue.states import UnsealedCopy

_RUN = re.compile(
    rb"q 1 0 0 -1 (?P<x>[\d.]+) (?P<y>[\d.]+) cm/c0 cs (?P<ink>[\d. ]+?) scn\nBT 0 Tr/(?P<font>\w+) "
    rb"(?P<size>[\d.]+) Tf 1 0 0 -1 0 0 Tm ?(?P<shown>\[.*?\]TJ|[(<].*?[)>] ?Tj)\nET\nQ",
    re.DOTALL,
)
_STRING = re.compile(rb"\(((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*)\)|<([0-9A-F]*)>", re.DOTALL)
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)


@dataclass(frozen=True, kw_only=True)
class Run:
    """One run of text on a page."""

    page: int
    start: int
    end: int
    x: str
    y: str
    font: str
    size: str
    codes: tuple[int, ...]
    text: str


class Sheet:
    """The pages of an open file."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.pdf = pdf

    def page(self, number: int = 0) -> pikepdf.Object:
        """Return a page."""
        return self.pdf.pages[number].obj

    def content(self, number: int = 0) -> bytes:
        """Return what draws a page."""
        drawn: bytes = self.page(number).Contents.read_bytes()
        return drawn

    def draw(self, content: bytes, number: int = 0) -> None:
        """Let a page be drawn by something else."""
        self.page(number).Contents = self.pdf.make_stream(content)

    def font(self, name: str, number: int = 0) -> pikepdf.Object:
        """Return a font of a page."""
        return self.page(number).Resources.Font[f"/{name}"]

    def runs(self, number: int = 0) -> list[Run]:
        """Return the runs of text of a page."""
        claims = {
            name[1:]: claimed_texts(font) for name, font in self.page(number).Resources.Font.items()
        }
        found = []
        for match in _RUN.finditer(self.content(number)):
            font = match["font"].decode()
            codes = _codes(match["shown"])
            found.append(
                Run(
                    page=number,
                    start=match.start(),
                    end=match.end(),
                    x=match["x"].decode(),
                    y=match["y"].decode(),
                    font=font,
                    size=match["size"].decode(),
                    codes=codes,
                    text="".join(claims[font].get(code, "?") for code in codes),
                )
            )
        return found

    def find(self, text: str) -> Run:
        """Return the run that holds a text.

        A value of several words may be broken into lines: then its first word is looked for too.
        """
        runs = [run for number in range(len(self.pdf.pages)) for run in self.runs(number)]
        for wanted in (text, " ".join(text.split()[:2]), text.split(maxsplit=1)[0]):
            for run in runs:
                if wanted in run.text:
                    return run
        raise AssertionError(text)

    def write(self, run: Run, codes: tuple[int, ...] = (), *, x: str = "", y: str = "") -> None:
        """Write a run anew: other glyphs, or in another place."""
        self.put(run, _written(replace(run, codes=codes or run.codes, x=x or run.x, y=y or run.y)))

    def put(self, run: Run, drawn: bytes) -> None:
        """Draw something else in the place of a run."""
        content = self.content(run.page)
        self.draw(content[: run.start] + drawn + content[run.end :], run.page)

    def move(self, run: Run, *, x: float | None = None, y: float | None = None) -> None:
        """Let a run stand elsewhere, drawn as it is."""
        place = b"q 1 0 0 -1 %s %s cm"
        drawn = self.content(run.page)[run.start : run.end]
        before = place % (run.x.encode(), run.y.encode())
        assert drawn.startswith(before)
        anew = [old if new is None else f"{new:.5f}" for old, new in ((run.x, x), (run.y, y))]
        self.put(run, place % (anew[0].encode(), anew[1].encode()) + drawn[len(before) :])

    def split(self, run: Run, at: int, *, x: float, y: float) -> None:
        """Let what follows the ``at``-th glyph of a run stand elsewhere."""
        rest = run.codes[at:]
        first = _written(replace(run, codes=run.codes[:at]))
        self.put(
            run, first + b"\n" + _written(replace(run, codes=rest, x=f"{x:.5f}", y=f"{y:.5f}"))
        )

    def undot(self, number: int = 0) -> None:
        """Take all dotted lines off a page."""
        self.draw(DOTTED.sub(b"", self.content(number)), number)

    def other(self, run: Run, at: int) -> int:
        """Return another glyph of the run's font: a digit for a digit, a letter for a letter."""
        claims = claimed_texts(self.font(run.font, run.page))
        now = claims[run.codes[at]]

        def alike(text: str) -> bool:
            if len(text) != 1 or text == now:
                return False
            if now.isdigit():
                return text.isdigit()
            return text.isalpha() and text.isupper() == now.isupper()

        return next(code for code, text in sorted(claims.items()) if alike(text))

    def exchange(self, value: str) -> tuple[Run, int, int]:
        """Put another glyph into a value; return the run, the old and the new code."""
        run = self.find(value)
        first = run.text.find(value.split(maxsplit=1)[0])
        place = next(
            index for index in range(max(first, 0), len(run.text)) if run.text[index].isalnum()
        )
        while place + 1 < len(run.text) and run.text[place + 1].isalnum():
            place += 1  # the last letter of the word, or the last digit of the number
        new = self.other(run, place)
        codes = (*run.codes[:place], new, *run.codes[place + 1 :])
        self.write(run, codes)
        return run, run.codes[place], new


def _written(run: Run) -> bytes:
    """Return what draws a run."""
    shown = b"".join(b"%04X" % code for code in run.codes)
    return b"q 1 0 0 -1 %s %s cm/c0 cs 0 scn\nBT 0 Tr/%s %s Tf 1 0 0 -1 0 0 Tm[<%s>]TJ\nET\nQ" % (
        run.x.encode(),
        run.y.encode(),
        run.font.encode(),
        run.size.encode(),
        shown,
    )


DOTTED = re.compile(rb"q 1 0 0 -1 [\d.]+ [\d.]+ cm/c0 CS [^\n]*1 J\[0\.4 1\.9\]0 d [^\n]*\nS\nQ\n")


def _codes(shown: bytes) -> tuple[int, ...]:
    raw = b""
    for literal, digits in _STRING.findall(shown):
        raw += bytes.fromhex(digits.decode()) if digits else _ESCAPE.sub(_unescaped, literal)
    return tuple(raw[i] << 8 | raw[i + 1] for i in range(0, len(raw), 2))


def _unescaped(match: re.Match[bytes]) -> bytes:
    what = match[1]
    if what[:1].isdigit():
        return bytes([int(what, 8)])
    return {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}.get(what, what)


def fields(name: TypeName) -> dict[str, Any]:
    """Return what the copy of a type prints, by the path of the field."""
    found: dict[str, Any] = printed(typeset_copy(name).record).data["fields"]
    return found


def tampered(name: TypeName, change: Callable[[Sheet], None]) -> bytes:
    """Return a copy whose page was changed before the right office signed it."""
    return changed_copy(typeset_copy(name), change)


@cache
def _state_of_sample(name: str) -> UnsealedCopy[Any]:
    """Return the page of a sample before anybody signed it, issued by a demo office."""
    office = demo().offices[0]
    record = sample(name)
    _, statement = record_of(name.partition("/")[0], office)
    if name.partition("/")[0] != "land" and record.statement.kind is not statement.kind:
        authority = statement.authority
        statement = record.statement.model_copy(update={"authority": authority, "issued_at": None})
    numbers = iter(range(70, 90))
    draft = prepare(
        record.document,
        statement,
        profile=load_profile(ISSUED.date()),
        entropy=lambda size: bytes([next(numbers)]) * size,
    )
    return typeset(sign_qr(draft, signer=office.qr.signer(), at=ISSUED, carriage="auto"))


def tampered_sample(name: str, change: Callable[[Sheet], None]) -> bytes:
    """Return a sample's copy whose page was changed before the right office signed it."""
    return changed_copy(_state_of_sample(name), change)


def changed_copy(state: UnsealedCopy[Any], change: Callable[[Sheet], None]) -> bytes:
    """Return the copy of a typeset page that was changed before its office signed it."""
    with pikepdf.open(BytesIO(state.pdf)) as pdf:
        change(Sheet(pdf))
        out = BytesIO()
        pdf.save(
            out,
            deterministic_id=True,
            fix_metadata_version=False,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
    return signed(replace(state, pdf=out.getvalue()))
