"""Legal profiles: what the law asks of each kind of copy, from one day to another.

A profile is a TOML file, never code, because its rules end on known and unknown days: on
01/03/2027 Luật Hộ tịch 03/2026/QH16 replaces the law of 2014. What a profile does not know it
lists (``[[unknown]]``), so that a check says "not known" instead of letting old rules decide.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from vncopy.errors import Problem, UsageError
from vncopy.formats.base import Document, Missing
from vncopy.formats.copies import CopyKind, CopyStatement
from vncopy.formats.profile_checks import holder_questions, kind_problems, outside_period
from vncopy.formats.profile_parts import (
    CertifierRule,
    IssuingOffice,
    KindRule,
    LegendRule,
    NumberType,
    OfficeKind,
    ProfileTable,
    SignatureRule,
    Unknown,
    Who,
)

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

__all__ = [
    "CertifierRule",
    "IssuingOffice",
    "KindRule",
    "LegalProfile",
    "LegendRule",
    "NumberType",
    "OfficeKind",
    "SignatureRule",
    "Unknown",
    "Who",
    "builtin_profiles",
    "load_profile",
    "parse_profile",
]


class LegalProfile(ProfileTable):
    """The rules of one period."""

    id: str
    """Name of the profile, ``vn-2026-07``."""
    valid_from: date
    """First day."""
    valid_to: date | None = None
    """Last day; ``None`` where no end is known."""
    copy_term: str
    """The legal term for the product."""
    civil_status_law: str
    """The law on civil status in force."""
    register_prevails: bool | None = None
    """Whether the paper register prevails over electronic data; ``None``: not known."""
    signature: SignatureRule
    """Least strength of signatures."""
    legend: LegendRule
    """How the legend is set."""
    kind: dict[CopyKind, KindRule]
    """The rule of every kind."""
    unknown: tuple[Unknown, ...] = ()
    """What this profile does not know."""

    def covers(self, on: date, /) -> bool:
        """Tell whether the profile is in force on that day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)

    def rule(self, kind: CopyKind, /) -> KindRule:
        """Return what ``kind`` requires."""
        return self.kind[kind]

    def legend_lines(self, statement: CopyStatement, /) -> tuple[str, ...]:
        """Return the lines of the legend: form of copy, office, time (none in drafts)."""
        rule = self.rule(statement.kind)
        form = statement.office_form
        first = rule.legend if isinstance(form, Missing) else rule.forms.get(form, rule.legend)
        time = () if statement.issued_at is None else (statement.issued_at.isoformat(),)
        return (first, str(statement.authority.name), *time)

    def problems(
        self,
        kind: CopyKind,
        statement: CopyStatement,
        document: Document,
        office: IssuingOffice | None = None,
    ) -> tuple[Problem, ...]:
        """Return what the statement breaks of the kind's rules.

        Args:
            kind: the kind that the copy is to be.
            statement: the statement.
            document: the document copied.
            office: what is known of the issuing office (kind, predecessors), if anything.

        Returns:
            The problems in a fixed order; none means that no rule known here is broken, see
            :meth:`questions` for what is not known.
        """
        day = None if statement.issued_at is None else statement.issued_at.date()
        outside = day is not None and not self.covers(day)
        return (
            *((outside_period(self.id),) if outside else ()),
            *kind_problems(self.rule(kind), kind, statement, document, office=office),
        )

    def questions(
        self,
        kind: CopyKind,
        statement: CopyStatement,
        document: Document,
        office: IssuingOffice | None = None,
    ) -> tuple[Unknown, ...]:
        """Return what cannot be answered: unknown law, or an unknown holder of the record.

        Args:
            kind: the kind that the copy is to be.
            statement: the statement.
            document: the document copied.
            office: what is known of the issuing office, if anything.

        Returns:
            The open questions; any of them makes the check of kind and office undetermined.
        """
        day = None if statement.issued_at is None else statement.issued_at.date()
        return (
            *(u for u in self.unknown if u.concerns(kind, document.format_id, day)),
            *holder_questions(self.rule(kind), statement, document, office),
        )


def parse_profile(text: str, /) -> LegalProfile:
    """Read a profile file; entries of a kind that it leaves out come from the common table.

    Args:
        text: TOML.

    Returns:
        The profile.

    Raises:
        UsageError: no TOML, an unknown or missing entry, or an unknown value.
    """
    import tomllib  # noqa: PLC0415 - a gate scanner pays for it when it first verifies

    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _bad_profile("profile", "profile.toml", f"{error}") from None
    own = table.get("kind", {})
    if not isinstance(own, dict) or not all(isinstance(entry, dict) for entry in own.values()):
        raise _bad_profile("kind", "profile.entry", "tables are expected")
    common = _common_kinds()
    names = (*common, *(name for name in own if name not in common))
    table["kind"] = {name: {**common.get(name, {}), **own.get(name, {})} for name in names}
    try:
        return LegalProfile.model_validate(table)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        field = ".".join(str(step) for step in first["loc"])
        raise _bad_profile(field, "profile.entry", first["msg"]) from None


@cache
def builtin_profiles() -> tuple[LegalProfile, ...]:
    """Return the profiles that come with the library, oldest first, without gaps."""
    folder = _folder()
    texts = [
        each.read_text(encoding="utf-8")
        for each in folder.iterdir()
        if each.name.startswith("vn-") and each.name.endswith(".toml")
    ]
    return tuple(sorted(map(parse_profile, texts), key=lambda profile: profile.valid_from))


def load_profile(on: date, /, profiles: tuple[LegalProfile, ...] | None = None) -> LegalProfile:
    """Return the profile in force on a day.

    Args:
        on: the day of the copy, in Vietnam.
        profiles: profiles to choose from; those of the library if left out.

    Returns:
        The profile.

    Raises:
        UsageError: none covers the day (electronic copies begin on 22/05/2020).
    """
    for profile in builtin_profiles() if profiles is None else profiles:
        if profile.covers(on):
            return profile
    raise UsageError.of(
        "issued_at",
        "profile.date",
        vi=f"không có bộ quy định pháp luật nào cho ngày {on:%d/%m/%Y}",
        en=f"no profile covers the day {on.isoformat()}",
    )


@cache
def _common_kinds() -> dict[str, dict[str, Any]]:
    """Return the entries that all profiles share."""
    import tomllib  # noqa: PLC0415 - see parse_profile

    text = _folder().joinpath("kinds.toml").read_text(encoding="utf-8")
    kinds: dict[str, dict[str, Any]] = tomllib.loads(text)["kind"]
    return kinds


def _bad_profile(field: str, rule: str, detail: str) -> UsageError:
    """Return the error of a profile file; it holds no personal data, so the detail is told."""
    return UsageError.of(
        field, rule, vi=f"bộ quy định không hợp lệ: {detail}", en=f"bad profile: {detail}"
    )


def _folder() -> Traversable:
    """Return the package's folder of profiles."""
    from importlib.resources import files  # noqa: PLC0415 - loads tempfile, zipfile and more

    return files("vncopy").joinpath("formats").joinpath("profiles")
