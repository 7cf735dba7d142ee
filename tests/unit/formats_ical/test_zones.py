from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest

from imsgen.formats.ical.zones import vtimezone


def _lines(tzid: str, first: int, last: int) -> list[str]:
    zone = vtimezone(tzid, first, last)
    assert zone is not None
    content: bytes = zone.to_ical()
    return content.decode().split("\r\n")


def test_new_york_has_one_rule_a_side() -> None:
    """Second Sunday of March and first of November at 02:00, as the law has it."""
    lines = _lines("America/New_York", 2026, 2027)
    assert lines.count("BEGIN:STANDARD") == lines.count("BEGIN:DAYLIGHT") == 1
    assert "RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11" in lines
    assert "RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3" in lines
    assert "DTSTART:20251102T020000" in lines
    assert "DTSTART:20250309T020000" in lines


def test_london_changes_on_the_last_sunday() -> None:
    """The last Sunday is told from the fourth by looking at later years."""
    lines = _lines("Europe/London", 2026, 2026)
    assert "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10" in lines
    assert "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3" in lines


def test_the_southern_summer_is_daylight_time() -> None:
    """Sydney's daylight rule is the one with the larger offset."""
    lines = _lines("Australia/Sydney", 2026, 2026)
    daylight = lines[lines.index("BEGIN:DAYLIGHT") :]
    assert "TZOFFSETTO:+1100" in daylight
    assert "RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=10" in daylight


def test_a_zone_that_never_changes_has_one_offset() -> None:
    """Kolkata is five and a half hours ahead all year."""
    lines = _lines("Asia/Kolkata", 2026, 2027)
    assert "BEGIN:DAYLIGHT" not in lines
    assert "TZOFFSETTO:+0530" in lines


@pytest.mark.parametrize("tzid", ["Africa/Casablanca", "Africa/El_Aaiun"])
def test_a_zone_without_yearly_rule_is_refused(tzid: str) -> None:
    """Morocco follows Ramadan: no yearly rule says it."""
    assert vtimezone(tzid, 2026, 2027) is None


def test_every_written_zone_has_the_real_offsets() -> None:
    """For every zone written, reading the rules gives the real offset each half day of a year."""
    written = 0
    for tzid in sorted(available_timezones()):
        zone = vtimezone(tzid, 2026, 2026)
        if zone is None:
            continue
        written += 1
        real, read = ZoneInfo(tzid), zone.to_tz()
        for half_day in range(0, 730, 9):
            moment = datetime(2026, 1, 1, 5, tzinfo=UTC) + timedelta(hours=12 * half_day)
            wall = moment.astimezone(real)
            naive = wall.replace(tzinfo=None, fold=0)
            assert naive.replace(tzinfo=read).utcoffset() == wall.utcoffset(), (tzid, wall)
    assert written > 400
