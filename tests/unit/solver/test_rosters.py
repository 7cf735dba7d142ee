"""Rosters worked out by hand: nights, weekends, clock changes, meals, and who is missing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.support.projects import at
from tests.support.rosters import on_duty, person, rostered

from imsgen.model import (
    DAY,
    Cover,
    Remedy,
    Roster,
    RosterRules,
    RosterStatus,
    Schedule,
    Shift,
)
from imsgen.verifier import Rule, verify_schedule

PLAIN = RosterRules("w", handover=0, backups=0, least_rest=660, step=60)
"""Shifts of twelve hours at most, eleven of rest, nothing else; they change on the hour."""


def _values(roster: Roster) -> tuple[int, ...]:
    assert roster.status is RosterStatus.OPTIMAL
    return tuple(one.value for one in roster.objective)


def _faults(schedule: Schedule) -> list[str]:
    wanted = (Rule.ROSTER, Rule.MEETING)
    return [one.message for one in verify_schedule(schedule) if one.rule in wanted]


def test_a_night_of_twelve_hours_with_hand_over_and_backup() -> None:
    """At most 8 h a shift: two shifts, 12 h and the hour of hand-over, 6 h 30 min each.

    A third person stands by while both are there.
    """
    rules = RosterRules("w", longest_shift=480, handover=60)
    people = [person("ana"), person("ben"), person("cem")]
    schedule, roster = rostered(on_duty([("dba", "2026-11-06 20:00", 720)], people, rules))
    assert _values(roster) == (2, 780, 390, 0)
    first, second = roster.shifts
    assert (first.start, first.finish) == (at("2026-11-06 20:00"), at("2026-11-07 02:30"))
    assert (second.start, second.finish) == (at("2026-11-07 01:30"), at("2026-11-07 08:00"))
    assert {first.person, second.person}.isdisjoint(
        one.person
        for one in roster.standbys
        if one.start < first.finish and second.start < one.finish
    )
    assert _faults(schedule) == []


def test_without_a_third_person_nobody_can_stand_by_at_the_hand_over() -> None:
    """Two people cannot do it: a backup is missing; no hand-over, no backup or one more mends."""
    rules = RosterRules("w", longest_shift=480, handover=60)
    people = [person("ana"), person("ben")]
    schedule, roster = rostered(on_duty([("dba", "2026-11-06 20:00", 720)], people, rules))
    assert roster.status is RosterStatus.INFEASIBLE
    assert not roster.shifts
    (short,) = roster.shortages
    assert (short.role, short.people, short.cover) == ("dba", 1, Cover.BACKUP)
    assert short.finish - short.start == 60
    assert roster.remedies == (
        Remedy("longest_shift", 720),
        Remedy("handover", 0),
        Remedy("backups", 0),
        Remedy("people", roles=("dba",)),
    )
    assert _faults(schedule) == []


@pytest.mark.parametrize(
    ("begin", "end", "minutes", "shifts"),
    [
        # New York: clocks go forward, 19:00 EST to 07:00 EDT is 11 hours.
        ("2027-03-14 00:00", "2027-03-14 11:00", 660, 1),
        # Clocks go back, 19:00 EDT to 07:00 EST is 13 hours: too long for one shift.
        ("2026-10-31 23:00", "2026-11-01 12:00", 780, 2),
    ],
)
def test_the_night_the_clocks_change(begin: str, end: str, minutes: int, shifts: int) -> None:
    """From 19:00 to 07:00 by the clock on the wall; shifts count hours as they pass."""
    people = [person("ana"), person("ben")]
    work = [("dba", begin, minutes)]
    schedule, roster = rostered(
        on_duty(work, people, PLAIN, window=(begin, end), timezone="America/New_York")
    )
    assert _values(roster)[:2] == (shifts, minutes)
    assert _faults(schedule) == []


def test_a_weekend_of_48_hours() -> None:
    """Four shifts of 12 h; two people share them, 24 h each."""
    people = [person("ana"), person("ben")]
    schedule, roster = rostered(on_duty([("dba", "2026-11-07 00:00", 2 * DAY)], people, PLAIN))
    assert _values(roster) == (4, 2 * DAY, DAY, 0)
    assert [one.person for one in roster.shifts] in (
        ["ana", "ben", "ana", "ben"],
        ["ben", "ana", "ben", "ana"],
    )
    assert _faults(schedule) == []


def test_a_weekend_of_48_hours_is_too_much_for_one() -> None:
    """12 on, 11 off, 12 on, 11 off, 2 on: 22 hours are missing, and only a second person mends."""
    _, roster = rostered(on_duty([("dba", "2026-11-07 00:00", 2 * DAY)], [person("ana")], PLAIN))
    assert roster.status is RosterStatus.INFEASIBLE
    assert sum((one.finish - one.start) * one.people for one in roster.shortages) == 22 * 60
    assert roster.remedies == (Remedy("people", roles=("dba",)),)


def test_four_people_share_a_weekend_fairly() -> None:
    """Hand-overs of an hour: five shifts are needed for 48 h of at most 12 h, one works twice."""
    rules = replace(PLAIN, handover=60)
    people = [person(id_) for id_ in ("ana", "ben", "cem", "dee")]
    schedule, roster = rostered(on_duty([("dba", "2026-11-07 00:00", 2 * DAY)], people, rules))
    shifts, minutes, longest, _ = (one.value for one in roster.objective)
    assert (shifts, minutes) == (5, 2 * DAY + 4 * 60)
    # Three work 12 h at most, so the fourth works 52 h less 36 h, in two shifts.
    assert longest == 16 * 60
    assert _faults(schedule) == []


def test_a_meal_does_not_end_a_shift_and_covers_nothing() -> None:
    """Office hours 8-12 and 13-17: one shift when nothing is wanted at noon, two otherwise."""
    ana = person("ana", calendar="office")
    morning, noon = ("dba", "2026-11-02 08:00", 240), ("dba", "2026-11-02 12:00", 60)
    afternoon = ("dba", "2026-11-02 13:00", 240)
    schedule, roster = rostered(on_duty([morning, afternoon], [ana], PLAIN))
    assert roster.shifts == (Shift("ana", "dba", at("2026-11-02 08:00"), at("2026-11-02 17:00")),)
    assert _faults(schedule) == []
    schedule, roster = rostered(on_duty([morning, noon, afternoon], [ana, person("ben")], PLAIN))
    # The fewest shifts: Ben alone.
    assert _values(roster) == (1, 540, 540, 0)
    schedule, roster = rostered(on_duty([morning, noon, afternoon], [ana], PLAIN))
    (short,) = roster.shortages
    assert (short.start, short.finish) == (at("2026-11-02 12:00"), at("2026-11-02 13:00"))


def test_leave_and_wishes_decide_between_equals() -> None:
    """Ana is away on Saturday, Cem would rather work in the office: Ben it is."""
    people = [
        person("ana", leave=((at("2026-11-07 00:00"), at("2026-11-08 00:00")),)),
        person("cem", prefers="office"),
        person("ben"),
    ]
    schedule, roster = rostered(on_duty([("dba", "2026-11-07 09:00", 240)], people, PLAIN))
    assert [one.person for one in roster.shifts] == ["ben"]
    assert _values(roster) == (1, 240, 240, 0)
    assert _faults(schedule) == []


def test_one_person_does_not_play_two_roles_at_once() -> None:
    """Ana plays both roles and only Ben plays one of them: Ben has that, Ana the other."""
    people = [person("ana", "dba", "net"), person("ben", "dba")]
    work = [("dba", "2026-11-07 09:00", 240), ("net", "2026-11-07 09:00", 240)]
    schedule, roster = rostered(on_duty(work, people, PLAIN))
    assert {(one.person, one.role) for one in roster.shifts} == {("ana", "net"), ("ben", "dba")}
    assert _faults(schedule) == []


def test_a_role_that_nobody_plays_is_missing() -> None:
    """The role, the hours and one person more."""
    work = [("dba", "2026-11-07 09:00", 240), ("net", "2026-11-07 10:00", 60)]
    _, roster = rostered(on_duty(work, [person("ana")], PLAIN))
    (short,) = roster.shortages
    assert (short.role, short.people) == ("net", 1)
    assert (short.start, short.finish) == (at("2026-11-07 10:00"), at("2026-11-07 11:00"))
    assert roster.remedies == (Remedy("people", roles=("net",)),)


def test_the_same_roster_comes_out_again() -> None:
    """Byte for byte: effort, not the clock, ends the search."""
    people = [person(id_) for id_ in ("ana", "ben", "cem")]
    schedule = on_duty([("dba", "2026-11-07 00:00", DAY)], people, RosterRules("w"))
    assert rostered(schedule)[1] == rostered(schedule)[1]
