"""solver."""

from __future__ import annotations
