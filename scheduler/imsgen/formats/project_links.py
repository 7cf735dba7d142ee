"""Links in the notation of MS Project: ``12FS+2 days``, by the number of the row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from imsgen.model import DAY, Dependency, LinkType


def row_numbers(outline: Iterable[str]) -> dict[str, int]:
    """Return the number that MS Project gives each group and activity: its place, from 1."""
    return {id_: number for number, id_ in enumerate(outline, start=1)}


def links_text(
    links: Iterable[Dependency], numbers: Mapping[str, int], day: int, *, before: bool
) -> str:
    """Return links as a cell of MS Project has them, ``12,14SS+2 days``.

    What that notation cannot say is left out: how much later at most, and other calendars of lags.

    Parameters
    ----------
    numbers
        Of rows, by id.
    day
        Minutes of a working day.
    before
        Whether the other end is the predecessor.
    """
    texts = []
    for link in links:
        other = link.predecessor if before else link.successor
        plain = link.type is LinkType.FS and not link.lag
        kind = "" if plain else str(link.type)
        texts.append(f"{numbers[other]}{kind}{_lag(link, day)}")
    return ",".join(texts)


def _lag(link: Dependency, day: int) -> str:
    """Return ``+2 days``, ``-3 hours`` or, elapsed, ``+2 edays``; nothing without lag."""
    if not link.lag:
        return ""
    elapsed = link.lag_calendar == "24x7"
    units = ((DAY if elapsed else day, "day"), (60, "hour"), (1, "min"))
    size, unit = next(one for one in units if link.lag % one[0] == 0)
    count = abs(link.lag) // size
    mark = "e" if elapsed else ""
    return f"{'-' if link.lag < 0 else '+'}{count} {mark}{unit}{'' if count == 1 else 's'}"
