"""Codes of the national public-service portal (Cổng Dịch vụ công quốc gia): procedures, results.

They name the procedure by which a copy is asked for, and the paper that is its result; a copy
itself does not carry them.
"""

from __future__ import annotations

from vncopy.formats.text import PatternText

__all__ = ["ProcedureCode", "ResultCode"]


class ProcedureCode(PatternText):
    """Mã thủ tục hành chính: ``2.000815``, or with an agency ``2.000815.000.00.00.H55.02``."""

    __slots__ = ()
    max_length = 40
    pattern = r"\d\.\d{6}(?:\.000\.00\.00\.[A-Y]\d{2}(?:\.\d{2})?)?"
    rule = "procedure_code.form"
    vi = "mã thủ tục hành chính có dạng 2.000815"
    en = "the code of a procedure is written like 2.000815"


class ResultCode(PatternText):
    """Mã giấy tờ kết quả: ``KQ.G15.000031`` is the Giấy khai sinh."""

    __slots__ = ()
    max_length = 20
    pattern = r"KQ\.[A-Z]\d{2}\.\d{6}"
    rule = "result_code.form"
    vi = "mã giấy tờ kết quả có dạng KQ.G15.000031"
    en = "the code of a result is written like KQ.G15.000031"
