"""The checks of a PDF: one pure function each, from facts to a verdict with a reason.

Nothing here opens a file or knows a PDF library; the same functions judge a file that was just
read and facts that were stored years ago. Each function answers one question of the design's list
and returns exactly one :class:`~vncopy.report.Check`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from vncopy.policy import CheckId
from vncopy.reasons import Reason
from vncopy.report import Check, failed, passed

if TYPE_CHECKING:
    from vncopy.facts.common import Step
    from vncopy.facts.pdf import PDFFacts, SignatureFacts
    from vncopy.trust import TrustStore

__all__ = [
    "active_content",
    "coverage",
    "limits",
    "page_text",
    "pdfa_claim",
    "printed_symbol",
    "record_embedded",
    "record_matches_payload",
    "renderings",
    "revisions",
    "signatures_intact",
]

COSE_NAME: Final = "copy.vnc1"
"""The attachment with the COSE message."""
RECORD_NAME: Final = "record.json"
"""The attachment with the canonical record."""
CERTIFIED_FIELDS: Final = 2
"""DocMDP permission of a copy's first signature: later signatures, nothing else."""
CERTIFIED_COMMENTS: Final = 3
"""DocMDP permission that lets comments be made, too."""
UNREADABLE: Final = "unreadable"
"""What facts say of an appended part that could not be compared."""
MOST_MASKED: Final = 15
"""Percent of a page that later signature fields of others may cover before nothing is said of it."""
_PADES: Final = frozenset({"ETSI.CAdES.detached"})
_DETACHED: Final = _PADES | {"adbe.pkcs7.detached"}
_TIMESTAMP: Final = frozenset({"ETSI.RFC3161"})
_SIGNATURE_TIMESTAMP: Final = "1.2.840.113549.1.9.16.2.14"
"""The one unsigned attribute that may be there: signature-time-stamp (RFC 3161 appendix A)."""
_SCRIPTS: Final = frozenset(
    {"JavaScript", "JS", "Launch", "XFA", "SubmitForm", "ImportData", "Rendition", "RichMedia"}
)
"""Active content that no signed file needs, whoever made it."""
_SWAPPED: Final = frozenset({Reason.CMS_DIGEST, Reason.CMS_SIGNATURE})
"""What is wrong with a timestamp that was made for something else, or spoiled."""
_HARMLESS: Final = frozenset({"", "none", "lta_updates"})
_FILLING: Final = _HARMLESS | {"form_filling"}
_UNREAD: Final = frozenset({Reason.LIMITS_EXCEEDED})


def _outcome(check: CheckId, step: Step) -> Check:
    """Return the check that a step of reading decides alone."""
    if not step.ran:
        return failed(check, Reason.NOT_RUN)
    return passed(check) if step.reason is None else failed(check, step.reason, step.detail)


def _unread(check: CheckId, facts: PDFFacts) -> Check | None:
    """Return the check as not run where the file could not be read."""
    return None if facts.reading.passed else failed(check, Reason.NOT_RUN)


def limits(facts: PDFFacts) -> Check:
    """Is the file small enough to be judged?"""
    for step in (facts.reading, facts.drawing):
        if step.reason in _UNREAD:
            return failed(CheckId.LIMITS, Reason.LIMITS_EXCEEDED, step.detail)
    if facts.evidence_problem in _UNREAD:
        return failed(CheckId.LIMITS, Reason.LIMITS_EXCEEDED, "evidence")
    return passed(CheckId.LIMITS)


def signatures_intact(facts: PDFFacts, *, foreign: bool = False) -> Check:
    """Does every signature fit the bytes it covers, and is none hidden?

    Args:
        facts: what was seen.
        foreign: a file of somebody else, which need not be PAdES.
    """
    check = CheckId.SIGNATURES_INTACT
    if not facts.reading.passed:
        reason = facts.reading.reason or Reason.NOT_RUN
        return failed(check, Reason.NOT_RUN if reason in _UNREAD else reason, facts.reading.detail)
    if facts.byte_ranges != len(facts.signatures):
        # More written than found: a later revision hides a signature. Fewer: one is not where
        # a signature must be.
        counts = f"{facts.byte_ranges} written, {len(facts.signatures)} found"
        return failed(check, Reason.BYTE_RANGE, counts)
    if not any(signature.kind == "signature" for signature in facts.signatures):
        return failed(check, Reason.NO_SIGNATURE)
    for signature in facts.signatures:
        flaw, detail = _flaw(signature, foreign=foreign)
        if flaw is not None:
            return failed(check, flaw, detail)
    return passed(check)


def _flaw(signature: SignatureFacts, *, foreign: bool) -> tuple[Reason | None, str]:
    """Return what is wrong with one signature by itself."""
    if signature.problem is not None:
        return signature.problem, signature.detail
    if not signature.intact:
        return Reason.CMS_DIGEST, ""
    if not signature.valid:
        return Reason.CMS_SIGNATURE, ""
    if signature.kind == "timestamp":
        known = signature.subfilter in _TIMESTAMP
        return (None, "") if known else (Reason.SIGNATURE_FIELD, "subfilter")
    if signature.subfilter not in (_DETACHED if foreign else _PADES):
        return Reason.SIGNATURE_FIELD, "subfilter"
    if signature.subfilter in _PADES and not signature.has_signing_certificate:
        return Reason.CMS_ATTRIBUTES, "signing-certificate-v2"
    return _stamp_flaw(signature, foreign=foreign)


def _stamp_flaw(signature: SignatureFacts, *, foreign: bool) -> tuple[Reason | None, str]:
    """Return what is wrong with a timestamp inside one signature.

    Anybody can replace what a signature does not cover. Of a copy no broken timestamp is passed
    over, whether or not trusted time is asked for; of a file of somebody else none that is about
    something else than its signature, while one of an old kind proves nothing and no more.
    """
    for token in signature.timestamps:
        if token.problem is not None and (not foreign or token.problem in _SWAPPED):
            return Reason.TIMESTAMP_MALFORMED, token.problem.value
        if foreign and token.problem is not None:
            continue
        if not (token.intact and token.valid):
            return Reason.TIMESTAMP_INVALID, ""
    return None, ""


def signature_reasons(signature: SignatureFacts, *, foreign: bool) -> tuple[Reason, ...]:
    """Return everything that speaks against one signature by itself."""
    found = [_flaw(signature, foreign=foreign)[0], _loose(signature)]
    return tuple(reason for reason in found if reason is not None)


def _loose(signature: SignatureFacts) -> Reason | None:
    """Return what is not covered by a signature that should be."""
    if not signature.padding_zero:
        return Reason.CONTENTS_PADDING
    if any(name != _SIGNATURE_TIMESTAMP for name in signature.unsigned_attributes):
        return Reason.UNSIGNED_ATTRIBUTES
    if signature.coverage not in {"entire_file", "entire_revision"}:
        return Reason.COVERAGE
    return None


def coverage(facts: PDFFacts) -> Check:
    """Is nothing unsigned that matters: coverage, padding, unsigned attributes, tail?"""
    check = CheckId.COVERAGE
    unread = _unread(check, facts)
    if unread is not None or not facts.signatures:
        return unread or failed(check, Reason.NOT_RUN)
    if facts.tail:
        return failed(check, Reason.TRAILING_BYTES, f"{facts.tail} bytes")
    for signature in facts.signatures:
        reason = _loose(signature)
        if reason is not None:
            return failed(check, reason, signature.kind)
    return passed(check)


def revisions(facts: PDFFacts, *, foreign: bool = False) -> Check:
    """Does what was appended after each signature hold only what is permitted?

    Of a copy: further signatures in fields made beforehand, validation data, timestamps, and after
    the seal no further signature. Of a foreign file: what its own certification permits.

    Args:
        facts: what was seen.
        foreign: a file of somebody else.
    """
    check = CheckId.REVISIONS
    unread = _unread(check, facts)
    if unread is not None or not facts.signatures:
        return unread or failed(check, Reason.NOT_RUN)
    if len(facts.revisions) != len(facts.signatures):
        return failed(check, Reason.REVISION_UNEXPLAINED, "signed parts")
    changed = _changed(facts, foreign=foreign)
    if changed is not None:
        return failed(check, Reason.REVISION_FORBIDDEN, changed)
    replaced = sum(revision.replaced for revision in facts.revisions)
    if replaced:
        return failed(check, Reason.VALUE_REPLACED, f"{replaced} fields")
    unsigned = _unsigned_end(facts, foreign=foreign)
    if unsigned is not None:
        return failed(check, Reason.REVISION_FORBIDDEN, unsigned)
    kinds = [signature.kind for signature in facts.signatures]
    if not foreign and kinds != sorted(kinds):  # "signature" < "timestamp"
        return failed(check, Reason.REVISION_FORBIDDEN, "signature after a timestamp")
    return passed(check, "", _remarks(facts))


def _remarks(facts: PDFFacts) -> tuple[Reason, ...]:
    """Return what else changed after a signature, which is permitted and to be known."""
    found = []
    seen = any(row.masked for row in facts.renderings)
    if facts.revisions[-1].size and facts.revisions[-1].forbidden and not seen:
        # A form, filled and not signed again, so that nothing of it is seen on the pages.
        found.append(Reason.LATER_FIELD)
    if any(row.described for row in facts.revisions):
        found.append(Reason.DESCRIPTION_CHANGED)
    return tuple(found)


def _changed(facts: PDFFacts, *, foreign: bool) -> str | None:
    """Return what was changed after a signature and may not be."""
    for signature in facts.signatures:
        if signature.modification in {"other", "annotations"}:
            return signature.modification
        if signature.permission == 1 and signature.modification not in _HARMLESS:
            return "certified without changes"
    for revision in facts.revisions:
        if revision.loose:
            return f"bytes: {revision.loose}"
        if revision.unlike:
            return "look of a field"
        if UNREADABLE in revision.forbidden:  # nothing of it was compared
            return UNREADABLE
        if revision.beside:
            return "; ".join(revision.beside[:4])
        if revision.forbidden and not foreign:
            return ", ".join(revision.forbidden[:4])
    return None


def _unsigned_end(facts: PDFFacts, *, foreign: bool) -> str | None:
    """Return what is wrong with the bytes that no signature covers, if there are any."""
    last = facts.revisions[-1]
    if foreign and _drawn_by_nobody(facts):
        return "filled, and nobody signed it"
    if not last.size:
        return None
    if foreign and _is_filled(facts):
        return None
    if last.forbidden or not last.dss:
        return "unsigned end"
    if foreign or _stamped(facts):
        return None
    # Validation data makes level B-LT of B-T. At B-B the seal covers the entire file: whoever
    # appended something there was not the issuer.
    return "validation data without a timestamp"


def _drawn_by_nobody(facts: PDFFacts) -> bool:
    """Tell whether a form was filled, or a picture came, after the last signature of somebody.

    A timestamp says when something was there, and anybody buys one over anything.
    """
    drawn = any(row.drawn for row in facts.revisions[_last_signed(facts) :])
    return drawn and not _is_filled(facts)


def _last_signed(facts: PDFFacts) -> int:
    """Return the index of the last signature of somebody; 0 where there is none."""
    kinds = [signature.kind for signature in facts.signatures]
    return len(kinds) - 1 - kinds[::-1].index("signature") if "signature" in kinds else 0


def _is_filled(facts: PDFFacts) -> bool:
    """Tell whether a form was filled after signatures, the first of which said that it may be.

    What was filled is looked at where the pages are drawn: it may not touch what was signed.
    """
    certifying = facts.signatures[0]
    return (
        certifying.certifies
        and certifying.permission in {CERTIFIED_FIELDS, CERTIFIED_COMMENTS}
        and all(each.modification in _FILLING for each in facts.signatures if each.modification)
        and facts.signatures[_last_signed(facts)].modification == "form_filling"
    )


def _stamped(facts: PDFFacts) -> bool:
    """Tell whether any timestamp is there: in a signature, or of the document."""
    return any(
        signature.kind == "timestamp" or _SIGNATURE_TIMESTAMP in signature.unsigned_attributes
        for signature in facts.signatures
    )


def active_content(facts: PDFFacts, *, foreign: bool = False) -> Check:
    """Is there no script, no action, no reference outside, no hidden layer or text?

    Files of others have links and layers; only what can change their look or send something away
    counts there, the rest is named.

    Args:
        facts: what was seen.
        foreign: a file of somebody else.
    """
    check = CheckId.ACTIVE_CONTENT
    unread = _unread(check, facts)
    if unread is not None:
        return unread
    if foreign:
        scripts = [name for name in facts.active if name in _SCRIPTS]
        if scripts:
            return failed(check, Reason.ACTIVE_CONTENT, ", ".join(scripts[:4]))
        outside = [name for name in facts.external if name.startswith("stream ")]
        if outside:  # what a viewer reads there nobody signed
            return failed(check, Reason.EXTERNAL_REFERENCE, ", ".join(outside[:4]))
        return passed(check, ", ".join((*facts.active, *facts.external, *facts.hidden)))
    for names, reason in (
        (facts.active, Reason.ACTIVE_CONTENT),
        (facts.external, Reason.EXTERNAL_REFERENCE),
        (facts.hidden, Reason.HIDDEN_LAYER),
    ):
        if names:
            return failed(check, reason, ", ".join(names[:4]))
    return passed(check)


def renderings(facts: PDFFacts) -> Check:
    """Does every signed revision look like the final file?"""
    check = CheckId.RENDERINGS
    if not facts.drawing.passed:
        reason = facts.drawing.reason or Reason.NOT_RUN
        return failed(check, Reason.NOT_RUN if reason in _UNREAD else reason, facts.drawing.detail)
    drawn = {row.signature: row for row in facts.renderings}
    masked = unseen = 0
    for index, signature in enumerate(facts.signatures):
        row = drawn.get(index)
        if signature.kind != "signature" or signature.end == facts.size:
            continue
        if row is None:
            return failed(check, Reason.RENDERING_FAILED, f"signature {index + 1}")
        if row.differing or row.pages != facts.pages:
            pages = ", ".join(str(number) for number in row.differing[:6])
            return failed(check, Reason.RENDERING_DIFFERS, f"pages {pages}")
        if row.overdrawn:
            pages = ", ".join(str(number) for number in row.overdrawn[:6])
            return failed(check, Reason.LATER_FIELD_OVER_TEXT, f"pages {pages}")
        if row.masked_percent > MOST_MASKED:
            return failed(check, Reason.FOREIGN_WIDGET, f"{row.masked_percent} % of a page")
        masked += row.masked
        unseen += row.unseen
    remarks = (Reason.FILLED_UNSEEN,) if unseen else ()
    if not masked:
        return passed(check, "", remarks)
    return passed(check, f"{masked} later fields not compared", (Reason.LATER_FIELD, *remarks))


def record_embedded(facts: PDFFacts) -> Check:
    """Are the two files of a copy attached once each, as associated data, and nothing else?"""
    check = CheckId.RECORD_EMBEDDED
    unread = _unread(check, facts)
    if unread is not None:
        return unread
    names = [attachment.name for attachment in facts.attachments]
    for name in (COSE_NAME, RECORD_NAME):
        if name not in names:
            return failed(check, Reason.RECORD_MISSING, name)
        if names.count(name) > 1:
            return failed(check, Reason.RECORD_TWICE, name)
    for attachment in facts.attachments:
        if attachment.name not in {COSE_NAME, RECORD_NAME}:
            return failed(check, Reason.ATTACHMENT_UNEXPECTED)
        if attachment.relationship != "Data" or not attachment.associated:
            return failed(check, Reason.ATTACHMENT_UNEXPECTED, "not associated data")
    return passed(check)


def record_matches_payload(facts: PDFFacts) -> Check:
    """Does the embedded record project to exactly the signed payload?"""
    check = CheckId.RECORD_MATCHES_PAYLOAD
    if not facts.content.record.passed:
        return _outcome(check, facts.content.record)
    return _outcome(check, facts.content.record_matches)


def printed_symbol(facts: PDFFacts) -> Check:
    """Is the one symbol printed on the pages the embedded one?"""
    return _outcome(CheckId.PRINTED_SYMBOL, facts.content.printed_symbol)


def page_text(facts: PDFFacts, trust: TrustStore) -> Check:
    """Do the pages say what the record says, and nothing else?

    Args:
        facts: what was seen, perhaps years ago with tables of fonts that are trusted no more.
        trust: which tables and earlier templates are trusted.
    """
    check, content = CheckId.PAGE_TEXT, facts.content
    names = {table.sha256: table.name for table in trust.fonts}
    gone = [each for each in content.font_tables if each not in names]
    if gone:
        return failed(check, Reason.FONT_UNKNOWN, f"table {gone[0]} is not in the trust folder")
    if not content.page_text.passed:
        return _outcome(check, content.page_text)
    words = content.earlier_template
    if content.lent_template and words not in {each.sha256 for each in trust.templates}:
        detail = f"template {words} is not in the trust folder"
        return failed(check, Reason.PAGE_TEXT_UNPROVEN, detail)
    lent = ", ".join(names[each] for each in content.font_tables)
    shown = content.page_evidence.replace("_", " ")
    more = [f"fonts: {lent}"] * bool(lent) + ["an earlier template"] * bool(words)
    return passed(check, f"{shown} ({'; '.join(more)})" if more else shown)


def pdfa_claim(facts: PDFFacts) -> Check:
    """Does the file claim PDF/A-3a and PDF/UA-1, in a version that allows it?"""
    check = CheckId.PDFA_CLAIM
    unread = _unread(check, facts)
    if unread is not None:
        return unread
    claim = f"pdfaid {facts.pdfa or '-'}, pdfuaid {facts.pdfua or '-'}, {facts.pdf_version}"
    right = facts.pdfa == "3a" and facts.pdfua == "1" and facts.pdf_version.startswith("1.")
    return passed(check) if right else failed(check, Reason.PDFA_CLAIM, claim)
