"""formats/json."""

from __future__ import annotations
