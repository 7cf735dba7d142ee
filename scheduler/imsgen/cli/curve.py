"""How long going back takes over a window, drawn with characters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from imsgen.model import CurvePoint, LastSafe, Schedule
from imsgen.schedule.views import elapsed_text, end_text

_ROWS, _LABEL = 10, 12
_SAFE, _LATE, _LEFT = "█", "░", "·"


def curve_lines(schedule: Schedule, one: LastSafe, width: int) -> Iterator[str]:
    """Yield the curve of a window: a column for each span of time, as high as No-Go takes then.

    Parameters
    ----------
    width
        Columns of the screen.
    """
    columns = _columns(one, width - _LABEL - 1)
    highest = max((length for length in columns if length is not None), default=0)
    if not highest:
        return
    step = _round_up(highest, _ROWS)
    whole = one.ends - one.opens
    ends = [one.ends - (one.opens + whole * (i + 1) // len(columns)) for i in range(len(columns))]
    for row in range(_ROWS, 0, -1):
        line = ""
        for length, left in zip(columns, ends, strict=True):
            if length is not None and length > (row - 1) * step:
                line += _SAFE if length <= left else _LATE
            else:
                line += _LEFT if (row - 1) * step < left <= row * step else " "
        label = elapsed_text(row * step) if row % 2 == 0 else ""
        yield f"{label:>{_LABEL}} {line}".rstrip()
    yield from _axis(schedule, one, len(columns))
    yield (
        f"{'':>{_LABEL}} {_SAFE} No-Go takes so long  {_LATE} longer than is left  "
        f"{_LEFT} what is left"
    )


def _columns(one: LastSafe, width: int) -> Sequence[int | None]:
    """Return the longest that a No-Go takes in each of the columns; None: there is no way back."""
    whole = one.ends - one.opens
    count = max(1, min(width, whole))
    found: list[int | None] = []
    for i in range(count):
        first, last = one.opens + whole * i // count, one.opens + whole * (i + 1) // count
        found.append(_longest(one.curve, first, last))
    return found


def _longest(curve: Sequence[CurvePoint], first: int, last: int) -> int | None:
    lengths = [one.length for one in curve if first <= one.at <= last and one.length is not None]
    for before, after in pairwise(curve):
        if before.length is None or after.length is None:
            continue
        for moment in (first, last):
            if before.at <= moment <= after.at:
                part = (moment - before.at) / max(1, after.at - before.at)
                lengths.append(round(before.length + part * (after.length - before.length)))
    return max(lengths, default=None)


def _round_up(highest: int, rows: int) -> int:
    """Return the minutes of a row: round ones, so that all rows hold the highest."""
    for minutes in (1, 2, 3, 6, 10, 15, 20, 30, 60, 90, 120, 180, 240, 360, 720):
        if minutes * rows >= highest:
            return minutes
    return -(-highest // rows // 1440) * 1440 or 1440


def _axis(schedule: Schedule, one: LastSafe, columns: int) -> Iterator[str]:
    zone = schedule.project.timezone
    marks = [" "] * columns
    whole = one.ends - one.opens
    gates = [(schedule.rollbacks[gate].decided, "G") for gate in one.gates]
    last = [] if one.latest is None else [(one.latest, "S")]
    never = [] if one.no_return is None else [(one.no_return, "P")]
    for moment, mark in (*gates, *never, *last):
        if one.opens <= moment <= one.ends:
            marks[min(columns - 1, (moment - one.opens) * columns // whole)] = mark
    begin, end = (end_text(at, zone, year=False) for at in (one.opens, one.ends))
    yield f"{'':>{_LABEL}} {'─' * columns}"
    yield f"{'':>{_LABEL}} {''.join(marks)}".rstrip()
    yield f"{'':>{_LABEL}} {begin}{end:>{max(1, columns - len(begin))}}"
    yield f"{'':>{_LABEL}} G gate decides  S last safe moment  P point of no return"
