"""Revisions written by hand, where a library would not let one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


def raw_revision(pdf: bytes, objects: Mapping[int, bytes | None], extra: bytes = b"") -> bytes:
    """Append objects under any number, with a cross-reference stream written by hand.

    Args:
        pdf: the file, with cross-reference streams.
        objects: what stands under each number from now on; ``None``: nothing.
        extra: further entries of the trailer.
    """
    root = re.findall(rb"/Root (\d+ 0 R)", pdf)[-1]
    size = max(int(each) for each in re.findall(rb"/Size (\d+)", pdf))
    info = re.findall(rb"/Info (\d+ 0 R)", pdf)[-1]
    first = re.findall(rb"/ID \[\s*(<[0-9a-f]+>|\((?:[^()\\]|\\.)*\))", pdf)[-1]
    previous = pdf[pdf.rindex(b"startxref") :].split()[1]
    number = max(size, *(each + 1 for each in objects))
    body, index, table = b"", b"", b""
    for each, spelling in sorted(objects.items()):
        if spelling is None:
            index += b"%d 1 " % each
            table += b"\0" + bytes(4) + b"\1"
            continue
        table += b"\1" + (len(pdf) + len(body)).to_bytes(4) + b"\0"
        index += b"%d 1 " % each
        body += b"%d 0 obj\n%s\nendobj\n" % (each, spelling)
    at = len(pdf) + len(body)
    table += b"\1" + at.to_bytes(4) + b"\0"
    index += b"%d 1" % number
    head = b"/Type /XRef /W [1 4 1] /Index [%s] /Size %d /Prev %s" % (index, number + 1, previous)
    head += b" /Root %s /Info %s /ID [%s %s] /Length %d" % (root, info, first, first, len(table))
    body += b"%d 0 obj\n<< %s %s >>\nstream\n%s\nendstream\nendobj\n" % (number, head, extra, table)
    return pdf + body + b"startxref\n%d\n%%%%EOF\n" % at
