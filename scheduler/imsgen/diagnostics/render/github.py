"""Diagnostics as workflow commands, which GitHub shows beside the line."""

from __future__ import annotations

from collections.abc import Sequence

from imsgen.diagnostics.model import Diagnostic, Severity
from imsgen.diagnostics.render.sources import SourceOf
from imsgen.diagnostics.render.visible import visible

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def render(diagnostics: Sequence[Diagnostic], source_of: SourceOf, *, color: bool) -> str:
    """Return one ``::error file=…::message`` a line."""
    del source_of, color
    return "".join(f"{_command(one)}\n" for one in diagnostics)


def _command(one: Diagnostic) -> str:
    properties = []
    span = one.span
    if span is not None:
        properties += [
            f"file={_property(span.file)}",
            f"line={span.line}",
            f"col={span.column}",
            f"endLine={span.end_line}",
            f"endColumn={span.end_column}",
        ]
    properties.append(f"title={one.code}")
    parts = [one.message, *one.notes]
    if one.help:
        parts.append(f"help: {one.help}")
    parts += [f"or: {other}" for other in one.alternatives]
    message = "%0A".join(_data(part) for part in parts)
    return f"::{_COMMANDS[one.severity]} {','.join(properties)}::{message}"


def _data(text: str) -> str:
    return visible(text).replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
