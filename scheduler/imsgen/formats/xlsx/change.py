"""One value that people changed."""

from __future__ import annotations

from dataclasses import dataclass

from imsgen.model import Instant


@dataclass(frozen=True, slots=True)
class Change:
    """A change of one key; ``id`` is empty for the plan's own status date."""

    id: str
    key: str
    old: str
    new: str
    """As the plan would write it: a date alone is the whole day."""
    place: str
    at: Instant | None = None
    """Of a date."""
