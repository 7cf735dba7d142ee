"""Solving."""

from __future__ import annotations

from imsgen.diagnostics.codes import Code

CODES: tuple[Code, ...] = ()
