"""Diagnostics as SARIF 2.1.0, which code-scanning services read."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from imsgen.diagnostics.codes import Code, all_codes
from imsgen.diagnostics.model import Diagnostic, Severity, Span
from imsgen.diagnostics.render.sources import SourceOf

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def render(diagnostics: Sequence[Diagnostic], source_of: SourceOf, *, color: bool) -> str:
    """Return one run with its rules and results."""
    del source_of, color
    known = all_codes()
    used = list(dict.fromkeys(one.code for one in diagnostics))
    rules = [_rule(code, known.get(code)) for code in used]
    driver: dict[str, Any] = {"name": "imsgen", "rules": rules}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(one, used.index(one.code)) for one in diagnostics],
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, indent=1, ensure_ascii=True) + "\n"


def _rule(name: str, code: Code | None) -> dict[str, Any]:
    rule: dict[str, Any] = {"id": name}
    if code is not None:
        rule["shortDescription"] = {"text": code.title}
        rule["fullDescription"] = {"text": code.explanation}
        rule["defaultConfiguration"] = {"level": _LEVELS[code.severity]}
    return rule


def _result(one: Diagnostic, index: int) -> dict[str, Any]:
    parts = [one.message, *one.notes]
    if one.help:
        parts.append(f"help: {one.help}")
    parts += [f"or: {other}" for other in one.alternatives]
    result: dict[str, Any] = {
        "ruleId": one.code,
        "ruleIndex": index,
        "level": _LEVELS[one.severity],
        "message": {"text": "\n".join(parts)},
    }
    if one.span is not None:
        result["locations"] = [_location(one.span)]
    if one.labels:
        result["relatedLocations"] = [
            {"id": number, **_location(label.span), "message": {"text": label.text}}
            for number, label in enumerate(one.labels, 1)
        ]
    return result


def _location(span: Span) -> dict[str, Any]:
    uri = quote(PurePath(span.file).as_posix(), errors="replace")
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": uri},
            "region": {
                "startLine": span.line,
                "startColumn": span.column,
                "endLine": span.end_line,
                "endColumn": span.end_column,
            },
        }
    }
