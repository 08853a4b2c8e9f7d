"""Files that two readers take otherwise, and that somebody with a good key signed as they are.

Where the standards leave one way to say something, engines still take what they find: the first of
two values, the last of two permissions, the pages that are counted or those that are there.
"""

from __future__ import annotations

import hashlib
import io
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import pikepdf
from asn1crypto import cms, core, tsp
from pyhanko.pdf_utils import generic
from pyhanko.sign.fields import InvisSigSettings, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers.cms_embedder import PdfCMSEmbedder, SigIOSetup, SigObjSetup
from pyhanko.sign.signers.pdf_byterange import SignatureObject

from support.forgeries.kinds import AttackFile
from support.forgeries.plain import page
from support.forgeries.raw import spelled, stream
from support.forgeries.revising import new, revise
from support.levels import ROOM, no_token, sign_field
from support.pdf_copies import ISSUED, demo, signed, typeset_copy
from vncopy.pdf.appended import Revision
from vncopy.pdf.seal import signed_data
from vncopy.policy import CheckId
from vncopy.reasons import Reason
from vncopy.sign.signer import signature_for_cms

if TYPE_CHECKING:
    from collections.abc import Callable

    from support.forgeries.kinds import Base

Rows = list[Any]
_PUBLISHED = "of our own; two readings of one dictionary: Mladenov et al. 2019"


# --- what a signature says -----------------------------------------------------------------------


def _attribute(kind: str, *values: Any) -> Any:
    return cms.CMSAttribute({"type": kind, "values": list(values)})


def message(digest: bytes, change: Callable[[Rows], Rows]) -> bytes:
    """Return a signed message with other attributes, signed with the seal of the demo.

    Args:
        digest: of the covered bytes.
        change: returns the attributes from those that are right.
    """
    signer = demo().offices[0].seals["p256"].signer()

    def sign(text: bytes) -> bytes:
        return signature_for_cms(signer.algorithm, signer.sign(text))

    made = cms.ContentInfo.load(signed_data(signer.chain, digest, sign))
    (info,) = made["content"]["signer_infos"]
    rows = cms.CMSAttributes(change([row.copy() for row in info["signed_attrs"]]))
    info["signed_attrs"] = rows
    info["signature"] = sign(rows.dump())
    written: bytes = made.dump(force=True)
    return written


def sealed(
    pdf: bytes,
    field: str,
    *,
    change: Callable[[Rows], Rows] = lambda rows: rows,
    dictionary: Callable[[Any], None] | None = None,
) -> bytes:
    """Sign in a field that is there, or in a new one that nobody sees.

    Args:
        pdf: the file.
        field: its name; ``seal`` is there in copies.
        change: of the signed attributes.
        dictionary: changes the signature's dictionary.
    """
    invisible = InvisSigSettings(box_out_of_bounds=True)
    spec = None if field == "seal" else SigFieldSpec(field, invis_sig_settings=invisible)
    embedder = PdfCMSEmbedder(new_field_spec=spec)
    steps = embedder.write_cms(field, Revision(io.BytesIO(pdf)), existing_fields_only=spec is None)
    next(steps)
    placeholder = SignatureObject(
        timestamp=ISSUED, subfilter=SigSeedSubFilter.PADES, bytes_reserved=ROOM
    )
    if dictionary is not None:
        dictionary(placeholder)
    steps.send(SigObjSetup(sig_placeholder=placeholder))
    prepared, out = steps.send(SigIOSetup(md_algorithm="sha256"))
    steps.send(message(prepared.document_digest, change))
    made: bytes = out.getvalue()
    return made


def _without_value(rows: Rows) -> Rows:
    return [*rows, _attribute("1.2.3.4")]


def _two_times(rows: Rows) -> Rows:
    times = [cms.Time({"utc_time": core.UTCTime(ISSUED.replace(year=y))}) for y in (2026, 2025)]
    return [*rows, _attribute("signing_time", *times)]


def _two_types(rows: Rows) -> Rows:
    kept = [row for row in rows if row["type"].native != "content_type"]
    return [*kept, _attribute("content_type", "data", "tst_info")]


def _two_certificates(rows: Rows) -> Rows:
    kept = [row for row in rows if row["type"].native != "signing_certificate_v2"]
    (own,) = (row for row in rows if row["type"].native == "signing_certificate_v2")
    return [*kept, _attribute("signing_certificate_v2", own["values"][0], own["values"][0])]


def _older_name_of_another(rows: Rows) -> Rows:
    other = demo().offices[1].seals["p256"].certificate
    digest = hashlib.sha1(other, usedforsecurity=False).digest()
    named = tsp.SigningCertificate({"certs": [tsp.ESSCertID({"cert_hash": digest})]})
    return [*rows, _attribute("signing_certificate", named)]


def _protected_otherwise(rows: Rows) -> Rows:
    told = {
        "digest_algorithm": {"algorithm": "sha512"},
        "signature_algorithm": {"algorithm": "sha256_ecdsa"},
    }
    return [*rows, _attribute("cms_algorithm_protection", cms.CMSAlgorithmProtection(told))]


_ATTRIBUTES = CheckId.SIGNATURES_INTACT, Reason.CMS_ATTRIBUTES
_NAMED = CheckId.SIGNATURES_INTACT, Reason.SIGNING_CERTIFICATE
_FIELD = CheckId.SIGNATURES_INTACT, Reason.SIGNATURE_FIELD
_FILE = CheckId.SIGNATURES_INTACT, Reason.PDF_MALFORMED

MESSAGES: dict[str, tuple[Callable[[Rows], Rows], tuple[CheckId, Reason]]] = {
    "attribute-without-value": (_without_value, _ATTRIBUTES),
    "two-signing-times": (_two_times, _ATTRIBUTES),
    "two-content-types": (_two_types, _ATTRIBUTES),
    "two-names-of-the-certificate": (_two_certificates, _NAMED),
    "older-name-of-another-certificate": (_older_name_of_another, _NAMED),
    "algorithms-protected-otherwise": (_protected_otherwise, _ATTRIBUTES),
}


# --- what its dictionary permits -----------------------------------------------------------------


def _reference(method: str, **told: Any) -> Any:
    parameters = {"Type": generic.NameObject("/TransformParams")} | told
    named = {generic.NameObject(f"/{key}"): value for key, value in parameters.items()}
    return generic.DictionaryObject(
        {
            generic.NameObject("/Type"): generic.NameObject("/SigRef"),
            generic.NameObject("/TransformMethod"): generic.NameObject(method),
            generic.NameObject("/TransformParams"): generic.DictionaryObject(named),
        }
    )


def _permits(permission: int) -> Any:
    version = generic.NameObject("/1.2")
    return _reference("/DocMDP", P=generic.NumberObject(permission), V=version)


def _locks(name: str) -> Any:
    fields = generic.ArrayObject([generic.TextStringObject(name)])
    return _reference("/FieldMDP", Action=generic.NameObject("/Include"), Fields=fields)


def _all_locked(method: str) -> Any:
    return _reference(method, Action=generic.NameObject("/All"))


_ONE_NAME = _reference(
    "/FieldMDP",
    Action=generic.NameObject("/Include"),
    Fields=generic.TextStringObject("comment"),
)
REFERENCES: dict[str, Any] = {
    "everything-permitted-then-nothing": generic.ArrayObject([_permits(3), _permits(1)]),
    "nothing-permitted-then-everything": generic.ArrayObject([_permits(1), _permits(3)]),
    "two-locks": generic.ArrayObject([_locks("other"), _locks("comment")]),
    "lock-by-another-name": generic.ArrayObject([_all_locked("/fieldMDP")]),
    "lock-of-no-list": generic.ArrayObject([_ONE_NAME]),
    "permission-in-no-list": _permits(1),
}


def _referring(rows: Any) -> Callable[[Any], None]:
    return lambda placeholder: placeholder.__setitem__(generic.NameObject("/Reference"), rows)


# --- which pages there are -----------------------------------------------------------------------

_FALSE = stream(b"BT /F1 14 Tf 72 760 Td (Pay to: Somebody Else) Tj ET")


def _more_pages(*, inside: bool) -> Callable[[bytes], bytes]:
    """Add a page, below the root or a node of its own, that no number counts."""

    def change(pdf: bytes) -> bytes:
        with pikepdf.open(io.BytesIO(pdf)) as opened:
            root = opened.Root.Pages.objgen[0]
        box = b"/Type /Page /MediaBox [0 0 595 842] /Contents /NEW1X /Resources << >> "
        added = [b"<< %s/Parent %s >>" % (box, b"/NEW2X" if inside else b"%d 0 R" % root), _FALSE]
        node = b"<< /Type /Pages /Count 0 /Kids [/NEW0X] /Parent %d 0 R >>" % root

        def pages(item: Any) -> None:
            item.Kids = pikepdf.Array([*item.Kids, new(2 if inside else 0)])

        return revise(pdf, {root: pages}, [*added, *([node] if inside else [])])

    return change


def _hangs_elsewhere(pdf: bytes) -> bytes:
    """Let a page say that it hangs from another node, with other sizes and fonts to inherit."""
    other = b"<< /Type /Pages /Count 0 /Kids [] /MediaBox [0 0 300 300] /Rotate 180 >>"
    number = spelled(pdf).pages[0]
    return revise(pdf, {number: lambda item: item.__setitem__("/Parent", new(0))}, [other])


PAGES: dict[str, Callable[[bytes], bytes]] = {
    "page-that-is-not-counted": _more_pages(inside=False),
    "page-in-a-node-that-counts-none": _more_pages(inside=True),
    "page-that-hangs-elsewhere": _hangs_elsewhere,
}


def _before(kind: Base) -> bytes:
    """Return the file before the signature that is made here."""
    return page() if kind == "plain" else sign_field(typeset_copy().pdf, "person", no_token)


def _paged(kind: Base, change: Callable[[bytes], bytes]) -> bytes:
    if kind == "plain":
        return sealed(change(page()), "Signature1")
    state = typeset_copy()
    return signed(replace(state, pdf=change(state.pdf)))


def files() -> tuple[AttackFile, ...]:
    """Return the files."""
    kinds: tuple[tuple[Base, str], ...] = (("copy", "seal"), ("plain", "Signature1"))
    rows: list[tuple[Base, str, Callable[[], bytes], tuple[CheckId, Reason]]] = []
    for kind, field in kinds:
        for variant, (change, caught) in MESSAGES.items():
            made = partial(lambda k, f, c: sealed(_before(k), f, change=c), kind, field, change)
            rows.append((kind, variant, made, caught))
        for variant, told in REFERENCES.items():
            said = _referring(told)
            made = partial(lambda k, f, d: sealed(_before(k), f, dictionary=d), kind, field, said)
            rows.append((kind, variant, made, _FIELD))
        for variant, shape in PAGES.items():
            rows.append((kind, variant, partial(_paged, kind, shape), _FILE))
    return tuple(
        AttackFile(
            family="read-otherwise",
            variant=variant,
            base=kind,
            build=build,
            check=caught[0],
            reason=caught[1],
            published=_PUBLISHED,
        )
        for kind, variant, build, caught in rows
    )
