"""plan/syntax."""

from __future__ import annotations
