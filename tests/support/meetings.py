"""Random calendar events and schedules with hostile texts, for tests of calendar files."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st
from tests.support.drawn import drawn
from tests.support.placed import placed_schedule
from tests.support.projects import HORIZON, make_project, task

from imsgen.model import (
    Checkpoint,
    Gate,
    Instant,
    Kind,
    Meeting,
    MeetingKind,
    Schedule,
    Window,
    from_datetime,
)
from imsgen.schedule.diary.series import joined

ZONES = (
    "UTC",
    "America/New_York",
    "Europe/London",
    "Australia/Sydney",
    "Asia/Kolkata",
    "America/Sao_Paulo",
    "Africa/Casablanca",
    "Europe/Dublin",
    "Australia/Lord_Howe",
)
NASTY = st.one_of(
    st.text(st.characters(codec=None), max_size=80),
    st.sampled_from(
        [
            "x\r\nATTENDEE:mailto:a@b.example",
            "END:VEVENT\nEND:VCALENDAR",
            "a\\nb\\N;c,d\\",
            "😀" * 100,
            "\x00\x07\x0b\u2028",
            '"quoted": {a;b}',
            "é" * 400,
            " ",
            "",
            "word " * 500,
        ]
    ),
)


@st.composite
def meetings(draw: st.DrawFn) -> list[Meeting]:
    """Draw meetings of all kinds with hostile texts, at every minute of the year."""
    found = []
    for n in range(draw(st.integers(0, 5))):
        start = Instant(draw(st.integers(HORIZON[0] + 527_040, HORIZON[0] + 1_600_000)))
        length = draw(st.sampled_from([0, 15, 60, 1440, 2880]))
        found.append(
            Meeting(
                f"m{n}",
                draw(st.sampled_from(list(MeetingKind))),
                draw(NASTY),
                start,
                Instant(start + length),
                draw(st.sampled_from(ZONES)),
                uid=f"test.m{n}@imsgen.invalid",
                sequence=draw(st.integers(0, 3)),
                cancelled=draw(st.booleans()),
            )
        )
    return joined("test", found + draw(series()))


@st.composite
def series(draw: st.DrawFn) -> list[Meeting]:
    """Draw a repeating checkpoint: on weekdays, with holes, in any zone."""
    zone = draw(st.sampled_from(ZONES))
    weekdays = draw(st.sets(st.integers(0, 6), min_size=1))
    first = date(2026, 1, 1) + timedelta(days=draw(st.integers(0, 400)))
    hour, minute = draw(st.integers(0, 23)), draw(st.sampled_from([0, 30]))
    found = []
    for n in range(draw(st.integers(0, 120))):
        day = first + timedelta(days=n)
        if day.weekday() not in weekdays or draw(st.integers(0, 9)) == 0:
            continue
        moment = datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZoneInfo(zone))
        start = from_datetime(moment)
        found.append(
            Meeting(
                f"standup.{day:%Y%m%d}",
                MeetingKind.CHECKPOINT,
                "Stand-up",
                start,
                Instant(start + 15),
                zone,
                series="standup",
                uid=f"test.standup.{day:%Y%m%d}@imsgen.invalid",
            )
        )
    return found


@st.composite
def schedules(draw: st.DrawFn) -> Schedule:
    """Draw a schedule whose every text is hostile."""
    project = make_project(
        [task("m0", 60, kind=Kind.GATE, name=draw(NASTY), notes=draw(NASTY), owner=draw(NASTY))],
        gates={
            "m0": Gate("m0", decides=(draw(NASTY),), criteria=(draw(NASTY),), location=draw(NASTY))
        },
        checkpoints={
            "m1": Checkpoint("m1", "m1", notes=draw(NASTY), who=(draw(NASTY),)),
            "standup": Checkpoint("standup", "Stand-up", location=draw(NASTY)),
        },
        windows={"m2": Window("m2", "m2", (), notes=draw(NASTY))},
        name=draw(NASTY),
    )
    return placed_schedule(project, meetings=draw(meetings()))


def drawn_schedules(count: int) -> list[Schedule]:
    """Return the same ``count`` drawn schedules every time."""
    return drawn(schedules(), count)


def workdays_of_a_year(tzid: str) -> list[Meeting]:
    """Return a stand-up at 09:00 on the workdays of 2026, less a few, over both clock changes."""
    zone = ZoneInfo(tzid)
    made = []
    for n in range(365):
        day = date(2026, 1, 1) + timedelta(days=n)
        if day.weekday() < 5 and n % 50:
            start = from_datetime(datetime(day.year, day.month, day.day, 9, tzinfo=zone))
            one = Meeting(f"s.{n}", MeetingKind.CHECKPOINT, "S", start, start, tzid, "s")
            made.append(replace(one, uid=f"test.s.{n}@imsgen.invalid"))
    return joined("test", made)
