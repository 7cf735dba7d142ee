"""One line for each diagnostic, as compilers write them."""

from __future__ import annotations

from collections.abc import Sequence

from imsgen.diagnostics.model import Diagnostic
from imsgen.diagnostics.render.colors import BOLD, SEVERITIES, Paint
from imsgen.diagnostics.render.sources import SourceOf
from imsgen.diagnostics.render.visible import visible


def render(diagnostics: Sequence[Diagnostic], source_of: SourceOf, *, color: bool) -> str:
    """Return ``file:line:column: severity[code]: message``, the edit behind it."""
    del source_of
    paint = Paint(color=color)
    return "".join(f"{_line(one, paint)}\n" for one in diagnostics)


def _line(one: Diagnostic, paint: Paint) -> str:
    place = ""
    if one.span is not None:
        place = paint(BOLD, f"{visible(one.span.file)}:{one.span.line}:{one.span.column}") + ": "
    title = paint(SEVERITIES[one.severity], f"{one.severity}[{one.code}]")
    help_ = f" (help: {visible(one.help)})" if one.help else ""
    return f"{place}{title}: {visible(one.message)}{help_}"
