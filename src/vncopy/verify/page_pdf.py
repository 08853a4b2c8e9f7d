"""Do the pages of a copy say what its record says? The evidence for it, strongest last resort.

The text that counts is the one read from the shapes on the pages. Where they cannot be read, since
their fonts or their drawing are unknown, the page is made again from the record if the typesetter
is at hand; a file that begins with exactly these bytes shows what the record says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from vncopy.errors import MissingExtra, SigningError, TooLongForQR, UsageError
from vncopy.facts.common import NOT_RUN, PASSED, Step
from vncopy.pdf.arrangement import misplaced
from vncopy.pdf.fonts import BUILTIN_FONTS
from vncopy.pdf.page_text import canonical, compare, expected
from vncopy.pdf.printed import printed
from vncopy.pdf.template import kept_templates, load_template
from vncopy.reasons import Reason
from vncopy.wire.cose import to_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vncopy.facts.pdf import PageEvidence as Evidence
    from vncopy.formats.record import CopyRecord
    from vncopy.page_trust import KeptTemplate
    from vncopy.pdf.page_text import Expected
    from vncopy.pdf.readings import ShownPage
    from vncopy.pdf.template import Template

__all__ = ["PageEvidence", "Pages", "page_says"]

_NAMED_DIFFERENCES: Final = 4
"""Fields that a detail names; the first ones tell where to look."""
_OWN_TEMPLATES: Final = "vncopy.pdf:"
"""Templates that draw text, lines and the symbol only; those of others may have pictures."""
MAX_MADE_AGAIN: Final = 100_000
"""Bytes of the longest record whose page is made again; one with all its changes has some 50 kB."""
MOST_VERSIONS: Final = 3
"""Earlier versions of a template with which a page is compared: those that have most of its words."""
_WORDS: Final = re.compile(r'"((?:[^"\\]|\\.)*+)"')
"""Words, and paths of values, in the source of a template."""
_INKED: Final = ("text not drawn", "more drawn than read")
_LIES: Final = frozenset({"glyph", "advance", "pale ink", "small print", "outside", *_INKED})
"""Flaws that no template explains: what is drawn is not what is claimed, or cannot be seen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageEvidence:
    """Whether the pages say the record, and what showed it."""

    step: Step
    """The outcome."""
    evidence: Evidence = ""
    """``shapes``: every glyph is known by its outline and stands where it belongs. ``made_again``: the
    file begins with what the typesetter makes of the record."""
    lenders: tuple[str, ...] = ()
    """SHA-256 of the receiver's tables of fonts on which the outcome rests."""
    earlier: KeptTemplate | None = None
    """The earlier template whose words the page has; ``None``: today's, or none."""

    @property
    def lent(self) -> bool:
        """Whether only the receiver knows that template."""
        return self.earlier is not None and self.earlier not in kept_templates()


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """The pages of one file, by what can be known of them."""

    shown: tuple[ShownPage, ...] | None = field(repr=False)
    """As they are seen; ``None``: not looked at."""
    claimed: tuple[str, ...] = field(default=(), repr=False)
    """Their text by the file's own claims, where shapes could not be read."""
    template_digest: str = ""
    """What the file says of the templates it was made with; empty: nothing."""
    message: bytes | None = field(default=None, repr=False)
    """The embedded message, of a length that a symbol can hold."""
    file: bytes = field(default=b"", repr=False)
    """The file itself."""
    templates: tuple[KeptTemplate, ...] = ()
    """Earlier templates that the receiver lends."""


def page_says(record: CopyRecord[Any] | None, pages: Pages) -> PageEvidence:
    """Compare the pages with the record.

    Args:
        record: the embedded record, if it could be read.
        pages: what is known of the pages.
    """
    if record is None or pages.shown is None:
        return PageEvidence(step=NOT_RUN)
    found = _by_shapes(record, pages.shown, pages)
    # What our own templates draw is known: there the weaker evidence is never wrong, only blind.
    own = record.document.template.startswith(_OWN_TEMPLATES)
    conclusive = found.step.passed or (own and found.step.reason is Reason.PAGE_TEXT_DIFFERS)
    if not conclusive and _made_again(record, pages):
        return PageEvidence(step=PASSED, evidence="made_again")
    lenders = {each for page in pages.shown for each in page.lenders}
    return replace(found, lenders=tuple(sorted(lenders)))


def _made_again(record: CopyRecord[Any], pages: Pages) -> bool:
    """Tell whether the file begins with the page as the typesetter makes it of the record today."""
    message = pages.message
    if message is None or not record.document.template or len(record.to_json()) > MAX_MADE_AGAIN:
        return False
    try:
        if load_template(record.document.template).digest() != pages.template_digest:
            return False
        # The typesetter need not be there: then this evidence is not to be had.
        from vncopy.pdf.making import signable_page  # noqa: PLC0415

        made = signable_page(record, None, BUILTIN_FONTS, qr_text=to_text(message), message=message)
    except (MissingExtra, UsageError, SigningError, TooLongForQR, KeyError):
        return False
    return pages.file.startswith(made)


def _by_shapes(record: CopyRecord[Any], shown: Sequence[ShownPage], pages: Pages) -> PageEvidence:
    """Compare what is seen with the record."""
    lies = [flaw for page in shown for flaw in page.wrong if flaw in _LIES]
    if lies:
        return _differs("drawn", lies)
    if not record.document.template:
        return _unproven("the type has no template")
    blind = [what for page in shown for what in page.unknown]
    today = _today(record)
    # Made by another version, whose words, order and lines may have been others.
    other = today is None or pages.template_digest not in {"", today.digest()}
    claimed = pages.claimed if blind else ()
    flaw: PageEvidence | None = _unproven("no template") if today is None else None
    if today is not None:
        flaw = _flaw_in(record, shown, today.sources_of_entry(), claimed)
    earlier = None
    if flaw is not None and other:
        text = "".join(claimed or [page.text for page in shown])
        for kept in _likely(record.document.template, text, pages.templates):
            if _flaw_in(record, shown, kept.source, claimed) is None:
                flaw, earlier = None, kept
                break
    if flaw is not None:
        return _unproven("made with other templates") if other and today else flaw
    if blind:
        if not other and _all_known(record, shown):
            return _differs("drawn", blind)
        unknown = Reason.FONT_UNKNOWN if "font" in blind else Reason.PAGE_TEXT_UNPROVEN
        return PageEvidence(step=Step(reason=unknown, detail=_list(blind)))
    return PageEvidence(step=PASSED, evidence="shapes", earlier=earlier)


def _today(record: CopyRecord[Any]) -> Template | None:
    """Return the template as it is now, if it is at hand."""
    try:
        return load_template(record.document.template)
    except UsageError:
        return None


def _likely(name: str, text: str, lent: Sequence[KeptTemplate]) -> list[KeptTemplate]:
    """Return the earlier versions of a template that have most of their words on a page.

    Comparing a page with a version costs some milliseconds, looking for its words none.
    """
    seen = canonical(text)
    known = {each.sha256: each for each in (*lent, *kept_templates()) if each.template == name}

    def share(kept: KeptTemplate) -> float:
        words = [canonical(each) for each in _WORDS.findall(kept.source) if each[:1] not in "@?"]
        return sum(each in seen for each in words) / max(len(words), 1)

    return sorted(known.values(), key=share, reverse=True)[:MOST_VERSIONS]


def _flaw_in(
    record: CopyRecord[Any], shown: Sequence[ShownPage], source: str, claimed: Sequence[str]
) -> PageEvidence | None:
    """Return what is wrong with a page by a version of its template."""
    try:
        wanted = _wanted(record, source)
    except (UsageError, KeyError) as error:
        # A template of another version of the library proves nothing either way.
        return _unproven(type(error).__name__)
    return _flaw_of(shown, wanted, claimed)


def _flaw_of(
    shown: Sequence[ShownPage], wanted: Expected, claimed: Sequence[str]
) -> PageEvidence | None:
    """Return what is wrong with words and places; ``claimed`` are the words where shapes are unknown."""
    named = compare(claimed or [page.text for page in shown], wanted)
    if named:
        return _differs("", [f"{each.source} {each.kind.value}" for each in named])
    flaws = [flaw for page in shown for flaw in page.wrong]
    if flaws:
        return _differs("drawn", flaws)
    if not claimed and (place := misplaced(shown, wanted)):
        # A template with an arrangement of its own may have put it there.
        return _differs("place", [place]) if wanted.plain else _unproven("own arrangement")
    told = {canonical(text) for page in shown for text in page.told}
    if not claimed and not told <= wanted.told:
        return (
            _differs("told beside the pages", ["page"]) if wanted.plain else _unproven("own words")
        )
    return None


def _all_known(record: CopyRecord[Any], shown: Sequence[ShownPage]) -> bool:
    """Tell whether the page's maker draws nothing that cannot be read: then it is another's."""
    own = record.document.template.startswith(_OWN_TEMPLATES)
    return own and all(page.known_maker for page in shown if page.unknown)


def _wanted(record: CopyRecord[Any], source: str) -> Expected:
    """Return what the pages must say by the source of a template.

    Raises:
        UsageError: the template cannot be read.
        KeyError: it prints what the record does not have.
    """
    content = printed(record)
    fields = [content.stamps[name] for name in content.data["signatures"]]
    return expected(source, content.data, fields=fields)


def _differs(where: str, found: Sequence[str]) -> PageEvidence:
    detail = f"{where}: {_list(found)}" if where else _list(found)
    return PageEvidence(step=Step(reason=Reason.PAGE_TEXT_DIFFERS, detail=detail))


def _unproven(detail: str) -> PageEvidence:
    return PageEvidence(step=Step(reason=Reason.PAGE_TEXT_UNPROVEN, detail=detail))


def _list(found: Sequence[str]) -> str:
    return ", ".join(list(dict.fromkeys(found))[:_NAMED_DIFFERENCES])
