"""Repeating checkpoints: which of them are one repeating event, and by what weekly pattern."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from imsgen.calendars.yearly import yearly_zone
from imsgen.model import Instant, Meeting, MeetingKind
from imsgen.schedule.diary.identity import uid
from imsgen.schedule.views import WEEKDAYS, day_text, local_time

FEW = 10
"""Up to so many occurrences are single events: simplest, and right everywhere."""
SHORTEST = 15
"""Minutes an event is given that has no length: a hairline cannot be seen or clicked."""
_NAMED = 6
"""So many dates that a series leaves out are named to people."""


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

    def moment(self, day: date) -> datetime:
        """Return the beginning on a day, in the zone of the pattern."""
        zone = UTC if self.timezone == "UTC" else ZoneInfo(self.timezone)
        return datetime.combine(day, self.clock, tzinfo=zone)


def joined(plan: str, meetings: Iterable[Meeting]) -> list[Meeting]:
    """Return the meetings, those of a regular series with the UID of one repeating event."""
    found = list(meetings)
    series: dict[str, list[Meeting]] = {}
    for one in found:
        if one.series and one.kind is MeetingKind.CHECKPOINT:
            series.setdefault(one.series, []).append(one)
    patterns = {id_: weekly_pattern(several) for id_, several in series.items()}
    years: dict[str, list[int]] = {}
    for pattern in patterns.values():
        if pattern is not None:
            years.setdefault(pattern.timezone, []).extend([pattern.first.year, pattern.last.year])
    # One file has one rule for a zone: it has to hold for all of the zone's series.
    ruled = {zone for zone, known in years.items() if yearly_zone(zone, min(known), max(known))}
    whole = {id_ for id_, one in patterns.items() if one is not None and one.timezone in ruled}
    return [
        replace(one, uid=uid(plan, one.series))
        if one.kind is MeetingKind.CHECKPOINT and one.series in whole
        else one
        for one in found
    ]


def weekly_pattern(meetings: Sequence[Meeting]) -> Weekly | None:
    """Return the pattern of a series; None where single events say it better.

    That is for few occurrences, different lengths or local times, times in an hour that occurs
    twice or never, patterns with more holes than occurrences, and zones whose clocks follow no
    yearly rule.
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
    zone, (minutes,) = live[0].timezone, lengths
    if yearly_zone(zone, days[0].year, days[-1].year) is None:
        return None
    return Weekly(zone, days[0], days[-1], moments[0].time(), weekdays, missing, minutes)


def meeting_finish(meeting: Meeting) -> Instant:
    """Return the end to write: what has no length gets :data:`SHORTEST` minutes."""
    if meeting.finish > meeting.start:
        return meeting.finish
    return Instant(meeting.start + SHORTEST)


def series_text(pattern: Weekly) -> str:
    """Return ``Mon, Tue 09:00-09:15 (Europe/London), Mon 1 Mar 2027 to Tue 4 May 2027``.

    The days it leaves out follow, when they are few: ``, not on 3 May``.
    """
    days = ", ".join(WEEKDAYS[weekday] for weekday in pattern.weekdays)
    start = pattern.moment(pattern.first)
    finish = start + timedelta(minutes=pattern.minutes)
    first, last = day_text(start), day_text(pattern.moment(pattern.last))
    text = f"{days} {start:%H:%M}-{finish:%H:%M} ({pattern.timezone}), {first} to {last}"
    if not pattern.missing:
        return text
    named = ", ".join(day.isoformat() for day in pattern.missing[:_NAMED])
    more = len(pattern.missing) - _NAMED
    return f"{text}, not on {named}{f' and {more} more days' if more > 0 else ''}"


def _unambiguous(moment: datetime) -> bool:
    return moment.utcoffset() == moment.replace(fold=1 - moment.fold).utcoffset()
