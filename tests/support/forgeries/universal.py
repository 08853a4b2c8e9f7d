"""Universal signature forgery: the signature's own dictionary lacks what verifying needs.

Readers of 2019 said "valid" where they could not verify. The dictionary is spoiled where it stands,
with every other byte of the file in its place.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from support.forgeries.kinds import AttackFile
from support.forgeries.raw import base, places, put
from vncopy.policy import CheckId
from vncopy.reasons import Reason

if TYPE_CHECKING:
    from collections.abc import Callable

    from support.forgeries.kinds import Base

_PUBLISHED = "Mladenov, Mainka, Meyer zu Selhausen, Grothe, Schwenk 2019 (USF)"

CONTENTS: dict[str, bytes | None] = {
    "contents-missing": None,
    "contents-null": b"/Contents null",
    "contents-empty": b"/Contents <>",
    "contents-one-zero": b"/Contents <00>",
    "contents-no-value": b"/Contents",
    "contents-name": b"/Contents /None",
    "contents-number": b"/Contents 0",
    "contents-true": b"/Contents true",
    "contents-array": b"/Contents [<00>]",
    "contents-dictionary": b"/Contents << >>",
    "contents-empty-text": b"/Contents ()",
    "contents-text": b"/Contents (valid)",
    "contents-reference-to-nothing": b"/Contents 9999 0 R",
    "contents-not-hexadecimal": b"/Contents <zz>",
    "contents-not-closed": b"/Contents <00",
    "contents-other-name": b"/Content <00>",
}
"""What stands instead of name and value of ``/Contents``."""

SPANS: dict[str, bytes | None] = {
    "range-missing": None,
    "range-null": b"/ByteRange null",
    "range-no-value": b"/ByteRange",
    "range-empty": b"/ByteRange []",
    "range-zeros": b"/ByteRange [0 0 0 0]",
    "range-one-number": b"/ByteRange 0",
    "range-one-pair": b"/ByteRange [0 %(head)d]",
    "range-three-numbers": b"/ByteRange [0 %(head)d %(start)d]",
    "range-three-pairs": b"/ByteRange [0 %(head)d %(start)d %(rest)d 0 0]",
    "range-negative-first": b"/ByteRange [-1 %(head)d %(start)d %(rest)d]",
    "range-negative-length": b"/ByteRange [0 -%(head)d %(start)d %(rest)d]",
    "range-negative-start": b"/ByteRange [0 %(head)d -%(start)d %(rest)d]",
    "range-negative-rest": b"/ByteRange [0 %(head)d %(start)d -1]",
    "range-from-one": b"/ByteRange [1 %(head)d %(start)d %(rest)d]",
    "range-huge-rest": b"/ByteRange [0 %(head)d %(start)d 9999999999]",
    "range-huge-start": b"/ByteRange [0 %(head)d 9999999999 %(rest)d]",
    "range-huge-head": b"/ByteRange [0 99999999999999999999 0 0]",
    "range-first-part-only": b"/ByteRange [0 %(head)d 0 0]",
    "range-second-part-only": b"/ByteRange [0 0 %(start)d %(rest)d]",
    "range-overlapping": b"/ByteRange [0 %(start)d %(head)d %(rest)d]",
    "range-swapped-order": b"/ByteRange [%(start)d %(rest)d 0 %(head)d]",
    "range-real-numbers": b"/ByteRange [0 %(head)d.0 %(start)d %(rest)d]",
    "range-with-signs": b"/ByteRange [0 +%(head)d %(start)d %(rest)d]",
    "range-texts": b"/ByteRange [(0) (1) (2) (3)]",
    "range-nested": b"/ByteRange [[0 %(head)d %(start)d %(rest)d]]",
    "range-name": b"/ByteRange /None",
    "range-text": b"/ByteRange (0 1 2 3)",
    "range-reference-to-nothing": b"/ByteRange 9999 0 R",
    "range-reference-inside": b"/ByteRange [0 9999 0 R %(start)d %(rest)d]",
    "range-short-by-one": b"/ByteRange [0 %(head)d %(start)d %(less)d]",
    "range-one-less-before": b"/ByteRange [0 %(under)d %(start)d %(rest)d]",
    "range-one-more-between": b"/ByteRange [0 %(head)d %(over)d %(less)d]",
    "range-written-twice": b"/ByteRange [0 1 2 3]/ByteRange [0 0 0 0]",
    "range-escaped-name": b"/Byte#52ange [0 0 0 0]",
    "range-other-case": b"/byterange [0 0 0 0]",
    "range-with-a-comment": b"/ByteRange [0 0 0 0]%%",
}
"""What stands instead of ``/ByteRange``."""

ENTRIES: dict[str, tuple[bytes, bytes]] = {
    "type-other": (rb"/Type\s?/Sig\s", b"/Type /Foo"),
    "type-missing": (rb"/Type\s?/Sig\s", b""),
    "type-null": (rb"/Type\s?/Sig\s", b"/Type null"),
    "filter-missing": (rb"/Filter\s?/Adobe.PPKLite\s", b""),
    "filter-null": (rb"/Filter\s?/Adobe.PPKLite\s", b"/Filter null"),
    "filter-unknown": (rb"/Filter\s?/Adobe.PPKLite\s", b"/Filter /Any"),
    "filter-array": (rb"/Filter\s?/Adobe.PPKLite\s", b"/Filter [/Any]"),
    "subfilter-missing": (rb"/SubFilter\s?/ETSI.CAdES.detached\s", b""),
    "subfilter-null": (rb"/SubFilter\s?/ETSI.CAdES.detached\s", b"/SubFilter null"),
    "subfilter-unknown": (rb"/SubFilter\s?/ETSI.CAdES.detached\s", b"/SubFilter /any"),
    "subfilter-raw-key": (
        rb"/SubFilter\s?/ETSI.CAdES.detached\s",
        b"/SubFilter /adbe.x509.rsa_sha1",
    ),
    "subfilter-sha1": (rb"/SubFilter\s?/ETSI.CAdES.detached\s", b"/SubFilter /adbe.pkcs7.sha1"),
    "subfilter-timestamp": (rb"/SubFilter\s?/ETSI.CAdES.detached\s", b"/SubFilter /ETSI.RFC3161"),
    "subfilter-array": (rb"/SubFilter\s?/ETSI.CAdES.detached\s", b"/SubFilter []"),
    "time-removed": (rb"/M \((?:[^()\\]|\\.)*\)\s", b""),
}
"""A pattern after the gap, and what stands there instead."""

ADDED: dict[str, bytes] = {
    "certificate-added": b"/Cert <30820100>",
    "certificate-null": b"/Cert null",
    "certificate-empty": b"/Cert ()",
    "prop-build-added": b"/Prop_Build <</App 1>>",
    "changes-added": b"/Changes [0 0 0]",
    "contents-again": b"/Contents <00>",
    "type-again": b"/Type /DocTimeStamp",
    "range-again": b"/ByteRange [0 0 0 0]",
}
"""What is added in the blanks after ``/ByteRange``."""


def _contents(kind: Base, text: bytes | None) -> Callable[[], bytes]:
    def build() -> bytes:
        pdf = base(kind)
        place = places(pdf)[-1]
        return put(pdf, (place.key, place.start), text or b"")

    return build


def _span(kind: Base, text: bytes | None) -> Callable[[], bytes]:
    def build() -> bytes:
        pdf = base(kind)
        place = places(pdf)[-1]
        rest = place.end - place.start
        numbers = {b"head": place.head, b"start": place.start, b"rest": rest}
        numbers |= {b"less": rest - 1, b"under": place.head - 1, b"over": place.start + 1}
        return put(pdf, place.span, (text or b"") % numbers)

    return build


def _entry(kind: Base, pattern: bytes, text: bytes) -> Callable[[], bytes]:
    def build() -> bytes:
        pdf = base(kind)
        place = places(pdf)[-1]
        match = re.compile(pattern).search(pdf, place.start)
        assert match is not None
        room = (match.start(), match.end())
        if len(text) > match.end() - match.start():
            # The blanks after /ByteRange make room: everything after them moves to the front.
            more = len(text) - (match.end() - match.start())
            last = place.span[1]
            assert pdf[last - more : last].isspace()
            assert last <= match.start()
            return pdf[: last - more] + pdf[last : match.start()] + text + pdf[match.end() :]
        return put(pdf, room, text)

    return build


def _added(kind: Base, text: bytes) -> Callable[[], bytes]:
    def build() -> bytes:
        pdf = base(kind)
        first, last = places(pdf)[-1].span
        written = pdf[first:last].rstrip()
        return put(pdf, (first, last), written + text)

    return build


_UNREADABLE = frozenset(
    {
        "contents-no-value", "contents-not-hexadecimal", "contents-not-closed", "contents-again",
        "range-no-value", "range-huge-head", "range-written-twice", "range-again", "type-again",
    }
)  # fmt: skip
_NO_CMS = frozenset({"contents-empty", "contents-one-zero", "contents-empty-text", "contents-text"})
_NO_FIELD = frozenset(
    {
        "type-other", "type-null", "filter-missing", "filter-null", "filter-array",
        "subfilter-missing", "subfilter-null", "subfilter-array",
    }
)  # fmt: skip


def _reason(variant: str) -> Reason:
    """Return what names the flaw; whatever leaves the dictionary in form changes what was signed."""
    if variant in _UNREADABLE:
        return Reason.PDF_MALFORMED
    if variant in _NO_CMS:
        return Reason.CMS_MALFORMED
    if variant in _NO_FIELD or variant in CONTENTS:
        return Reason.SIGNATURE_FIELD
    return Reason.CMS_DIGEST if variant in _SIGNED or variant not in SPANS else Reason.BYTE_RANGE


_SIGNED = frozenset({"range-short-by-one"})
"""Byte ranges in form, of something else than was signed."""


def files() -> tuple[AttackFile, ...]:
    """Return the files."""
    rows: list[AttackFile] = []
    kinds: tuple[Base, ...] = ("copy", "plain")
    for kind in kinds:
        builds = {
            **{name: _contents(kind, text) for name, text in CONTENTS.items()},
            **{name: _span(kind, text) for name, text in SPANS.items()},
            **{name: _entry(kind, *each) for name, each in ENTRIES.items()},
            **{name: _added(kind, text) for name, text in ADDED.items()},
        }
        rows += [
            AttackFile(
                family="universal-forgery",
                variant=name,
                base=kind,
                build=build,
                check=CheckId.SIGNATURES_INTACT,
                reason=_reason(name),
                published=_PUBLISHED,
            )
            for name, build in builds.items()
        ]
    return tuple(rows)
