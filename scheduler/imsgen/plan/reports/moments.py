"""Times as people say them at night: `02:40`, or with the date."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from imsgen.calendars.zones import after_gap, candidates
from imsgen.diagnostics import Diagnostic, Report, Span
from imsgen.model import DAY, Instant, Project, to_datetime
from imsgen.plan.resolve.dates import Dates, local_text
from imsgen.plan.syntax.values.instants import parse_instant
from imsgen.plan.syntax.values.misread import Misread

_CLOCK = re.compile(r"(\d{1,2}):(\d\d)")
_NOWHERE = Span("", 1, 1, 1, 1)


def moment(project: Project, text: str, *, end: bool, report: Report) -> Instant | None:
    """Return the instant of a time in the plan's zone; None, with a diagnostic: it is none.

    A time alone is the one nearest to the status date, or to the plan's start while there is
    none. A date alone is its 00:00, as an end its 24:00.
    """
    zone = ZoneInfo(project.timezone)
    clock = _CLOCK.fullmatch(text)
    if clock is not None:
        if int(clock[1]) > 23 or int(clock[2]) > 59:
            report.add(
                "IMS124",
                f"`{text}` is not a time of day",
                help="write a time from `00:00` to `23:59`, or with its date",
            )
            return None
        near = project.status_date if project.status_date is not None else project.start
        return _nearest(near, int(clock[1]) * 60 + int(clock[2]), text, zone, report)
    try:
        raw = parse_instant(text)
    except Misread as misread:
        report.add(misread.code, misread.message, help=misread.help)
        return None
    inner = Report()
    dates = Dates(inner)
    found = (dates.last_of if end else dates.first_of)(raw, _NOWHERE, zone)
    report.diagnostics += [_unplaced(one) for one in inner.diagnostics]
    return found


def _unplaced(one: Diagnostic) -> Diagnostic:
    return replace(one, span=None)


def _nearest(
    near: Instant, minute: int, text: str, zone: ZoneInfo, report: Report
) -> Instant | None:
    today = to_datetime(near).astimezone(zone).date()
    days: list[date] = [today + timedelta(days=shift) for shift in (-1, 0, 1)]
    several = sorted(
        (
            one
            for day in days
            for one in candidates(day, minute, zone) or (after_gap(day, minute, zone),)
        ),
        key=lambda one: (abs(one - near), one),
    )
    best = several[0]
    local = to_datetime(best).astimezone(zone)
    if local.hour * 60 + local.minute != minute:
        report.add(
            "IMS302",
            f"`{text}` does not occur in {zone.key}, the clocks go forward",
            help=f"write `{written(Instant(best - 1), zone)}` or `{written(best, zone)}`",
        )
        return None
    if any(0 < abs(one - best) < DAY // 2 for one in several):
        twice = sorted(one for one in several if abs(one - best) < DAY // 2)
        shown = " or ".join(f"`{written(one, zone)}`" for one in twice)
        report.add("IMS301", f"`{text}` occurs twice in {zone.key}", help=f"write {shown}")
        return None
    return best


def written(instant: Instant, zone: ZoneInfo) -> str:
    """Return an instant as a plan in a zone says it, with its offset where the hour is twice."""
    text = local_text(instant, zone)
    moment_ = to_datetime(instant).astimezone(zone)
    if moment_.replace(fold=0).utcoffset() != moment_.replace(fold=1).utcoffset():
        text += moment_.isoformat(timespec="minutes")[-6:]
    return text
