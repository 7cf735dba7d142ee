"""The schedule as one JSON file of flat tables, see :mod:`imsgen.formats.tables`."""

from __future__ import annotations

from imsgen.formats.json.document import FORMAT, document, write

__all__ = ["FORMAT", "document", "write"]
