"""The activities as comma-separated values that no spreadsheet runs as formulas."""

from __future__ import annotations

from imsgen.formats.csv.activities import as_text, defused, write

__all__ = ["as_text", "defused", "write"]
