"""One plan file as a typed, placed :class:`~imsgen.plan.document.Document`."""

from __future__ import annotations

from imsgen.plan.syntax.read import read_content, read_document, read_text
from imsgen.plan.syntax.schema import json_schema

__all__ = ["json_schema", "read_content", "read_document", "read_text"]
