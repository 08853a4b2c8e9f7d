"""Issue the demo records with the keys of the demo PKI, and verify each carrier of each copy."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from vncopy.formats.copies import VIETNAM_TIME
from vncopy.formats.profile import load_profile
from vncopy.formats.record import parse_input
from vncopy.formats.types import BUILTIN_TYPES
from vncopy.issue import Signers, issue, prepare
from vncopy.policy import VerificationPolicy
from vncopy.verify.image import verify_image
from vncopy.verify.pdf import verify_pdf
from vncopy.verify.qr import verify_qr

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from vncopy.issue import IssuedCopy
    from vncopy.pki import DemoPki, KeyKind
    from vncopy.report import VerificationReport

__all__ = ["DEMO_TYPES", "DemoCopy", "demo_record", "issue_demo_copies"]

DEMO_TYPES: Final = ("birth", "marriage", "death", "land")
"""Names of the demo records, in the order in which they are issued."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoCopy:
    """One issued demo copy with the reports on its three carriers."""

    name: str
    """``birth``, ``marriage``, ``death`` or ``land``."""
    made: IssuedCopy
    """The copy."""
    picture: bytes
    """Its symbol as PNG."""
    reports: dict[str, VerificationReport[Any]]
    """By carrier: ``pdf``, ``qr`` and ``image``."""


def demo_record(name: str) -> bytes:
    """Return the JSON of a demo record.

    Args:
        name: one of :data:`DEMO_TYPES`.
    """
    return files("vncopy.demo").joinpath("records", f"{name}.json").read_bytes()


def issue_demo_copies(pki: DemoPki, *, at: datetime, key: KeyKind = "p256") -> Iterator[DemoCopy]:
    """Issue and verify one copy of each document at level B-LTA, one after the other.

    A file is verified by what it brings along alone; symbols have no level.

    Args:
        pki: keys, trust, timestamping service, and what its authorities say of revocation.
        at: aware time of issue and of verification.
        key: kind of key of person and seal.

    Yields:
        Each copy with its reports.
    """
    profile = load_profile(at.astimezone(VIETNAM_TIME).date())
    for name in DEMO_TYPES:
        kind = next(each for each in BUILTIN_TYPES if each.format_id == f"vn.{name}/1")
        document, statement = parse_input(demo_record(name), kind)
        office = pki.office(str(statement.authority.agency_code))
        signers = Signers(
            person=office.persons[key].signer(),
            seal=office.seals[key].signer(),
            qr=office.qr.signer(),
        )
        draft = prepare(document, statement, profile=profile)
        made = issue(
            draft,
            signers=signers,
            at=at,
            tsa=pki.timestamper(lambda: at),
            evidence=pki.evidence(at),
            carriage="auto",
            trust=pki.trust,
        )
        picture = made.qr_png()
        asked: dict[str, Any] = {"trust": pki.trust, "at": at}
        basic = VerificationPolicy.offline_basic()
        lasting = VerificationPolicy.long_term(level=made.level)
        reports = {
            "pdf": verify_pdf(made.pdf, **asked, policy=lasting),
            "qr": verify_qr(made.qr_text, **asked, policy=basic),
            "image": verify_image(picture, **asked, policy=basic),
        }
        yield DemoCopy(name=name, made=made, picture=picture, reports=reports)
