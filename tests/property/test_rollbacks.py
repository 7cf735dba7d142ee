"""The way back on random plans: the verifier's opinion, the shortest by brute force, the laws."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise, permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.gates import START, night, step
from tests.support.projects import at, link, resource

from imsgen.analysis import with_rollbacks
from imsgen.calendars import CalendarBook
from imsgen.model import Group, Instant, Need, Project, Schedule, Undo, Verdict
from imsgen.network import begun, build_graph, rollback_plan
from imsgen.solver import Settings, solve
from imsgen.verifier import verify_schedule

TEAMS = ("dba", "net")
NAMES = ("a", "b", "c", "d", "e", "f")


@st.composite
def nights(draw: st.DrawFn, *, plain: bool = False) -> Project:
    """Draw a night of a few steps with undos; ``plain``: no groups, pauses or finishing."""
    ids = NAMES[: draw(st.integers(2, 5 if plain else 6))]
    steps, links = [], []
    grouped = 0 if plain else draw(st.integers(0, 2))
    full = [f"g.{id_}" if i < grouped else id_ for i, id_ in enumerate(ids)]
    calendars = st.just(None) if plain else st.sampled_from([None, None, "office"])
    for i, id_ in enumerate(full):
        team = draw(st.sampled_from(["", *TEAMS]))
        undo = None
        if draw(st.integers(0, 3)):
            others = draw(st.sampled_from(["", *TEAMS]))
            needs = None if not others else (Need(others, 100),)
            calendar = draw(calendars)
            undo = Undo(draw(st.integers(0, 6)) * 10, 0, calendar, needs)
        abort = None if plain else draw(st.sampled_from([None, None, "finish"]))
        steps.append(step(id_, draw(st.integers(1, 6)) * 10, undo, team, on_abort=abort))
        links += [link(full[j], id_) for j in range(i) if not draw(st.integers(0, 3))]
    groups = [Group("g", "G", undo=draw(st.none() | st.just(Undo(30, calendar="bridge"))))]
    after = [id_ for id_ in full if not draw(st.integers(0, 2))]
    back = [step("back.check", 20, needs="dba", branch="gate")]
    return night(
        steps,
        links,
        [resource(one, draw(st.sampled_from([100, 200]))) for one in TEAMS],
        length=draw(st.sampled_from([400, 700, 5000])),
        after=after,
        contingency=back if draw(st.booleans()) else (),
        groups=groups if grouped else (),
    )


def solved(project: Project) -> Schedule:
    """Return a schedule; its way back is not in it."""
    return solve(project, Settings(effort=0.5))


@settings(max_examples=25, deadline=None)
@given(nights())
def test_verifier_accepts_the_way_back(project: Project) -> None:
    """Every rollback is one, ends when it says, and is said to be safe only where it is."""
    schedule = with_rollbacks(solved(project))
    assert verify_schedule(schedule) == []
    back = schedule.rollbacks["gate"]
    if back.latest is not None and back.ends is not None:
        assert back.latest <= back.ends
        assert (back.decided <= back.latest) == (back.verdict is Verdict.SAFE)


@settings(max_examples=25, deadline=None)
@given(nights(plain=True))
def test_length_is_the_shortest(project: Project) -> None:
    """No order of undoing takes less than the rollback, and some order takes no more."""
    back = with_rollbacks(solved(project)).rollbacks["gate"]
    assert back.proved
    schedule = solved(project)
    waits, work = _undoing(project, schedule, back.decided)
    shortest = min(_length(project, order, waits, work) for order in permutations(work))
    contingency = 20 if project.gates["gate"].else_ else 0
    assert back.length == shortest + contingency


@settings(max_examples=20, deadline=None)
@given(nights(plain=True))
def test_last_safe_moment_is_the_last(project: Project) -> None:
    """Minute by minute, with every order of undoing tried, no later moment is safe, and it is."""
    schedule = with_rollbacks(solved(project))
    (found,) = schedule.last_safe
    assert found.proved
    contingency = 20 if project.gates["gate"].else_ else 0
    lengths: dict[frozenset[str], int] = {}
    safe = [
        moment
        for moment in range(found.opens - 30, found.ends + 1)
        if moment + _length_at(project, schedule, moment, lengths) + contingency <= found.ends
    ]
    assert found.latest is not None
    assert safe[-1] == found.latest if safe else found.latest < found.opens - 30
    for point in found.curve:
        length = _length_at(project, schedule, point.at, lengths)
        assert point.length == length + contingency


@settings(max_examples=15, deadline=None)
@given(nights(), st.lists(st.integers(0, 700), min_size=2, max_size=4))
def test_end_of_the_rollback_never_falls(project: Project, moments: list[int]) -> None:
    """t + R(E(t)) never falls: what can be undone later on can be undone now."""
    schedule = solved(project)
    graph, book = build_graph(project), CalendarBook(project)
    ends = []
    for moment in sorted(moments):
        now = Instant(at(START) + moment)
        plan = rollback_plan(
            graph,
            book,
            schedule.activities,
            now,
            executed=begun(graph, schedule.activities, now),
            contingency=project.gates["gate"].else_,
        )
        if not plan.steps:
            ends.append((now, now))
            continue
        found = solve(plan.project, Settings(effort=1.0, levels=2))
        ends.append((found.bound, found.finish))
    for (low, _), (_, high) in pairwise(ends):
        assert low <= high


@settings(max_examples=10, deadline=None)
@given(nights(plain=True))
def test_longer_undo_and_more_people(project: Project) -> None:
    """For one executed set a longer undo never makes the latest safe time later, nor do fewer people.

    The dates stay as they are, so the same has begun at every moment of the window.
    """
    schedule = solved(project)
    base = with_rollbacks(schedule).rollbacks["gate"].latest
    longer = {
        id_: replace(one, undo=None if one.undo is None else replace(one.undo, duration=60))
        for id_, one in project.activities.items()
    }
    more = {one: resource(one, 200) for one in TEAMS}
    slow = with_rollbacks(replace(schedule, project=replace(project, activities=longer)))
    wide = with_rollbacks(replace(schedule, project=replace(project, resources=more)))
    later, wider = slow.rollbacks["gate"].latest, wide.rollbacks["gate"].latest
    assert base is not None
    assert later is not None
    assert wider is not None
    assert later <= base <= wider
    moments = [
        one.latest
        for change in (slow, with_rollbacks(schedule), wide)
        for one in change.last_safe
        if one.latest is not None
    ]
    assert moments == sorted(moments)


@pytest.mark.parametrize("change", ["start", "finish", "latest", "verdict", "steps"])
def test_verifier_finds_a_wrong_way_back(change: str) -> None:
    """A rollback that is shifted, shortened or better than it is does not pass."""
    project = night(
        [step("a", 30, 40, "dba"), step("b", 30, 50, "dba")],
        [link("a", "b")],
        [resource("dba")],
        length=300,
        after=["b"],
    )
    schedule = with_rollbacks(solved(project))
    back = schedule.rollbacks["gate"]
    first = back.steps[0]
    wrong = {
        "start": replace(
            back,
            steps=(
                replace(first, start=Instant(first.start + 5), finish=Instant(first.finish + 5)),
                *back.steps[1:],
            ),
        ),
        "finish": replace(back, finish=Instant(back.decided + 1)),
        "latest": replace(back, latest=Instant((back.latest or 0) + 10)),
        "verdict": replace(back, verdict=Verdict.TOO_LATE),
        "steps": replace(back, steps=back.steps[1:]),
    }[change]
    assert verify_schedule(schedule) == []
    assert verify_schedule(replace(schedule, rollbacks={"gate": wrong})) != []


def _length_at(
    project: Project, schedule: Schedule, moment: int, known: dict[frozenset[str], int]
) -> int:
    """Return how long undoing takes at a moment, whatever the order."""
    waits, work = _undoing(project, schedule, moment)
    key = frozenset(work)
    if key not in known:
        known[key] = min(_length(project, order, waits, work) for order in permutations(work))
    return known[key]


def _undoing(
    project: Project, schedule: Schedule, decided: int
) -> tuple[Mapping[str, frozenset[str]], Mapping[str, tuple[int, str | None]]]:
    """Return which undos each waits for, and its minutes and team, straight from the rules."""
    follows: dict[str, set[str]] = {id_: set() for id_ in project.activities}
    for one in project.dependencies:
        follows[one.predecessor].add(one.successor)
    work = {}
    for id_, activity in project.activities.items():
        place, undo = schedule.activities.get(id_), activity.undo
        if place is None or undo is None or not undo.duration or place.start >= decided:
            continue
        needs = activity.modes[0].needs if undo.needs is None else undo.needs
        work[id_] = (undo.duration, needs[0].resource if needs else None)
    waits = {}
    for id_ in work:
        seen: set[str] = set()
        stack = [id_]
        while stack:
            for other in sorted(follows[stack.pop()] - seen):
                seen.add(other)
                stack.append(other)
        waits[id_] = frozenset(seen & set(work))
    return waits, work


def _length(
    project: Project,
    order: Sequence[str],
    waits: Mapping[str, frozenset[str]],
    work: Mapping[str, tuple[int, str | None]],
) -> int:
    """Return how long undoing takes when each, in this order, begins as early as it can."""
    done: dict[str, int] = {}
    taken: list[tuple[int, int, str]] = []
    for id_ in order:
        if not waits[id_] <= set(done):
            return 10**9
        minutes, team = work[id_]
        begin = max((done[one] for one in waits[id_]), default=0)
        while team is not None and any(
            100 * sum(1 for a, b, who in taken if who == team and a <= now < b)
            >= project.resources[team].capacity[0][1]
            for now in range(begin, begin + minutes, 10)
        ):
            begin += 10
        done[id_] = begin + minutes
        if team is not None:
            taken.append((begin, begin + minutes, team))
    return max(done.values(), default=0)
