"""Copies at the levels above B-B, and copies whose timestamps or validation data are not right."""

from __future__ import annotations

import hashlib
import io
from dataclasses import replace
from functools import cache, partial
from typing import TYPE_CHECKING, Any, Literal

from asn1crypto import cms
from pyhanko.sign.fields import (
    FieldMDPAction,
    FieldMDPSpec,
    InvisSigSettings,
    MDPPerm,
    SigFieldSpec,
    SigSeedSubFilter,
)
from pyhanko.sign.signers.cms_embedder import PdfCMSEmbedder, SigIOSetup, SigMDPSetup, SigObjSetup
from pyhanko.sign.signers.pdf_byterange import DocumentTimestamp, SignatureObject

from support.pdf_copies import ISSUED, demo, typeset_copy
from support.tokens import TOKEN_ATTRIBUTE, TokenPlan, token_of
from vncopy.pdf.appended import Revision, TokenSource, fill_field
from vncopy.pdf.archive import add_document_timestamp
from vncopy.pdf.seal import signed_data
from vncopy.pdf.validation_data import ValidationData, add_validation_data
from vncopy.sign.signer import signature_for_cms

if TYPE_CHECKING:
    from collections.abc import Callable

    from vncopy.pki import DemoIdentity

Who = Literal["person", "seal"]
Rows = list[dict[str, Any]]
ROOM = 16_384
"""Hexadecimal digits kept for a signature or a token."""


def token_row(token: bytes) -> dict[str, Any]:
    """Return the unsigned attribute that holds a token."""
    return {"type": TOKEN_ATTRIBUTE, "values": [cms.ContentInfo.load(token)]}


def good_token(value: bytes) -> Rows:
    """Return the unsigned attributes that a signature should have: one timestamp."""
    return [token_row(token_of(hashlib.sha256(value).digest()))]


def no_token(_: bytes) -> Rows:
    """Return no unsigned attribute: level B-B."""
    return []


def sign_field(
    pdf: bytes,
    who: Who,
    unsigned: Callable[[bytes], Rows] = good_token,
    *,
    identity: DemoIdentity | None = None,
    room: int = ROOM,
    data: Callable[[Any], None] | None = None,
    dictionary: Callable[[Any], None] | None = None,
) -> bytes:
    """Sign a prepared field as a copy is signed, with any unsigned attributes.

    Args:
        pdf: the file so far.
        who: whose field.
        unsigned: returns the unsigned attributes for the value of the signature.
        identity: whose key; the right one if left out.
        room: hexadecimal digits kept for the CMS.
        data: changes the SignedData where no signature covers it.
        dictionary: changes the signature's dictionary, which then locks and certifies nothing.
    """
    office = demo().offices[0]
    identity = identity or (office.persons if who == "person" else office.seals)["p256"]
    signer = identity.signer()

    def contents(digest: bytes) -> bytes:
        plain = signed_data(
            signer.chain,
            digest,
            lambda message: signature_for_cms(signer.algorithm, signer.sign(message)),
        )
        return with_unsigned(plain, unsigned, data)

    certify = who == "person"
    locks = ["person"] if certify else ["person", "seal"]
    placeholder = SignatureObject(
        timestamp=ISSUED, subfilter=SigSeedSubFilter.PADES, bytes_reserved=room
    )
    mdp = SigMDPSetup(
        md_algorithm="sha256",
        certify=certify,
        field_lock=FieldMDPSpec(FieldMDPAction.INCLUDE, locks),
        docmdp_perms=MDPPerm.FILL_FORMS if certify else None,
    )
    if dictionary is not None:
        dictionary(placeholder)
    return fill_field(
        pdf,
        field=who,
        placeholder=placeholder,
        contents=contents,
        mdp=mdp if dictionary is None else None,
    )


def with_unsigned(
    plain: bytes,
    unsigned: Callable[[bytes], Rows],
    data: Callable[[Any], None] | None = None,
) -> bytes:
    """Return a CMS with other unsigned attributes; its signature does not cover them."""
    message = cms.ContentInfo.load(plain)
    (info,) = message["content"]["signer_infos"]
    rows = unsigned(bytes(info["signature"]))
    if rows:
        info["unsigned_attrs"] = cms.CMSAttributes(rows)
    if data is not None:
        data(message["content"])
    dumped: bytes = message.dump()
    return dumped


def signed_twice(
    person: Callable[[bytes], Rows] = good_token,
    seal: Callable[[bytes], Rows] = good_token,
    *,
    room: int = ROOM,
) -> bytes:
    """Return a copy signed by person and seal, each with its own unsigned attributes."""
    return sign_field(sign_field(typeset_copy().pdf, "person", person), "seal", seal, room=room)


@cache
def b_t() -> bytes:
    """Return a copy whose two signatures have a timestamp each."""
    return signed_twice()


def validation_data() -> ValidationData:
    """Return the certificates of the demo and what its authorities say of them."""
    pki = demo()
    return ValidationData(
        certificates=(pki.issuing.certificate, pki.root.certificate),
        ocsps=(),
        crls=(),
    )


@cache
def b_lt() -> bytes:
    """Return a copy with validation data at its end."""
    return add_validation_data(b_t(), validation_data())


def stamp(pdf: bytes, plan: TokenPlan | None = None, **options: Any) -> bytes:
    """Append a document timestamp as copies have them."""
    return add_document_timestamp(
        pdf, TokenSource(partial(token_of, plan=plan, **options), ROOM // 2)
    )


def stamp_with(
    pdf: bytes,
    *,
    field: str = "timestamp-9",
    new: bool = True,
    widget: Callable[[Any, Any], None] | None = None,
    signature: Callable[[Any, Any], None] | None = None,
    box: tuple[int, int, int, int] | None = None,
    token: Callable[[bytes], bytes] = token_of,
) -> bytes:
    """Append a document timestamp, with anything else about its widget or its dictionary."""
    invisible = InvisSigSettings(box_out_of_bounds=True)
    spec = SigFieldSpec(field, box=box, invis_sig_settings=invisible, on_page=0)
    writer = Revision(io.BytesIO(pdf))
    steps = PdfCMSEmbedder(new_field_spec=spec if new else None).write_cms(
        field, writer, existing_fields_only=not new
    )
    reference = next(steps)
    if widget is not None:
        widget(reference.get_object(), writer)
    placeholder = DocumentTimestamp(bytes_reserved=ROOM)
    if signature is not None:
        signature(placeholder, writer)
    steps.send(SigObjSetup(sig_placeholder=placeholder))
    prepared, out = steps.send(SigIOSetup(md_algorithm="sha256"))
    steps.send(token(prepared.document_digest))
    data: bytes = out.getvalue()
    return data


@cache
def b_lta() -> bytes:
    """Return a copy with validation data and a document timestamp over it."""
    return stamp(b_lt())


def later(**changes: Any) -> TokenPlan:
    """Return a plan for a timestamp an hour after the others."""
    plan = TokenPlan(**changes)
    return replace(plan, time=plan.time.replace(hour=plan.time.hour + 1))


@cache
def renewed() -> bytes:
    """Return a copy whose archive timestamp was renewed once, with more validation data before."""
    more = ValidationData(certificates=(demo().tsa.certificate,))
    return stamp(add_validation_data(b_lta(), more), later())
