"""Copies in PDF for tests of the verifier, and ways to spoil them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Any, Literal

import pikepdf
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from support.synthetic import Synthetic
from vncopy.formats.profile import load_profile
from vncopy.issue.steps import attest_unchecked, prepare, seal_unchecked, sign_qr, typeset
from vncopy.pki import DemoOffice, DemoPki, make_demo_pki
from vncopy.policy import VerificationPolicy
from vncopy.verify.pdf import verify_pdf

if TYPE_CHECKING:
    from collections.abc import Callable

    from vncopy.issue.states import IssuedCopy, UnsealedCopy
    from vncopy.report import VerificationReport
    from vncopy.wire.encode import CarriageChoice

ISSUED = datetime(2026, 11, 21, 3, 21, 35, tzinfo=UTC)
AT = ISSUED + timedelta(days=1)
BASIC = VerificationPolicy.offline_basic()
KeyName = Literal["p256", "rsa"]
TypeName = Literal["birth", "marriage", "death", "land"]


@cache
def demo(seed: bytes = b"tests of the PDF verifier") -> DemoPki:
    """Return a demo PKI; the P-256 part is always the same for a seed."""
    return make_demo_pki(seed=seed)


def record_of(name: str, office: DemoOffice, seed: int = 1) -> tuple[Any, Any]:
    """Return document and statement of a synthetic record of one of the demo offices."""
    record = Synthetic(seed).record(name)
    stated = record.statement.authority
    authority = stated.model_copy(
        update={
            "name": type(stated.name)(office.name),
            "agency_code": type(stated.agency_code)(office.entry.agency_code),
        }
    )
    statement = record.statement.model_copy(update={"authority": authority, "issued_at": None})
    return record.document, statement


@cache
def typeset_copy(
    name: TypeName = "birth", carriage: CarriageChoice = "auto", seed: int = 1
) -> UnsealedCopy[Any]:
    """Return the state before anybody signed the page."""
    office = demo().offices[0]
    document, statement = record_of(name, office, seed)
    profile = load_profile(ISSUED.date())
    numbers = iter(range(10 * seed, 10 * seed + 9))
    draft = prepare(
        document,
        statement,
        profile=profile,
        entropy=lambda size: bytes([next(numbers)]) * size,
    )
    return typeset(sign_qr(draft, signer=office.qr.signer(), at=ISSUED, carriage=carriage))


def signed(
    state: UnsealedCopy[Any],
    *,
    person: DemoOffice | None = None,
    seal: DemoOffice | None = None,
    kind: KeyName = "p256",
    between: Callable[[bytes], bytes] | None = None,
) -> bytes:
    """Let person and seal sign whatever the state's file is; ``between`` may change it."""
    person, seal = person or demo().offices[0], seal or demo().offices[0]
    state = attest_unchecked(state, signer=person.persons[kind].signer())
    if between is not None:
        state = replace(state, pdf=between(state.pdf))
    return seal_unchecked(state, signer=seal.seals[kind].signer()).pdf


@cache
def issued(
    name: TypeName = "birth",
    kind: KeyName = "p256",
    carriage: CarriageChoice = "auto",
    seed: int = 1,
) -> IssuedCopy:
    """Return a copy of a synthetic record as ``issue`` makes it, not yet verified."""
    office = demo().offices[0]
    state = attest_unchecked(
        typeset_copy(name, carriage, seed), signer=office.persons[kind].signer()
    )
    return seal_unchecked(state, signer=office.seals[kind].signer())


def verify(pdf: bytes, **changes: Any) -> VerificationReport[Any]:
    """Verify with the demo trust, a day later, with the policy for first steps."""
    arguments: dict[str, Any] = {"trust": demo().trust, "at": AT, "policy": BASIC} | changes
    return verify_pdf(pdf, **arguments)


# --- spoiling ------------------------------------------------------------------------------------


def rewritten(pdf: bytes, change: Callable[[pikepdf.Pdf], None]) -> bytes:
    """Change an unsigned file from the ground up."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        change(opened)
        out = BytesIO()
        opened.save(out, deterministic_id=True, fix_metadata_version=False)
        return out.getvalue()


def appended(pdf: bytes, change: Callable[[IncrementalPdfFileWriter], None]) -> bytes:
    """Append a revision."""
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    writer._update_meta = lambda: None  # type: ignore[method-assign]
    change(writer)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def new_page_content(writer: IncrementalPdfFileWriter) -> None:
    """Replace what page 1 shows."""
    page = writer.root["/Pages"]["/Kids"][0]
    stream = generic.StreamObject(stream_data=b"BT ET 0 0 m 300 300 l S")
    page["/Contents"] = writer.add_object(stream)
    writer.update_container(page)


def without_form(writer: IncrementalPdfFileWriter) -> None:
    """Remove the form, and with it every signature that a library looks for."""
    del writer.root["/AcroForm"]
    writer.update_root()


def other_attachment(writer: IncrementalPdfFileWriter) -> None:
    """Replace the embedded record."""
    for entry in writer.root["/AF"]:
        item = entry.get_object()
        if item["/F"] == "record.json":
            stream = generic.StreamObject(stream_data=b'{"copy_id":"0"}')
            reference = writer.add_object(stream)
            item["/EF"] = generic.DictionaryObject(
                {generic.pdf_name("/F"): reference, generic.pdf_name("/UF"): reference}
            )
            writer.update_container(item)


def other_appearance(field: str) -> Callable[[IncrementalPdfFileWriter], None]:
    """Swap the picture of a signature field."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        for entry in writer.root["/AcroForm"]["/Fields"]:
            widget = entry.get_object()
            if widget["/T"] == field:
                drawn = generic.StreamObject(
                    {
                        generic.pdf_name("/Type"): generic.pdf_name("/XObject"),
                        generic.pdf_name("/Subtype"): generic.pdf_name("/Form"),
                        generic.pdf_name("/BBox"): generic.ArrayObject(
                            [generic.NumberObject(n) for n in (0, 0, 100, 50)]
                        ),
                    },
                    stream_data=b"0 0 1 rg 0 0 100 50 re f",
                )
                widget["/AP"] = generic.DictionaryObject(
                    {generic.pdf_name("/N"): writer.add_object(drawn)}
                )
                writer.update_container(widget)

    return change


def sticker(writer: IncrementalPdfFileWriter) -> None:
    """Put an annotation over the page."""
    page = writer.root["/Pages"]["/Kids"][0]
    note = generic.DictionaryObject(
        {
            generic.pdf_name("/Type"): generic.pdf_name("/Annot"),
            generic.pdf_name("/Subtype"): generic.pdf_name("/Square"),
            generic.pdf_name("/Rect"): generic.ArrayObject(
                [generic.NumberObject(n) for n in (50, 500, 500, 700)]
            ),
            generic.pdf_name("/IC"): generic.ArrayObject([generic.NumberObject(1)]),
        }
    )
    annotations = generic.ArrayObject([*page["/Annots"], writer.add_object(note)])
    page["/Annots"] = annotations
    writer.update_container(page)


def script(writer: IncrementalPdfFileWriter) -> None:
    """Let the file run a script when it is opened."""
    writer.root["/OpenAction"] = generic.DictionaryObject(
        {
            generic.pdf_name("/S"): generic.pdf_name("/JavaScript"),
            generic.pdf_name("/JS"): generic.TextStringObject("app.alert(1)"),
        }
    )
    writer.update_root()
