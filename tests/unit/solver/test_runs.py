"""The same plan gives the same schedule; the user and the clock may end a search."""

from __future__ import annotations

import pytest
from tests.support.projects import at, link, make_project, resource, task

from imsgen.errors import Interrupted
from imsgen.model import Constraint, ConstraintType, Project, Status
from imsgen.solver import Progress, Settings, Watch, solve


def crowded(count: int = 24) -> Project:
    """Return a plan whose optimum takes a while to prove."""
    lengths = [60 * (1 + (7 * i) % 11) for i in range(count)]
    jobs = [
        task(f"a{i}", length, "office" if i % 3 else "bridge", {f"r{i % 3}": 100, "all": 100})
        for i, length in enumerate(lengths)
    ]
    links = [link(f"a{i}", f"a{i + 5}") for i in range(count - 5)]
    return make_project(
        jobs, links, [resource("r0"), resource("r1"), resource("r2"), resource("all", 200)]
    )


def test_workers_do_not_change_the_schedule() -> None:
    """The same seed and effort give every date again, with one worker or four."""
    one = solve(crowded(), Settings(effort=0.5, workers=1, seed=3))
    four = solve(crowded(), Settings(effort=0.5, workers=4, seed=3))
    assert one.activities == four.activities
    assert one.objective == four.objective
    assert one.run.spent == four.run.spent
    assert one.run.reproducible


def test_the_wall_clock_is_told() -> None:
    """A search that the time limit cut is not reproducible, and still has a schedule."""
    schedule = solve(crowded(60), Settings(effort=1e6, time_limit=0.3))
    if schedule.status is not Status.OPTIMAL:
        assert not schedule.run.reproducible


class Impatient(Watch):
    """Interrupts as soon as there is a schedule."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[Progress] = []

    def on_progress(self, progress: Progress) -> None:
        self.seen.append(progress)
        if progress.finish is not None:
            self.interrupt()


def test_interrupting_keeps_the_best() -> None:
    """The first schedule is kept; status and run say what happened."""
    watch = Impatient()
    schedule = solve(crowded(60), Settings(effort=1e6), watch)
    assert schedule.finish > schedule.bound or schedule.status is Status.OPTIMAL
    if schedule.status is not Status.OPTIMAL:
        assert schedule.status is Status.INTERRUPTED
        assert not schedule.run.reproducible
    assert any(one.finish is not None for one in watch.seen)
    assert all(one.bound is not None for one in watch.seen)


def test_interrupting_before_a_schedule() -> None:
    """Where the serial schedule fails and the user has no patience, that is an error of its own."""
    fixed = (Constraint(ConstraintType.MSO, at("2026-11-02 10:00"), at("2026-11-02 10:00")),)
    latest = (Constraint(ConstraintType.FNLT, latest=at("2026-11-02 17:00")),)
    plan = make_project(
        [
            task("a", 240, needs={"r": 100}, constraints=fixed),
            task("b", 180, needs={"r": 100}, constraints=latest),
        ],
        (),
        [resource("r")],
    )
    watch = Watch()
    watch.interrupt()
    with pytest.raises(Interrupted):
        solve(plan, Settings(), watch)


def test_a_gap_is_enough_when_asked_for() -> None:
    """With a gap of one half the first schedule will do, and it is not called optimal for it."""
    schedule = solve(crowded(), Settings(effort=0.5, gap=0.5))
    if schedule.finish > schedule.bound:
        assert schedule.status is Status.FEASIBLE
    assert schedule.gap <= 0.5
