"""What each check is called, for people."""

from __future__ import annotations

from typing import Final

from vncopy.errors import Message
from vncopy.policy import CheckId

__all__ = ["CHECK_TITLES"]

CHECK_TITLES: Final = {
    CheckId.FRAMING: Message("khung của mã QR", "frame of the QR code's text"),
    CheckId.ISSUER_KNOWN: Message("khóa ký mã QR được biết", "key of the QR code is known"),
    CheckId.ROLE_SCOPE: Message("khóa được phép ký giấy tờ này", "key may sign this document"),
    CheckId.PATH: Message("đường dẫn chứng thư khóa mã QR", "certificate path of the key"),
    CheckId.SIGNATURE: Message("chữ ký số của mã QR", "signature of the QR code"),
    CheckId.PAYLOAD: Message("nội dung mã hóa đúng chuẩn", "content is strictly encoded"),
    CheckId.SCHEMA: Message("đủ trường của loại giấy tờ", "fields of the document type"),
    CheckId.RULES: Message("quy tắc của giấy tờ", "rules of the document"),
    CheckId.OFFICES_AGREE: Message("cùng một cơ quan", "one and the same office"),
    CheckId.KIND_OFFICE: Message(
        "cơ quan được cấp hình thức bản sao này", "office may issue this kind of copy"
    ),
    CheckId.CLAIMED_TIME: Message(
        "thời điểm cấp ghi trên bản sao hợp lý", "stated time is possible"
    ),
    CheckId.KEY_STATE: Message("khóa không bị lộ hoặc thu hồi", "state of the key"),
    CheckId.TRUST_LIST: Message("danh sách tin cậy đã ký", "signed trust list"),
    CheckId.STATUS: Message("bản sao chưa bị hủy hoặc thu hồi", "copy is in force"),
    CheckId.LIMITS: Message("tệp trong giới hạn", "file within limits"),
    CheckId.SIGNATURES_INTACT: Message("chữ ký số còn nguyên vẹn", "signatures intact"),
    CheckId.COVERAGE: Message("toàn bộ tệp đã được ký", "everything is signed"),
    CheckId.REVISIONS: Message(
        "không có thay đổi trái phép sau khi ký", "no forbidden later changes"
    ),
    CheckId.SIGNER_ROLES: Message(
        "người ký và cơ quan ký đúng vai trò", "person and seal in their roles"
    ),
    CheckId.SIGNER_PATHS: Message("đường dẫn chứng thư người ký", "signers' certificate paths"),
    CheckId.REVOCATION: Message("chứng thư chưa bị thu hồi", "revocation evidence"),
    CheckId.TRUSTED_TIME: Message("thời điểm ký được chứng minh", "trusted time"),
    CheckId.LEVEL: Message("cấp độ chữ ký", "level of the signatures"),
    CheckId.ACTIVE_CONTENT: Message("không có nội dung động", "no active content"),
    CheckId.HIDDEN_CONTENT: Message("không có nội dung ẩn", "nothing hidden"),
    CheckId.RENDERINGS: Message("hình trang không đổi", "pages look the same"),
    CheckId.RECORD_EMBEDDED: Message("bản ghi đính kèm đúng một lần", "record attached once"),
    CheckId.RECORD_MATCHES_PAYLOAD: Message("bản ghi khớp mã QR", "record matches the QR code"),
    CheckId.PRINTED_SYMBOL: Message("mã QR in trên trang khớp", "printed QR code matches"),
    CheckId.PAGE_TEXT: Message("trang khớp bản ghi", "page says what the record says"),
    CheckId.PDFA_CLAIM: Message("khai báo PDF/A", "PDF/A claim"),
}
"""What each check is called."""
