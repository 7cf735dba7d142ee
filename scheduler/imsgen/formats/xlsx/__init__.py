"""formats/xlsx."""

from __future__ import annotations
