"""The way back from a gate in words, the same in every output."""

from __future__ import annotations

from imsgen.model import Rollback, Schedule, Verdict
from imsgen.schedule.views import elapsed_text, end_text


def rollback_text(schedule: Schedule, back: Rollback) -> str:
    """Return one sentence: whether No-Go is safe, how long it takes, how late it may be said."""
    if back.verdict is Verdict.PAST:
        began = ", ".join(f"`{id_}`" for id_ in back.irreversible)
        return f"PAST THE POINT OF NO RETURN: {began} cannot be undone"
    takes = length_text(back)
    if back.verdict is Verdict.NO_WINDOW:
        return f"No-Go takes {takes}; no window ends it"
    until = latest_text(schedule, back)
    if back.verdict is Verdict.SAFE:
        spare = f"{elapsed_text(back.margin or 0)} to spare"
        return f"safe: No-Go takes {takes} and may be said until {until}, {spare}"
    if back.margin is None:
        tail = "no time to say it is early enough"
    else:
        tail = f"it has to be said until {until}, {elapsed_text(-back.margin)} earlier"
    head = "TOO LATE" if back.verdict is Verdict.TOO_LATE else "not proved safe"
    return f"{head}: No-Go takes {takes}; {tail}"


def length_text(back: Rollback) -> str:
    """Return how long the way back takes, with what is proved of it where that is less."""
    if back.length is None:
        return "longer than the calendars of the plan allow"
    text = elapsed_text(back.length)
    if back.bound is not None and back.finish is not None and back.bound < back.finish:
        return f"{text} (proved: no less than {elapsed_text(back.bound - back.decided)})"
    return text


def latest_text(schedule: Schedule, back: Rollback) -> str:
    """Return the latest safe decision time, and where it is open, what is proved of it."""
    zone = schedule.project.timezone
    if back.latest is None:
        return "never"
    text = end_text(back.latest, zone)
    if back.latest_bound is not None and back.latest_bound > back.latest:
        return f"{text} (proved: not after {end_text(back.latest_bound, zone)})"
    return text
