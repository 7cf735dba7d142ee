"""Changes between two schedules as text, markdown and JSON."""

from __future__ import annotations

from imsgen.formats.changes.markdown import as_markdown
from imsgen.formats.changes.records import as_record
from imsgen.formats.changes.text import as_text

__all__ = ["as_markdown", "as_record", "as_text"]
