"""Diagnostics as text: for people, for editors, for machines."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Protocol

from imsgen.diagnostics.model import Diagnostic
from imsgen.diagnostics.render.json import as_json
from imsgen.diagnostics.render.sources import SourceOf, read_file

FORMS = ("full", "concise", "json", "github", "sarif")


class _Form(Protocol):
    """A module that renders."""

    @staticmethod
    def render(diagnostics: Sequence[Diagnostic], source_of: SourceOf, *, color: bool) -> str:
        """Return the diagnostics as text."""


def render(
    diagnostics: Sequence[Diagnostic],
    form: str = "full",
    source_of: SourceOf = read_file,
    *,
    color: bool = False,
) -> str:
    """Return diagnostics in one of :data:`FORMS`, in the order given.

    ``source_of`` returns the text of a file named in a span, or None; only ``full`` asks, and
    only for files it shows. Nothing of a plan reaches the terminal as a control character.

    Raises
    ------
    ValueError
        If there is no such form.
    """
    if form not in FORMS:
        message = f"`{form}` is none of {', '.join(FORMS)}"
        raise ValueError(message)
    module: _Form = import_module(f"imsgen.diagnostics.render.{form}")  # type: ignore[assignment]
    return module.render(diagnostics, source_of, color=color)


__all__ = ["FORMS", "SourceOf", "as_json", "render"]
