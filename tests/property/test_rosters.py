"""Laws of rosters: the verifier agrees, tiny ones are the best there is, wrong ones are caught."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from tests.support.profiles import examples
from tests.support.projects import at
from tests.support.rosters import best_by_trying, on_duty, person, rostered

from imsgen.model import Instant, RosterRules, RosterStatus, Schedule
from imsgen.verifier import Rule, verify_schedule

_BEGIN = at("2026-11-07 00:00")
_SLOTS = 5


@st.composite
def tiny(draw: st.DrawFn) -> Schedule:
    """Draw at most three people, two roles and five hours of work."""
    people = []
    for i in range(draw(st.integers(1, 3))):
        roles = draw(st.sampled_from([("dba",), ("net",), ("dba", "net")]))
        away = draw(st.none() | st.integers(0, _SLOTS - 1))
        leave = () if away is None else ((_hour(away), _hour(away + 1)),)
        people.append(person(f"p{i}", *roles, leave=leave))
    work = []
    for _ in range(draw(st.integers(1, 3))):
        first = draw(st.integers(0, _SLOTS - 1))
        length = draw(st.integers(1, _SLOTS - first))
        work.append(
            (draw(st.sampled_from(["dba", "net"])), f"2026-11-07 {first:02}:00", 60 * length)
        )
    rules = RosterRules(
        "w",
        longest_shift=60 * draw(st.integers(2, 5)),
        shortest_shift=60 * draw(st.integers(0, 2)),
        least_rest=60 * draw(st.integers(0, 3)),
        handover=60 * draw(st.integers(0, 1)),
        backups=draw(st.integers(0, 1)),
        step=60,
    )
    return on_duty(work, people, rules, window=("2026-11-07 00:00", f"2026-11-07 {_SLOTS:02}:00"))


def _hour(number: int) -> Instant:
    return Instant(_BEGIN + 60 * number)


@examples(40)
@given(schedule=tiny())
def test_a_tiny_roster_is_the_best_of_all(schedule: Schedule) -> None:
    """What is found is what trying every roster finds, or that there is none."""
    best = best_by_trying(schedule, _SLOTS)
    solved, roster = rostered(schedule)
    if best is None:
        assert roster.status is RosterStatus.INFEASIBLE
        return
    assert roster.status is RosterStatus.OPTIMAL
    assert tuple(one.value for one in roster.objective) == best
    assert _faults(solved) == []


def _faults(schedule: Schedule) -> list[str]:
    wanted = (Rule.ROSTER, Rule.MEETING)
    return [str(one) for one in verify_schedule(schedule) if one.rule in wanted]


@st.composite
def nights(draw: st.DrawFn) -> Schedule:
    """Draw up to two days of work at odd minutes, people with hours and leave, any zone."""
    people = []
    for i in range(draw(st.integers(2, 6))):
        roles = draw(st.sampled_from([("dba",), ("net",), ("dba", "net")]))
        away = draw(st.none() | st.integers(0, 40))
        leave = () if away is None else ((_hour(away), Instant(_hour(away) + 385)),)
        people.append(
            person(
                f"p{i}",
                *roles,
                leave=leave,
                calendar=draw(st.sampled_from([None, None, "office"])),
                prefers=draw(st.sampled_from([None, "office"])),
            )
        )
    work = []
    for _ in range(draw(st.integers(1, 5))):
        first = draw(st.integers(0, 40 * 60))
        work.append(
            (
                draw(st.sampled_from(["dba", "net"])),
                f"2026-11-0{7 + first // 1440} {first % 1440 // 60:02}:{first % 60:02}",
                draw(st.integers(1, 600)),
            )
        )
    rules = RosterRules(
        "w",
        longest_shift=draw(st.sampled_from([480, 600, 720])),
        shortest_shift=draw(st.sampled_from([0, 90, 240])),
        least_rest=draw(st.sampled_from([0, 180, 660])),
        handover=draw(st.sampled_from([0, 15, 30, 75])),
        backups=draw(st.integers(0, 1)),
        step=draw(st.sampled_from([30, 60])),
    )
    zone = draw(st.sampled_from(["UTC", "America/New_York", "Asia/Kolkata"]))
    return on_duty(
        work, people, rules, window=("2026-11-07 00:00", "2026-11-09 04:15"), timezone=zone
    )


@examples(20)
@given(schedule=nights())
def test_every_roster_passes_the_verifier(schedule: Schedule) -> None:
    """Whatever the work, the people and the rules."""
    solved, roster = rostered(schedule, effort=0.5)
    assert _faults(solved) == []
    if roster.shifts:
        (first, *rest) = roster.shifts
        less = replace(solved, roster=replace(roster, shifts=tuple(rest)))
        assert _faults(less)
        early = replace(first, finish=Instant(first.finish - 7))
        assert _faults(replace(solved, roster=replace(roster, shifts=(early, *rest))))
