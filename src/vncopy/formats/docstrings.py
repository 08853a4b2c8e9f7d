"""The docstrings under the fields of a class, read when a schema is made and not at import.

pydantic can read them too, but does so while a class is being defined, which costs a gate scanner
that never makes a schema a tenth of a second.
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise

__all__ = ["attribute_docstrings"]


@cache
def attribute_docstrings(cls: type) -> dict[str, str]:
    """Return the docstring under each annotated field of a class and of its bases.

    Args:
        cls: a class; one whose source is not at hand has none.

    Returns:
        Texts by field name, indentation removed.
    """
    found: dict[str, str] = {}
    for base in reversed(cls.__mro__):
        if "__annotations__" in vars(base):
            found |= _own(base)
    return found


def _own(cls: type) -> dict[str, str]:
    """Return the docstrings of the fields that the class itself declares."""
    import ast  # noqa: PLC0415 - only when a schema is made
    import inspect  # noqa: PLC0415 - only when a schema is made
    import textwrap  # noqa: PLC0415 - only when a schema is made

    try:
        (definition,) = ast.parse(textwrap.dedent(inspect.getsource(cls))).body
    except (OSError, TypeError, SyntaxError, ValueError):
        return {}
    texts: dict[str, str] = {}
    body = definition.body if isinstance(definition, ast.ClassDef) else []
    for field, text in pairwise(body):
        if (
            isinstance(field, ast.AnnAssign)
            and isinstance(field.target, ast.Name)
            and isinstance(text, ast.Expr)
            and isinstance(text.value, ast.Constant)
            and isinstance(text.value.value, str)
        ):
            texts[field.target.id] = inspect.cleandoc(text.value.value)
    return texts
