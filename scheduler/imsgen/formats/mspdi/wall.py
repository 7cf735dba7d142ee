"""The wall clock of one zone: dates as MS Project keeps them, local and without a zone.

A *wall minute* counts minutes from 1970-01-01 00:00 as the plan's clock shows them. Where the
clock jumps ahead, the skipped hour is no working time. Where it is put back, an hour occurs
twice and Project has one for it: the second pass is written as the moment after it, so that what
follows in time never precedes on paper.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from imsgen.model import DAY, Instant, to_datetime

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_NEVER = -(1 << 60)
"""Before every minute there is."""


@dataclass(frozen=True, slots=True)
class ClockChange:
    """The instant a zone's offset changes, with the offsets in minutes before and after."""

    at: Instant
    before: int
    after: int


class WallClock:
    """Converts instants in ``[first, last)`` to wall minutes of a zone."""

    def __init__(self, timezone: str, first: int, last: int) -> None:
        self._zone = ZoneInfo(timezone)
        self._start = self._offset(first)
        self.changes = tuple(self._find(first, last))
        self._at = [change.at for change in self.changes]

    def minute(self, instant: int) -> int:
        """Return the wall minute at which what starts at ``instant`` starts; never decreasing."""
        return self._shown(instant, bisect_right(self._at, instant) - 1)

    def end_minute(self, instant: int) -> int:
        """Return the wall minute at which what ends at ``instant`` ends.

        It is another one only where the clock jumps ahead: 02:00, not 03:00.
        """
        return self._shown(instant, bisect_left(self._at, instant) - 1)

    def _shown(self, instant: int, i: int) -> int:
        if i < 0:
            return instant + self._start
        change = self.changes[i]
        return max(instant + change.after, change.at + change.before)

    def is_second_pass(self, instant: int) -> bool:
        """Whether the wall minute is not what clocks show, for the hour occurs twice."""
        i = bisect_right(self._at, instant) - 1
        if i < 0:
            return False
        change = self.changes[i]
        return instant + change.after < change.at + change.before

    def image(self, intervals: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        """Yield working intervals on the wall: without skipped hours, sorted and disjoint."""
        held: tuple[int, int] | None = None
        i = 0
        for begin, end in intervals:
            while i < len(self._at) and self._at[i] <= begin:
                i += 1
            if i == len(self._at) or end <= self._at[i]:
                after, floor = self._shift(i)
                pieces = [(max(begin + after, floor), max(end + after, floor))]
            else:
                pieces = self._cut(begin, end)
            for one, two in pieces:
                if held is not None and one <= held[1]:
                    held = (held[0], max(held[1], two))
                elif one < two:
                    if held is not None:
                        yield held
                    held = (one, two)
        if held is not None:
            yield held

    def _shift(self, i: int) -> tuple[int, int]:
        """Return the offset after the first ``i`` changes, and the wall minute none is before."""
        if not i:
            return self._start, _NEVER
        change = self.changes[i - 1]
        return change.after, change.at + change.before

    def _cut(self, begin: int, end: int) -> list[tuple[int, int]]:
        """Return the pieces on the wall of an interval in which clocks change."""
        pieces = []
        for change in self.changes:
            if change.after > change.before and begin < change.at < end:
                pieces.append((self.minute(begin), change.at + change.before))
                begin = change.at
        return [*pieces, (self.minute(begin), self.end_minute(end))]

    def skipped_days(self) -> frozenset[int]:
        """Return the wall days (since 1970-01-01) on which the clock jumps ahead."""
        return frozenset(
            (change.at + change.before) // DAY
            for change in self.changes
            if change.after > change.before
        )

    def _offset(self, instant: int) -> int:
        ahead = to_datetime(Instant(instant)).astimezone(self._zone).utcoffset() or timedelta(0)
        return int(ahead.total_seconds()) // 60

    def _find(self, first: int, last: int) -> Iterator[ClockChange]:
        low, offset = first, self._start
        while low < last:
            high = min(low + DAY, last)
            if self._offset(high) == offset:
                low = high
                continue
            while high - low > 1:
                middle = (low + high) // 2
                if self._offset(middle) == offset:
                    low = middle
                else:
                    high = middle
            after = self._offset(high)
            yield ClockChange(Instant(high), offset, after)
            low, offset = high, after


def date_text(wall: int) -> str:
    """Return a wall minute as ``2026-11-02T08:00:00``."""
    return (_EPOCH + timedelta(minutes=wall)).strftime("%Y-%m-%dT%H:%M:%S")


def time_text(minute: int) -> str:
    """Return a minute of the day as ``08:00:00``; 24:00 is ``00:00:00``."""
    return f"{minute % DAY // 60:02}:{minute % 60:02}:00"


def duration_text(minutes: float) -> str:
    """Return minutes as ``PT16H0M0S``, in hours however many: days would be read as calendar's."""
    seconds = round(minutes * 60)
    return f"PT{seconds // 3600}H{seconds % 3600 // 60}M{seconds % 60}S"
