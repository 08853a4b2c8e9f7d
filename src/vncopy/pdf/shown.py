"""What a reader sees on the pages of a copy: read from the shapes that are drawn, not from claims.

Each page is read as the few phrases in which the typesetter draws (:mod:`drawing_language`), its
glyphs are told by their outlines (:mod:`glyphs`), and everything has to stand where text stands:
dark, upright, one after the other in the order of reading, with nothing drawn across. What is not
provable is said apart from what is provably wrong.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from io import BytesIO
from typing import TYPE_CHECKING, Final

from vncopy.errors import MissingExtra
from vncopy.pdf.drawing_language import Stroke, SymbolDrawing, TextRun, UnknownPhrase, phrases
from vncopy.pdf.field_frame import is_frame
from vncopy.pdf.glyphs import LentGlyphs, PageFont, read_font
from vncopy.pdf.ink import Ink
from vncopy.pdf.layout import Box, Line, Words, flaws_of, joined, lines_of
from vncopy.pdf.readings import ShownPage, ShownRun
from vncopy.pdf.shown_places import boxes_of, runs_of
from vncopy.pdf.shown_words import UnknownFont, words_of
from vncopy.pdf.told import told_beside
from vncopy.pdf.unpacking import decoded_stream

try:
    import pikepdf
except ImportError as error:  # pragma: no cover - exercised by the run with base extras only
    raise MissingExtra("pdf") from error

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vncopy.page_trust import FontTable
    from vncopy.pdf.limits import ReadingLimits

__all__ = ["ReadPage", "read_shown"]

MAX_CONTENT: Final = 2_000_000
"""Decoded bytes of what draws one page; a full page of a copy has some 50 kB."""
DARK: Final = 0.5
"""Brightest ink that counts as seen, 0 black to 1 white; the fields' blue and red are below 0.3."""
MIN_PRINT: Final = 7.4
"""Points; the smallest print of the page itself, the symbol's caption, has 7.5."""
_ICC: Final = {
    "00c0f94e09127520a17dc0e1d9264b5702081d96dbdb1549ee88e3631ce42a9d": 1,
    "c56e1685d888f5edb92fe07f2750f387f8fe8e91b32ff8fb0b56bfbbb9458353": 3,
}
"""Colour profiles of the typesetter, by digest, with their number of channels: grey and sRGB."""
KNOWN_MAKERS: Final = frozenset({b"typst 0.15.2"})
"""Typesetters whose pages are drawn in :mod:`drawing_language` and set in the known faces."""
_MAKER: Final = re.compile(rb"<vncopy:typesetter>([^<]{1,80})</vncopy:typesetter>")
_OWN_FONTS: Final = b"<vncopy:fontFilesDigest>"
_FONTS: Final = re.compile(rb"<vncopy:fonts>([^<]{1,400})</vncopy:fonts>")
_KNOWN_FAMILY: Final = b"LibertinusSerif-"
"""How the names of the faces in the table begin."""
_PAGE_KEYS: Final = frozenset(
    {
        "/Type",
        "/Contents",
        "/StructParents",
        "/Resources",
        "/Tabs",
        "/Parent",
        "/MediaBox",
        "/Annots",
    }
)
_NODE_KEYS: Final = frozenset({"/Type", "/Kids", "/Count", "/Parent"})
_FORM_KEYS: Final = frozenset(
    {"/Type", "/Subtype", "/BBox", "/Resources", "/Length", "/Filter", "/FormType"}
)
_RESOURCES: Final = frozenset({"/ColorSpace", "/Font", "/ProcSet"})
_MAX_NODES: Final = 8
"""Levels of the tree of pages; a copy has one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadPage:
    """One page as it was read, and what its drawing must look like."""

    page: ShownPage
    """What is seen."""
    ink: Ink | None = None
    """Where its ink is; ``None``: it could not be read."""


class _Unknown(Exception):
    """Something is not written as the typesetter writes."""


def read_shown(
    data: bytes, *, limits: ReadingLimits, fonts: Sequence[FontTable] = ()
) -> tuple[ReadPage, ...]:
    """Read the pages of a copy by what they draw.

    Args:
        data: the file, any bytes.
        limits: pages that are read.
        fonts: tables of further faces that the receiver trusts.

    Returns:
        One value a page; one unknown page where the file cannot be read. Raises nothing for any
        bytes.
    """
    try:
        with pikepdf.open(BytesIO(data)) as pdf:
            if len(pdf.pages) > limits.pages:
                return (ReadPage(page=ShownPage(unknown=("pages",))),)
            reader = _Reader(known_maker=_known_maker(pdf), lent=LentGlyphs(fonts))
            first, *others = (reader.page(page.obj) for page in pdf.pages)
            told = replace(first, page=replace(first.page, told=told_beside(pdf)))
            return (told, *others)
    except Exception as error:  # noqa: BLE001 - the border: any foreign exception is a fact
        return (ReadPage(page=ShownPage(unknown=(type(error).__name__,))),)


class _Reader:
    """Reads one file; fonts and colours are shared by its pages."""

    def __init__(self, *, known_maker: bool, lent: LentGlyphs) -> None:
        self._known_maker = known_maker
        self._lent = lent
        self._lenders: frozenset[str] = frozenset()
        self._fonts: dict[tuple[int, int], PageFont] = {}
        self._colours: dict[tuple[int, int], int] = {}

    def page(self, page: pikepdf.Object) -> ReadPage:
        """Read one page."""
        self._lenders = frozenset()
        try:
            return self._page(page)
        except UnknownFont:
            return self._unread("font")
        except (_Unknown, UnknownPhrase) as error:
            return self._unread(str(error) or "drawing")
        except (ValueError, TypeError, KeyError, AttributeError, IndexError) as error:
            return self._unread(type(error).__name__)

    def _unread(self, what: str) -> ReadPage:
        return ReadPage(page=ShownPage(unknown=(what,), known_maker=self._known_maker))

    def _page(self, page: pikepdf.Object) -> ReadPage:
        box = _box(page)
        part = self._part(page, page.Contents)
        lines = part.lines
        wrong = [*part.wrong, *flaws_of(part.words, lines, part.squares, box)]
        said = [*part.words]
        fields: list[Box] = []
        stamps: list[tuple[ShownRun, ...]] = []
        for place, form in _appearances(page):
            inner = self._form(form, place)
            wrong += inner.wrong
            wrong += flaws_of(inner.words, (), (), place)
            said += inner.words
            fields.append(place)
            stamps.append(runs_of(inner.words, box))
        solid = [*(words.box for words in part.words), *part.squares]
        if any(_touch(one, place) for one in solid for place in fields):
            wrong.append("field over text")
        if any(_touch(a, b) for n, a in enumerate(fields) for b in fields[:n]):
            wrong.append("field over field")
        if any(words.size < MIN_PRINT for words in part.words):
            wrong.append("small print")
        shown = ShownPage(
            text=joined(said),
            wrong=tuple(dict.fromkeys(wrong)),
            lenders=tuple(sorted(self._lenders)),
            squares=tuple(_hundredths(each, box) for each in part.squares),
            modules=tuple(_hundredths(each, box) for each in part.modules),
            size=(round(100 * (box[2] - box[0])), round(100 * (box[3] - box[1]))),
            runs=runs_of(part.words, box),
            fields=boxes_of(fields, box),
            stamps=tuple(stamps),
            rules=boxes_of([each for each in lines if not each.dotted], box),
            dots=boxes_of([each for each in lines if each.dotted], box),
        )
        may = [words.ink for words in said]
        may += [line.ink for line in lines]
        may += [*part.squares, *((x - 1, y - 1, r + 1, t + 1) for x, y, r, t in fields)]
        must = [words.body for words in said if not words.text.isspace()]
        ink = Ink(
            may=tuple(_from_above(each, box) for each in may),
            must=tuple(_from_above(each, box) for each in must),
        )
        return ReadPage(page=shown, ink=ink)

    def _form(self, form: pikepdf.Object, place: Box) -> _Part:
        left, bottom, right, top = (float(value) for value in form.BBox)
        size = (place[2] - place[0], place[3] - place[1])
        if (
            not set(form.keys()) <= _FORM_KEYS
            or abs(left) + abs(bottom) > _TINY
            or abs(right - size[0]) > _TINY
            or abs(top - size[1]) > _TINY
        ):
            raise _Unknown("field")
        part = self._part(form, form)
        if part.squares:
            raise _Unknown("field")
        framed = all(is_frame(each, *size) for each in part.strokes)
        return _Part(
            words=tuple(words.moved(place[0], place[1]) for words in part.words),
            wrong=part.wrong if framed else (*part.wrong, "stroke in field"),
        )

    def _part(self, owner: pikepdf.Object, stream: pikepdf.Object) -> _Part:
        """Read what one stream draws."""
        content = _decoded(stream)
        resources = owner.Resources
        if content is None or not set(resources.keys()) <= _RESOURCES:
            raise _Unknown("resources")
        spaces = {
            name[1:]: self._channels(value)
            for name, value in resources.get("/ColorSpace", {}).items()
        }
        fonts = {name[1:]: self._font(value) for name, value in resources.get("/Font", {}).items()}
        words: list[Words] = []
        strokes: list[Stroke] = []
        squares: list[Box] = []
        modules: list[Box] = []
        wrong: list[str] = []
        for phrase in phrases(content):
            if isinstance(phrase, TextRun):
                wrong += _ink(phrase.space, phrase.colour, spaces)
                words.append(words_of(phrase, fonts, wrong))
            elif isinstance(phrase, Stroke):
                wrong += _ink(phrase.space, phrase.colour, spaces)
                strokes.append(phrase)
            elif isinstance(phrase, SymbolDrawing):
                squares.append(_square(phrase, spaces))
                modules.append(phrase.box)
        return _Part(
            words=tuple(words),
            strokes=tuple(strokes),
            squares=tuple(squares),
            modules=tuple(modules),
            wrong=tuple(wrong),
        )

    def _font(self, font: pikepdf.Object) -> PageFont:
        key = font.objgen
        read = self._fonts.get(key) or read_font(font, self._lent)
        if key != (0, 0):
            self._fonts[key] = read
        self._lenders |= read.lenders
        return read

    def _channels(self, space: pikepdf.Object) -> int:
        """Return the channels of a colour space that is known."""
        kind, profile = space
        if kind != pikepdf.Name.ICCBased or not set(profile.keys()) <= _PROFILE_KEYS:
            raise _Unknown("colour space")
        key = profile.objgen
        if key not in self._colours:
            digest = hashlib.sha256(_decoded(profile) or b"").hexdigest()
            if _ICC.get(digest) != int(profile.N):
                raise _Unknown("colour profile")
            if [float(each) for each in profile.get("/Range", ())] not in ([], [0, 1] * profile.N):
                raise _Unknown("colour profile")  # viewers may cut black off to grey
            self._colours[key] = int(profile.N)
        return self._colours[key]


_PROFILE_KEYS: Final = frozenset({"/N", "/Range", "/Length", "/Filter"})
_TINY: Final = 0.01
"""Points; sizes are written with five digits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """What one stream draws."""

    words: tuple[Words, ...] = ()
    strokes: tuple[Stroke, ...] = ()
    squares: tuple[Box, ...] = ()
    modules: tuple[Box, ...] = ()
    wrong: tuple[str, ...] = ()

    @property
    def lines(self) -> tuple[Line, ...]:
        """The straight lines of its strokes."""
        return tuple(line for each in self.strokes for line in lines_of(each))


def _known_maker(pdf: pikepdf.Pdf) -> bool:
    """Tell whether the file names a typesetter that is known, and no fonts besides that one's."""
    packet = _decoded(pdf.Root.get("/Metadata", pikepdf.Dictionary())) or b""
    makers = _MAKER.findall(packet)
    fonts = [name for listed in _FONTS.findall(packet) for name in listed.split(b", ")]
    known = len(makers) == 1 and makers[0] in KNOWN_MAKERS and _OWN_FONTS not in packet
    return known and bool(fonts) and all(name.startswith(_KNOWN_FAMILY) for name in fonts)


def _decoded(stream: pikepdf.Object) -> bytes | None:
    return decoded_stream(stream, MAX_CONTENT) if isinstance(stream, pikepdf.Stream) else None


def _box(page: pikepdf.Object) -> Box:
    """Return the page's box; nothing may turn, crop or scale the page."""
    if not set(page.keys()) <= _PAGE_KEYS:
        raise _Unknown("page")
    node = page
    for _ in range(_MAX_NODES):
        if "/Parent" not in node:
            break
        node = node.Parent
        if not set(node.keys()) <= _NODE_KEYS:
            raise _Unknown("page tree")
    else:
        raise _Unknown("page tree")  # what lies further up was not looked at
    left, bottom, right, top = (float(value) for value in page.MediaBox)
    return left, bottom, right, top


def _appearances(page: pikepdf.Object) -> Iterator[tuple[Box, pikepdf.Object]]:
    """Iterate over the fields that draw something, in the order in which they are drawn."""
    for item in page.get("/Annots", ()):
        left, bottom, right, top = (float(value) for value in item.Rect)
        if left == right and bottom == top:
            continue
        if item.Subtype != pikepdf.Name.Widget or set(item.AP.keys()) != {"/N"}:
            raise _Unknown("annotation")
        yield (left, bottom, right, top), item.AP.N


def _ink(space: str, colour: tuple[float, ...], spaces: dict[str, int]) -> list[str]:
    """Say whether ink can be seen on paper."""
    channels = spaces.get(space)
    if channels is None or channels != len(colour):
        raise _Unknown("colour")
    red, green, blue = colour if len(colour) == 3 else colour[:1] * 3  # noqa: PLR2004
    return [] if 0.299 * red + 0.587 * green + 0.114 * blue <= DARK else ["pale ink"]


def _square(symbol: SymbolDrawing, spaces: dict[str, int]) -> Box:
    """Return the square of a symbol that is black on white."""
    (white_space, white), (black_space, black) = symbol.white, symbol.black
    if (spaces.get(white_space), spaces.get(black_space)) != (1, 1):
        raise _Unknown("colour")
    if white != (1.0,) or black != (0.0,):
        raise _Unknown("symbol")
    boxes = [_around(symbol.square), _around(symbol.clip)]
    if any(abs(a - b) > _TINY for a, b in zip(*boxes, strict=True)):
        raise _Unknown("symbol")
    left, bottom, right, top = boxes[0]
    inner = symbol.box
    if not (left < inner[0] < inner[2] < right and bottom < inner[1] < inner[3] < top):
        raise _Unknown("symbol")
    return boxes[0]


def _around(points: tuple[tuple[float, float], ...]) -> Box:
    across, along = [x for x, _ in points], [y for _, y in points]
    return min(across), min(along), max(across), max(along)


def _touch(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _from_above(box: Box, page: Box) -> Box:
    """Return a box as counted from the upper left corner of the page."""
    left, _, _, top = page
    return box[0] - left, top - box[3], box[2] - left, top - box[1]


def _hundredths(box: Box, page: Box) -> tuple[int, int, int, int]:
    """Return a box in hundredths of a point from the upper left corner of the page."""
    first, second, third, fourth = (round(100 * edge) for edge in _from_above(box, page))
    return first, second, third, fourth
