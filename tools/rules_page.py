"""Write docs/spec/rules.md, the page of all rules of documents; `--check` only compares.

Cross-field rules come from the document types. Rules of single fields are read from the source:
each call that refuses a value names its rule and says why in both languages.
"""

from __future__ import annotations

import ast
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from vncopy.formats.parsing import RULES_OF_INPUT
from vncopy.formats.rules import FUTURE_DATE, Rule
from vncopy.formats.types import BUILTIN_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vncopy.formats.base import Document

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "spec" / "rules.md"
FORMATS = ROOT / "src" / "vncopy" / "formats"

HEAD = """\
# Rules of documents / Quy tắc của giấy tờ

An **error** refuses the document: it cannot be built, issued or restored from a copy. A **warning** is shown
to the officer and stops nothing: what it speaks of is rare or usually a typing error, but occurs on lawful
papers, which a copy repeats verbatim. Ids keep their meaning for ever. No message holds a value of a record.
Written by `tools/rules_page.py`.

**Lỗi** (error): giấy tờ không thể được lập. **Cảnh báo** (warning): hiển thị cho công chức, không chặn
việc cấp, vì bản sao phải đúng nguyên văn bản chính hoặc sổ gốc.
"""

Row = tuple[str, str, str, str]

_POSITIONAL = (3, 4)
"""Arguments of a refusal without keywords: rule, vi, en, perhaps the field before them."""


def _text(node: ast.expr | None) -> str:
    """Return a literal's words; a computed piece is shown as an ellipsis."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(_text(part) or "…" for part in node.values)
    if isinstance(node, ast.BinOp):
        return _text(node.left) + _text(node.right)
    return ""


def _refusals(tree: ast.Module) -> Iterator[tuple[str, str, str]]:
    """Yield rule, Vietnamese and English of each refusal that a module spells out."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            words = {k.arg: _text(k.value) for k in node.keywords}
            ids = [_text(arg) for arg in node.args if "." in _text(arg)]
            if words.get("vi") and words.get("en") and words.get("rule"):
                yield words["rule"], words["vi"], words["en"]
            elif words.get("vi") and words.get("en") and ids:
                yield ids[-1], words["vi"], words["en"]
            elif ids and len(node.args) in _POSITIONAL and all(map(_text, node.args)):
                rule, vi, en = (_text(arg) for arg in node.args[-3:])
                if rule in ids:
                    yield rule, vi, en
        elif isinstance(node, ast.ClassDef):
            named = {
                target.id: _text(each.value)
                for each in node.body
                if isinstance(each, ast.Assign)
                for target in each.targets
                if isinstance(target, ast.Name)
            }
            if named.get("rule") and named.get("vi") and named.get("en"):
                yield named["rule"], named["vi"], named["en"]


def _field_rules() -> list[Row]:
    """Return the rules of single fields, in the order of their ids."""
    found: dict[str, Row] = {}
    for module in sorted(FORMATS.glob("*.py")):
        for rule, vi, en in _refusals(ast.parse(module.read_text(encoding="utf-8"))):
            found.setdefault(rule, (rule, "error", vi, en))
    for rule, vi, en in RULES_OF_INPUT:
        found.setdefault(rule, (rule, "error", vi, en))
    return sorted(found.values())


def _table(rows: list[tuple[str, ...]], columns: tuple[str, ...]) -> str:
    lines = ["| " + " | ".join(columns) + " |", "|" + " --- |" * len(columns)]
    for rule, *cells in rows:
        plain = [cell.replace("|", "\\|").replace("<", "&lt;") for cell in cells]
        lines.append("| " + " | ".join([f'<a id="{rule}"></a>`{rule}`', *plain]) + " |")
    return "\n".join(lines) + "\n"


def _row(rule: Rule) -> tuple[str, ...]:
    return rule.id, rule.level, rule.vi, rule.en, rule.source


def page() -> str:
    """Return the page."""
    types: list[type[Document]] = list(BUILTIN_TYPES)
    columns = ("Rule", "Level", "Tiếng Việt", "English", "Source")
    used = [{rule.id for rule in kind.rules} for kind in types]
    shared = [r for r in types[0].rules if sum(r.id in ids for ids in used) > 1]
    known = {rule.id for rule in shared}
    parts = [HEAD, "\n## Shared by the civil-status documents / Chung cho giấy tờ hộ tịch\n\n"]
    parts.append(_table([*map(_row, shared), _row(FUTURE_DATE)], columns))
    for kind in types:
        parts.append(f"\n## {kind.title_vi} (`{kind.format_id}`)\n\n")
        parts.append(_table([_row(r) for r in kind.rules if r.id not in known], columns))
    parts.append(
        "\n## Single fields, statements and input / Từng trường, phần xác nhận, dữ liệu vào\n\n"
    )
    parts.append(
        "The first place that refuses a value gives its words; … stands for a number or name.\n\n"
    )
    rows: list[tuple[str, ...]] = [row for row in _field_rules() if row[0] not in known]
    parts.append(_table(rows, columns[:4]))
    return "".join(parts)


def main() -> int:
    """Write or compare the page."""
    if "--check" in sys.argv[1:]:
        if PAGE.read_text(encoding="utf-8") == page():
            return 0
        print("docs/spec/rules.md is out of date: python tools/rules_page.py", file=sys.stderr)
        return 1
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
