"""The few colours of a diagnostic."""

from __future__ import annotations

from imsgen.diagnostics.model import Severity

_RESET = "\x1b[0m"
BOLD = "1"
FRAME = "1;34"
HELP = "1;36"
SEVERITIES = {Severity.ERROR: "1;31", Severity.WARNING: "1;33", Severity.NOTE: "1;36"}


class Paint:
    """Wraps text in ANSI colours, or leaves it as it is."""

    def __init__(self, *, color: bool) -> None:
        self.color = color

    def __call__(self, style: str, text: str) -> str:
        """Return the text in a style."""
        return f"\x1b[{style}m{text}{_RESET}" if self.color and text else text
