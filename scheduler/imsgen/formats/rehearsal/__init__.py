"""Timings of a rehearsal: read from a CSV file or the workbook, written into the plan."""

from __future__ import annotations

from imsgen.formats.rehearsal.read import read_rehearsal
from imsgen.formats.rehearsal.write import estimate_text, rewritten

__all__ = ["estimate_text", "read_rehearsal", "rewritten"]
