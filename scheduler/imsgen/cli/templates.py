"""Where the plans of `imsgen new` are: in the wheel, or in the checkout it was installed from."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from textwrap import shorten
from typing import Final

from imsgen.errors import UsageError

_WIDEST: Final = 84

FIRST = ("minimal",)
"""Listed before the others, which follow by name."""


@dataclass(frozen=True, slots=True)
class Template:
    """A plan to start from."""

    name: str
    line: str
    """What it is for: the first sentence of the file's first comment."""
    text: str


def templates() -> dict[str, Template]:
    """Return the templates by name.

    Raises
    ------
    UsageError
        If the installation has lost them.
    """
    root = files("imsgen") / "templates"
    if not root.is_dir():
        root = Path(__file__).resolve().parents[3] / "templates"
    if not root.is_dir():
        raise UsageError("this installation has no templates: install imsgen again")
    found = {}
    for entry in root.iterdir():
        if entry.name.endswith(".yaml"):
            name = entry.name.removesuffix(".yaml")
            text = entry.read_text(encoding="utf-8")
            found[name] = Template(name, _first_comment(text), text)
    order = sorted(found, key=lambda name: (name not in FIRST, name))
    return {name: found[name] for name in order}


def _first_comment(text: str) -> str:
    for line in text.splitlines():
        if line.startswith("# ") and "yaml-language-server" not in line:
            return shorten(line[2:].partition(". ")[0].rstrip("."), _WIDEST, placeholder=" …")
    return ""
