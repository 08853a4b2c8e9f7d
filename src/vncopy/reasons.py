"""The closed list of reasons why a check did not pass, each with its text in both languages.

A reason fixes three things: which verdict it leads to, how ETSI EN 319 102-1 would call it, and
one sentence for people in Vietnamese and in English. Reasons never hold a value of a record.
New reasons are appended; a code is never reused for something else.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final, Literal, NamedTuple

__all__ = ["TEXTS", "Outcome", "Reason", "ReasonText"]

Outcome = Literal["invalid", "undetermined", "warning"]
"""What a reason makes of its check: it disproves the copy, evidence is missing, or the verdict stays
and somebody should know. In alphabetical order the worst comes first."""


class Reason(StrEnum):
    """Codes of the closed list; the texts are in :data:`TEXTS`."""

    # Reading the symbol and its framing
    NOT_VNC1 = "not_vnc1"
    TEXT_TOO_LONG = "text_too_long"
    BASE45 = "base45"
    FRAMING = "framing"
    HEADER = "header"
    UNKNOWN_ALG = "unknown_alg"
    HIGH_S = "high_s"
    SIGNATURE_RANGE = "signature_range"
    INFLATE = "inflate"
    TOO_LARGE = "too_large"
    TRAILING_DATA = "trailing_data"

    # The signed content
    CBOR_MALFORMED = "cbor_malformed"
    CBOR_NOT_DETERMINISTIC = "cbor_not_deterministic"
    CBOR_TYPE = "cbor_type"
    TOO_DEEP = "too_deep"
    TEXT_NOT_NFC = "text_not_nfc"
    TEXT_REPERTOIRE = "text_repertoire"
    UNKNOWN_CLAIM = "unknown_claim"
    MISSING_CLAIM = "missing_claim"
    CLAIM_VALUE = "claim_value"
    UNKNOWN_CARRIAGE = "unknown_carriage"
    NOT_CANONICAL = "not_canonical"
    UNKNOWN_FORMAT = "unknown_format"
    UNEXPECTED_TYPE = "unexpected_type"
    UNKNOWN_FIELD = "unknown_field"
    MISSING_FIELD = "missing_field"
    FIELD_VALUE = "field_value"
    DIGEST_MISSING = "digest_missing"
    DIGEST_UNEXPECTED = "digest_unexpected"
    DIGEST_DIFFERS = "digest_differs"
    RULE_BROKEN = "rule_broken"

    # Who signed
    UNKNOWN_KEY = "unknown_key"
    ISSUER_NOT_LISTED = "issuer_not_listed"
    WRONG_ROLE = "wrong_role"
    WRONG_KEY_TYPE = "wrong_key_type"
    TOO_MANY_KEYS = "too_many_keys"
    OFFICES_DIFFER = "offices_differ"
    OFFICE_NAME = "office_name"
    SCOPE_TYPE = "scope_type"
    SCOPE_KIND = "scope_kind"
    SCOPE_AREA = "scope_area"
    SCOPE_PERIOD = "scope_period"
    SCOPE_AREA_UNPROVEN = "scope_area_unproven"
    KIND_OFFICE = "kind_office"
    KIND_NOT_FOR_TYPE = "kind_not_for_type"
    KIND_STATEMENT = "kind_statement"
    HOLDER_UNPROVEN = "holder_unproven"
    PROFILE_UNKNOWN = "profile_unknown"

    # The signature and the path of the certificate
    BAD_SIGNATURE = "bad_signature"
    CERTIFICATE_MALFORMED = "certificate_malformed"
    PATH_NOT_FOUND = "path_not_found"
    PATH_SIGNATURE = "path_signature"
    PATH_EXPIRED = "path_expired"
    PATH_NOT_YET_VALID = "path_not_yet_valid"
    ANCHOR_DATES = "anchor_dates"
    PATH_KEY_USAGE = "path_key_usage"
    PATH_BASIC_CONSTRAINTS = "path_basic_constraints"
    PATH_NAME_CONSTRAINTS = "path_name_constraints"
    PATH_LENGTH = "path_length"
    PATH_CRITICAL_EXTENSION = "path_critical_extension"
    PATH_ALGORITHM = "path_algorithm"
    PATH_TOO_COMPLEX = "path_too_complex"
    PATH_UNPROVEN = "path_unproven"
    NO_REVOCATION_EVIDENCE = "no_revocation_evidence"
    REVOCATION_STALE = "revocation_stale"
    REVOCATION_MALFORMED = "revocation_malformed"
    CERTIFICATE_REVOKED = "certificate_revoked"
    REVOKED_LATER = "revoked_later"
    REVOCATION_UNREACHABLE = "revocation_unreachable"
    CERTIFICATE_ON_HOLD = "certificate_on_hold"
    ALGORITHM_OUTDATED = "algorithm_outdated"

    # Times and the state of keys
    CLAIMED_IN_FUTURE = "claimed_in_future"
    CLAIMED_OUTSIDE_WINDOW = "claimed_outside_window"
    CLAIMED_TIME_DIFFERS = "claimed_time_differs"
    KEY_REVOKED = "key_revoked"
    NO_PROOF_OF_EXISTENCE = "no_proof_of_existence"
    OFFICE_STATE = "office_state"
    NO_TRUST_LIST = "no_trust_list"
    LIST_STALE = "list_stale"
    LIST_OLDER_THAN_COPY = "list_older_than_copy"
    LIST_MALFORMED = "list_malformed"
    LIST_ROLLED_BACK = "list_rolled_back"
    LIST_FROM_FUTURE = "list_from_future"
    NO_TRUSTED_TIME = "no_trusted_time"
    TIMESTAMP_MALFORMED = "timestamp_malformed"
    TIMESTAMP_INVALID = "timestamp_invalid"
    TIMESTAMP_ORDER = "timestamp_order"
    TIMESTAMP_EXPIRED = "timestamp_expired"
    PROVEN_BEFORE_CLAIMED = "proven_before_claimed"
    DELAY_TOO_LONG = "delay_too_long"

    # The status of the copy
    NO_STATUS = "no_status"
    NO_STATUS_CLAIM = "no_status_claim"
    STATUS_STALE = "status_stale"
    STATUS_MALFORMED = "status_malformed"
    STATUS_INVALID = "status_invalid"
    STATUS_SUSPENDED = "status_suspended"
    STATUS_NOT_ISSUED = "status_not_issued"

    # The PDF file
    PDF_MALFORMED = "pdf_malformed"
    LIMITS_EXCEEDED = "limits_exceeded"
    PDF_ENCRYPTED = "pdf_encrypted"
    ENGINE_FAILED = "engine_failed"
    ENGINE_UNAVAILABLE = "engine_unavailable"
    NO_SIGNATURE = "no_signature"
    SIGNATURE_FIELD = "signature_field"
    BYTE_RANGE = "byte_range"
    CMS_MALFORMED = "cms_malformed"
    CMS_ALGORITHM = "cms_algorithm"
    CMS_DIGEST = "cms_digest"
    CMS_SIGNATURE = "cms_signature"
    CMS_ATTRIBUTES = "cms_attributes"
    SIGNING_CERTIFICATE = "signing_certificate"
    UNSIGNED_ATTRIBUTES = "unsigned_attributes"
    CONTENTS_PADDING = "contents_padding"
    TRAILING_BYTES = "trailing_bytes"
    COVERAGE = "coverage"
    REVISION_FORBIDDEN = "revision_forbidden"
    REVISION_UNEXPLAINED = "revision_unexplained"
    PERSON_MISSING = "person_missing"
    SEAL_MISSING = "seal_missing"
    SAME_KEY = "same_key"
    UNEXPECTED_SIGNER = "unexpected_signer"
    SIGNER_UNKNOWN = "signer_unknown"
    LEVEL_TOO_LOW = "level_too_low"
    LEVEL_OVERCLAIMED = "level_overclaimed"
    ACTIVE_CONTENT = "active_content"
    EXTERNAL_REFERENCE = "external_reference"
    HIDDEN_LAYER = "hidden_layer"
    RENDERING_DIFFERS = "rendering_differs"
    RENDERING_FAILED = "rendering_failed"
    FOREIGN_WIDGET = "foreign_widget"
    LATER_FIELD_OVER_TEXT = "later_field_over_text"
    VALUE_REPLACED = "value_replaced"
    HIDDEN_CONTENT = "hidden_content"
    HIDDEN_UNREAD = "hidden_unread"

    # Warnings: what a signed file of somebody else holds besides what it shows
    UNUSED_CONTENT = "unused_content"
    CONTENT_TWICE = "content_twice"
    EARLIER_CONTENT = "earlier_content"
    COVERED_TEXT = "covered_text"
    INVISIBLE_TEXT = "invisible_text"
    FIELD_OVER_TEXT = "field_over_text"
    HIDDEN_FIELD = "hidden_field"
    SWITCHED_LAYER = "switched_layer"
    VALUE_NOT_SHOWN = "value_not_shown"
    LATER_FIELD = "later_field"
    SEARCH_INCOMPLETE = "search_incomplete"
    OTHER_IN_PRINT = "other_in_print"
    FILLED_UNSEEN = "filled_unseen"
    DESCRIPTION_CHANGED = "description_changed"
    ACTS_ALONE = "acts_alone"

    # The record inside the PDF, the printed page, images
    RECORD_MISSING = "record_missing"
    RECORD_TWICE = "record_twice"
    ATTACHMENT_UNEXPECTED = "attachment_unexpected"
    RECORD_MALFORMED = "record_malformed"
    RECORD_DIFFERS = "record_differs"
    SYMBOL_MISSING = "symbol_missing"
    SYMBOL_DIFFERS = "symbol_differs"
    SYMBOL_UNREADABLE = "symbol_unreadable"
    SEVERAL_SYMBOLS = "several_symbols"
    NO_SYMBOL = "no_symbol"
    IMAGE_MALFORMED = "image_malformed"
    PAGE_TEXT_DIFFERS = "page_text_differs"
    PAGE_TEXT_UNPROVEN = "page_text_unproven"
    FONT_UNKNOWN = "font_unknown"
    LEGEND_DIFFERS = "legend_differs"
    DRAFT = "draft"
    PDFA_CLAIM = "pdfa_claim"

    # The judgement itself
    NOT_RUN = "not_run"
    CARRIER_MISSING = "carrier_missing"
    FACTS_MALFORMED = "facts_malformed"

    @property
    def info(self) -> ReasonText:
        """Return the row of :data:`TEXTS` for this reason."""
        return TEXTS[self]

    def text(self, language: Literal["vi", "en"]) -> str:
        """Return the sentence for people in ``language``."""
        return self.info.vi if language == "vi" else self.info.en


class ReasonText(NamedTuple):
    """What one reason means."""

    outcome: Outcome
    """The verdict of a check that failed for this reason."""
    sub_indication: str
    """The sub-indication of ETSI EN 319 102-1 §5.1.3; rules on content count as application constraints.
    Empty for a warning, which the standard does not know."""
    vi: str
    """The Vietnamese sentence."""
    en: str
    """The English sentence."""


_INVALID: Final = "invalid"
_UNDETERMINED: Final = "undetermined"
_WARNING: Final = "warning"

TEXTS: Final[dict[Reason, ReasonText]] = {
    # Reading the symbol and its framing
    Reason.NOT_VNC1: ReasonText(
        _INVALID,
        "FORMAT_FAILURE",
        "Nội dung không bắt đầu bằng VNC1: nên không phải là mã QR của bản sao điện tử",
        "the text does not begin with VNC1: and is not the QR code of a copy",
    ),
    Reason.TEXT_TOO_LONG: ReasonText(
        _INVALID,
        "FORMAT_FAILURE",
        "Nội dung mã QR dài hơn giới hạn",
        "the text is longer than a QR code of this format can hold",
    ),
    Reason.BASE45: ReasonText(
        _INVALID,
        "FORMAT_FAILURE",
        "Phần sau VNC1: không phải là base45 hợp lệ",
        "what follows VNC1: is not strict base45",
    ),
    Reason.FRAMING: ReasonText(
        _INVALID,
        "FORMAT_FAILURE",
        "Khung COSE không đúng dạng duy nhất được phép",
        "the COSE message is not framed in the one permitted way",
    ),
    Reason.HEADER: ReasonText(
        _INVALID,
        "FORMAT_FAILURE",
        "Phần đầu được ký (protected header) không đúng",
        "the protected header is not the one permitted",
    ),
    Reason.UNKNOWN_ALG: ReasonText(
        _INVALID,
        "FORMAT_FAILURE",
        "Thuật toán ký không phải là ES256",
        "the signature algorithm is not ES256",
    ),
    Reason.HIGH_S: ReasonText(
        _INVALID,
        "FORMAT_FAILURE",
        "Chữ ký ECDSA không ở dạng s thấp",
        "the ECDSA signature is not in low-S form",
    ),
    Reason.SIGNATURE_RANGE: ReasonText(
        _INVALID,
        "FORMAT_FAILURE",
        "Giá trị r hoặc s của chữ ký nằm ngoài miền cho phép",
        "r or s of the signature is outside the curve's range",
    ),
    Reason.INFLATE: ReasonText(
        _INVALID,
        "FORMAT_FAILURE",
        "Không giải nén được nội dung đã ký",
        "the signed content cannot be inflated",
    ),
    Reason.TOO_LARGE: ReasonText(
        _INVALID,
        "FORMAT_FAILURE",
        "Nội dung sau giải nén vượt quá giới hạn",
        "the inflated content is larger than permitted",
    ),
    Reason.TRAILING_DATA: ReasonText(
        _INVALID,
        "FORMAT_FAILURE",
        "Còn dữ liệu thừa sau nội dung đã ký",
        "data is left over after the signed content",
    ),
    # The signed content
    Reason.CBOR_MALFORMED: ReasonText(
        _INVALID,
        "FORMAT_FAILURE",
        "Nội dung đã ký không phải là CBOR hợp lệ",
        "the signed content is not well-formed CBOR",
    ),
    Reason.CBOR_NOT_DETERMINISTIC: ReasonText(
        _INVALID,
        "FORMAT_FAILURE",
        "CBOR không ở dạng mã hóa xác định duy nhất",
        "the CBOR is not in its one deterministic encoding",
    ),
    Reason.CBOR_TYPE: ReasonText(
        _INVALID,
        "FORMAT_FAILURE",
        "CBOR chứa kiểu dữ liệu không được phép",
        "the CBOR holds a type that is not permitted",
    ),
    Reason.TOO_DEEP: ReasonText(
        _INVALID,
        "FORMAT_FAILURE",
        "Nội dung lồng nhau quá sâu",
        "the content is nested too deeply",
    ),
    Reason.TEXT_NOT_NFC: ReasonText(
        _INVALID,
        "FORMAT_FAILURE",
        "Chữ trong nội dung không ở dạng Unicode NFC",
        "text in the content is not in Unicode NFC",
    ),
    Reason.TEXT_REPERTOIRE: ReasonText(
        _INVALID,
        "FORMAT_FAILURE",
        "Nội dung có ký tự ngoài bảng ký tự được phép",
        "the content holds a character outside the permitted repertoire",
    ),
    Reason.UNKNOWN_CLAIM: ReasonText(
        _INVALID,
        "FORMAT_FAILURE",
        "Nội dung có mục (claim) không thuộc định dạng",
        "the content holds a claim that the format does not know",
    ),
    Reason.MISSING_CLAIM: ReasonText(
        _INVALID,
        "FORMAT_FAILURE",
        "Nội dung thiếu một mục (claim) bắt buộc",
        "a compulsory claim is missing from the content",
    ),
    Reason.CLAIM_VALUE: ReasonText(
        _INVALID,
        "FORMAT_FAILURE",
        "Giá trị của một mục (claim) không đúng quy định",
        "the value of a claim is not permitted",
    ),
    Reason.UNKNOWN_CARRIAGE: ReasonText(
        _INVALID,
        "FORMAT_FAILURE",
        "Mã QR không ghi rõ mang đủ mọi trường hay chỉ các trường chính",
        "the QR code does not say whether it carries every field or key fields only",
    ),
    Reason.NOT_CANONICAL: ReasonText(
        _INVALID,
        "FORMAT_FAILURE",
        "Nội dung không phải là cách mã hóa duy nhất của bản ghi",
        "the content is not the one canonical encoding of its record",
    ),
    Reason.UNKNOWN_FORMAT: ReasonText(
        _INVALID,
        "FORMAT_FAILURE",
        "Phần mềm không biết loại giấy tờ này hoặc phiên bản của nó",
        "the document type or its version is not known",
    ),
    Reason.UNEXPECTED_TYPE: ReasonText(
        _INVALID,
        "SIG_CONSTRAINTS_FAILURE",
        "Loại giấy tờ khác với loại được yêu cầu",
        "the document is of another type than was asked for",
    ),
    Reason.UNKNOWN_FIELD: ReasonText(
        _INVALID,
        "FORMAT_FAILURE",
        "Giấy tờ có trường không thuộc loại của nó",
        "the document holds a field that its type does not have",
    ),
    Reason.MISSING_FIELD: ReasonText(
        _INVALID,
        "FORMAT_FAILURE",
        "Giấy tờ thiếu trường bắt buộc",
        "a compulsory field of the document is missing",
    ),
    Reason.FIELD_VALUE: ReasonText(
        _INVALID,
        "FORMAT_FAILURE",
        "Giá trị của một trường không đúng quy định",
        "the value of a field is not permitted",
    ),
    Reason.DIGEST_MISSING: ReasonText(
        _INVALID,
        "FORMAT_FAILURE",
        "Thiếu giá trị băm của bản ghi dù mã QR không mang đủ mọi trường",
        "fields are left out but the digest of the record is missing",
    ),
    Reason.DIGEST_UNEXPECTED: ReasonText(
        _INVALID,
        "FORMAT_FAILURE",
        "Có giá trị băm dù mã QR đã mang đủ mọi trường",
        "a digest is present although every field is carried",
    ),
    Reason.DIGEST_DIFFERS: ReasonText(
        _INVALID,
        "HASH_FAILURE",
        "Giá trị băm trong mã QR khác với bản ghi",
        "the digest in the QR code differs from the record's",
    ),
    Reason.RULE_BROKEN: ReasonText(
        _INVALID,
        "SIG_CONSTRAINTS_FAILURE",
        "Giấy tờ vi phạm quy tắc của loại giấy tờ đó",
        "the document breaks a rule of its type",
    ),
    # Who signed
    Reason.UNKNOWN_KEY: ReasonText(
        _UNDETERMINED,
        "NO_SIGNING_CERTIFICATE_FOUND",
        "Không có chứng thư chữ ký số nào trong thư mục tin cậy ứng với khóa ký này",
        "no certificate in the trust folder belongs to this key",
    ),
    Reason.ISSUER_NOT_LISTED: ReasonText(
        _INVALID,
        "CHAIN_CONSTRAINTS_FAILURE",
        "Danh sách tin cậy đầy đủ và còn mới không có cơ quan cấp hoặc khóa ký này",
        "a complete and fresh trust list does not hold this office or key",
    ),
    Reason.WRONG_ROLE: ReasonText(
        _INVALID,
        "CHAIN_CONSTRAINTS_FAILURE",
        "Chứng thư chữ ký số không được dùng cho vai trò ký này",
        "the certificate is not listed for this role",
    ),
    Reason.WRONG_KEY_TYPE: ReasonText(
        _UNDETERMINED,
        "CRYPTO_CONSTRAINTS_FAILURE",
        "Loại khóa của chứng thư không được dùng cho việc ký này",
        "the certificate's kind of key is not permitted here",
    ),
    Reason.TOO_MANY_KEYS: ReasonText(
        _UNDETERMINED,
        "NO_SIGNING_CERTIFICATE_FOUND",
        "Thư mục tin cậy có quá nhiều chứng thư trùng mã khóa nên không thử hết",
        "the trust folder holds more certificates with this key id than are tried",
    ),
    Reason.OFFICES_DIFFER: ReasonText(
        _INVALID,
        "SIG_CONSTRAINTS_FAILURE",
        "Cơ quan trong chứng thư, mã cơ quan cấp và cơ quan ghi trên bản sao không phải cùng một cơ quan",
        "the offices of the certificate, of the issuer claim and of the statement are not the same",
    ),
    Reason.OFFICE_NAME: ReasonText(
        _INVALID,
        "SIG_CONSTRAINTS_FAILURE",
        "Tên cơ quan trên bản sao không phải là tên của cơ quan đó vào ngày cấp",
        "the office's name on the copy is not one it had on that day",
    ),
    Reason.SCOPE_TYPE: ReasonText(
        _INVALID,
        "SIG_CONSTRAINTS_FAILURE",
        "Khóa ký không được dùng cho loại giấy tờ này",
        "the key may not sign this type of document",
    ),
    Reason.SCOPE_KIND: ReasonText(
        _INVALID,
        "SIG_CONSTRAINTS_FAILURE",
        "Khóa ký không được dùng cho hình thức bản sao này",
        "the key may not sign this kind of copy",
    ),
    Reason.SCOPE_AREA: ReasonText(
        _INVALID,
        "SIG_CONSTRAINTS_FAILURE",
        "Giấy tờ thuộc địa bàn ngoài phạm vi của khóa ký",
        "the document is from outside the area of the key",
    ),
    Reason.SCOPE_PERIOD: ReasonText(
        _INVALID,
        "SIG_CONSTRAINTS_FAILURE",
        "Thời điểm cấp nằm ngoài thời hạn được giao của khóa ký",
        "the time of issue is outside the period granted to the key",
    ),
    Reason.SCOPE_AREA_UNPROVEN: ReasonText(
        _UNDETERMINED,
        "SIG_CONSTRAINTS_FAILURE",
        "Không xác định được địa bàn của giấy tờ để so với phạm vi của khóa ký",
        "the area of the document cannot be established and compared with the key's scope",
    ),
    Reason.KIND_OFFICE: ReasonText(
        _INVALID,
        "SIG_CONSTRAINTS_FAILURE",
        "Cơ quan này không được cấp hình thức bản sao này",
        "this office may not issue this kind of copy",
    ),
    Reason.KIND_NOT_FOR_TYPE: ReasonText(
        _INVALID,
        "SIG_CONSTRAINTS_FAILURE",
        "Hình thức bản sao này không áp dụng cho loại giấy tờ này",
        "this kind of copy does not exist for this type of document",
    ),
    Reason.KIND_STATEMENT: ReasonText(
        _INVALID,
        "SIG_CONSTRAINTS_FAILURE",
        "Lời chứng hoặc số của bản sao không đúng với hình thức bản sao",
        "the statement or number does not fit the kind of copy",
    ),
    Reason.HOLDER_UNPROVEN: ReasonText(
        _UNDETERMINED,
        "SIG_CONSTRAINTS_FAILURE",
        "Chưa xác định được cơ quan cấp có lưu giữ sổ gốc hay không",
        "it is not established that the issuing office holds the original register",
    ),
    Reason.PROFILE_UNKNOWN: ReasonText(
        _UNDETERMINED,
        "SIGNATURE_POLICY_NOT_AVAILABLE",
        "Chưa có bộ quy định pháp luật cho ngày cấp bản sao",
        "no legal profile is known for the day of issue",
    ),
    # The signature and the path of the certificate
    Reason.BAD_SIGNATURE: ReasonText(
        _INVALID,
        "SIG_CRYPTO_FAILURE",
        "Chữ ký số không khớp với nội dung",
        "the signature does not match the content",
    ),
    Reason.CERTIFICATE_MALFORMED: ReasonText(
        _UNDETERMINED,
        "CERTIFICATE_CHAIN_GENERAL_FAILURE",
        "Không đọc được một chứng thư",
        "a certificate cannot be read",
    ),
    Reason.PATH_NOT_FOUND: ReasonText(
        _UNDETERMINED,
        "NO_CERTIFICATE_CHAIN_FOUND",
        "Không có đường dẫn từ chứng thư đến chứng thư gốc được tin cậy",
        "no path leads from the certificate to a trusted anchor",
    ),
    Reason.PATH_SIGNATURE: ReasonText(
        _INVALID,
        "CERTIFICATE_CHAIN_GENERAL_FAILURE",
        "Chữ ký trên một chứng thư trong đường dẫn không đúng",
        "the signature of a certificate of the path is wrong",
    ),
    Reason.PATH_EXPIRED: ReasonText(
        _UNDETERMINED,
        "OUT_OF_BOUNDS_NO_POE",
        "Chứng thư chữ ký số đã hết hạn vào thời điểm xét",
        "a certificate of the path had expired at the relevant time",
    ),
    Reason.PATH_NOT_YET_VALID: ReasonText(
        _INVALID,
        "NOT_YET_VALID",
        "Chứng thư chữ ký số chưa có hiệu lực vào thời điểm xét",
        "a certificate of the path was not yet valid at the relevant time",
    ),
    Reason.ANCHOR_DATES: ReasonText(
        _UNDETERMINED,
        "OUT_OF_BOUNDS_NO_POE",
        "Chứng thư gốc không có hiệu lực vào thời điểm xét",
        "the trust anchor was not valid at the relevant time",
    ),
    Reason.PATH_KEY_USAGE: ReasonText(
        _INVALID,
        "CHAIN_CONSTRAINTS_FAILURE",
        "Mục đích sử dụng khóa trong chứng thư không cho phép việc ký này",
        "the key usage of a certificate does not permit this",
    ),
    Reason.PATH_BASIC_CONSTRAINTS: ReasonText(
        _INVALID,
        "CHAIN_CONSTRAINTS_FAILURE",
        "Một chứng thư trong đường dẫn không được phép cấp chứng thư khác",
        "a certificate of the path may not issue certificates",
    ),
    Reason.PATH_NAME_CONSTRAINTS: ReasonText(
        _INVALID,
        "CHAIN_CONSTRAINTS_FAILURE",
        "Tên trong chứng thư nằm ngoài phạm vi tên được cấp",
        "a name lies outside the name constraints of the path",
    ),
    Reason.PATH_LENGTH: ReasonText(
        _INVALID,
        "CHAIN_CONSTRAINTS_FAILURE",
        "Đường dẫn chứng thư dài hơn giới hạn",
        "the path is longer than permitted",
    ),
    Reason.PATH_CRITICAL_EXTENSION: ReasonText(
        _UNDETERMINED,
        "CHAIN_CONSTRAINTS_FAILURE",
        "Chứng thư có phần mở rộng bắt buộc mà phần mềm không hiểu",
        "a certificate has a critical extension that is not understood",
    ),
    Reason.PATH_ALGORITHM: ReasonText(
        _UNDETERMINED,
        "CRYPTO_CONSTRAINTS_FAILURE",
        "Thuật toán hoặc độ dài khóa của chứng thư không đủ an toàn",
        "an algorithm or key length of the path is too weak",
    ),
    Reason.PATH_TOO_COMPLEX: ReasonText(
        _UNDETERMINED,
        "CERTIFICATE_CHAIN_GENERAL_FAILURE",
        "Có quá nhiều chứng thư để xét đường dẫn",
        "there are too many certificates to search for a path",
    ),
    Reason.PATH_UNPROVEN: ReasonText(
        _UNDETERMINED,
        "NO_POE",
        "Không chứng minh được một chứng thư trong đường dẫn có trước khi chứng thư cấp ra nó hết hạn",
        "a certificate of the path is not proven to be from before the end of the one that issued it",
    ),
    Reason.NO_REVOCATION_EVIDENCE: ReasonText(
        _UNDETERMINED,
        "TRY_LATER",
        "Không có bằng chứng rằng chứng thư chữ ký số chưa bị thu hồi",
        "there is no evidence that the certificates were not revoked",
    ),
    Reason.REVOCATION_STALE: ReasonText(
        _UNDETERMINED,
        "TRY_LATER",
        "Bằng chứng về thu hồi đã quá cũ, hoặc được lập khi chứng thư đã hết hạn",
        "the revocation evidence is too old, or was made when the certificate had expired",
    ),
    Reason.REVOCATION_MALFORMED: ReasonText(
        _UNDETERMINED,
        "TRY_LATER",
        "Không dùng được bằng chứng về thu hồi chứng thư",
        "the revocation evidence cannot be used",
    ),
    Reason.CERTIFICATE_REVOKED: ReasonText(
        _INVALID,
        "REVOKED",
        "Chứng thư chữ ký số đã bị thu hồi trước thời điểm ký",
        "the certificate was revoked before the time of signing",
    ),
    Reason.REVOKED_LATER: ReasonText(
        _UNDETERMINED,
        "REVOKED_NO_POE",
        "Chứng thư chữ ký số đã bị thu hồi và không chứng minh được bản sao có trước đó",
        "the certificate was revoked and the copy is not proven to be older",
    ),
    Reason.REVOCATION_UNREACHABLE: ReasonText(
        _UNDETERMINED,
        "TRY_LATER",
        "Không lấy được thông tin thu hồi từ tổ chức cấp chứng thư",
        "the certification authority's revocation service could not be reached",
    ),
    Reason.CERTIFICATE_ON_HOLD: ReasonText(
        _UNDETERMINED,
        "TRY_LATER",
        "Chứng thư chữ ký số đang bị tạm dừng",
        "the certificate is on hold",
    ),
    Reason.ALGORITHM_OUTDATED: ReasonText(
        _UNDETERMINED,
        "CRYPTO_CONSTRAINTS_FAILURE_NO_POE",
        "Thuật toán không còn an toàn và không chứng minh được chữ ký có từ khi còn an toàn",
        "an algorithm is no longer safe and the signature is not proven to date from when it was",
    ),
    # Times and the state of keys
    Reason.CLAIMED_IN_FUTURE: ReasonText(
        _INVALID,
        "SIG_CONSTRAINTS_FAILURE",
        "Thời điểm cấp ghi trên bản sao nằm trong tương lai",
        "the claimed time of issue lies in the future",
    ),
    Reason.CLAIMED_OUTSIDE_WINDOW: ReasonText(
        _INVALID,
        "SIG_CONSTRAINTS_FAILURE",
        "Thời điểm cấp nằm ngoài khoảng thời gian khóa được dùng để ký",
        "the claimed time is outside the signing window of the key",
    ),
    Reason.CLAIMED_TIME_DIFFERS: ReasonText(
        _INVALID,
        "SIG_CONSTRAINTS_FAILURE",
        "Các thời điểm cấp ghi trong bản sao không giống nhau",
        "the times of issue written in the copy differ",
    ),
    Reason.KEY_REVOKED: ReasonText(
        _INVALID,
        "REVOKED",
        "Khóa ký đã bị thu hồi trước thời điểm cấp",
        "the key had been revoked before the time of issue",
    ),
    Reason.NO_PROOF_OF_EXISTENCE: ReasonText(
        _UNDETERMINED,
        "REVOKED_NO_POE",
        "Khóa ký đã bị lộ và không chứng minh được bản sao có trước lúc đó",
        "the key was compromised and the copy is not proven to be older",
    ),
    Reason.OFFICE_STATE: ReasonText(
        _INVALID,
        "SIG_CONSTRAINTS_FAILURE",
        "Cơ quan cấp chưa thành lập hoặc đã giải thể vào thời điểm cấp",
        "the office did not exist at the time of issue",
    ),
    Reason.NO_TRUST_LIST: ReasonText(
        _UNDETERMINED,
        "TRY_LATER",
        "Thư mục tin cậy không có danh sách đã ký để xác nhận khóa còn được dùng",
        "the trust folder holds no signed list that confirms the key",
    ),
    Reason.LIST_STALE: ReasonText(
        _UNDETERMINED,
        "TRY_LATER",
        "Danh sách tin cậy đã quá cũ",
        "the trust list is too old",
    ),
    Reason.LIST_OLDER_THAN_COPY: ReasonText(
        _UNDETERMINED,
        "TRY_LATER",
        "Danh sách tin cậy cũ hơn bản sao nên chưa nói được gì về bản sao",
        "the trust list is older than the copy and says nothing about it",
    ),
    Reason.LIST_MALFORMED: ReasonText(
        _UNDETERMINED,
        "TRY_LATER",
        "Không dùng được danh sách tin cậy",
        "the trust list cannot be used",
    ),
    Reason.LIST_ROLLED_BACK: ReasonText(
        _UNDETERMINED,
        "TRY_LATER",
        "Danh sách tin cậy cũ hơn danh sách đã biết",
        "the trust list is older than one already known",
    ),
    Reason.LIST_FROM_FUTURE: ReasonText(
        _UNDETERMINED,
        "TRY_LATER",
        "Danh sách tin cậy ghi thời điểm sau thời điểm xét nên không thể coi là còn mới",
        "the trust list is dated after the time asked for, so that nobody can say how old it is",
    ),
    Reason.NO_TRUSTED_TIME: ReasonText(
        _UNDETERMINED,
        "NO_POE",
        "Không có dấu thời gian chứng minh thời điểm ký",
        "no timestamp proves the time of signing",
    ),
    Reason.TIMESTAMP_MALFORMED: ReasonText(
        _INVALID,
        "FORMAT_FAILURE",
        "Không đọc được dấu thời gian",
        "a timestamp cannot be read",
    ),
    Reason.TIMESTAMP_INVALID: ReasonText(
        _UNDETERMINED,
        "NO_POE",
        "Dấu thời gian không hợp lệ hoặc không được tin cậy",
        "a timestamp is wrong or not trusted",
    ),
    Reason.TIMESTAMP_ORDER: ReasonText(
        _UNDETERMINED,
        "TIMESTAMP_ORDER_FAILURE",
        "Thứ tự của các dấu thời gian không hợp lý",
        "the timestamps are not in a possible order",
    ),
    Reason.TIMESTAMP_EXPIRED: ReasonText(
        _UNDETERMINED,
        "OUT_OF_BOUNDS_NO_POE",
        "Chứng thư của dấu thời gian cuối cùng đã hết hạn mà tệp không được gia hạn kịp thời",
        "the certificate of the last timestamp expired before the file was renewed",
    ),
    Reason.PROVEN_BEFORE_CLAIMED: ReasonText(
        _INVALID,
        "SIG_CONSTRAINTS_FAILURE",
        "Thời điểm ký được chứng minh sớm hơn thời điểm ghi trên bản sao",
        "the proven time is earlier than the claimed one",
    ),
    Reason.DELAY_TOO_LONG: ReasonText(
        _UNDETERMINED,
        "SIG_CONSTRAINTS_FAILURE",
        "Dấu thời gian được cấp quá lâu sau thời điểm ghi trên bản sao",
        "the timestamp came too long after the claimed time",
    ),
    # The status of the copy
    Reason.NO_STATUS: ReasonText(
        _UNDETERMINED,
        "TRY_LATER",
        "Không có danh sách trạng thái để biết bản sao còn giá trị hay không",
        "no status list says whether the copy is still in force",
    ),
    Reason.NO_STATUS_CLAIM: ReasonText(
        _UNDETERMINED,
        "SIG_CONSTRAINTS_FAILURE",
        "Bản sao không mang chỉ số trạng thái nên không tra được đã bị hủy hay chưa",
        "the copy carries no status index, so that nobody can look up whether it was withdrawn",
    ),
    Reason.STATUS_STALE: ReasonText(
        _UNDETERMINED,
        "TRY_LATER",
        "Danh sách trạng thái đã quá cũ",
        "the status list is too old",
    ),
    Reason.STATUS_MALFORMED: ReasonText(
        _UNDETERMINED,
        "TRY_LATER",
        "Không dùng được danh sách trạng thái",
        "the status list cannot be used",
    ),
    Reason.STATUS_INVALID: ReasonText(
        _INVALID,
        "SIG_CONSTRAINTS_FAILURE",
        "Bản sao đã bị hủy hoặc thu hồi",
        "the copy was cancelled or withdrawn",
    ),
    Reason.STATUS_SUSPENDED: ReasonText(
        _UNDETERMINED,
        "SIG_CONSTRAINTS_FAILURE",
        "Bản sao đang bị tạm dừng sử dụng",
        "the copy is suspended",
    ),
    Reason.STATUS_NOT_ISSUED: ReasonText(
        _INVALID,
        "SIG_CONSTRAINTS_FAILURE",
        "Chỉ số trạng thái của bản sao chưa từng được cấp",
        "the status index of the copy was never issued",
    ),
    # The PDF file
    Reason.PDF_MALFORMED: ReasonText(
        _INVALID,
        "FORMAT_FAILURE",
        "Tệp không phải là PDF, hoặc bị hỏng nên không đọc được",
        "the file is not a PDF, or too damaged to be read",
    ),
    Reason.LIMITS_EXCEEDED: ReasonText(
        _UNDETERMINED,
        "FORMAT_FAILURE",
        "Tệp vượt quá giới hạn nên không được xét",
        "the file exceeds a limit and was not judged",
    ),
    Reason.PDF_ENCRYPTED: ReasonText(
        _INVALID,
        "FORMAT_FAILURE",
        "Tệp PDF bị mã hóa hoặc đặt mật khẩu",
        "the PDF is encrypted",
    ),
    Reason.ENGINE_FAILED: ReasonText(
        _UNDETERMINED,
        "FORMAT_FAILURE",
        "Phần mềm gặp lỗi khi đọc tệp này",
        "the software failed while it read this file",
    ),
    Reason.ENGINE_UNAVAILABLE: ReasonText(
        _UNDETERMINED,
        "FORMAT_FAILURE",
        "Không khởi động được tiến trình riêng để đọc tệp",
        "the process that reads files could not be started",
    ),
    Reason.NO_SIGNATURE: ReasonText(
        _INVALID,
        "SIGNED_DATA_NOT_FOUND",
        "Tệp không có chữ ký số",
        "the file bears no signature",
    ),
    Reason.SIGNATURE_FIELD: ReasonText(
        _INVALID,
        "FORMAT_FAILURE",
        "Trường chữ ký trong tệp không đúng dạng",
        "a signature field of the file is malformed",
    ),
    Reason.BYTE_RANGE: ReasonText(
        _INVALID,
        "FORMAT_FAILURE",
        "Phạm vi được ký (ByteRange) không đúng hoặc không khớp số chữ ký",
        "a byte range is wrong or does not belong to a known signature",
    ),
    Reason.CMS_MALFORMED: ReasonText(
        _INVALID,
        "FORMAT_FAILURE",
        "Không đọc được chữ ký CMS",
        "the CMS of a signature cannot be read",
    ),
    Reason.CMS_ALGORITHM: ReasonText(
        _UNDETERMINED,
        "CRYPTO_CONSTRAINTS_FAILURE",
        "Thuật toán của chữ ký không được phép hoặc không đủ an toàn",
        "an algorithm of the signature is not permitted or too weak",
    ),
    Reason.CMS_DIGEST: ReasonText(
        _INVALID,
        "HASH_FAILURE",
        "Nội dung tệp đã bị thay đổi sau khi ký",
        "the content was changed after signing",
    ),
    Reason.CMS_SIGNATURE: ReasonText(
        _INVALID,
        "SIG_CRYPTO_FAILURE",
        "Một chữ ký số trong tệp không đúng",
        "a signature of the file is wrong",
    ),
    Reason.CMS_ATTRIBUTES: ReasonText(
        _INVALID,
        "SIG_CONSTRAINTS_FAILURE",
        "Thuộc tính được ký của chữ ký thiếu hoặc không đúng",
        "a signed attribute is missing or wrong",
    ),
    Reason.SIGNING_CERTIFICATE: ReasonText(
        _INVALID,
        "SIG_CONSTRAINTS_FAILURE",
        "Chứng thư ghi trong chữ ký không phải là chứng thư người ký",
        "the signing-certificate attribute names another certificate",
    ),
    Reason.UNSIGNED_ATTRIBUTES: ReasonText(
        _INVALID,
        "FORMAT_FAILURE",
        "Chữ ký có thuộc tính không được ký ngoài dấu thời gian",
        "the signature has unsigned attributes other than a timestamp",
    ),
    Reason.CONTENTS_PADDING: ReasonText(
        _INVALID,
        "FORMAT_FAILURE",
        "Có dữ liệu ẩn trong phần đệm của chữ ký",
        "the padding of a signature holds data",
    ),
    Reason.TRAILING_BYTES: ReasonText(
        _INVALID,
        "FORMAT_FAILURE",
        "Có dữ liệu sau phần cuối của tệp",
        "there are bytes after the end of the file",
    ),
    Reason.COVERAGE: ReasonText(
        _INVALID,
        "FORMAT_FAILURE",
        "Chữ ký không bao phủ phần phải được ký của tệp",
        "a signature does not cover what it must",
    ),
    Reason.REVISION_FORBIDDEN: ReasonText(
        _INVALID,
        "FORMAT_FAILURE",
        "Sau khi ký, tệp có thay đổi không được phép",
        "a change that is not permitted was made after signing",
    ),
    Reason.REVISION_UNEXPLAINED: ReasonText(
        _UNDETERMINED,
        "FORMAT_FAILURE",
        "Sau khi ký, tệp có thay đổi không giải thích được",
        "a change after signing cannot be explained",
    ),
    Reason.PERSON_MISSING: ReasonText(
        _INVALID,
        "SIG_CONSTRAINTS_FAILURE",
        "Thiếu chữ ký số của người có thẩm quyền",
        "the signature of the competent person is missing",
    ),
    Reason.SEAL_MISSING: ReasonText(
        _INVALID,
        "SIG_CONSTRAINTS_FAILURE",
        "Thiếu chữ ký số của cơ quan",
        "the signature of the office (its seal) is missing",
    ),
    Reason.SAME_KEY: ReasonText(
        _INVALID,
        "SIG_CONSTRAINTS_FAILURE",
        "Người ký và cơ quan dùng chung một khóa",
        "person and seal use the same key",
    ),
    Reason.UNEXPECTED_SIGNER: ReasonText(
        _INVALID,
        "SIG_CONSTRAINTS_FAILURE",
        "Có chữ ký không thuộc bản sao này",
        "there is a signature that does not belong to this copy",
    ),
    Reason.SIGNER_UNKNOWN: ReasonText(
        _UNDETERMINED,
        "NO_SIGNING_CERTIFICATE_FOUND",
        "Chứng thư chữ ký số của người ký không có trong thư mục tin cậy",
        "a signer's certificate is not in the trust folder",
    ),
    Reason.LEVEL_TOO_LOW: ReasonText(
        _UNDETERMINED,
        "SIG_CONSTRAINTS_FAILURE",
        "Cấp độ chữ ký thấp hơn mức yêu cầu",
        "the level of the signature is lower than the policy asks",
    ),
    Reason.LEVEL_OVERCLAIMED: ReasonText(
        _INVALID,
        "FORMAT_FAILURE",
        "Dữ liệu xác thực dài hạn trong tệp không dùng được",
        "the long-term validation data of the file cannot be used",
    ),
    Reason.ACTIVE_CONTENT: ReasonText(
        _INVALID,
        "FORMAT_FAILURE",
        "Tệp có nội dung động (mã lệnh, hành động)",
        "the file holds active content",
    ),
    Reason.EXTERNAL_REFERENCE: ReasonText(
        _INVALID,
        "FORMAT_FAILURE",
        "Tệp tham chiếu nội dung bên ngoài",
        "the file refers to content outside itself",
    ),
    Reason.HIDDEN_LAYER: ReasonText(
        _INVALID,
        "FORMAT_FAILURE",
        "Tệp có lớp hoặc chữ ẩn",
        "the file has a hidden layer or hidden text",
    ),
    Reason.RENDERING_DIFFERS: ReasonText(
        _INVALID,
        "FORMAT_FAILURE",
        "Hình ảnh trang đã thay đổi sau khi ký",
        "the look of a page changed after signing",
    ),
    Reason.RENDERING_FAILED: ReasonText(
        _UNDETERMINED,
        "FORMAT_FAILURE",
        "Không dựng được hình ảnh trang để so sánh",
        "a page could not be rendered for comparison",
    ),
    Reason.FOREIGN_WIDGET: ReasonText(
        _UNDETERMINED,
        "FORMAT_FAILURE",
        "Sau khi ký, tệp có thêm hình của chữ ký khác; phần đó không được so sánh",
        "a later signature's picture was masked and not compared",
    ),
    Reason.LATER_FIELD_OVER_TEXT: ReasonText(
        _INVALID,
        "FORMAT_FAILURE",
        "Một trường điền hoặc ký sau đã che hoặc vẽ lên nội dung đã ký",
        "a field filled or signed later covers or changes what was signed",
    ),
    Reason.VALUE_REPLACED: ReasonText(
        _INVALID,
        "FORMAT_FAILURE",
        "Một trường đã điền khi ký nay có giá trị khác",
        "a field that was filled when it was signed has another value now",
    ),
    Reason.HIDDEN_CONTENT: ReasonText(
        _INVALID,
        "FORMAT_FAILURE",
        "Bản sao chứa nội dung không hiện ra",
        "the copy holds content that it does not show",
    ),
    Reason.HIDDEN_UNREAD: ReasonText(
        _UNDETERMINED,
        "FORMAT_FAILURE",
        "Không tìm được hết nội dung ẩn của tệp",
        "the file could not be searched for hidden content",
    ),
    # Warnings: what a signed file of somebody else holds besides what it shows
    Reason.UNUSED_CONTENT: ReasonText(
        _WARNING,
        "",
        "Tệp chứa trang, hình hoặc phông chữ không dùng ở đâu; một lần cập nhật có thể làm chúng hiện ra",
        "the file holds pages, pictures or fonts that nothing shows; an update could bring them up",
    ),
    Reason.CONTENT_TWICE: ReasonText(
        _WARNING,
        "",
        "Trong phần đã ký có hai nội dung mang cùng một số hiệu",
        "the signed part holds two things under one number",
    ),
    Reason.EARLIER_CONTENT: ReasonText(
        _WARNING,
        "",
        "Tệp còn giữ nội dung trang trước khi sửa lần cuối và ký",
        "the file still holds what its pages showed before they were changed and signed",
    ),
    Reason.COVERED_TEXT: ReasonText(
        _WARNING,
        "",
        "Có chữ bị hình hoặc mảng màu che khi ký",
        "text lies beneath a picture or a filled area",
    ),
    Reason.INVISIBLE_TEXT: ReasonText(
        _WARNING,
        "",
        "Có chữ không nhìn thấy được trên trang",
        "the page has text that nobody can see",
    ),
    Reason.FIELD_OVER_TEXT: ReasonText(
        _WARNING,
        "",
        "Có trường hoặc chú thích nằm đè lên chữ khi ký",
        "a field or a note lay over text when the file was signed",
    ),
    Reason.HIDDEN_FIELD: ReasonText(
        _WARNING,
        "",
        "Có trường hoặc chú thích có nội dung nhưng bị ẩn",
        "a field or a note has a look or a value but is not shown",
    ),
    Reason.SWITCHED_LAYER: ReasonText(
        _WARNING,
        "",
        "Tệp có lớp nội dung có thể bật hoặc tắt",
        "the file has layers that can be switched on or off",
    ),
    Reason.VALUE_NOT_SHOWN: ReasonText(
        _WARNING,
        "",
        "Một trường hiện ra khác với giá trị của nó",
        "a field shows something else than its value",
    ),
    Reason.LATER_FIELD: ReasonText(
        _WARNING,
        "",
        "Sau khi ký, có trường khác được điền hoặc ký trên trang; người ký trước chưa thấy",
        "a field was filled or signed later; the earlier signer did not see that",
    ),
    Reason.SEARCH_INCOMPLETE: ReasonText(
        _WARNING,
        "",
        "Không tìm được hết những gì tệp có thể giấu",
        "not everything that the file may hide could be searched",
    ),
    Reason.OTHER_IN_PRINT: ReasonText(
        _WARNING,
        "",
        "Bản in ra có thể khác với những gì màn hình hiển thị",
        "printed, the file may show something else than on the screen",
    ),
    Reason.FILLED_UNSEEN: ReasonText(
        _WARNING,
        "",
        "Sau khi ký có trường được điền giá trị mà trang không hiện ra",
        "a field was filled after a signature, and no page shows it",
    ),
    Reason.DESCRIPTION_CHANGED: ReasonText(
        _WARNING,
        "",
        "Tiêu đề, tác giả hoặc thông tin mô tả khác của tệp đã bị thay đổi sau khi ký",
        "the title, the author or something else that the file says of itself changed after a signature",
    ),
    Reason.ACTS_ALONE: ReasonText(
        _WARNING,
        "",
        "Khi mở, tệp tự làm cho trình xem hiện hoặc thực hiện điều gì khác ngoài các trang của nó",
        "opened, the file by itself makes a viewer show or do something besides its pages",
    ),
    # The record inside the PDF, the printed page, images
    Reason.RECORD_MISSING: ReasonText(
        _INVALID,
        "SIG_CONSTRAINTS_FAILURE",
        "Tệp không đính kèm bản ghi nên không phải là bản sao điện tử của hệ thống này",
        "no record is attached, so that the file is not a copy of this format",
    ),
    Reason.RECORD_TWICE: ReasonText(
        _INVALID,
        "SIG_CONSTRAINTS_FAILURE",
        "Tệp đính kèm bản ghi nhiều lần",
        "the record is attached more than once",
    ),
    Reason.ATTACHMENT_UNEXPECTED: ReasonText(
        _INVALID,
        "SIG_CONSTRAINTS_FAILURE",
        "Tệp có tệp đính kèm không thuộc bản sao",
        "the file has an attachment that does not belong to the copy",
    ),
    Reason.RECORD_MALFORMED: ReasonText(
        _INVALID,
        "FORMAT_FAILURE",
        "Bản ghi đính kèm không đúng dạng",
        "the attached record is malformed",
    ),
    Reason.RECORD_DIFFERS: ReasonText(
        _INVALID,
        "SIG_CONSTRAINTS_FAILURE",
        "Bản ghi đính kèm khác với nội dung đã ký trong mã QR",
        "the attached record differs from the content signed in the QR code",
    ),
    Reason.SYMBOL_MISSING: ReasonText(
        _INVALID,
        "SIG_CONSTRAINTS_FAILURE",
        "Trên trang không có mã QR của bản sao",
        "the page bears no QR code of the copy",
    ),
    Reason.SYMBOL_DIFFERS: ReasonText(
        _INVALID,
        "SIG_CONSTRAINTS_FAILURE",
        "Mã QR in trên trang khác với mã đính kèm",
        "the printed QR code differs from the attached one",
    ),
    Reason.SYMBOL_UNREADABLE: ReasonText(
        _UNDETERMINED,
        "SIG_CONSTRAINTS_FAILURE",
        "Không đọc được mã QR in trên trang",
        "the printed QR code cannot be read",
    ),
    Reason.SEVERAL_SYMBOLS: ReasonText(
        _INVALID,
        "SIG_CONSTRAINTS_FAILURE",
        "Có mã QR của nhiều bản sao khác nhau",
        "there are QR codes of several different copies",
    ),
    Reason.NO_SYMBOL: ReasonText(
        _UNDETERMINED,
        "SIG_CONSTRAINTS_FAILURE",
        "Không tìm thấy mã QR của bản sao trong ảnh",
        "no QR code of a copy was found in the picture",
    ),
    Reason.IMAGE_MALFORMED: ReasonText(
        _INVALID,
        "FORMAT_FAILURE",
        "Tệp không phải là ảnh đọc được, hoặc bị hỏng",
        "the picture cannot be read, or is damaged",
    ),
    Reason.PAGE_TEXT_DIFFERS: ReasonText(
        _INVALID,
        "SIG_CONSTRAINTS_FAILURE",
        "Chữ trên trang khác với bản ghi đã ký",
        "the page says something else than the record",
    ),
    Reason.PAGE_TEXT_UNPROVEN: ReasonText(
        _UNDETERMINED,
        "SIG_CONSTRAINTS_FAILURE",
        "Không chứng minh được chữ trên trang đúng với bản ghi",
        "it cannot be proven that the page says what the record says",
    ),
    Reason.FONT_UNKNOWN: ReasonText(
        _UNDETERMINED,
        "SIG_CONSTRAINTS_FAILURE",
        "Tệp dùng phông chữ chưa biết nên không đọc chắc được chữ trên trang",
        "a font is not known, so that the page cannot be read with certainty",
    ),
    Reason.LEGEND_DIFFERS: ReasonText(
        _INVALID,
        "SIG_CONSTRAINTS_FAILURE",
        "Phần ghi hình thức bản sao ở góc trang không đúng với bản ghi",
        "the legend on the page does not fit the record",
    ),
    Reason.DRAFT: ReasonText(
        _INVALID,
        "SIG_CONSTRAINTS_FAILURE",
        "Đây là dự thảo, không phải là bản sao",
        "this is a draft and not a copy",
    ),
    Reason.PDFA_CLAIM: ReasonText(
        _UNDETERMINED,
        "SIG_CONSTRAINTS_FAILURE",
        "Tệp không khai báo đúng chuẩn PDF/A-3a và PDF/UA-1",
        "the file does not claim PDF/A-3a and PDF/UA-1 as it should",
    ),
    # The judgement itself
    Reason.NOT_RUN: ReasonText(
        _UNDETERMINED,
        "SIG_CONSTRAINTS_FAILURE",
        "Chưa kiểm tra vì một bước trước đó không đạt",
        "not checked because an earlier step did not pass",
    ),
    Reason.CARRIER_MISSING: ReasonText(
        _UNDETERMINED,
        "SIGNED_DATA_NOT_FOUND",
        "Không có bản sao kèm theo nên không xem được nội dung",
        "the copy itself was not supplied, its content is not available",
    ),
    Reason.FACTS_MALFORMED: ReasonText(
        _UNDETERMINED,
        "SIG_CONSTRAINTS_FAILURE",
        "Dữ kiện lưu trước đây không dùng được",
        "the stored facts cannot be used",
    ),
}
"""Every reason with its meaning; complete, checked by a test."""
