"""The plan's notation, as formats write it."""

from __future__ import annotations

from imsgen.schedule.notation import activity_duration, duration_text, link_text, units_text

__all__ = ["activity_duration", "duration_text", "link_text", "units_text"]
