"""The schedule as an Excel workbook: rows with a live Gantt, runbook hours, checkpoints, load."""

from __future__ import annotations

from imsgen.formats.xlsx.workbook import as_bytes, write_with

__all__ = ["as_bytes", "write_with"]
