"""formats/mspdi."""

from __future__ import annotations
