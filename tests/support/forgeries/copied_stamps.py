"""Timestamps that are copied, doubled, exchanged or taken from elsewhere."""

from __future__ import annotations

import hashlib
from functools import cache
from typing import TYPE_CHECKING, Any

from asn1crypto import cms, core

from support.foreign_signed import foreign
from support.forgeries.kinds import AttackFile
from support.forgeries.raw import append, contents, edited, places, put_contents, spelled
from support.levels import b_lta, good_token, renewed, sign_field, signed_twice, token_row
from support.pdf_copies import typeset_copy
from support.tokens import token_of
from vncopy.policy import CheckId
from vncopy.reasons import Reason

if TYPE_CHECKING:
    from collections.abc import Callable

_PUBLISHED = "of our own; EU DSS tests of timestamps"
NOTHING = hashlib.sha256(b"nothing").digest()


def _rows(*tokens: Callable[[bytes], bytes]) -> Callable[[bytes], list[dict[str, Any]]]:
    """Return unsigned attributes, each with one token."""
    return lambda value: [token_row(token(value)) for token in tokens]


def _good(value: bytes) -> bytes:
    return token_of(hashlib.sha256(value).digest())


def _of_nothing(_: bytes) -> bytes:
    return token_of(NOTHING)


def _of_the_file(_: bytes) -> bytes:
    return token_of(hashlib.sha256(typeset_copy().pdf).digest())


def _one_row(*tokens: Callable[[bytes], bytes]) -> Callable[[bytes], list[dict[str, Any]]]:
    """Return one unsigned attribute with several tokens."""

    def rows(value: bytes) -> list[dict[str, Any]]:
        first = token_row(tokens[0](value))
        first["values"] = [cms.ContentInfo.load(token(value)) for token in tokens]
        return [first]

    return rows


def _also(kind: str, value: Any) -> Callable[[bytes], list[dict[str, Any]]]:
    return lambda signature: [*good_token(signature), {"type": kind, "values": [value]}]


@cache
def _first_value() -> bytes:
    """Return the signature of the person, whose token somebody puts into the seal."""
    attested = sign_field(typeset_copy().pdf, "person", good_token)
    return _signature(attested)


def _signature(pdf: bytes) -> bytes:
    found = contents(pdf)
    length = int.from_bytes(found[2:4], "big") + 4
    info = cms.ContentInfo.load(found[:length])["content"]["signer_infos"][0]
    return bytes(info["signature"])


def _of_the_other(_: bytes) -> bytes:
    return token_of(hashlib.sha256(_first_value()).digest())


def _seal(rows: Callable[[bytes], list[dict[str, Any]]]) -> Callable[[], bytes]:
    return lambda: signed_twice(seal=rows)


def _person(rows: Callable[[bytes], list[dict[str, Any]]]) -> Callable[[], bytes]:
    return lambda: signed_twice(person=rows)


def _stamps_exchanged() -> bytes:
    """The two document timestamps of a renewed copy, each in the other's place."""
    pdf = renewed()
    first, second = places(pdf)[-2:]
    one, other = contents(pdf, first), contents(pdf, second)
    made = put_contents(pdf, other.rstrip(b"\0"), first)
    return put_contents(made, one.rstrip(b"\0"), second)


def _stamp_of_another() -> bytes:
    return put_contents(b_lta(), token_of(NOTHING))


def _signature_as_stamp() -> bytes:
    found = contents(b_lta(), places(b_lta())[1])
    return put_contents(b_lta(), found.rstrip(b"\0"))


def _stamp_as_signature() -> bytes:
    found = contents(b_lta())
    return put_contents(b_lta(), found.rstrip(b"\0"), places(b_lta())[1])


def _stamp_emptied() -> bytes:
    return put_contents(b_lta(), b"")


def _repeated() -> bytes:
    """The last part of the file once more behind it."""
    pdf = b_lta()
    start = pdf.rindex(b"%%EOF", 0, places(pdf)[-1].head) + 6
    return pdf + pdf[start:]


def _field_copied() -> bytes:
    """A second field with the dictionary of the first timestamp."""
    pdf = b_lta()
    says = spelled(pdf)
    form = says.form
    assert form is not None
    old = says.fields["timestamp"]
    number = says.size
    widget = says.objects[old].replace(b"(timestamp)", b"(timestamp-2)")
    text = says.objects[form].replace(b"%d 0 R" % old, b"%d 0 R %d 0 R" % (old, number), 1)
    return append(pdf, {number: widget, form: text})


def _dictionary_copied() -> bytes:
    """A later dictionary with the same message and the same byte range, in an object stream."""
    pdf = b_lta()
    says = spelled(pdf)
    value = next(n for n, text in says.objects.items() if b"/DocTimeStamp" in text)
    return append(pdf, {value: edited(pdf, value, lambda _: None)}, packed=True)


def _foreign(change: Callable[[Any], None]) -> Callable[[], bytes]:
    """Change the SignerInfo of a file of somebody else that has a timestamp."""

    def build() -> bytes:
        found = contents(foreign())
        length = int.from_bytes(found[2:4], "big") + 4
        message = cms.ContentInfo.load(found[:length])
        change(message["content"]["signer_infos"][0])
        return put_contents(foreign(), message.dump())

    return build


def _other_token(info: Any) -> None:
    info["unsigned_attrs"] = cms.CMSAttributes([token_row(token_of(NOTHING))])


def _spoiled_token(info: Any) -> None:
    token = bytearray(info["unsigned_attrs"][0]["values"][0].dump())
    token[-1] ^= 1
    info["unsigned_attrs"] = cms.CMSAttributes([token_row(bytes(token))])


def _token_of(info: Any) -> dict[str, Any]:
    """Return the one unsigned attribute, read anew."""
    return token_row(info["unsigned_attrs"][0]["values"][0].dump())


def _more(info: Any) -> None:
    rows = [_token_of(info), {"type": "1.2.3.4.5", "values": [core.Null()]}]
    info["unsigned_attrs"] = cms.CMSAttributes(rows)


def _countersigned(info: Any) -> None:
    token, other = _token_of(info), cms.SignerInfo.load(info.dump())
    del other["unsigned_attrs"]
    rows = [token, {"type": "counter_signature", "values": [other]}]
    info["unsigned_attrs"] = cms.CMSAttributes(rows)


_STAMP = CheckId.SIGNATURES_INTACT, Reason.TIMESTAMP_MALFORMED
_DIGEST = CheckId.SIGNATURES_INTACT, Reason.CMS_DIGEST
_MALFORMED = CheckId.SIGNATURES_INTACT, Reason.CMS_MALFORMED
_RANGE = CheckId.SIGNATURES_INTACT, Reason.BYTE_RANGE
_LOOSE = CheckId.COVERAGE, Reason.UNSIGNED_ATTRIBUTES
_COVER = CheckId.COVERAGE, Reason.COVERAGE
_LATER = CheckId.REVISIONS, Reason.REVISION_FORBIDDEN

COPIES: dict[str, tuple[Callable[[], bytes], tuple[CheckId, Reason]]] = {
    "token-of-the-other-signature": (_seal(_rows(_of_the_other)), _STAMP),
    "token-of-nothing": (_seal(_rows(_of_nothing)), _STAMP),
    "token-of-nothing-in-the-first": (_person(_rows(_of_nothing)), _STAMP),
    "token-of-the-file": (_seal(_rows(_of_the_file)), _STAMP),
    "good-token-and-another": (_seal(_rows(_good, _of_nothing)), _STAMP),
    "another-and-good-token": (_seal(_one_row(_of_nothing, _good)), _STAMP),
    "archive-timestamp": (_seal(_also("0.4.0.1733.2.4", core.Null())), _LOOSE),
    "revocation-values": (_seal(_also("1.2.840.113549.1.9.16.2.24", core.Null())), _LOOSE),
    "certificate-values": (_seal(_also("1.2.840.113549.1.9.16.2.23", core.Null())), _LOOSE),
    "document-timestamps-exchanged": (_stamps_exchanged, _DIGEST),
    "document-timestamp-of-another": (_stamp_of_another, _DIGEST),
    "document-timestamp-emptied": (_stamp_emptied, _MALFORMED),
    "document-timestamp-repeated": (_repeated, _RANGE),
    "document-timestamp-in-a-second-field": (_field_copied, _RANGE),
    "document-timestamp-dictionary-again": (_dictionary_copied, _COVER),
    "signature-as-timestamp": (_signature_as_stamp, _MALFORMED),
    "timestamp-as-signature": (_stamp_as_signature, _MALFORMED),
}
"""On copies."""

PLAIN: dict[str, tuple[Callable[[], bytes], tuple[CheckId, Reason]]] = {
    "token-of-nothing": (_foreign(_other_token), _STAMP),
    "token-spoiled": (_foreign(_spoiled_token), _STAMP),
    "unknown-attribute": (_foreign(_more), _LOOSE),
    "countersignature": (_foreign(_countersigned), _LOOSE),
}
"""On a file of somebody else."""


def files() -> tuple[AttackFile, ...]:
    """Return the files."""
    rows = [("copy", variant, *row) for variant, row in COPIES.items()]
    rows += [("plain", variant, *row) for variant, row in PLAIN.items()]
    return tuple(
        AttackFile(
            family="copied-timestamp",
            variant=variant,
            base="copy" if kind == "copy" else "plain",
            build=build,
            check=caught[0],
            reason=caught[1],
            published=_PUBLISHED,
        )
        for kind, variant, build, caught in rows
    )
