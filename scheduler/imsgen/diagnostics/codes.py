"""The documentation of every code, where ``imsgen rule CODE`` and the reference find it.

``IMS1xx`` syntax and schema, ``2xx`` references and logic, ``3xx`` calendars and time, ``4xx``
resources, ``5xx`` solving, ``6xx`` files and formats. A code is never reused. Each family is a
module of :mod:`imsgen.diagnostics.catalogue` with a tuple ``CODES``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import import_module

from imsgen.diagnostics.model import Severity

FAMILIES = (
    "syntax",
    "references",
    "logic",
    "time",
    "progress",
    "resources",
    "rosters",
    "solving",
    "files",
    "importing",
    "workbook",
    "rehearsing",
    "replanning",
    "comparing",
)


@dataclass(frozen=True, slots=True)
class Code:
    """What a code means.

    ``title`` is one phrase without a full stop; ``explanation`` says what was found and why it
    matters, in Markdown; ``bad`` and ``good`` are short pieces of a plan (or a command).
    """

    code: str
    title: str
    explanation: str
    bad: str = ""
    good: str = ""
    severity: Severity = Severity.ERROR


@cache
def all_codes() -> dict[str, Code]:
    """Return every code in order."""
    found: dict[str, Code] = {}
    for family in FAMILIES:
        module = import_module(f"imsgen.diagnostics.catalogue.{family}")
        for code in module.CODES:
            if code.code in found:
                message = f"{code.code} is documented twice"
                raise ValueError(message)
            found[code.code] = code
    return dict(sorted(found.items()))
