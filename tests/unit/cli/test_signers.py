"""How signatures are explained on the terminal, in both languages."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from vncopy.cli.signers import signer_lines
from vncopy.policy import PadesLevel
from vncopy.reasons import Reason
from vncopy.report import EvidenceReport, SignerReport, SubjectReport, TimestampReport

SIGNED = datetime(2026, 11, 21, 3, 21, 35, tzinfo=UTC)


def evidence(age: timedelta, sha256: str = "00", kind: Any = "crl") -> EvidenceReport:
    return EvidenceReport(
        of="signer",
        place=0,
        kind=kind,
        sha256=sha256 * 32,
        this_update=SIGNED - age,
        next_update=None,
        age=age,
    )


def stamp(kind: Any) -> TimestampReport:
    return TimestampReport(kind=kind, time=SIGNED, authority="TSA", certificate="11" * 32)


PERSON = SignerReport(
    field="person",
    role="person",
    certificate="ab" * 32,
    office="H26.901",
    office_name="Ủy ban nhân dân phường Hoàn Kiếm",
    subject=SubjectReport(name="Nguyễn Văn Mẫu", organisation="UBND", position="Chủ tịch"),
    vouched_by="demo-root",
    level=PadesLevel.B_LTA,
    claimed_at=SIGNED,
    proven_at=SIGNED,
    proven_by=(stamp("signature"), stamp("document")),
    evidence=(evidence(timedelta(hours=5)), evidence(timedelta(hours=5))),
    renew_before=SIGNED + timedelta(days=3000),
)


def test_everything_that_is_known_of_a_signature() -> None:
    assert list(signer_lines(PERSON, "en", 1)) == [
        "1. Signature of the person: sound (B-LTA; vouched for by: demo-root)",
        "    Name in the certificate: Nguyễn Văn Mẫu, Chủ tịch, UBND",
        "    Office: Ủy ban nhân dân phường Hoàn Kiếm (H26.901)",
        "    Claimed time of signing: 2026-11-21 10:21:35+07:00",
        "    Proven time: 2026-11-21 10:21:35+07:00 (timestamp of the signature, TSA)",
        "    Proven time: 2026-11-21 10:21:35+07:00 (timestamp of the file, TSA)",
        "    Evidence that nothing was revoked: 1 CRL; made 5 h before the relevant time",
        "    Renew before: 2035-02-07 10:21:35+07:00",
    ]


def test_the_same_in_vietnamese() -> None:
    assert list(signer_lines(PERSON, "vi", 1)) == [
        "1. Chữ ký số của người ký: còn nguyên vẹn (B-LTA; được bảo đảm bởi: demo-root)",
        "    Tên trong chứng thư: Nguyễn Văn Mẫu, Chủ tịch, UBND",
        "    Cơ quan: Ủy ban nhân dân phường Hoàn Kiếm (H26.901)",
        "    Thời điểm ký tự khai: 2026-11-21 10:21:35+07:00",
        "    Thời điểm được chứng minh: 2026-11-21 10:21:35+07:00 (dấu thời gian của chữ ký, TSA)",
        "    Thời điểm được chứng minh: 2026-11-21 10:21:35+07:00 (dấu thời gian của tệp, TSA)",
        "    Bằng chứng chưa bị thu hồi: 1 CRL; lập trước thời điểm xét 5 giờ",
        "    Cần gia hạn trước: 2035-02-07 10:21:35+07:00",
    ]


@pytest.mark.parametrize(
    ("age", "vi", "en"),
    [
        (timedelta(days=3), "lập trước thời điểm xét 3 ngày", "made 3 d before the relevant time"),
        (
            -timedelta(minutes=9),
            "lập sau thời điểm xét 9 phút",
            "made 9 min after the relevant time",
        ),
        (timedelta(seconds=9), "lập đúng thời điểm xét", "made at the relevant time"),
    ],
)
def test_the_age_of_evidence(age: timedelta, vi: str, en: str) -> None:
    signer = replace(PERSON, evidence=(evidence(age),))
    assert any(line.endswith(f"1 CRL; {vi}") for line in signer_lines(signer, "vi", 1))
    assert any(line.endswith(f"1 CRL; {en}") for line in signer_lines(signer, "en", 1))


def test_the_oldest_of_several_pieces_is_told() -> None:
    pieces = (
        evidence(timedelta(hours=1), "01", "ocsp"),
        evidence(timedelta(days=2), "02"),
        evidence(-timedelta(days=9), "03"),
    )
    lines = list(signer_lines(replace(PERSON, evidence=pieces), "en", 1))
    assert any("1 OCSP, 2 CRL; made 2 d before" in line for line in lines)


def test_a_stranger_of_whom_nothing_is_known() -> None:
    bare = SignerReport(
        field="x",
        role=None,
        certificate=None,
        office=None,
        vouched_by=None,
        level=None,
        claimed_at=None,
        proven_at=None,
        reasons=(Reason.PATH_NOT_FOUND, Reason.NO_TRUSTED_TIME),
    )
    (line,) = signer_lines(bare, "en", 1)
    assert line.startswith("1. Signature of somebody unknown: ")
    assert Reason.NO_TRUSTED_TIME.text("en") in line
    assert line.endswith("(–; vouched for by: none)")


def test_a_timestamp_has_a_time_of_its_own_and_an_office_without_a_name_its_id() -> None:
    row = replace(PERSON, kind="timestamp", role="tsa", office_name=None, subject=None, evidence=())
    lines = list(signer_lines(row, "en", 1))
    assert lines[0] == "1. Timestamp of the file: sound (vouched for by: demo-root)"
    assert "    Office: ? (H26.901)" in lines
    strange = list(signer_lines(replace(row, role=None, office=None), "en", 2))
    assert strange[0].startswith("2. Timestamp of an unknown service: ")
    assert "    Time of the timestamp: 2026-11-21 10:21:35+07:00" in lines
