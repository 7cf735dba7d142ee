"""Days on which the clock jumps: hours that the file leaves out and that no plan needs left out."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from imsgen.calendars.zones import candidates
from imsgen.model import DAY, Hours

_STEP = 15


class ClockChanges:
    """Knows the local times that a zone skips."""

    def __init__(self, timezone: str) -> None:
        self._zone = ZoneInfo(timezone)
        self._skipped: dict[date, tuple[int, ...]] = {}

    def explain(self, day: date, usual: Hours, hours: Hours) -> bool:
        """Whether hours differ from the usual ones of a date only where the clock jumps."""
        skipped = self._on(day)
        if not skipped or usual == hours:
            return False
        left = dict.fromkeys(skipped)
        return (
            all(
                _works(usual, minute) == _works(hours, minute)
                for minute in range(0, DAY, _STEP)
                if minute not in left
            )
            and _on_steps(usual)
            and _on_steps(hours)
        )

    def _on(self, day: date) -> tuple[int, ...]:
        """Return the quarter hours that do not occur on a date."""
        if day not in self._skipped:
            self._skipped[day] = tuple(
                minute
                for minute in range(0, DAY, _STEP)
                if not candidates(day, minute, self._zone)
            )
        return self._skipped[day]


def _works(hours: Hours, minute: int) -> bool:
    return any(begin <= minute < end for begin, end in hours)


def _on_steps(hours: Hours) -> bool:
    return all(begin % _STEP == end % _STEP == 0 for begin, end in hours)
