"""What somebody at a counter can do next about a copy that is not VALID.

A verdict that leaves people alone is overruled: so each reason for which evidence is missing leads to
something that may bring it, and whatever speaks against a copy leads to keeping it and asking. No step
says that a copy may be accepted, and none of them asks for help where the copy itself names it: a forger
answers his own telephone.
"""

from __future__ import annotations

from typing import Final, NamedTuple, Protocol

from vncopy.errors import Message
from vncopy.reasons import Reason
from vncopy.report.verdicts import Covers, Verdict

__all__ = ["STEPS", "NextStep", "next_steps"]


class Answer(Protocol):
    """What a report says, as far as it counts here; every report is one."""

    @property
    def verdict(self) -> Verdict:
        """The verdict."""

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Why it is not VALID."""

    @property
    def covers(self) -> Covers:
        """What it is about."""


class NextStep(NamedTuple):
    """One thing to do, and the reasons that it may help against."""

    message: Message
    """What to do."""
    reasons: frozenset[Reason]
    """Against what."""
    covers: frozenset[Covers] = frozenset(Covers)
    """For which kinds of answer; all of them if left out."""


_OFFLINE: Final = frozenset({Covers.QR_CONTENT, Covers.QR_KEY_FIELDS})

_SOFTWARE: Final = Message(
    "Báo bộ phận kỹ thuật, kèm kết quả này: có thể cần phiên bản phần mềm mới hơn hoặc cấu hình khác.",
    "Tell your technical staff, with this result: a newer version of the software or another "
    "set-up may be needed.",
)
_KEEP: Final = Message(
    "Không chấp nhận. Giữ lại tệp hoặc ảnh cùng kết quả này, báo người có trách nhiệm và cơ quan "
    "được ghi là nơi cấp.",
    "Do not accept it. Keep the file or picture with this result, and tell whoever is responsible"
    " and the office that is named as the issuer.",
)

_HARMLESS: Final = frozenset(
    {
        Reason.IMAGE_MALFORMED,
        Reason.NOT_VNC1,
        Reason.NO_SIGNATURE,
        Reason.PDF_MALFORMED,
        Reason.RECORD_MISSING,
        Reason.UNEXPECTED_TYPE,
    }
)
"""What is rather a mistake than a forgery where nothing else speaks against a copy: another file."""

STEPS: Final = (
    NextStep(
        Message(
            "Chụp lại mã QR: thẳng, đủ sáng, rõ nét, trọn mã; hoặc quét tờ giấy ở 300 dpi.",
            "Take the picture again: straight, well lit, sharp, the whole QR code; or scan the sheet at "
            "300 dpi.",
        ),
        frozenset({Reason.NO_SYMBOL, Reason.IMAGE_MALFORMED}),
    ),
    NextStep(
        Message(
            "Nếu trong ảnh có nhiều tờ giấy: chụp riêng từng tờ.",
            "If the picture shows several sheets: take one of each sheet by itself.",
        ),
        frozenset({Reason.SEVERAL_SYMBOLS}),
        _OFFLINE,
    ),
    NextStep(
        Message(
            "Đây là nội dung của một mã QR khác; hãy dùng mã QR của bản sao ở cuối trang.",
            "This is what another QR code says; use the one of the copy at the foot of the page.",
        ),
        frozenset({Reason.NOT_VNC1}),
    ),
    NextStep(
        Message(
            "Đề nghị người nộp đưa chính tệp PDF của bản sao: tệp có dấu thời gian và bằng chứng mà mã QR"
            " không mang.",
            "Ask for the PDF of the copy itself: it holds timestamps and evidence that a QR code does not"
            " carry.",
        ),
        frozenset(
            {
                Reason.NO_SYMBOL,
                Reason.NO_PROOF_OF_EXISTENCE,
                Reason.PATH_EXPIRED,
                Reason.REVOKED_LATER,
                Reason.NO_REVOCATION_EVIDENCE,
                Reason.REVOCATION_STALE,
                Reason.ALGORITHM_OUTDATED,
            }
        ),
        _OFFLINE,
    ),
    NextStep(
        Message(
            "Xin lại chính tệp PDF mà cơ quan cấp đã gửi: tệp được in lại, quét lại hoặc lưu lại bằng "
            "phần mềm khác không còn chữ ký số nguyên vẹn.",
            "Ask for the very PDF that the office sent: one that was printed, scanned or saved again by "
            "other software has lost its signatures.",
        ),
        frozenset(
            {Reason.PDF_MALFORMED, Reason.NO_SIGNATURE, Reason.RECORD_MISSING, Reason.CMS_DIGEST}
        ),
    ),
    NextStep(
        Message(
            "Nếu đây là văn bản khác có ký số, không phải bản sao của hệ thống này: kiểm tra bằng lệnh "
            "vncopy signatures.",
            "If this is some other signed document and no copy of this format: verify it with vncopy "
            "signatures.",
        ),
        frozenset({Reason.RECORD_MISSING}),
        frozenset({Covers.PDF}),
    ),
    NextStep(
        Message(
            "Nhờ người phụ trách thư mục tin cậy kiểm tra: cơ quan cấp và chứng thư chữ ký số của cơ quan"
            " đó có thuộc thư mục không, thư mục có còn mới không. Không bổ sung chỉ vì người nộp đề "
            "nghị.",
            "Ask whoever keeps the trust folder whether this office and its certificates belong there, "
            "and whether the folder is up to date. Never add them because whoever hands in the copy asks "
            "for it.",
        ),
        frozenset(
            {
                Reason.UNKNOWN_KEY,
                Reason.TOO_MANY_KEYS,
                Reason.SIGNER_UNKNOWN,
                Reason.PATH_NOT_FOUND,
                Reason.ANCHOR_DATES,
                Reason.SCOPE_AREA_UNPROVEN,
                Reason.HOLDER_UNPROVEN,
                Reason.TIMESTAMP_INVALID,
                Reason.LIST_STALE,
                Reason.LIST_OLDER_THAN_COPY,
                Reason.LIST_MALFORMED,
                Reason.LIST_ROLLED_BACK,
                Reason.LIST_FROM_FUTURE,
            }
        ),
    ),
    NextStep(
        Message(
            "Nhờ người phụ trách thư mục tin cậy bổ sung phông chữ mà cơ quan cấp dùng (vncopy trust "
            "fonts), rồi kiểm tra lại.",
            "Ask whoever keeps the trust folder to add the fonts that the office uses (vncopy trust "
            "fonts), and verify again.",
        ),
        frozenset({Reason.FONT_UNKNOWN}),
    ),
    NextStep(
        Message(
            "Phiên bản này chưa đọc được danh sách tin cậy đã ký và danh sách trạng thái. Hỏi cơ quan cấp"
            " xem bản sao còn hiệu lực không; nếu quy định của đơn vị cho phép, kiểm tra lại theo chính "
            "sách không yêu cầu hai danh sách này (long-term cho tệp PDF, offline-basic cho mã QR).",
            "This version reads neither signed trust lists nor status lists. Ask the issuing office "
            "whether the copy is in force; if your rules permit it, verify again under a policy that does"
            " not require these lists (long-term for a PDF, offline-basic for a QR code).",
        ),
        frozenset(
            {
                Reason.NO_TRUST_LIST,
                Reason.LIST_STALE,
                Reason.LIST_OLDER_THAN_COPY,
                Reason.LIST_MALFORMED,
                Reason.LIST_ROLLED_BACK,
                Reason.LIST_FROM_FUTURE,
                Reason.NO_STATUS,
                Reason.NO_STATUS_CLAIM,
                Reason.STATUS_STALE,
                Reason.STATUS_MALFORMED,
            }
        ),
    ),
    NextStep(
        Message(
            "Kiểm tra lại với bằng chứng thu hồi mới: tùy chọn --evidence (tệp) hoặc --fetch (máy chủ của"
            " tổ chức cấp chứng thư).",
            "Verify again with fresh revocation evidence: option --evidence (files) or --fetch (hosts of "
            "the certification authority).",
        ),
        frozenset(
            {
                Reason.NO_REVOCATION_EVIDENCE,
                Reason.REVOCATION_STALE,
                Reason.REVOCATION_MALFORMED,
                Reason.REVOCATION_UNREACHABLE,
                Reason.CERTIFICATE_ON_HOLD,
            }
        ),
    ),
    NextStep(
        Message(
            "Xét lại dữ kiện cùng với chính tệp của bản sao (--carrier).",
            "Judge the facts again together with the file of the copy itself (--carrier).",
        ),
        frozenset({Reason.CARRIER_MISSING}),
    ),
    NextStep(
        Message(
            "Yêu cầu đúng loại giấy tờ cần nộp.",
            "Ask for the type of document that is needed.",
        ),
        frozenset({Reason.UNEXPECTED_TYPE}),
    ),
    NextStep(
        Message(
            "Hỏi cơ quan hoặc người đã ký, theo địa chỉ tự tra chứ không theo địa chỉ ghi trên giấy tờ; "
            "đề nghị cấp bản mới.",
            "Ask the office or person that signed, at an address that you looked up yourself and not at "
            "one from the document, for a new copy.",
        ),
        frozenset(
            {
                Reason.NO_TRUSTED_TIME,
                Reason.TIMESTAMP_INVALID,
                Reason.TIMESTAMP_ORDER,
                Reason.TIMESTAMP_EXPIRED,
                Reason.DELAY_TOO_LONG,
                Reason.LEVEL_TOO_LOW,
                Reason.ALGORITHM_OUTDATED,
                Reason.CMS_ALGORITHM,
                Reason.PATH_ALGORITHM,
                Reason.PATH_EXPIRED,
                Reason.PATH_UNPROVEN,
                Reason.REVOKED_LATER,
                Reason.NO_PROOF_OF_EXISTENCE,
                Reason.STATUS_SUSPENDED,
                Reason.WRONG_KEY_TYPE,
                Reason.PDFA_CLAIM,
                Reason.PAGE_TEXT_UNPROVEN,
                Reason.REVISION_UNEXPLAINED,
                Reason.FOREIGN_WIDGET,
                Reason.SYMBOL_UNREADABLE,
            }
        ),
    ),
    NextStep(
        _SOFTWARE,
        frozenset(
            {
                Reason.LIMITS_EXCEEDED,
                Reason.ENGINE_FAILED,
                Reason.ENGINE_UNAVAILABLE,
                Reason.RENDERING_FAILED,
                Reason.HIDDEN_UNREAD,
                Reason.PROFILE_UNKNOWN,
                Reason.PATH_CRITICAL_EXTENSION,
                Reason.PATH_TOO_COMPLEX,
                Reason.CERTIFICATE_MALFORMED,
                Reason.PAGE_TEXT_UNPROVEN,
                Reason.FACTS_MALFORMED,
            }
        ),
    ),
)
"""All steps, in the order in which they are told: the cheapest and likeliest first."""


def next_steps(report: Answer) -> tuple[Message, ...]:
    """Return what can be done about a report; nothing for a VALID one.

    Args:
        report: of a copy or of mere signatures.

    Returns:
        At least one step for every report that is not VALID.
    """
    if report.verdict is Verdict.VALID:
        return ()
    reasons = frozenset(report.reasons)
    found = tuple(
        step.message for step in STEPS if step.reasons & reasons and report.covers in step.covers
    )
    if report.verdict is Verdict.UNDETERMINED:
        return found or (_SOFTWARE,)
    return found if reasons <= _HARMLESS else (*found, _KEEP)
