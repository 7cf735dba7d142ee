"""Windows to lie in and to keep out of."""

from __future__ import annotations

import pytest
from tests.support.projects import at, make_project, task
from tests.support.verdicts import broken, only, place

from imsgen.model import Group, Instant, Placement, Progress, Project, Window, Within
from imsgen.verifier import Rule, verify


def span(first: str, last: str) -> tuple[Instant, Instant]:
    return at(f"2026-11-{first}"), at(f"2026-11-{last}")


OUTAGE = Window("outage", "Outage", (span("06 20:00", "09 04:00"),))
NIGHTS = Window(
    "nights", "Nights", (span("03 22:00", "04 04:00"), span("04 22:00", "05 04:00")), True
)
FREEZE = Window("freeze", "Freeze", (span("04 00:00", "05 00:00"), span("11 00:00", "12 00:00")))


def windowed(*windows: str, duration: int = 120) -> Project:
    within = tuple(Within(window) for window in windows)
    return make_project(
        [task("a", duration, "bridge", within=within)],
        windows={"outage": OUTAGE, "nights": NIGHTS, "freeze": FREEZE},
    )


@pytest.mark.parametrize("bad", [("06 19:59", "06 21:59"), ("09 02:01", "09 04:01")])
def test_within(bad: tuple[str, str]) -> None:
    """The activity starts no sooner and ends no later than the window."""
    project = windowed("outage")
    good = {"a": place("06 20:00", "06 22:00")}
    assert verify(project, {"a": place("09 02:00", "09 04:00")}) == []
    only(project, good, {"a": place(*bad)}, Rule.WITHIN)


def test_pauses_lie_within_too() -> None:
    """Work that rests over the window's end does not lie within it."""
    office = task("a", 480, within=(Within("nights"),))
    project = make_project(
        [office], windows={"nights": Window("nights", "", (span("02 08:00", "02 18:00"),))}
    )
    good = {"a": place("02 08:00", "02 17:00")}
    only(project, good, {"a": place("02 09:00", "03 09:00")}, Rule.WITHIN)


def test_within_one_occurrence() -> None:
    """Two nights do not make one window."""
    project = windowed("nights")
    good = {"a": place("04 22:00", "05 00:00")}
    only(project, good, {"a": place("04 03:00", "04 05:00")}, Rule.WITHIN)
    project = windowed("nights", duration=1560)
    assert broken(project, {"a": place("03 22:00", "05 00:00")}) == [Rule.WITHIN]


def test_within_several_windows() -> None:
    """The activity lies in one occurrence of each."""
    project = windowed("nights", "freeze")
    good = {"a": place("04 22:00", "05 00:00")}
    only(project, good, {"a": place("04 22:01", "05 00:01")}, Rule.WITHIN)


def test_milestone_at_the_edges() -> None:
    """A milestone may stand at either end of its window."""
    project = make_project(
        [task("m", 0, "bridge", within=(Within("outage"),))], windows={"outage": OUTAGE}
    )
    assert verify(project, {"m": place("06 20:00")}) == []
    only(project, {"m": place("09 04:00")}, {"m": place("09 04:01")}, Rule.WITHIN)


def test_together() -> None:
    """Both activities of the group use the same night."""
    within = (Within("nights", together="g"),)
    project = make_project(
        [task("g.a", 60, "bridge", within=within), task("g.b", 60, "bridge", within=within)],
        groups=[Group("g", "G")],
        windows={"nights": NIGHTS},
    )
    good = {"g.a": place("03 22:00", "03 23:00"), "g.b": place("04 03:00", "04 04:00")}
    only(project, good, {"g.b": place("04 22:00", "04 23:00")}, Rule.TOGETHER)


def test_each_on_its_own() -> None:
    """Without ``together`` each uses its own night."""
    within = (Within("nights"),)
    project = make_project(
        [task("g.a", 60, "bridge", within=within), task("g.b", 60, "bridge", within=within)],
        groups=[Group("g", "G")],
        windows={"nights": NIGHTS},
    )
    dates = {"g.a": place("03 22:00", "03 23:00"), "g.b": place("04 22:00", "04 23:00")}
    assert verify(project, dates) == []


def frozen(duration: int = 120, calendar: str = "bridge") -> Project:
    return make_project(
        [task("a", duration, calendar, forbidden=("freeze",))], windows={"freeze": FREEZE}
    )


@pytest.mark.parametrize(
    "bad",
    [
        place("03 22:01", "04 00:01"),
        place("04 10:00", "04 12:00"),
        place("04 23:59", "05 01:59"),
        place("11 10:00", "11 12:00"),
    ],
)
def test_forbidden(bad: Placement) -> None:
    """The activity is over when the freeze begins, or begins when it is over."""
    assert verify(frozen(), {"a": place("03 22:00", "04 00:00")}) == []
    only(frozen(), {"a": place("05 00:00", "05 02:00")}, {"a": bad}, Rule.FORBIDDEN)


def test_no_pause_through_a_freeze() -> None:
    """Even resting, the activity keeps out."""
    night = Window("freeze", "Freeze", (span("02 20:00", "02 21:00"),))
    project = make_project([task("a", 480, forbidden=("freeze",))], windows={"freeze": night})
    good = {"a": place("02 08:00", "02 17:00")}
    only(project, good, {"a": place("02 09:00", "03 09:00")}, Rule.FORBIDDEN)


def test_milestone_inside_a_freeze() -> None:
    """A milestone may stand at either end of a freeze, not inside."""
    project = frozen(0)
    assert verify(project, {"a": place("04 00:00")}) == []
    only(project, {"a": place("05 00:00")}, {"a": place("04 00:01")}, Rule.FORBIDDEN)


def test_what_has_begun() -> None:
    """Where work began is history; where its rest lies is not."""
    began = Progress(at("2026-11-02 08:00"), remaining=60)
    task_ = task("a", 480, "bridge", within=(Within("nights"),), progress=began)
    project = make_project([task_], windows={"nights": NIGHTS}, status_date=at("2026-11-03 08:00"))
    good = {"a": place("02 08:00", "05 04:00")}
    only(project, good, {"a": place("02 08:00", "05 04:01")}, Rule.WITHIN)
    task_ = task("a", 480, "bridge", forbidden=("freeze",), progress=began)
    project = make_project([task_], windows={"freeze": FREEZE}, status_date=at("2026-11-03 08:00"))
    good = {"a": place("02 08:00", "05 01:00")}
    only(project, good, {"a": place("02 08:00", "05 00:59")}, Rule.FORBIDDEN)
