"""Repeating checkpoints as one recurring event, where every calendar program reads it right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from icalendar import Event, Timezone

from imsgen.formats.clock import WEEKDAYS
from imsgen.formats.ical.events import add_alarm, bare_event, meeting_finish
from imsgen.formats.ical.wording import description
from imsgen.formats.ical.zones import vtimezone
from imsgen.model import Instant, Meeting, Project, to_datetime
from imsgen.schedule.views import local_time

FEW = 10
"""Up to so many occurrences are written as single events: simplest, and right everywhere."""
_DAY_NAMES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True, slots=True)
class Weekly:
    """A weekly pattern: every listed weekday from ``first`` to ``last``, less ``missing``."""

    timezone: str
    first: date
    last: date
    clock: time
    weekdays: tuple[int, ...]
    missing: tuple[date, ...]
    minutes: int


def weekly_pattern(meetings: Sequence[Meeting]) -> Weekly | None:
    """Return the pattern of a series; None where single events say it better.

    That is for few occurrences, different lengths or local times, times in an hour that occurs
    twice or never, and patterns with more holes than occurrences.
    """
    live = [one for one in meetings if not one.cancelled] or list(meetings)
    if len(meetings) <= FEW or len(live) < 2:
        return None
    live.sort(key=lambda one: one.start)
    zones = {one.timezone for one in live}
    lengths = {meeting_finish(one) - one.start for one in live}
    moments = [local_time(one.start, one.timezone) for one in live]
    clocks = {moment.time() for moment in moments}
    days = [moment.date() for moment in moments]
    regular = len(zones) == len(lengths) == len(clocks) == 1 and len(set(days)) == len(days)
    if not regular or not all(_unambiguous(moment) for moment in moments):
        return None
    weekdays = tuple(sorted({day.weekday() for day in days}))
    present = set(days)
    span = (days[0] + timedelta(days=n) for n in range((days[-1] - days[0]).days + 1))
    missing = tuple(d for d in span if d.weekday() in weekdays and d not in present)
    if len(missing) > len(days):
        return None
    clock = moments[0].time()
    (minutes,) = lengths
    return Weekly(live[0].timezone, days[0], days[-1], clock, weekdays, missing, minutes)


def zone_of(pattern: Weekly) -> Timezone | None:
    """Return the zone the pattern needs; None when no yearly rule describes it."""
    return vtimezone(pattern.timezone, pattern.first.year, pattern.last.year)


def series_event(project: Project, meetings: Sequence[Meeting], pattern: Weekly) -> Event:
    """Return one event for a whole series, in local time (UTC: in UTC)."""
    newest = max(
        meetings, key=lambda one: (one.sequence, one.last_modified or project.start, -one.start)
    )
    changed = [one.last_modified for one in meetings if one.last_modified is not None]
    whole = replace(
        newest,
        start=Instant(min(one.start for one in meetings)),
        last_modified=max(changed) if changed else None,
        cancelled=all(one.cancelled for one in meetings),
    )
    uid = f"{project.id}.{newest.series}@imsgen.invalid"
    text = description(project, whole, _time_text(pattern), None)
    event = bare_event(project, whole, uid, text)
    start = _moment(pattern, pattern.first)
    event.add("dtstart", start)
    event.add("dtend", start + timedelta(minutes=pattern.minutes))
    until = _moment(pattern, pattern.last).astimezone(UTC)
    byday = [_DAY_NAMES[weekday] for weekday in pattern.weekdays]
    event.add("rrule", {"freq": "weekly", "byday": byday, "until": until})
    if pattern.missing:
        event.add("exdate", [_moment(pattern, day) for day in pattern.missing])
    past = project.status_date is not None and to_datetime(project.status_date) > until
    if not past:
        add_alarm(event, project, whole)
    return event


def _moment(pattern: Weekly, day: date) -> datetime:
    zone = UTC if pattern.timezone == "UTC" else ZoneInfo(pattern.timezone)
    return datetime.combine(day, pattern.clock, tzinfo=zone)


def _unambiguous(moment: datetime) -> bool:
    return moment.utcoffset() == moment.replace(fold=1 - moment.fold).utcoffset()


def _time_text(pattern: Weekly) -> str:
    days = ", ".join(WEEKDAYS[weekday] for weekday in pattern.weekdays)
    start = _moment(pattern, pattern.first)
    finish = start + timedelta(minutes=pattern.minutes)
    return f"{days} {start:%H:%M}-{finish:%H:%M} ({pattern.timezone})"
