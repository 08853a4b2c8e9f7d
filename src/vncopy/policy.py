"""What a verifier asks for: which checks are required and how fresh their evidence must be.

A policy is data. It can waive only the evidence that needs a network or a later level of
signature; it can never waive a check of what was signed, by whom and for what. What is waived is
named in every report, and a copy accepted under such a policy is never ``TOTAL-PASSED``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final, Self

from vncopy.algorithms import DEFAULT_ALGORITHMS, AlgorithmPolicy
from vncopy.errors import UsageError

__all__ = ["WAIVABLE", "CheckId", "PadesLevel", "VerificationPolicy"]


class CheckId(StrEnum):
    """The checks; which of them a carrier has is fixed in :mod:`vncopy.report`."""

    FRAMING = "framing"
    """The text of the symbol is framed in the one permitted way."""
    ISSUER_KNOWN = "issuer_known"
    """A certificate of the trust folder has the key id, in the role ``qr``."""
    ROLE_SCOPE = "role_scope"
    """Type, kind, area and period lie within what the key was granted."""
    PATH = "path"
    """The certificate chains to an anchor at the relevant time, or the list vouches for it."""
    SIGNATURE = "signature"
    """The signature fits the compressed content."""
    PAYLOAD = "payload"
    """The content is the one strict encoding."""
    SCHEMA = "schema"
    """The document is of an expected type and has its fields."""
    RULES = "rules"
    """The document breaks no rule of its type."""
    OFFICES_AGREE = "offices_agree"
    """Certificate, issuer claim and statement name one office."""
    KIND_OFFICE = "kind_office"
    """The law lets this office issue this kind of copy on that day."""
    CLAIMED_TIME = "claimed_time"
    """The claimed time is possible and inside the signing window."""
    KEY_STATE = "key_state"
    """The key is not known as revoked or compromised."""
    TRUST_LIST = "trust_list"
    """A signed list, fresh enough, still carries the key."""
    STATUS = "status"
    """A status list, fresh enough, says that the copy is in force."""

    LIMITS = "limits"
    """The file is within the limits of what is judged."""
    SIGNATURES_INTACT = "signatures_intact"
    """Every signature fits the bytes it covers."""
    COVERAGE = "coverage"
    """Nothing that matters is unsigned: coverage, padding, tail."""
    REVISIONS = "revisions"
    """Later revisions hold only what is permitted."""
    SIGNER_ROLES = "signer_roles"
    """Person and seal signed with different keys in their roles."""
    SIGNER_PATHS = "signer_paths"
    """Every signer's certificate chains to an anchor."""
    REVOCATION = "revocation"
    """Evidence says that no certificate of the paths was revoked."""
    TRUSTED_TIME = "trusted_time"
    """A timestamp proves the time of signing."""
    LEVEL = "level"
    """The signatures reach the level of the policy."""
    ACTIVE_CONTENT = "active_content"
    """No script, action, external reference or hidden layer."""
    HIDDEN_CONTENT = "hidden_content"
    """The file holds nothing besides what it shows; of files of others this only warns."""
    RENDERINGS = "renderings"
    """Every signed revision looks like the final one."""
    RECORD_EMBEDDED = "record_embedded"
    """The record is attached exactly once, and nothing else is."""
    RECORD_MATCHES_PAYLOAD = "record_matches_payload"
    """The record projects to exactly the signed content."""
    PRINTED_SYMBOL = "printed_symbol"
    """The symbol on the page holds the attached text."""
    PAGE_TEXT = "page_text"
    """The page says what the record says."""
    PDFA_CLAIM = "pdfa_claim"
    """The file claims PDF/A-3a and PDF/UA-1."""


WAIVABLE: Final = frozenset(
    {CheckId.TRUST_LIST, CheckId.STATUS, CheckId.REVOCATION, CheckId.TRUSTED_TIME}
)
"""What a policy may do without: evidence from outside the copy, never the copy itself."""

CLOCK_TOLERANCE: Final = timedelta(days=1)
"""How far a claimed time may lie after ``at``: wrong clocks at counters are common."""
MAX_TIMESTAMP_DELAY: Final = timedelta(days=1)
"""How long after the claimed time the first timestamp may come."""
STRICT_EVIDENCE_AGE: Final = timedelta(days=1)
"""How old lists and revocation evidence may be under :meth:`VerificationPolicy.strict`."""
LONG_EVIDENCE_AGE: Final = timedelta(days=183)
"""How old revocation evidence may be elsewhere: roots speak of the authorities below them about twice
a year. The ``nextUpdate`` of each piece binds more tightly where it has one."""


class PadesLevel(StrEnum):
    """Baseline levels of ETSI EN 319 142-1, weakest first."""

    B_B = "B-B"
    """Signature alone."""
    B_T = "B-T"
    """With a timestamp."""
    B_LT = "B-LT"
    """With validation data."""
    B_LTA = "B-LTA"
    """With an archive timestamp."""

    def reaches(self, wanted: PadesLevel) -> bool:
        """Tell whether this level is ``wanted`` or higher."""
        order = tuple(PadesLevel)
        return order.index(self) >= order.index(wanted)


@dataclass(frozen=True, slots=True, kw_only=True)
class VerificationPolicy:
    """Which evidence is required, and how fresh it must be.

    Raises:
        UsageError: a check that may not be waived is waived, or an age is negative.
    """

    name: str
    """What the report calls the policy."""
    waived: frozenset[CheckId] = frozenset()
    """Checks whose missing evidence does not stop the verdict; a subset of :data:`WAIVABLE`."""
    max_list_age: timedelta = STRICT_EVIDENCE_AGE
    """How old the trust list may be at ``at``."""
    max_status_age: timedelta = STRICT_EVIDENCE_AGE
    """How old the status list may be at ``at``."""
    max_revocation_age: timedelta = STRICT_EVIDENCE_AGE
    """How long before the proven time of a signature, else before ``at``, its revocation evidence
    may have been made; evidence made after it is never too old."""
    clock_tolerance: timedelta = CLOCK_TOLERANCE
    """How far a claimed time may lie after ``at``."""
    max_timestamp_delay: timedelta = MAX_TIMESTAMP_DELAY
    """How long after the claimed time its timestamp may come."""
    level: PadesLevel = PadesLevel.B_T
    """The lowest level that the signatures of a PDF must reach."""
    algorithms: AlgorithmPolicy = DEFAULT_ALGORITHMS
    """Which algorithms were safe when; ``DEFAULT_ALGORITHMS.with_sunsets(…)`` is stricter."""

    def __post_init__(self) -> None:
        """Refuse a policy that would wave a copy through."""
        if not self.waived <= WAIVABLE:
            raise UsageError.of(
                "policy.waived",
                "policy.waivable",
                vi="chính sách bỏ qua một kiểm tra không được phép bỏ qua",
                en="the policy waives a check that cannot be waived",
            )
        ages = (
            self.max_list_age,
            self.max_status_age,
            self.max_revocation_age,
            self.clock_tolerance,
            self.max_timestamp_delay,
        )
        if any(age < timedelta(0) for age in ages):
            raise UsageError.of(
                "policy",
                "policy.age",
                vi="các khoảng thời gian của chính sách không được âm",
                en="the ages and tolerances of a policy cannot be negative",
            )

    @classmethod
    def strict(cls) -> Self:
        """Return the policy that waives nothing."""
        return cls(name="strict")

    @classmethod
    def offline(cls, *, max_list_age: timedelta | None, max_status_age: timedelta | None) -> Self:
        """Return the policy of a counter without network.

        Revocation and trusted time count when the copy brings them along, but are not required:
        the signed lists stand in for them.

        Args:
            max_list_age: how old the stored trust list may be; ``None``: none is required.
            max_status_age: how old the stored status list may be; ``None``: none is required.
        """
        waived = {CheckId.REVOCATION, CheckId.TRUSTED_TIME}
        if max_list_age is None:
            waived.add(CheckId.TRUST_LIST)
        if max_status_age is None:
            waived.add(CheckId.STATUS)
        return cls(
            name="offline",
            waived=frozenset(waived),
            max_list_age=STRICT_EVIDENCE_AGE if max_list_age is None else max_list_age,
            max_status_age=STRICT_EVIDENCE_AGE if max_status_age is None else max_status_age,
            max_revocation_age=LONG_EVIDENCE_AGE,
            level=PadesLevel.B_B,
        )

    @classmethod
    def long_term(cls, *, level: PadesLevel = PadesLevel.B_LT) -> Self:
        """Return the policy of an archive: what the file itself proves, for decades.

        Revocation evidence and trusted time are required, as TT 15/2025/TT-BKHCN Art. 6 demands.
        The signed list of keys and the status list are not: they speak of today.

        Args:
            level: the lowest level that the signatures of a PDF must reach. A symbol alone has no
                level, and nothing proves its time.
        """
        return cls(
            name="long-term",
            waived=frozenset({CheckId.TRUST_LIST, CheckId.STATUS}),
            max_revocation_age=LONG_EVIDENCE_AGE,
            level=level,
        )

    @classmethod
    def offline_basic(cls) -> Self:
        """Return the policy for first steps: no revocation, trusted time, list or status."""
        return cls(
            name="offline-basic",
            waived=WAIVABLE,
            max_revocation_age=LONG_EVIDENCE_AGE,
            level=PadesLevel.B_B,
        )
