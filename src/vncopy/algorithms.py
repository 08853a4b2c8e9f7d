"""Which algorithms were safe when: keys and digests with the date from which they no longer were.

A signature stays good for as long as a proven time puts it before the end of its algorithms. So
the question is never whether an algorithm is safe, but whether it was at a given instant.

The default table (:data:`DEFAULT_ALGORITHMS`) follows TT 15/2025/TT-BKHCN Annex I for what is in
use: RSA of 2048 bits or more, P-256 and above, SHA-256 and above. The generation before it, in
which the older Vietnamese authorities are rooted, is history: it ends with NIST SP 800-131A, on
the first day of 2014, and nothing made since then can rest on it. What is not in the table was
never accepted.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from vncopy.errors import UsageError
from vncopy.reasons import Reason

__all__ = ["DEFAULT_ALGORITHMS", "AlgorithmPolicy", "Lifetime"]

_SP_800_131A: Final = datetime(2014, 1, 1, tzinfo=UTC)
"""NIST SP 800-131A: signatures with 80 bits of strength are disallowed after 2013."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lifetime:
    """How long one algorithm was safe from one size on."""

    name: str
    """``rsa``, a curve (``secp256r1``) or a digest (``sha256``), as ``cryptography`` names it."""
    bits: int
    """The smallest size for which the line speaks: modulus, field or digest, in bits."""
    until: datetime | None = None
    """The first instant at which it is no longer safe; ``None``: none is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AlgorithmPolicy:
    """A table of algorithms, each with the end of its safe life.

    Raises:
        UsageError: two lines speak of one algorithm and size, or a date has no time zone.
    """

    table: tuple[Lifetime, ...]
    """One line per algorithm and size; of several sizes the largest that a key reaches counts."""

    def __post_init__(self) -> None:
        """Refuse a table that can be read in two ways."""
        if len({(each.name, each.bits) for each in self.table}) != len(self.table):
            raise UsageError.of(
                "algorithms",
                "algorithms.twice",
                vi="mỗi thuật toán và độ dài chỉ được xuất hiện một lần",
                en="an algorithm of one size may appear only once",
            )
        if any(each.until is not None and each.until.tzinfo is None for each in self.table):
            raise UsageError.of(
                "algorithms",
                "algorithms.time_zone",
                vi="thời điểm phải có múi giờ",
                en="times need a time zone",
            )

    def usable(self, name: str, bits: int, at: datetime) -> bool:
        """Tell whether an algorithm was safe at an instant.

        Args:
            name: as :class:`Lifetime` names it.
            bits: size of this key or digest.
            at: a time that is proven, or the verifier's own.
        """
        return self.reason(name, bits, at) is None

    def reason(self, name: str, bits: int, at: datetime) -> Reason | None:
        """Return why an algorithm cannot be relied on at an instant, or ``None``.

        Args:
            name: as :class:`Lifetime` names it.
            bits: size of this key or digest.
            at: a time that is proven, or the verifier's own.

        Returns:
            ``algorithm_outdated`` if it was safe once, ``path_algorithm`` if it never was.
        """
        line = self.line(name, bits)
        if line is None:
            return Reason.PATH_ALGORITHM
        over = line.until is not None and at >= line.until
        return Reason.ALGORITHM_OUTDATED if over else None

    def line(self, name: str, bits: int) -> Lifetime | None:
        """Return the line that speaks of an algorithm, or ``None`` if it was never accepted.

        Args:
            name: as :class:`Lifetime` names it.
            bits: size of this key or digest.
        """
        lines = [each for each in self.table if each.name == name and each.bits <= bits]
        return max(lines, key=lambda line: line.bits, default=None)

    def with_sunsets(self, *sunsets: Lifetime) -> AlgorithmPolicy:
        """Return a stricter table, for the day on which an algorithm is known to end.

        Args:
            sunsets: lines that replace those of the same size or stand beside them. A line
                speaks for all sizes up to the next: whoever ends RSA of 2048 bits and keeps
                3072 names both.

        Raises:
            UsageError: a line speaks of an algorithm that is not in the table, or would make
                something safe for longer.
        """
        table = {(each.name, each.bits): each for each in self.table}
        for sunset in sunsets:
            below = [
                each for each in self.table if each.name == sunset.name and each.bits <= sunset.bits
            ]
            before = max(below, key=lambda line: line.bits).until if below else None
            longer = before is not None and (sunset.until is None or before < sunset.until)
            if not below or longer:
                raise UsageError.of(
                    "algorithms",
                    "algorithms.looser",
                    vi="bảng thuật toán chỉ được siết chặt, không được nới lỏng",
                    en="a table of algorithms can only be made stricter",
                )
            table[sunset.name, sunset.bits] = sunset
        return AlgorithmPolicy(table=tuple(table.values()))


DEFAULT_ALGORITHMS: Final = AlgorithmPolicy(
    table=(
        Lifetime(name="rsa", bits=2048),
        Lifetime(name="secp256r1", bits=256),
        Lifetime(name="secp384r1", bits=384),
        Lifetime(name="secp521r1", bits=521),
        Lifetime(name="sha256", bits=256),
        Lifetime(name="sha384", bits=384),
        Lifetime(name="sha512", bits=512),
        # History: good for what is proven to be older than the date, and for nothing else.
        Lifetime(name="rsa", bits=1024, until=_SP_800_131A),
        Lifetime(name="secp192r1", bits=192, until=_SP_800_131A),
        Lifetime(name="sha1", bits=160, until=_SP_800_131A),
    )
)
"""What is accepted unless a deployer is stricter (TT 15/2025/TT-BKHCN Annex I)."""
