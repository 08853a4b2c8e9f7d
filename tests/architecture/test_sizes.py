"""Modules and functions stay small, and whatever is public says what it does."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from support.sources import Source, sources

MAX_MODULE = 500
"""Lines; 350 are wanted."""
MAX_FUNCTION = 60
"""Lines, docstring and signature included."""

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def definitions(tree: ast.Module) -> Iterator[tuple[str, Definition, bool]]:
    """Yield each class and function with its dotted name and whether it is public."""

    def walk(node: ast.AST, prefix: str, public: bool) -> Iterator[tuple[str, Definition, bool]]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, Definition):
                name = f"{prefix}{child.name}"
                # a function inside a function is its own business
                inside = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
                seen = public and not inside and not child.name.startswith("_")
                yield name, child, seen
                yield from walk(child, f"{name}.", seen)
            else:
                yield from walk(child, prefix, public)

    return walk(tree, "", True)


@pytest.mark.parametrize("source", sources(), ids=lambda s: s.name)
def test_a_module_fits_on_ten_screens(source: Source) -> None:
    lines = source.text.count("\n")
    assert source.is_code_list or lines <= MAX_MODULE, f"{source.name} has {lines} lines"


@pytest.mark.parametrize("source", sources(), ids=lambda s: s.name)
def test_a_function_fits_on_one_screen(source: Source) -> None:
    long = [
        f"{source.name}:{node.lineno} {name} has {(node.end_lineno or 0) - node.lineno + 1} lines"
        for name, node, _ in definitions(source.tree)
        if not isinstance(node, ast.ClassDef)
        and (node.end_lineno or 0) - node.lineno + 1 > MAX_FUNCTION
    ]
    assert not long


@pytest.mark.parametrize("source", sources(), ids=lambda s: s.name)
def test_whatever_is_public_has_a_docstring(source: Source) -> None:
    bare = [f"{source.name}:1"] if ast.get_docstring(source.tree) is None else []
    bare += [
        f"{source.name}:{node.lineno} {name}"
        for name, node, public in definitions(source.tree)
        if public and ast.get_docstring(node) is None and not is_overload(node)
    ]
    assert not bare


def is_overload(node: Definition) -> bool:
    return any(isinstance(d, ast.Name) and d.id == "overload" for d in node.decorator_list)


@pytest.mark.parametrize("source", sources(), ids=lambda s: s.name)
def test_every_module_has_postponed_annotations(source: Source) -> None:
    code = [node for node in source.tree.body if not isinstance(node, ast.Expr)]
    first = code[0] if code else None
    if first is not None:
        assert isinstance(first, ast.ImportFrom), source.name
        assert first.module == "__future__", source.name
