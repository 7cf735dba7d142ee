"""Monotone maps between working axes as pieces of slope 0 or 1."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from imsgen.calendars import WorkCalendar


class Piece(NamedTuple):
    """``f(x) = value + slope * (x - first)`` for x in ``[first, last]``, both included."""

    first: int
    last: int
    value: int
    slope: int

    def at(self, x: int) -> int:
        """Return the map's value at ``x``."""
        return self.value + self.slope * (x - self.first)


class Pieces(tuple[Piece, ...]):
    """A map on a range of integers: adjoining pieces, ascending, as few as possible."""

    __slots__ = ()

    @classmethod
    def joined(cls, raw: Iterable[Piece]) -> Pieces:
        """Return the map with pieces that continue one another made one."""
        found: list[Piece] = []
        for piece in raw:
            if piece.last < piece.first:
                continue
            if found and (merged := _merge(found[-1], piece)) is not None:
                found[-1] = merged
            else:
                found.append(piece)
        return cls(found)

    def at(self, x: int) -> int:
        """Return the map's value at ``x``."""
        return self[bisect_right(self, x, key=lambda piece: piece.first) - 1].at(x)

    @property
    def low(self) -> int:
        """The least value."""
        return self[0].value

    @property
    def high(self) -> int:
        """The greatest value."""
        return self[-1].at(self[-1].last)


def _merge(one: Piece, two: Piece) -> Piece | None:
    """Return the single piece that covers both, if there is one."""
    slopes = {one.slope if one.last > one.first else -1, two.slope if two.last > two.first else -1}
    for slope in (0, 1):
        if slopes <= {slope, -1} and two.value == one.value + slope * (two.first - one.first):
            return Piece(one.first, two.last, one.value, slope)
    return None


def start_pieces(source: WorkCalendar, target: WorkCalendar, low: int, high: int) -> Pieces:
    """Return ``w -> C_target(sigma_source(w))`` for w in ``[low, high]``."""
    return Pieces.joined(_between(source, target, low, high, 0))


def finish_pieces(source: WorkCalendar, target: WorkCalendar, low: int, high: int) -> Pieces:
    """Return ``w -> C_target(phi_source(w))`` for w in ``[low, high]``, ``low >= 1``."""
    return Pieces.joined(_between(source, target, low, high, 1))


def _between(
    source: WorkCalendar, target: WorkCalendar, low: int, high: int, after: int
) -> Iterator[Piece]:
    """Yield pieces of the target's count at ``sigma_source(w - after) + after``."""
    w = low
    first = source.start_of(low - after)
    last = source.start_of(high - after) + 1
    for begin, end in source.intervals(first, last):
        span = end - begin
        # Instants begin+after .. begin+after+span-1 belong to w .. w+span-1.
        yield from _counting(target, begin + after, span, w)
        w += span


def _counting(target: WorkCalendar, instant: int, span: int, w: int) -> Iterator[Piece]:
    """Yield pieces of ``C_target`` at the ``span`` instants from ``instant``, numbered from w."""
    last = instant + span - 1
    position = instant
    value: int = target.work_at(instant)
    for begin, end in target.intervals(instant, last + 1):
        if begin > position:  # flat until work begins
            yield Piece(w + position - instant, w + begin - 1 - instant, value, 0)
            position = begin
        # Counting up at begin .. end, where the count at ``end`` is full.
        stop = min(end, last)
        yield Piece(w + position - instant, w + stop - instant, value, 1)
        value += stop - position
        position = stop + 1
        if stop < end:
            return
    if position <= last:
        yield Piece(w + position - instant, w + last - instant, value, 0)


def composed(inner: Pieces, shift: int, outer: Pieces) -> Pieces:
    """Return ``x -> outer(inner(x) + shift)``; values must lie in the range of ``outer``."""

    def parts() -> Iterator[Piece]:
        for piece in inner:
            low = piece.value + shift
            if piece.slope == 0:
                yield Piece(piece.first, piece.last, outer.at(low), 0)
                continue
            high = piece.at(piece.last) + shift
            i = bisect_right(outer, low, key=lambda one: one.first) - 1
            while i < len(outer) and outer[i].first <= high:
                one = outer[i]
                begin, end = max(low, one.first), min(high, one.last)
                offset = piece.first - low
                yield Piece(begin + offset, end + offset, one.at(begin), one.slope)
                i += 1

    return Pieces.joined(parts())
