from __future__ import annotations

import pytest
from tests.support.placed import placed_schedule
from tests.support.projects import at, link, make_project, task

from imsgen.model import Gate, Instant, Kind, Options
from imsgen.schedule.diary.spans import span_text
from imsgen.schedule.tminus import t_minus, zero_of


def test_times_are_local_with_the_zone_and_utc() -> None:
    """Both clocks are written, so that nobody has to convert."""
    text = span_text(at("2026-10-31 14:00"), at("2026-10-31 14:30"), "America/New_York")
    expected = "Sat 31 Oct 2026 10:00-10:30 EDT (America/New_York) = 14:00-14:30 UTC"
    assert text == expected


def test_another_day_in_utc_is_named() -> None:
    """22:00 in New York is already tomorrow in UTC."""
    text = span_text(at("2026-11-04 03:00"), at("2026-11-04 03:15"), "America/New_York")
    assert text.endswith("= Wed 4 Nov 2026 03:00-03:15 UTC")
    assert text.startswith("Tue 3 Nov 2026 22:00-22:15 EST")


def test_the_hour_that_occurs_twice_names_both_offsets() -> None:
    """01:30 EDT to 01:30 EST is one hour on the night when clocks go back."""
    text = span_text(at("2026-11-01 05:30"), at("2026-11-01 06:30"), "America/New_York")
    assert text.startswith("Sun 1 Nov 2026 01:30 EDT - Sun 1 Nov 2026 01:30 EST")


def test_utc_is_not_said_twice() -> None:
    """A plan in UTC needs one clock."""
    text = span_text(at("2026-11-01 05:30"), at("2026-11-01 06:30"), "UTC")
    assert text == "Sun 1 Nov 2026 05:30-06:30 UTC"


@pytest.mark.parametrize(
    ("minutes", "label"),
    [(0, "T-0"), (-60, "T-1h"), (-1590, "T-1d 2h 30m"), (45, "T+45m"), (2880, "T+2d")],
)
def test_t_minus(minutes: int, label: str) -> None:
    """Elapsed days, hours and minutes; nothing that is zero."""
    assert t_minus(Instant(100_000 + minutes), Instant(100_000)) == label


def test_t_zero_is_the_last_gate_decided() -> None:
    """Without an option it is the finish of the gate that decides last."""
    activities = [
        task("first", 60, kind=Kind.GATE),
        task("work", 480),
        task("second", 60, kind=Kind.GATE),
    ]
    project = make_project(
        activities,
        [link("first", "work"), link("work", "second")],
        gates={"second": Gate("second"), "first": Gate("first")},
    )
    zero = zero_of(placed_schedule(project))
    assert zero is not None
    assert (zero.instant, zero.name) == (at("2026-11-03 10:00"), "second")


@pytest.mark.parametrize(
    ("event", "instant"),
    [
        ("work.start", "2026-11-02 08:00"),
        ("work.finish", "2026-11-02 17:00"),
        ("project.finish", "2026-11-02 17:00"),
    ],
)
def test_t_zero_as_the_plan_says(event: str, instant: str) -> None:
    """``options.t_zero`` names any event."""
    project = make_project([task("work", 480)], options=Options(t_zero=event))
    zero = zero_of(placed_schedule(project))
    assert zero is not None
    assert zero.instant == at(instant)
