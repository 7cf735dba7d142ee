"""Windows: one stretch of time, or its occurrences over the horizon."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from imsgen.calendars.zones import local_to_instant
from imsgen.diagnostics import Report, Span
from imsgen.model import Instant, Window, to_datetime
from imsgen.plan.document import RawEvery, RawWindow
from imsgen.plan.resolve.dates import Dates, local_text
from imsgen.plan.resolve.part import Part
from imsgen.plan.resolve.pool import Pool


@dataclass(frozen=True, slots=True)
class WindowRules:
    """A window with its dates read, before a repetition becomes occurrences."""

    raw: RawWindow
    part: Part
    zone: ZoneInfo
    first: Instant | None
    last: Instant | None

    def expand(self, first: Instant, last: Instant) -> Window:
        """Return the window with every occurrence that starts in ``[first, last)``."""
        raw = self.raw
        every = raw.every.value if raw.every is not None else None
        occurrences: tuple[tuple[Instant, Instant], ...] = ()
        if every is None:
            if self.first is not None and self.last is not None:
                occurrences = ((self.first, self.last),)
        else:
            begin = first if self.first is None else max(first, self.first)
            end = last if self.last is None else min(last, self.last)
            occurrences = occurrences_of(every, self.zone, begin, end)
        return Window(
            raw.id.value,
            raw.name or raw.id.value,
            occurrences,
            every is not None,
            tuple(one.value for one in raw.forbids),
            tuple(one.value for one in raw.except_),
            raw.notes,
        )


def occurrences_of(
    every: RawEvery, zone: ZoneInfo, first: Instant, last: Instant
) -> tuple[tuple[Instant, Instant], ...]:
    """Return ``[from, to)`` of every occurrence that starts in ``[first, last)``, by time."""
    if every.length is None:
        return ()
    day: date = to_datetime(first).astimezone(zone).date()
    stop = to_datetime(last).astimezone(zone).date()
    found = []
    while day <= stop:
        if day.weekday() in every.weekdays:
            begin = local_to_instant(day, every.minute, zone)
            end = local_to_instant(day, every.minute + every.length, zone)
            if first <= begin < last and begin < end:
                found.append((begin, end))
        day += timedelta(days=1)
    return tuple(found)


def window_rules(
    pool: Pool, dates: Dates, misread: Callable[[Span], bool], report: Report
) -> dict[str, WindowRules]:
    """Return the windows of the plan with their dates read.

    ``misread`` says whether something in a span could not be read: what is missing there may
    have been written.
    """
    found = {}
    for id_, (raw, part) in pool.windows.items():
        zone = part.setting.zone
        if raw.timezone is not None:
            zone = ZoneInfo(raw.timezone.value)
        first = dates.start(raw.from_, zone) if raw.from_ is not None else None
        end = raw.to or raw.until
        last = dates.end(end, zone) if end is not None else None
        if raw.span is None or not misread(raw.span):
            _check(raw, report)
        if first is not None and last is not None and last <= first and end is not None:
            report.add(
                "IMS314",
                f"window `{id_}` ends before it starts, {local_text(last, zone)}"
                f" is not after {local_text(first, zone)}",
                end.span,
            )
        found[id_] = WindowRules(raw, part, zone, first, last)
    return found


def _check(raw: RawWindow, report: Report) -> None:
    """Report a window that says neither or both of when it is and how it repeats."""
    id_ = raw.id.value
    span: Span = raw.id.span
    if raw.every is None:
        missing = "from" if raw.from_ is None else "to" if raw.to is None else ""
        if missing:
            report.add(
                "IMS319",
                f"window `{id_}` has no `{missing}:`",
                span,
                help=f"add `{missing}:` and a date, or `every: sat 22:00-04:00`",
            )
        return
    if raw.to is not None:
        report.add(
            "IMS319",
            f"window `{id_}` repeats, so it has no `to:`",
            raw.to.span,
            help="write `until:` for the end of the repetition",
        )
