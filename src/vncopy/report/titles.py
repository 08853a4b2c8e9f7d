"""What each check is called, for people."""

from __future__ import annotations

from typing import Final

from vncopy.errors import Message
from vncopy.policy import CheckId

__all__ = ["CHECK_TITLES"]

CHECK_TITLES: Final = {
    CheckId.FRAMING: Message("khung của mã QR", "frame of the symbol's text"),
    CheckId.ISSUER_KNOWN: Message("khóa ký mã QR được biết", "key of the symbol is known"),
    CheckId.ROLE_SCOPE: Message("khóa được phép ký loại này", "key may sign this"),
    CheckId.PATH: Message("đường dẫn chứng thư khóa QR", "certificate path of the key"),
    CheckId.SIGNATURE: Message("chữ ký của mã QR", "signature of the symbol"),
    CheckId.PAYLOAD: Message("nội dung mã hóa đúng chuẩn", "content is strictly encoded"),
    CheckId.SCHEMA: Message("đủ trường của loại giấy tờ", "fields of the document type"),
    CheckId.RULES: Message("quy tắc của giấy tờ", "rules of the document"),
    CheckId.OFFICES_AGREE: Message("cùng một cơ quan", "one and the same office"),
    CheckId.KIND_OFFICE: Message("cơ quan được cấp hình thức này", "office may issue this kind"),
    CheckId.CLAIMED_TIME: Message("thời điểm ghi trên bản sao", "stated time"),
    CheckId.KEY_STATE: Message("tình trạng của khóa", "state of the key"),
    CheckId.TRUST_LIST: Message("danh sách tin cậy đã ký", "signed trust list"),
    CheckId.STATUS: Message("hiệu lực của bản sao", "copy is in force"),
    CheckId.LIMITS: Message("tệp trong giới hạn", "file within limits"),
    CheckId.SIGNATURES_INTACT: Message("chữ ký còn nguyên vẹn", "signatures intact"),
    CheckId.COVERAGE: Message("toàn bộ tệp đã được ký", "everything is signed"),
    CheckId.REVISIONS: Message("thay đổi sau khi ký", "later changes"),
    CheckId.SIGNER_ROLES: Message("người ký và con dấu đúng vai", "person and seal in their roles"),
    CheckId.SIGNER_PATHS: Message("đường dẫn chứng thư người ký", "signers' certificate paths"),
    CheckId.REVOCATION: Message("bằng chứng chưa bị thu hồi", "revocation evidence"),
    CheckId.TRUSTED_TIME: Message("dấu thời gian", "trusted time"),
    CheckId.LEVEL: Message("mức chữ ký", "level of the signatures"),
    CheckId.ACTIVE_CONTENT: Message("không có nội dung động", "no active content"),
    CheckId.HIDDEN_CONTENT: Message("không có nội dung ẩn", "nothing hidden"),
    CheckId.RENDERINGS: Message("hình trang không đổi", "pages look the same"),
    CheckId.RECORD_EMBEDDED: Message("bản ghi đính kèm", "record attached once"),
    CheckId.RECORD_MATCHES_PAYLOAD: Message("bản ghi khớp mã QR", "record matches the symbol"),
    CheckId.PRINTED_SYMBOL: Message("mã QR in khớp", "printed symbol matches"),
    CheckId.PAGE_TEXT: Message("trang khớp bản ghi", "page says what the record says"),
    CheckId.PDFA_CLAIM: Message("khai báo PDF/A", "PDF/A claim"),
}
"""What each check is called."""
