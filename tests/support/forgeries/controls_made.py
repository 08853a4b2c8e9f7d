"""Files in order that are made while the tests run: copies of every level, and pages of others.

The pages of others are made by pikepdf and signed by pyHanko in the many ways in which it signs.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pikepdf
from asn1crypto import keys
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko_certvalidator.registry import SimpleCertificateStore

from support import foreign_signed, levels
from support.forgeries import plain
from support.forgeries.kinds import ControlFile
from support.pdf_copies import ISSUED, demo, issued, typeset_copy

if TYPE_CHECKING:
    from collections.abc import Callable

    from vncopy.pki import DemoIdentity

__all__ = ["files"]

OURS = "vncopy"
PYHANKO = "pikepdf; pyHanko"
FILLED = "Tran Van Binh"
"""What is filled in after a signature."""


class _At(signers.PdfSigner):
    """pyHanko's signer at the time of the demo."""

    def init_signing_session(self, *args: Any, **options: Any) -> Any:
        """Begin to sign."""
        session = super().init_signing_session(*args, **options)
        session.system_time = ISSUED
        return session


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One way to sign with pyHanko."""

    field: str = "Signature1"
    """Name of the field."""
    permission: int | None = None
    """Certify with this ``/P``."""
    box: tuple[int, int, int, int] | None = None
    """Where it is seen; ``None``: nowhere."""
    existing: bool = False
    """Whether the field was made before."""
    subfilter: SigSeedSubFilter = SigSeedSubFilter.PADES
    """How it says that it is made."""
    digest: str = "sha256"
    """Name of the digest."""
    pss: bool = False
    """RSA-PSS; RSA keys only."""
    stamped: bool = False
    """With a timestamp of the demo's service."""
    texts: dict[str, str] | None = None
    """Name, reason and place, as the signer likes to say."""


def signed(
    pdf: bytes, way: Way, identity: DemoIdentity | None = None, *, password: str | None = None
) -> bytes:
    """Sign with pyHanko.

    Args:
        pdf: any file.
        way: how.
        identity: whose key; the seal of the first office if left out.
        password: of an encrypted file.
    """
    identity = identity or demo().offices[0].seals["p256"]
    store = SimpleCertificateStore()
    store.register_multiple(asn1_x509.Certificate.load(der) for der in identity.chain)
    key = identity.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    signer = signers.SimpleSigner(
        signing_cert=asn1_x509.Certificate.load(identity.certificate),
        signing_key=keys.PrivateKeyInfo.load(key),
        cert_registry=store,
        prefer_pss=way.pss,
    )
    meta = signers.PdfSignatureMetadata(
        field_name=way.field,
        md_algorithm=way.digest,
        subfilter=way.subfilter,
        certify=way.permission is not None,
        docmdp_permissions=MDPPerm(way.permission or 2),
        **(way.texts or {}),
    )
    spec = None if way.existing else SigFieldSpec(way.field, box=way.box)
    stamper = foreign_signed._Service() if way.stamped else None
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    if password is not None:
        writer.encrypt(password)
    out = _At(meta, signer=signer, timestamper=stamper, new_field_spec=spec).sign_pdf(
        writer, existing_fields_only=way.existing
    )
    made: bytes = out.getvalue()
    return made


def filled(pdf: bytes, value: str = FILLED) -> bytes:
    """Fill the text field in a revision of its own, value and appearance, as form programs do.

    Args:
        pdf: a file with the field of :mod:`support.forgeries.plain`.
        value: what is written.
    """
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    named = (each.get_object() for each in writer.root["/AcroForm"]["/Fields"])
    widget = next(each for each in named if each["/T"] == plain.FIELD)
    helvetica = writer.root["/AcroForm"]["/DR"]["/Font"].raw_get("/Helv")
    drawn = b"/Tx BMC q BT /Helv 11 Tf 0 g 2 7 Td (%s) Tj ET Q EMC" % value.encode("ascii")
    look = generic.StreamObject(
        {
            generic.pdf_name("/Type"): generic.pdf_name("/XObject"),
            generic.pdf_name("/Subtype"): generic.pdf_name("/Form"),
            generic.pdf_name("/BBox"): generic.ArrayObject(
                map(generic.NumberObject, (0, 0, 300, 24))
            ),
            generic.pdf_name("/Resources"): generic.DictionaryObject(
                {
                    generic.pdf_name("/Font"): generic.DictionaryObject(
                        {generic.pdf_name("/Helv"): helvetica}
                    )
                }
            ),
        },
        stream_data=drawn,
    )
    widget["/V"] = generic.pdf_string(value)
    widget["/AP"] = generic.DictionaryObject({generic.pdf_name("/N"): writer.add_object(look)})
    writer.update_container(widget)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def saved(pdf: bytes, **options: Any) -> bytes:
    """Return the file as pikepdf saves it with options.

    Args:
        pdf: an unsigned file.
        options: of ``Pdf.save``.
    """
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        opened.save(out, deterministic_id=True, **options)
    return out.getvalue()


def with_fields(pdf: bytes, *names: str) -> bytes:
    """Return the file with empty signature fields that are seen, made before anybody signs.

    Args:
        pdf: an unsigned file.
        names: of the fields.
    """
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    for number, name in enumerate(names):
        box = (72 + 160 * number, 100, 212 + 160 * number, 160)
        fields.append_signature_field(writer, SigFieldSpec(name, box=box))
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


# --- copies --------------------------------------------------------------------------------------


def _copies() -> tuple[ControlFile, ...]:
    rows: tuple[tuple[str, Callable[[], bytes]], ...] = (
        ("copy of a birth, B-B, P-256", lambda: issued().pdf),
        ("copy of a birth, B-B, RSA", lambda: issued(kind="rsa").pdf),
        ("copy of a birth, B-B, reference in the symbol", lambda: issued(carriage="reference").pdf),
        ("copy of a marriage, B-B", lambda: issued("marriage").pdf),
        ("copy of a death, B-B", lambda: issued("death").pdf),
        ("copy of a land certificate, B-B", lambda: issued("land").pdf),
        ("copy of a birth, B-T", levels.b_t),
        ("copy of a birth, B-LT", levels.b_lt),
        ("copy of a birth, B-LTA", levels.b_lta),
        ("copy of a birth, B-LTA, renewed", levels.renewed),
        ("copy of a birth, B-LTA, renewed twice", _renewed_twice),
        ("copy of a birth, signed by the person, not yet sealed", _person_only),
    )
    return tuple(ControlFile(name=name, producer=OURS, build=build) for name, build in rows)


def _renewed_twice() -> bytes:
    return levels.stamp(levels.renewed(), levels.later())


def _person_only() -> bytes:
    return levels.sign_field(typeset_copy().pdf, "person")


# --- pages of others -----------------------------------------------------------------------------

SEEN = (72, 100, 252, 160)
"""Where a signature is seen."""
TEXTS = {"reason": "Agreed", "location": "Ha Noi", "name": "Example office", "contact_info": "-"}


def _signed(*ways: Way, change: Callable[[bytes], bytes] = bytes) -> bytes:
    """Return the page, changed while nobody has signed, then signed in one way after the other."""
    pdf = change(plain.page())
    for way in ways:
        pdf = signed(pdf, way)
    return pdf


def _approvals() -> dict[str, Callable[[], bytes]]:
    second, third = Way(field="Signature2"), Way(field="Signature3")
    office = demo().offices[1]

    def three() -> bytes:
        two = signed(plain.plain(), second, office.persons["p256"])
        return signed(two, third, office.seals["rsa"])

    return {
        "approval signature, no form": lambda: plain.plain(form=False),
        "approval signature over an empty form": plain.plain,
        "approval signature, form filled before": lambda: _signed(Way(), change=filled),
        "approval signature, form filled and signed once more": lambda: signed(
            filled(plain.plain()), second
        ),
        "approval signature that is seen": lambda: _signed(Way(box=SEEN)),
        "approval signature with reason and place": lambda: _signed(Way(texts=TEXTS)),
        "two signers": lambda: signed(plain.plain(), second),
        "two signers, both are seen": lambda: _signed(
            Way(box=SEEN), Way(field="Signature2", box=(320, 100, 500, 160))
        ),
        "two signers in fields made beforehand": lambda: _signed(
            Way(field="First", existing=True),
            Way(field="Second", existing=True),
            change=lambda pdf: with_fields(pdf, "First", "Second"),
        ),
        "three signers, P-256 and RSA": three,
    }


def _certified() -> dict[str, Callable[[], bytes]]:
    first, second = (
        Way(field="First", existing=True, permission=2),
        Way(field="Second", existing=True),
    )
    return {
        "certified, no change permitted": lambda: plain.plain(1),
        "certified, filling permitted": lambda: plain.plain(2),
        "certified, filling permitted, filled afterwards": lambda: filled(plain.plain(2)),
        "certified, filling permitted, filled twice": lambda: filled(
            filled(plain.plain(2)), "Nobody"
        ),
        "certified, comments permitted, none made": lambda: plain.plain(3),
        "certified, comments permitted, form filled afterwards": lambda: filled(plain.plain(3)),
        "certified, filling permitted, second signer in a field made beforehand": lambda: _signed(
            first, second, change=lambda pdf: with_fields(pdf, "First", "Second")
        ),
        "certified, filled, then signed in a field made beforehand": lambda: signed(
            filled(_signed(first, change=lambda pdf: with_fields(pdf, "First", "Second"))), second
        ),
    }


def _algorithms() -> dict[str, Callable[[], bytes]]:
    rsa = demo().offices[0].seals["rsa"]
    legacy = SigSeedSubFilter.ADOBE_PKCS7_DETACHED
    return {
        "B-T by pyHanko": foreign_signed.foreign,
        "B-T by pyHanko, twelve pages": lambda: foreign_signed.foreign(12),
        "adbe.pkcs7.detached, RSA": lambda: signed(plain.page(), Way(subfilter=legacy), rsa),
        "RSA PKCS#1 v1.5, SHA-512": lambda: signed(plain.page(), Way(digest="sha512"), rsa),
        "RSA-PSS, SHA-256": lambda: signed(plain.page(), Way(pss=True), rsa),
        "P-256, SHA-384": lambda: _signed(Way(digest="sha384")),
        "approval signature with a timestamp": lambda: _signed(Way(stamped=True)),
    }


def _structures() -> dict[str, Callable[[], bytes]]:
    streams = pikepdf.ObjectStreamMode

    def made(**options: Any) -> Callable[[], bytes]:
        return lambda: _signed(Way(), change=lambda pdf: saved(pdf, **options))

    return {
        "linearised": made(linearize=True),
        "linearised, object streams": made(linearize=True, object_stream_mode=streams.generate),
        "object streams": made(object_stream_mode=streams.generate),
        "object streams, two signers": lambda: signed(
            made(object_stream_mode=streams.generate)(), Way(field="Signature2")
        ),
        "classic cross-reference table": made(object_stream_mode=streams.disable),
        "version 1.4": made(object_stream_mode=streams.disable, force_version="1.4"),
        "version 2.0": made(force_version="2.0"),
        "page contents laid bare": made(qdf=True),
        "prepared in three revisions": lambda: _signed(
            Way(), change=lambda pdf: with_fields(with_fields(filled(pdf), "First"), "Second")
        ),
    }


def files() -> tuple[ControlFile, ...]:
    """Return every file."""
    others = {**_approvals(), **_certified(), **_algorithms(), **_structures()}
    made = (ControlFile(name=name, producer=PYHANKO, build=build) for name, build in others.items())
    return (*_copies(), *made)
