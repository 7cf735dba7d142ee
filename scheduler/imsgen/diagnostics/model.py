"""Diagnostics are data: functions return them, only the command line prints them."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Severity(StrEnum):
    """How bad it is; only errors keep a plan from being solved."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of source text; lines and columns count from 1, the end column is exclusive."""

    file: str
    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True, slots=True)
class Label:
    """A second place that matters, with what to say about it."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One problem: code, place, what was found and expected, and the edit that mends it."""

    code: str
    severity: Severity
    message: str
    span: Span | None = None
    label: str = ""
    """What to write under the place itself."""
    labels: tuple[Label, ...] = ()
    notes: tuple[str, ...] = ()
    help: str = ""
    """The edit that mends it."""
    alternatives: tuple[str, ...] = ()
    """Other edits, each of which would mend it too."""


@dataclass(slots=True)
class Report:
    """Collects diagnostics while a plan is read, so that all problems show at once."""

    diagnostics: list[Diagnostic] = field(default_factory=list)

    def add(
        self,
        code: str,
        message: str,
        span: Span | None = None,
        *,
        severity: Severity = Severity.ERROR,
        label: str = "",
        labels: tuple[Label, ...] = (),
        notes: tuple[str, ...] = (),
        help: str = "",  # noqa: A002 - the field's name
    ) -> None:
        """Record one problem."""
        self.diagnostics.append(
            Diagnostic(code, severity, message, span, label, labels, notes, help)
        )

    @property
    def failed(self) -> bool:
        """Whether any error was recorded."""
        return any(one.severity is Severity.ERROR for one in self.diagnostics)

    def sorted(self) -> tuple[Diagnostic, ...]:
        """Return the diagnostics by place, without exact repeats."""
        unique = dict.fromkeys(self.diagnostics)
        nowhere = Span("", 0, 0, 0, 0)
        return tuple(sorted(unique, key=lambda one: (one.span or nowhere, one.code)))
