"""Working time as a file states it: shifts of weekdays and of days that differ."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

_DAY = 1440
_THURSDAY = 5
"""DayType of 1970-01-01; 1 is Sunday."""

Shifts = tuple[tuple[int, int], ...]


@dataclass(slots=True)
class Week:
    """A calendar: shifts by DayType (1 is Sunday), and by days since 1970 where they differ."""

    base: int | None = None
    days: dict[int, Shifts] = field(default_factory=dict)
    exceptions: dict[int, Shifts] = field(default_factory=dict)


class Hours:
    """The working minutes of one or more calendars at once, on the days ``[first, last)``.

    What lies beyond those days counts as rest: what would run there ends where they end.
    """

    def __init__(self, spans: Iterable[tuple[int, int]], first: int, last: int) -> None:
        self._begins: list[int] = []
        self._ends: list[int] = []
        self._before: list[int] = []
        self._first, self._last = first * _DAY, last * _DAY
        done = 0
        for begin, end in spans:
            if self._ends and self._ends[-1] == begin:
                self._ends[-1] = end
            else:
                self._begins.append(begin)
                self._ends.append(end)
                self._before.append(done)
            done += end - begin
        self._total = done

    def worked(self, minute: int) -> int:
        """Return how many minutes are worked before ``minute``."""
        i = bisect_right(self._begins, minute) - 1
        return self._before[i] + min(minute, self._ends[i]) - self._begins[i] if i >= 0 else 0

    def opens(self, minute: int) -> int:
        """Return the first moment at or after ``minute`` at which work can begin."""
        i = bisect_right(self._begins, minute) - 1
        if i >= 0 and minute < self._ends[i]:
            return minute
        return self._begins[i + 1] if i + 1 < len(self._begins) else self._last

    def touches(self, minute: int) -> bool:
        """Whether ``minute`` is worked, or work has just ended."""
        i = bisect_right(self._begins, minute) - 1
        return i >= 0 and minute <= self._ends[i]

    def after(self, minute: int, work: int) -> int:
        """Return when ``work`` minutes begun at ``minute`` are done; negative work goes back.

        Nothing done is ``minute`` itself; forward ends in the evening, back begins in the morning.
        """
        if not work:
            return minute
        done = self.worked(minute) + work
        if done > self._total:
            return self._last
        if done < 0:
            return self._first
        # forward: the span in which minute number `done` ends; back: in which it begins
        find = bisect_left if work > 0 else bisect_right
        i = max(find(self._before, done) - 1, 0)
        return self._begins[i] + done - self._before[i]

    def start_of(self, work: int) -> int:
        """Return the moment at which minute number ``work``, from 0, begins."""
        if work < 0:
            return self._first
        if work >= self._total:
            return self._last
        i = bisect_right(self._before, work) - 1
        return self._begins[i] + work - self._before[i]

    def spans(self) -> list[tuple[int, int]]:
        """Return the spans of work, sorted."""
        return list(zip(self._begins, self._ends, strict=True))


class Calendars:
    """Working time by the UIDs of calendars; spans of ``[first, last)`` days are laid out once."""

    def __init__(self, weeks: Mapping[int, Week], first: int, last: int) -> None:
        self._weeks = weeks
        self._first, self._last = first, last
        self._known: dict[tuple[int, ...], Hours] = {}

    def together(self, uids: Sequence[int]) -> Hours:
        """Return when all of these calendars work."""
        key = tuple(dict.fromkeys(uids))
        found = self._known.get(key)
        if found is None:
            spans = self._laid_out(key[0])
            for uid in key[1:]:
                spans = _common(spans, self.together((uid,)).spans())
            found = self._known[key] = Hours(spans, self._first, self._last)
        return found

    def elapsed(self) -> Hours:
        """Return every minute there is."""
        found = self._known.get(())
        if found is None:
            found = Hours([(self._first * _DAY, self._last * _DAY)], self._first, self._last)
            self._known[()] = found
        return found

    def alike(self, one: int, other: int) -> bool:
        """Whether a calendar has the hours of another and nothing of its own."""
        return one == other or (
            self._weeks[one].base == other
            and not self._weeks[one].exceptions
            and not self._weeks[one].days
        )

    def _laid_out(self, uid: int) -> list[tuple[int, int]]:
        return [
            (day * _DAY + begin, day * _DAY + end)
            for day in range(self._first, self._last)
            for begin, end in self._on(uid, day)
        ]

    def _on(self, uid: int, day: int) -> Shifts:
        """Return the shifts of a day: its exception, else the weekday's, else the base's."""
        week = self._weeks[uid]
        if day in week.exceptions:
            return week.exceptions[day]
        if week.base is not None and day in self._weeks[week.base].exceptions:
            return self._weeks[week.base].exceptions[day]
        kind = (day + _THURSDAY - 1) % 7 + 1
        if kind in week.days:
            return week.days[kind]
        return () if week.base is None else self._on(week.base, day)


def _common(one: list[tuple[int, int]], other: list[tuple[int, int]]) -> list[tuple[int, int]]:
    found = []
    i = j = 0
    while i < len(one) and j < len(other):
        begin, end = max(one[i][0], other[j][0]), min(one[i][1], other[j][1])
        if begin < end:
            found.append((begin, end))
        if one[i][1] < other[j][1]:
            i += 1
        else:
            j += 1
    return found
