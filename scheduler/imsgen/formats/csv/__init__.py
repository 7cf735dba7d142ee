"""formats/csv."""

from __future__ import annotations
