"""formats/ical."""

from __future__ import annotations
