"""Durations, units and links in the notation of the plan, for people to read."""

from __future__ import annotations

from imsgen.model import DAY, FULL, Activity, Dependency, LinkType, Mode, Project

_SHORT = 3
"""Below so many days, hours say more than days and hours."""


def duration_text(minutes: int, day: int, elapsed: bool = False) -> str:
    """Return minutes as ``3d``, ``20h``, ``1h30m`` or, elapsed, ``2ed``; ``0m`` for none.

    Parameters
    ----------
    minutes
        Working minutes, or elapsed ones; negative amounts get a sign.
    day
        Minutes of the plan's ``d``.
    """
    mark, size = ("e", DAY) if elapsed else ("", day)
    sign, rest = ("-" if minutes < 0 else ""), abs(minutes)
    days = 0
    if rest % size == 0 or rest >= _SHORT * size:
        days, rest = divmod(rest, size)
    hours, rest = divmod(rest, 60)
    parts = [(days, "d"), (hours, "h"), (rest, "m")]
    text = "".join(f"{amount}{mark}{unit}" for amount, unit in parts if amount)
    return sign + (text or f"0{mark}m")


def activity_duration(activity: Activity, mode: Mode, day: int) -> str:
    """Return the duration of the mode chosen: as the plan wrote it, where it wrote just one."""
    written = activity.duration_text
    if written and not written.startswith("[") and len(activity.modes) == 1:
        return written
    text = duration_text(mode.duration, day, mode.elapsed)
    return f"{text}?" if activity.assumed else text


def units_text(units: int) -> str:
    """Return units of a resource, in percent, as ``2``, ``50%``."""
    count, rest = divmod(units, FULL)
    return f"{units}%" if rest else str(count)


def link_text(link: Dependency, other: str, project: Project) -> str:
    """Return a link as seen from one end, with the id of the other: ``load SS+2h``.

    A plain finish-to-start link is the id alone. What the short notation cannot say follows in
    words: the calendar of the lag, the most it may be.
    """
    lag = ""
    if link.lag:
        lag = link.lag_text or duration_text(link.lag, project.day, link.lag_calendar == "24x7")
        lag = lag if lag[0] in "+-" else f"+{lag}"
    plain = link.type is LinkType.FS and not lag
    text = other if plain else f"{other} {link.type}{lag}"
    if link.lag and link.lag_calendar not in {"successor", "24x7"}:
        text += f" on {link.lag_calendar}"
    if link.max_lag is not None:
        elapsed = link.lag_calendar == "24x7"
        text += f" (at most {duration_text(link.max_lag, project.day, elapsed)} after)"
    return text
