"""The demonstration's revocation services, behind a fetcher instead of a network."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from cryptography.x509 import ocsp

from vncopy.fetch import FetchError, FetchProblem
from vncopy.pki import DemoPki
from vncopy.pki.evidence import make_ocsp


@dataclass
class DemoServices:
    """Answers what the addresses in the demonstration's certificates would answer at a time."""

    pki: DemoPki
    at: datetime
    down: frozenset[str] = frozenset()
    """``ocsp``, ``crl``: what cannot be reached."""
    problem: FetchProblem = FetchProblem.STATUS
    asked: list[str] = field(default_factory=list)

    def get(self, url: str, /, *, limit: int) -> bytes:
        self.asked.append(url)
        found = self.pki.published(self.at).get(url)
        if found is None or len(found) > limit or "crl" in self.down:
            raise FetchError(self.problem)
        return found

    def post(self, url: str, body: bytes, content_type: str, /, *, limit: int) -> bytes:
        assert content_type == "application/ocsp-request"
        self.asked.append(url)
        if "ocsp" in self.down:
            raise FetchError(self.problem)
        serial = ocsp.load_der_ocsp_request(body).serial_number
        identity = next(i for i in self.pki.identities if i.parsed.serial_number == serial)
        answer = make_ocsp(identity, self.pki.responder, self.pki.revocations, at=self.at)
        assert len(answer) <= limit
        return answer
