"""What fuzzing found, each in its smallest form; every one failed before it was mended."""

from __future__ import annotations

import base64
from dataclasses import replace
from functools import partial
from io import BytesIO
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from PIL import Image

from support.pdf_copies import AT, BASIC, demo, issued, verify
from vncopy.errors import UsageError
from vncopy.pdf import engine, isolated
from vncopy.pdf.codec import encode
from vncopy.pdf.jobs import Answer, Ending
from vncopy.pdf.readings import PDFReading
from vncopy.pdf.workers import Outcome
from vncopy.policy import CheckId
from vncopy.reasons import Reason
from vncopy.report import Verdict, VerificationReport
from vncopy.sign.local import load_pem
from vncopy.trust_folder.offices import one_pem_certificate
from vncopy.verify import collect_pdf
from vncopy.verify.image import verify_image


def picture(width: int, height: int) -> bytes:
    out = BytesIO()
    Image.new("L", (width, height), 255).save(out, "PNG")
    return out.getvalue()


def test_a_picture_wider_than_the_reader_of_symbols_takes() -> None:
    report = verify_image(picture(65_536, 1), trust=demo().trust, at=AT, policy=BASIC)
    assert report.reasons[0] is Reason.LIMITS_EXCEEDED


def test_a_picture_that_enlarging_makes_wider_than_the_reader_takes() -> None:
    report = verify_image(picture(33_000, 8), trust=demo().trust, at=AT, policy=BASIC)
    assert report.verdict is Verdict.UNDETERMINED
    assert report.reasons[0] is Reason.NO_SYMBOL


def test_a_damaged_object_stream_is_a_malformed_file_and_no_failing_engine() -> None:
    pdf = bytearray(issued().pdf)
    end = pdf.index(b"endstream", pdf.index(b"/ObjStm"))
    pdf[end - 3] ^= 1  # in the check sum of the packed bytes
    report = verify(bytes(pdf))
    assert report.verdict is Verdict.INVALID
    assert report.reasons[0] is Reason.PDF_MALFORMED


class _Liar:
    """Stands where the workers are."""

    def __init__(self, answer: Answer) -> None:
        self.answer = encode(answer)

    def run(self, *_: object) -> Outcome:
        return Outcome(ending=Ending.ANSWERED, answer=self.answer)


def _told_by(reading: PDFReading, monkeypatch: pytest.MonkeyPatch) -> VerificationReport[Any]:
    """Verify a copy with a worker that a file took over."""
    liar: Any = _Liar(Answer(pdf=reading))
    read = partial(isolated.read_pdf, pool=liar)
    monkeypatch.setattr(collect_pdf, "read_pdf", read)
    return verify(issued().pdf)


def test_a_worker_that_gives_a_square_without_its_modules(monkeypatch: pytest.MonkeyPatch) -> None:
    honest = engine.read_pdf(issued().pdf)
    pages = tuple(replace(page, modules=()) for page in honest.shown or ())
    report = _told_by(replace(honest, shown=pages), monkeypatch)
    assert report.verdict is Verdict.INVALID
    assert report.check(CheckId.PRINTED_SYMBOL).detail == "modules"


def test_a_worker_that_gives_half_a_character(monkeypatch: pytest.MonkeyPatch) -> None:
    honest = engine.read_pdf(issued().pdf)
    facts = replace(honest.facts, fonts=("\ud800",))
    report = _told_by(replace(honest, facts=facts), monkeypatch)
    assert report.reasons[0] is Reason.ENGINE_FAILED
    report.to_json()
    report.facts.to_json()


def test_a_certificate_of_a_version_that_does_not_exist() -> None:
    """Found in a trust folder; whoever signs reads such files too."""
    der = demo().root.certificate
    version = bytes.fromhex("a003020102")
    assert der.count(version) == 1
    body = base64.encodebytes(der.replace(version, version[:-1] + b"\x05"))
    pem = b"-----BEGIN CERTIFICATE-----\n" + body + b"-----END CERTIFICATE-----\n"
    with pytest.raises(UsageError, match="exactly one certificate"):
        one_pem_certificate(pem, "anchors/root.pem")
    key = demo().root.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    with pytest.raises(UsageError, match="no readable PEM certificate"):
        load_pem(key, pem)
