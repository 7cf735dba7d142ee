"""Limits of nothing, plans of nothing, and what fails on the way; Monday is 2 November 2026."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from ortools.sat.python import cp_model
from tests.support.projects import at, link, make_project, resource, task

from imsgen.cli.console import Console
from imsgen.cli.failures import report_failure
from imsgen.errors import Infeasible, Interrupted, NoRoomError, NoSolution, UsageError
from imsgen.model import Constraint, ConstraintType, Project, Schedule, Status, Window, Within
from imsgen.schedule import read_schedule
from imsgen.solver import Progress, Settings, Watch, exact, memory, rescue, solve
from imsgen.verifier import verify_schedule


def crowded(count: int = 30) -> Project:
    """Return a plan whose optimum takes a while to prove."""
    jobs = [
        task(f"a{i}", 60 * (1 + (7 * i) % 11), "office", {f"r{i % 3}": 100, "all": 100})
        for i in range(count)
    ]
    links = [link(f"a{i}", f"a{i + 5}") for i in range(count - 5)]
    return make_project(
        jobs, links, [resource("r0"), resource("r1"), resource("r2"), resource("all", 200)]
    )


def needs_the_exact_model() -> Project:
    """Return a plan the serial schedule has no answer to, and that has none."""
    fixed = (Constraint(ConstraintType.MSO, at("2026-11-02 10:00"), at("2026-11-02 10:00")),)
    latest = (Constraint(ConstraintType.FNLT, latest=at("2026-11-02 17:00")),)
    return make_project(
        [
            task("a", 240, needs={"r": 100}, constraints=fixed),
            task("b", 180, needs={"r": 100}, constraints=latest),
        ],
        (),
        [resource("r")],
    )


def good(schedule: Schedule) -> bool:
    """Whether the verifier has nothing against a schedule, and its bound is one."""
    return not verify_schedule(schedule) and schedule.bound <= schedule.finish


# -- limits ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "chosen",
    [
        Settings(effort=0),
        Settings(effort=1e-9),
        Settings(time_limit=0),
        Settings(time_limit=0.001),
        Settings(effort=0, time_limit=0),
        Settings(gap=1.0),
        Settings(levels=1),
    ],
    ids=repr,
)
def test_next_to_no_limit_still_gives_a_schedule(chosen: Settings) -> None:
    """What the first rule builds is there at once, whatever the limit: verified, and not proved."""
    assert good(solve(crowded(), chosen))


def test_a_gap_of_everything_takes_the_first_schedule() -> None:
    """With a gap of 1 nothing is searched once tardiness is proved."""
    found = solve(crowded(), Settings(gap=1.0))
    assert found.run.spent < 1
    assert found.run.reproducible


@pytest.mark.parametrize("chosen", [Settings(effort=0), Settings(time_limit=0)], ids=repr)
def test_no_limit_where_only_the_exact_model_knows(chosen: Settings) -> None:
    """Without time to ask there is no answer, and that is said; not that the plan is impossible."""
    with pytest.raises(NoSolution):
        solve(needs_the_exact_model(), chosen)


@pytest.mark.parametrize("name", ["effort", "time_limit", "gap"])
@pytest.mark.parametrize("value", [-1.0, float("nan"), float("inf")])
def test_what_is_no_limit_is_refused(name: str, value: float) -> None:
    """Less than nothing, not a number and without end are wrong calls, said with the name."""
    given: dict[str, Any] = {name: value}
    with pytest.raises(UsageError, match=name):
        Settings(**given)


def test_no_worker_is_refused() -> None:
    """Somebody has to work."""
    with pytest.raises(UsageError, match="workers"):
        Settings(workers=0)


# -- plans -----------------------------------------------------------------------------------


@pytest.mark.parametrize("effort", [0.0, 1.0])
def test_no_activity(effort: float) -> None:
    """Nothing to do is done at the plan's start."""
    found = solve(make_project([]), Settings(effort=effort))
    assert found.status is Status.OPTIMAL
    assert found.finish == at("2026-11-02 08:00")


@pytest.mark.parametrize("effort", [0.0, 1.0])
def test_one_activity(effort: float) -> None:
    """It starts at once; nothing else is possible, so that is proved without a search."""
    found = solve(make_project([task("a", 480)]), Settings(effort=effort))
    assert found.status is Status.OPTIMAL
    assert found.finish == at("2026-11-02 17:00")
    assert good(found)


def test_nothing_but_milestones() -> None:
    """All of them stand at the plan's start; nobody is needed."""
    plan = make_project(
        [task("a", 0), task("b", 0), task("c", 0)], [link("a", "b"), link("b", "c", lag=60)]
    )
    found = solve(plan)
    assert found.status is Status.OPTIMAL
    assert found.finish == at("2026-11-02 09:00")
    assert good(found)


def test_nobody_there_for_a_while() -> None:
    """Capacity is zero on Tuesday and Wednesday: 2 d are Monday and Thursday, or none at all."""
    away = ((None, 100), (at("2026-11-03 00:00"), 0), (at("2026-11-05 00:00"), 100))
    plan = make_project(
        [task("a", 960, needs={"r": 100}), task("b", 480, needs={"r": 100})],
        (),
        [resource("r", capacity=away)],
    )
    found = solve(plan)
    assert found.status is Status.OPTIMAL
    # What has begun is not put down: a takes Thursday and Friday, b Monday.
    assert found.activities["b"].finish == at("2026-11-02 17:00")
    assert found.finish == at("2026-11-06 17:00")
    assert good(found)


def test_nobody_ever() -> None:
    """A resource that ends and never comes back: the activity has no place, and that is said."""
    gone = ((None, 100), (at("2026-11-03 00:00"), 0))
    plan = make_project([task("a", 960, needs={"r": 100})], (), [resource("r", capacity=gone)])
    with pytest.raises((Infeasible, NoSolution)):
        solve(plan, Settings(effort=1.0))


def test_longer_than_every_window() -> None:
    """8 h within nights of 6 h: explained with the window, no night is waited for in vain."""
    nights = tuple(
        (at(f"2026-11-{day:02} 00:00"), at(f"2026-11-{day:02} 06:00")) for day in range(3, 28)
    )
    window = Window("nights", "Nights", nights, repeating=True)
    plan = make_project(
        [task("a", 480, "bridge", within=(Within("nights"),))], windows={"nights": window}
    )
    with pytest.raises(Infeasible) as caught:
        solve(plan)
    assert caught.value.diagnostics[0].code == "IMS502"


# -- faults ----------------------------------------------------------------------------------


@pytest.mark.parametrize("error", [MemoryError("std::bad_alloc"), RuntimeError("gone")])
def test_the_exact_model_may_die(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    """The best schedule so far is kept and verified; that it cannot be repeated is said."""

    def die(*_: object) -> None:
        raise error

    monkeypatch.setattr(cp_model.CpSolver, "solve", die)
    jobs = [task(f"a{i}", 240, needs={"r": 100}) for i in range(3)]
    # Two at a time: 6 h of work for both by 15:00, but nobody can split the third.
    found = solve(make_project(jobs, (), [resource("r", 200)]), Settings(effort=1.0))
    assert good(found)
    assert found.status is Status.FEASIBLE
    assert not found.run.reproducible


def test_the_exact_model_may_die_before_a_schedule(monkeypatch: pytest.MonkeyPatch) -> None:
    """Then there is no schedule, and nothing is claimed."""

    def die(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(cp_model.CpSolver, "solve", die)
    with pytest.raises(NoSolution):
        solve(needs_the_exact_model())


def test_interrupted_while_the_exact_model_runs() -> None:
    """An end asked for in its first moment is heeded: the best is kept, marked as interrupted."""

    class AtTheProof(Watch):
        def on_progress(self, progress: Progress) -> None:
            if progress.phase.startswith("exact"):
                self.interrupt()

    found = solve(crowded(60), Settings(effort=1e6), AtTheProof())
    assert found.status in {Status.INTERRUPTED, Status.OPTIMAL}
    assert good(found)


def test_interrupted_before_anything() -> None:
    """Without a schedule that is an error of its own, not a claim about the plan."""
    watch = Watch()
    watch.interrupt()
    with pytest.raises(Interrupted):
        solve(needs_the_exact_model(), Settings(), watch)


PLAN = """\
imsgen: 1
start: 2027-03-01 08:00
timezone: Europe/London
calendar: standard
resources:
  ana: {name: Ana}
activities:
""" + "".join(f"  job{i}: {{duration: {i}h, needs: ana}}\n" for i in range(2, 8))


def limited(plan: Path, megabytes: int) -> subprocess.CompletedProcess[str]:
    """Solve a plan at the command line within so much address space."""
    limits = pytest.importorskip("resource")
    most = megabytes * 2**20

    def limit() -> None:
        limits.setrlimit(limits.RLIMIT_AS, (most, most))

    return subprocess.run(
        [sys.executable, "-m", "imsgen", "solve", str(plan), "-f", "none", "--no-progress"],
        capture_output=True,
        text=True,
        preexec_fn=limit,
        check=False,
        timeout=300,
    )


@pytest.mark.skipif(sys.platform != "linux", reason="other systems limit memory otherwise")
@pytest.mark.parametrize("megabytes", [64, 96, 144, 184, 200, 256, 300, 328, 332, 356, 396])
def test_too_little_memory_is_a_clear_end(tmp_path: Path, megabytes: int) -> None:
    """Less than the library takes: no traceback, no hang; the schedule found without it is kept.

    Where there is not enough for that either: one sentence, exit code 4, no file.
    """
    assert megabytes * memory.MEGABYTE < memory.NEEDED
    plan = tmp_path / "jobs.yaml"
    plan.write_text(PLAN, encoding="utf-8")
    done = limited(plan, megabytes)
    assert "Traceback" not in done.stderr
    assert "bug" not in done.stderr
    files = sorted(path.name for path in tmp_path.iterdir())
    if done.returncode == 0:
        assert files == ["jobs.schedule.json", plan.name]
        found = read_schedule(tmp_path / files[0])
        assert good(found)
        assert not found.run.reproducible
    else:
        assert done.returncode == 4, done.stderr
        assert "not enough memory" in done.stderr
        assert files == [plan.name]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems limit memory otherwise")
def test_enough_memory_is_enough(tmp_path: Path) -> None:
    """Twice what the library needs holds the whole program: the limit alone stops nothing."""
    plan = tmp_path / "jobs.yaml"
    plan.write_text(PLAN, encoding="utf-8")
    done = limited(plan, 2 * memory.NEEDED // memory.MEGABYTE)
    assert done.returncode == 0, done.stderr


def test_room_is_said_where_it_lacks(monkeypatch: pytest.MonkeyPatch) -> None:
    """With 150 MB left the library is not loaded, and both figures are named."""
    monkeypatch.delitem(sys.modules, "ortools")
    monkeypatch.setattr(memory, "room_left", lambda: 150 * memory.MEGABYTE)
    with pytest.raises(NoRoomError, match=r"takes 400 MB .* leaves 150 MB"):
        memory.prepare_library()


@pytest.mark.parametrize("levels", [2, 3])
def test_what_was_found_before_memory_ran_out_is_kept(
    monkeypatch: pytest.MonkeyPatch, levels: int
) -> None:
    """The exact model has no room: the schedule stands, and that another run may differ is said."""

    def refuse(*_: object) -> None:
        raise NoRoomError("too little")

    monkeypatch.setattr(exact, "_level", refuse)
    found = solve(crowded(60), Settings(effort=0.2, levels=levels))
    assert good(found)
    assert not found.run.reproducible


def test_nothing_found_before_memory_ran_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the exact model knows a schedule, and has no room: that is the end."""

    def refuse(*_: object) -> None:
        raise NoRoomError("too little")

    monkeypatch.setattr(rescue, "rescue", refuse)
    with pytest.raises(NoRoomError):
        solve(needs_the_exact_model())


@pytest.mark.parametrize("left", [None, memory.NEEDED])
def test_room_enough_spares_threads(monkeypatch: pytest.MonkeyPatch, left: int | None) -> None:
    """Without a limit, or with just enough, the library is told to start no threads of its own."""
    monkeypatch.delitem(sys.modules, "ortools")
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "")  # so that what is set below is undone
    monkeypatch.delenv("OPENBLAS_NUM_THREADS")
    monkeypatch.setattr(memory, "room_left", lambda: left)
    memory.prepare_library()
    assert os.environ["OPENBLAS_NUM_THREADS"] == "1"


def test_threads_chosen_by_the_user_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    """A number set outside is kept."""
    monkeypatch.delitem(sys.modules, "ortools")
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "3")
    monkeypatch.setattr(memory, "room_left", lambda: None)
    memory.prepare_library()
    assert os.environ["OPENBLAS_NUM_THREADS"] == "3"


@pytest.mark.parametrize(
    "error",
    [
        MemoryError(),
        ImportError("libx.so: failed to map segment from shared object"),
        OSError(12, "Cannot allocate memory"),
        RuntimeError("can't start new thread"),
        SystemError("error return without exception set"),
        SystemError("<method 'read'> returned NULL without setting an exception"),
    ],
    ids=repr,
)
def test_what_means_too_little_memory(
    error: Exception, capsys: pytest.CaptureFixture[str]
) -> None:
    """However a library says it, the user reads the same sentence."""
    assert report_failure(error, Console()) == 4
    assert "not enough memory" in capsys.readouterr().err


@pytest.mark.parametrize(
    "error", [RuntimeError("gone"), SystemError("bad call"), ImportError("x")]
)
def test_what_does_not_mean_too_little_memory(
    error: Exception, capsys: pytest.CaptureFixture[str]
) -> None:
    """Other errors of these kinds are bugs of ours, and owned up to."""
    assert report_failure(error, Console()) == 5
    assert "bug" in capsys.readouterr().err
