"""What a resource can do over time, counted up: dated capacity on working time."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence

from imsgen.calendars import CalendarExhaustedError, WorkCalendar
from imsgen.model import Resource
from imsgen.solver.profile import NEVER


class Supply:
    """Unit-minutes up to an instant: capacity at each time, in the working time of an axis.

    Parameters
    ----------
    axis
        When work is possible at all.
    steps
        ``(since, units)``, sorted; before the first there is nothing.
    """

    def __init__(self, axis: WorkCalendar, steps: Sequence[tuple[int, int]]) -> None:
        self.axis = axis
        self.since = [since for since, _ in steps]
        self.units = [units for _, units in steps]
        self._begun = [axis.work_at(since) for since in self.since]
        self._before = [0]
        for i in range(1, len(steps)):
            worked = self._begun[i] - self._begun[i - 1]
            self._before.append(self._before[-1] + worked * self.units[i - 1])

    def moment(self, instant: int) -> tuple[int, int]:
        """Return the step an instant is in, and the working minutes of the step before it."""
        i = bisect_right(self.since, instant) - 1
        return i, self.axis.work_at(instant) - (self._begun[i] if i >= 0 else 0)

    def reached(self, moment: tuple[int, int]) -> int:
        """Return the unit-minutes before a moment."""
        i, minutes = moment
        return self._before[i] + self.units[i] * minutes if i >= 0 else 0

    def before(self, instant: int) -> int:
        """Return the unit-minutes before an instant."""
        return self.reached(self.moment(instant))

    def when(self, amount: int) -> int | None:
        """Return the first instant before which there are so many unit-minutes; None: never."""
        for i, units in enumerate(self.units):
            last = i + 1 == len(self.units)
            if not last and self._before[i + 1] < amount:
                continue
            if units <= 0:
                return None
            minutes = -(-(amount - self._before[i]) // units)
            try:
                return self.axis.finish_of(self._begun[i] + minutes)
            except CalendarExhaustedError:
                return None
        return None


def supply_of(
    resource: Resource, axis: WorkCalendar, worth: Callable[[int], int] = lambda units: units
) -> Supply:
    """Return what a resource can do in the working time of an axis.

    ``worth`` says what a capacity counts.
    """
    return Supply(
        axis,
        [
            (-NEVER if since is None else int(since), worth(units))
            for since, units in resource.capacity
        ],
    )
