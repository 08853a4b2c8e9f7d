"""What fetching means to the rest of the library, and why it may fail."""

from __future__ import annotations

from enum import StrEnum
from typing import Final, Protocol

from vncopy.errors import Message, VncopyError

__all__ = ["PROBLEMS", "FetchError", "FetchProblem", "Fetcher"]


class FetchProblem(StrEnum):
    """Codes of why nothing was fetched; the texts are in :data:`PROBLEMS`."""

    URL = "url"
    HOST = "host"
    UNRESOLVED = "unresolved"
    ADDRESS = "address"
    UNREACHABLE = "unreachable"
    TIMEOUT = "timeout"
    TLS = "tls"
    REDIRECT = "redirect"
    STATUS = "status"
    CONTENT_TYPE = "content_type"
    TOO_LARGE = "too_large"
    TRUNCATED = "truncated"
    MALFORMED = "malformed"


PROBLEMS: Final[dict[FetchProblem, Message]] = {
    FetchProblem.URL: Message(
        "địa chỉ sai dạng, hoặc giao thức, cổng không được phép",
        "the address is malformed, or its scheme or port is not permitted",
    ),
    FetchProblem.HOST: Message(
        "máy chủ không nằm trong danh sách được phép",
        "the host is not on the list of permitted ones",
    ),
    FetchProblem.UNRESOLVED: Message(
        "không tìm thấy địa chỉ của máy chủ", "the name of the host cannot be resolved"
    ),
    FetchProblem.ADDRESS: Message(
        "tên máy chủ dẫn đến địa chỉ nội bộ hoặc đặc biệt",
        "the name of the host leads to a private or special address",
    ),
    FetchProblem.UNREACHABLE: Message(
        "không kết nối được với máy chủ", "the host cannot be reached"
    ),
    FetchProblem.TIMEOUT: Message("quá thời gian cho phép", "it took too long"),
    FetchProblem.TLS: Message("kết nối TLS không an toàn", "the TLS connection is not secure"),
    FetchProblem.REDIRECT: Message(
        "máy chủ chuyển hướng, không được đi theo", "the host redirects, which is not followed"
    ),
    FetchProblem.STATUS: Message(
        "máy chủ trả lời mã lỗi", "the host answered with an error status"
    ),
    FetchProblem.CONTENT_TYPE: Message(
        "câu trả lời không đúng loại nội dung", "the answer is of another type of content"
    ),
    FetchProblem.TOO_LARGE: Message("câu trả lời quá lớn", "the answer is too large"),
    FetchProblem.TRUNCATED: Message("câu trả lời bị cắt ngang", "the answer is cut short"),
    FetchProblem.MALFORMED: Message(
        "câu trả lời không đúng giao thức HTTP", "the answer is not proper HTTP"
    ),
}
"""Every code with its sentence; complete, checked by a test."""


class FetchError(VncopyError):
    """Nothing was fetched.

    Attributes:
        problem: why, as a code.
        message: why, in both languages; names no address.
    """

    def __init__(self, problem: FetchProblem) -> None:
        self.problem = problem
        self.message = PROBLEMS[problem]
        super().__init__(f"{self.message.en}\n{self.message.vi}")


class Fetcher(Protocol):
    """Whoever can ask an address for bytes."""

    def get(self, url: str, /, *, limit: int) -> bytes:
        """Return what an address holds.

        Args:
            url: absolute.
            limit: bytes of the answer, at most.

        Raises:
            FetchError: for whatever reason there is no answer; nothing else.
        """
        ...

    def post(self, url: str, body: bytes, content_type: str, /, *, limit: int) -> bytes:
        """Return the answer to a request.

        Args:
            url: absolute.
            body: the request.
            content_type: its type, ``application/ocsp-request`` or
                ``application/timestamp-query``; the answer must be of the type that belongs to it.
            limit: bytes of the answer, at most.

        Raises:
            FetchError: for whatever reason there is no answer; nothing else.
        """
        ...
