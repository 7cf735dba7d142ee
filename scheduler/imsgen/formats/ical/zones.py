"""Time zones as calendar files have them: each side of the clock change a yearly rule."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from icalendar import Component, Timezone, TimezoneDaylight, TimezoneStandard, vText

from imsgen.calendars.yearly import yearly_zone

_DAY_NAMES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def vtimezone(tzid: str, first_year: int, last_year: int) -> Timezone | None:
    """Return the zone with yearly rules that hold from ``first_year`` to ``last_year``.

    Both years are included. None when no yearly rule describes the zone in these years.
    """
    zone = yearly_zone(tzid, first_year, last_year)
    if zone is None:
        return None
    component = Timezone()
    component.add("tzid", tzid)
    component.add("x-lic-location", vText(tzid))
    if not zone.rules:
        standard = TimezoneStandard()
        local = datetime(first_year - 1, 1, 1, tzinfo=UTC).replace(tzinfo=None)
        standard.add("dtstart", local)
        _offsets(standard, zone.offset, zone.offset, zone.name)
        component.add_component(standard)
    for rule, kind in zip(zone.rules, (TimezoneStandard, TimezoneDaylight), strict=False):
        side, change = kind(), rule.change
        side.add("dtstart", change.local)
        byday = f"{rule.nth}{_DAY_NAMES[change.local.weekday()]}"
        rrule = {"freq": "yearly", "bymonth": change.local.month, "byday": byday}
        side.add("rrule", rrule)
        _offsets(side, change.before, change.after, change.name)
        component.add_component(side)
    return component


def _offsets(side: Component, before: timedelta, after: timedelta, name: str) -> None:
    side.add("tzoffsetfrom", before)
    side.add("tzoffsetto", after)
    side.add("tzname", name)
