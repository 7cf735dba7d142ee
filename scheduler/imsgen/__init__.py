"""Integrated master schedules from a text plan."""

from __future__ import annotations

__version__ = "0.1.0"
