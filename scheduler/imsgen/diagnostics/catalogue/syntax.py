"""Syntax and schema."""

from __future__ import annotations

from imsgen.diagnostics.catalogue.syntax_keys import KEYS
from imsgen.diagnostics.catalogue.syntax_text import TEXT
from imsgen.diagnostics.catalogue.syntax_values import VALUES
from imsgen.diagnostics.codes import Code

CODES: tuple[Code, ...] = (*TEXT, *KEYS, *VALUES)
