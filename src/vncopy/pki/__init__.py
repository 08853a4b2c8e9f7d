"""A complete public key infrastructure for demonstrations and tests; never for real copies.

Two fictional communes and a land registration office of Hanoi, each with certificates for a
person, its seal and its symbols, a timestamping service, an issuing authority and a root; what
these authorities say about revocation at any time; and the trust folder that a verifier needs.
Everything is a value; :func:`write_demo_pki` writes files.
"""

from __future__ import annotations

from vncopy.pki.demo import DemoOffice, DemoPki, make_demo_pki
from vncopy.pki.evidence import Revocation
from vncopy.pki.files import write_demo_pki
from vncopy.pki.identities import DemoIdentity, KeyKind
from vncopy.pki.maker import DEMO_START

__all__ = [
    "DEMO_START",
    "DemoIdentity",
    "DemoOffice",
    "DemoPki",
    "KeyKind",
    "Revocation",
    "make_demo_pki",
    "write_demo_pki",
]
