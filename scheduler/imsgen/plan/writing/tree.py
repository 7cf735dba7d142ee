"""What a plan file is going to say: keys, lists, values in the plan's notation, free text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Words:
    """Free text: a name or notes. It is quoted where it could be read as anything else."""

    text: str


@dataclass(frozen=True, slots=True)
class Remarked:
    """A value with a comment: on its line, and on lines of their own before it."""

    value: Tree
    comment: str = ""
    before: tuple[str, ...] = ()


Bare: TypeAlias = "str | Words | Sequence[Tree] | Mapping[str, Tree]"
"""What is there without its comment."""
Tree: TypeAlias = "Bare | Remarked"
"""A ``str`` is a value in the plan's own notation, such as ``3d`` or ``load FS+2h``."""


def plain_tree(tree: Tree) -> object:
    """Return the tree as text, lists and dicts, as any reader of the written text sees it."""
    if isinstance(tree, Remarked):
        return plain_tree(tree.value)
    if isinstance(tree, Words):
        return tree.text
    if isinstance(tree, str):
        return tree
    if isinstance(tree, Mapping):
        return {key: plain_tree(value) for key, value in tree.items()}
    return [plain_tree(value) for value in tree]
