"""Diagnostics as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from imsgen.diagnostics.model import Diagnostic, Span
from imsgen.diagnostics.render.sources import SourceOf


def render(diagnostics: Sequence[Diagnostic], source_of: SourceOf, *, color: bool) -> str:
    """Return a JSON list of diagnostics."""
    del source_of, color
    return json.dumps([as_json(one) for one in diagnostics], indent=1, ensure_ascii=False) + "\n"


def as_json(one: Diagnostic) -> dict[str, Any]:
    """Return a diagnostic as JSON can write it; lines and columns count from 1, ends exclude."""
    return {
        "code": one.code,
        "severity": str(one.severity),
        "message": _clean(one.message),
        "location": None if one.span is None else _location(one.span),
        "label": _clean(one.label),
        "related": [
            {"location": _location(label.span), "message": _clean(label.text)}
            for label in one.labels
        ],
        "notes": [_clean(note) for note in one.notes],
        "help": _clean(one.help),
        "alternatives": [_clean(other) for other in one.alternatives],
    }


def _location(span: Span) -> dict[str, Any]:
    return {
        "file": _clean(span.file),
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
    }


def _clean(text: str) -> str:
    """Return text without lone surrogates, which no UTF-8 file can hold."""
    return text.encode("utf-8", "replace").decode("utf-8")
