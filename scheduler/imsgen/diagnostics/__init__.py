"""What is wrong with a plan, where, and the edit that mends it."""

from __future__ import annotations

from imsgen.diagnostics.model import Diagnostic, Label, Report, Severity, Span

__all__ = ["Diagnostic", "Label", "Report", "Severity", "Span"]
