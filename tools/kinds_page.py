"""Write docs/kinds-of-copy.md from the code and the legal profiles; `--check` only compares."""

from __future__ import annotations

import sys
from pathlib import Path

from vncopy.formats.copies import CopyKind
from vncopy.formats.profile import (
    CertifierRule,
    KindRule,
    LegalProfile,
    NumberType,
    Who,
    builtin_profiles,
)

PAGE = Path(__file__).parent.parent / "docs" / "kinds-of-copy.md"

KINDS_HEAD = """\
# Kinds of copy / Các hình thức bản sao

What each kind requires, by the day of the copy. The library's legal profiles are TOML files in
`src/vncopy/formats/profiles`; a deployer's own file is read by `parse_profile`. What a profile does not know
makes the check of kind and office UNDETERMINED. Nothing here is legal advice. Written by
`tools/kinds_page.py`.
"""
WHO = {
    Who.ANY_COMPETENT: "any competent office",
    Who.RECORD_HOLDER: "only the office that holds the original register, or its successor",
    Who.OWN_FILE: "the agency whose own file it is",
    Who.ANYONE: "anyone",
}
CERTIFIER = {
    CertifierRule.REQUIRED: "a person signs, the agency seals",
    CertifierRule.OPTIONAL: "the agency seals, a person may sign",
    CertifierRule.NONE: "nobody signs",
}
NUMBERS = {
    NumberType.EXTRACT: "`470/2026/TLKS-BS`",
    NumberType.CERTIFICATION: "`1520, quyển số 03/2026-SCT/BS`",
    NumberType.OFFICE_COPY: "`15/SY-UBND`",
    NumberType.REGISTER: "the office's own, such as `12/2026/BS-VPĐK`",
}


def kinds_page() -> str:
    """Return the page of kinds: the newest profile that is wholly known, then the periods."""
    profiles = builtin_profiles()
    known = [profile for profile in profiles if not profile.unknown][-1]
    parts = [KINDS_HEAD, f"\n## Profile `{known.id}`, {_period(known)}\n"]
    for kind in CopyKind:
        parts += _kind(kind, known.rule(kind))
    parts.append("\n## Periods\n\n| profile | period | civil-status law |\n|---|---|---|\n")
    parts += [f"| `{each.id}` | {_period(each)} | {each.civil_status_law} |\n" for each in profiles]
    parts.append("\n## What is not known\n")
    for profile in profiles:
        for unknown in profile.unknown:
            kinds = ", ".join(f"`{kind}`" for kind in unknown.kinds) or "all kinds"
            until = f", until {unknown.until}" if unknown.until else ""
            parts.append(
                f"\n### `{unknown.id}`\n\n{unknown.vi}  \n{unknown.en}\n\n"
                f"Profile `{profile.id}`; {kinds}{until}\n"
            )
    return "".join(parts)


def _period(profile: LegalProfile) -> str:
    return f"{profile.valid_from} to {profile.valid_to or 'open'}"


def families(documents: tuple[str, ...]) -> str:
    """Return families of types for a table."""
    return ", ".join("all" if each == "*" else f"`{each}`" for each in documents)


def _kind(kind: CopyKind, rule: KindRule) -> list[str]:
    numbers = " or ".join(NUMBERS[each] for each in rule.numbers) or "none"
    optional = "" if rule.number_required or not rule.numbers else " (not required)"
    offices = "; ".join(
        [
            *([", ".join(rule.office_kinds)] if rule.office_kinds else []),
            *(f"`{k}`: {', '.join(each)}" for k, each in rule.office_kinds_of.items()),
        ]
    )
    rows = (
        ("legal basis", "; ".join(rule.basis)),
        ("legal value", f"{rule.value_vi} {rule.value_en}"),
        ("legend", ", ".join(rule.forms.values()) or rule.legend),
        ("issued by", f"{WHO[rule.who]}{f' ({offices})' if offices else ''}"),
        ("signatures", CERTIFIER[rule.certifier]),
        ("number", f"{numbers}{optional}"),
        ("made from", _sources(rule)),
        ("may be asked for by", "; ".join(each.title_vi for each in rule.requesters)),
        ("documents", families(rule.documents)),
        ("procedure of the national portal", ", ".join(f"`{each}`" for each in rule.procedures)),
        ("result codes", ", ".join(f"`{k}`: `{code}`" for k, code in rule.results.items())),
        ("day of the data", "must be stated for " + families(rule.as_of) if rule.as_of else ""),
        ("issued by this library", "yes" if rule.issuable else "no"),
    )
    table = "".join(f"| {name} | {text} |\n" for name, text in rows if text)
    return [f"\n### `{kind}` {rule.title_vi}\n\n| | |\n|---|---|\n", table]


def _sources(rule: KindRule) -> str:
    """Return what a copy is made from, by form where the kind has forms."""
    if not rule.form_sources:
        return ", ".join(each.title_vi for each in rule.sources)
    return "; ".join(
        f"{rule.forms[form]} (`{rule.form_symbols[form]}`): "
        + ", ".join(each.title_vi for each in sources)
        for form, sources in rule.form_sources.items()
    )


def main() -> int:
    """Write or compare the page."""
    if "--check" not in sys.argv[1:]:
        PAGE.write_text(kinds_page(), encoding="utf-8", newline="\n")
        return 0
    if PAGE.exists() and PAGE.read_text(encoding="utf-8") == kinds_page():
        return 0
    print("docs/kinds-of-copy.md is out of date: python tools/kinds_page.py", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
