"""Islands: what they find is the same whoever runs them, and a process that goes costs no schedule."""

from __future__ import annotations

import queue
import subprocess
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.support.projects import link, make_project, resource, task

from imsgen.model import DAY, Project, Schedule, Status
from imsgen.schedule import write_schedule
from imsgen.solver import Progress, Settings, Watch, archipelago, crew, settlement, solve, strategy
from imsgen.solver.archipelago import Archipelago
from imsgen.solver.clock import Clock
from imsgen.solver.crew import Helper, Inbox
from imsgen.solver.improve import rules
from imsgen.solver.islands import Outset, Stretch
from imsgen.solver.population import Found
from imsgen.solver.problem import compiled
from imsgen.solver.search import bound
from imsgen.solver.state import State
from imsgen.solver.tables import tables_of
from imsgen.verifier import verify_schedule

NOWHERE = (0, 0)
"""A goal that no schedule reaches."""
PLACES = 40_000
"""Jobs to place: a moment."""


def crowded(count: int = 30) -> Project:
    """Return a plan whose best order takes a while to find, and longer to prove."""
    lengths = [60 * (1 + (7 * i) % 11) for i in range(count)]
    jobs = [
        task(f"a{i}", length, "office" if i % 3 else "bridge", {f"r{i % 3}": 100, "all": 100})
        for i, length in enumerate(lengths)
    ]
    links = [link(f"a{i}", f"a{i + 5}") for i in range(count - 5)]
    return make_project(
        jobs, links, [resource("r0"), resource("r1"), resource("r2"), resource("all", 200)]
    )


def begun() -> tuple[State, Outset]:
    """Return a search of the plan before it began, and what its islands begin with."""
    state = State(compiled(crowded()), Clock(Settings(time_limit=600), None))
    bound(state)
    finish = state.problem.project.start + 90 * DAY
    tables = tables_of(state.problem, finish, [0] * len(state.problem.jobs))
    assert tables is not None
    keys = list(rules(state.problem, state.early))
    chart, span = tables.chart(), 20 * DAY
    outset = Outset(chart, keys[1:], keys[0], seed=3, goal=NOWHERE, span=span, schedules=2000)
    return state, outset


def found_by(
    processes: int,
    *,
    goal: tuple[int, int] = NOWHERE,
    between: Callable[[Archipelago], None] = lambda _: None,
) -> tuple[Found, int]:
    """Return what so many processes find on four islands, and what they spent."""
    state, outset = begun()
    islands = Archipelago(outset, 4, PLACES // 20, processes)
    try:
        islands.advance(PLACES // 3, goal, state.clock, lambda _: None)
        between(islands)
        islands.advance(PLACES - PLACES // 3, goal, state.clock, lambda _: None)
        assert islands.best is not None
        return islands.best, islands.spent
    finally:
        islands.close()


@pytest.mark.parametrize("processes", [2, 3, 4, 9])
def test_processes_change_nothing(processes: int) -> None:
    """Best schedule and effort are those of one process, more processes than islands included."""
    assert found_by(processes) == found_by(1)


@pytest.mark.parametrize("processes", [2, 4])
def test_the_goal_ends_it_at_the_same_place(processes: int) -> None:
    """A goal that is reached on the way: what islands after that one did does not count."""
    best, spent = found_by(1)
    origin = begun()[1].chart.origin
    goal = (best.worth[0], best.worth[1] + origin)
    alone = found_by(1, goal=goal)
    assert alone[1] < spent
    assert alone[0].worth[:2] == best.worth[:2]
    assert found_by(processes, goal=goal) == alone


def test_orders_go_round() -> None:
    """An order that comes from elsewhere, better than all, is the best of its island at once."""
    best, _ = found_by(1)
    state, outset = begun()
    islands = Archipelago(outset, 2, 300, 1)
    islands.welcome(best.order)
    islands.advance(600, NOWHERE, state.clock, lambda _: None)
    assert islands.best is not None
    assert islands.best.worth <= best.worth


# -- processes that go --------------------------------------------------------------------------


def _kill(helper: Helper) -> None:
    helper._process.kill()
    helper._process.wait()


@pytest.mark.parametrize("victims", [1, 3])
def test_what_a_killed_process_did_is_done_again(victims: int) -> None:
    """Between two stretches one of three is killed, or all: nothing is different for it."""

    def kill(islands: Archipelago) -> None:
        assert len(islands._helpers) == 3
        for helper in islands._helpers[:victims]:
            _kill(helper)

    assert found_by(4, between=kill) == found_by(1)


def test_a_process_killed_at_work() -> None:
    """It is killed in the middle of a stretch that would never end: what it found is found here."""
    state, outset = begun()
    islands = Archipelago(outset, 2, PLACES, 2)
    try:
        threading.Timer(0.5, islands._helpers[0]._process.kill).start()
        islands.advance(2 * PLACES, NOWHERE, state.clock, lambda _: None)
        assert islands.spent >= 2 * PLACES
        assert sorted(islands._latest) == [0, 1]
    finally:
        islands.close()


def test_a_process_that_hangs_is_left() -> None:
    """It does not report when told to stop: the limit is kept, and the best of the others too."""
    state, outset = begun()
    state.clock = Clock(Settings(time_limit=1.0), None)
    islands = Archipelago(outset, 2, PLACES // 20, 2)
    (helper,) = islands._helpers
    helper.begin = lambda stretch: None  # type: ignore[method-assign]
    try:
        islands.advance(10**12, NOWHERE, state.clock, lambda _: None)
        assert islands.best is not None
        assert islands._helpers == []
        assert helper._process.poll() is not None
    finally:
        islands.close()


def test_a_process_that_never_works_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    """It ends before its first report: its islands are begun here, and nothing is different."""
    alone = found_by(1)
    monkeypatch.setattr(crew, "_CODE", "import sys; sys.exit({path!r} and 3)")
    assert found_by(3) == alone


def test_no_thread_to_be_had(monkeypatch: pytest.MonkeyPatch) -> None:
    """The process is started and nobody can talk to it: it is ended, its work is done here."""
    alone, started = found_by(1), []

    def note(*given: Any, **others: Any) -> subprocess.Popen[bytes]:
        started.append(popen(*given, **others))
        return started[-1]

    def refuse(_thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    popen = subprocess.Popen
    with monkeypatch.context() as patched:
        patched.setattr(subprocess, "Popen", note)
        patched.setattr(threading.Thread, "start", refuse)
        assert found_by(3) == alone
    assert len(started) == 2
    assert all(process.poll() is not None for process in started)


def test_no_process_to_be_had(monkeypatch: pytest.MonkeyPatch) -> None:
    """The system starts none: this process does all the work, and nothing is different."""
    alone = found_by(1)

    def refuse(*_: object, **__: object) -> None:
        raise OSError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(subprocess, "Popen", refuse)
    assert found_by(3) == alone


def test_an_interpreter_that_cannot_be_started_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """A frozen programme would start itself, not Python: it works alone."""
    monkeypatch.setattr(archipelago, "can_help", lambda: False)
    state, outset = begun()
    assert Archipelago(outset, 4, 1000, 4)._helpers == []
    assert state.best is None


def test_nothing_is_left_behind() -> None:
    """After the end no process runs, no thread waits, in the middle of a stretch as well."""
    _, outset = begun()
    inbox: Inbox = queue.Queue()
    helper = Helper(outset, [0], inbox)
    helper.begin(Stretch(10**9, NOWHERE, {}))
    helper.close()
    assert helper._process.poll() is not None
    assert not any(thread.is_alive() for thread in helper._threads)


def test_a_stretch_is_ended_when_asked() -> None:
    """A process told to stop reports what it has, long before its stretch is over."""
    _, outset = begun()
    inbox: Inbox = queue.Queue()
    helper = Helper(outset, [0], inbox)
    helper.begin(Stretch(10**9, NOWHERE, {}))
    helper.stop()
    _, reports = inbox.get(timeout=60)
    helper.close()
    assert reports is not None
    assert reports[0].spent < 10**9


# -- whole searches -----------------------------------------------------------------------------


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[Helper]:
    """Let processes start for next to nothing, and nobody prove; gives those that did."""
    found: list[Helper] = []

    class Recorded(Helper):
        def __init__(self, *given: Any) -> None:
            super().__init__(*given)
            found.append(self)

    monkeypatch.setattr(settlement, "_WORTH_A_PROCESS", 0.0)
    monkeypatch.setattr(settlement, "_UNITS", 0.1)
    monkeypatch.setattr(settlement, "_SCHEDULES", 1)
    monkeypatch.setattr(archipelago, "Helper", Recorded)
    monkeypatch.setattr(strategy, "_MEDIUM", 10)
    return found


def written(found: Schedule, path: Path) -> bytes:
    """Return the file of a schedule."""
    assert not verify_schedule(found)
    assert found.run.searchers == 4
    write_schedule(found, path)
    return path.read_bytes()


def test_the_file_is_the_same_for_any_number(started: list[Helper], tmp_path: Path) -> None:
    """One, two and four processes write the same file, byte for byte."""
    plan, texts = crowded(61), []
    for workers in (1, 2, 4):
        found = solve(plan, Settings(effort=0.6, time_limit=600, workers=workers))
        assert found.run.reproducible
        texts.append(written(found, tmp_path / f"{workers}.schedule.json"))
    assert len(started) == 4
    assert all(helper._process.poll() is not None for helper in started)
    assert texts[0] == texts[1] == texts[2]


class Murderer(Watch):
    """Kills all helpers as soon as the population has shown something."""

    def __init__(self, victims: list[Helper]) -> None:
        super().__init__()
        self._victims = victims

    def on_progress(self, progress: Progress) -> None:
        for helper in self._victims:
            helper._process.kill()


def test_the_file_is_the_same_when_processes_are_killed(
    started: list[Helper], tmp_path: Path
) -> None:
    """All helpers are killed under way: the file is the one of a single process."""
    plan, settings = crowded(61), Settings(effort=0.6, time_limit=600, workers=3)
    alone = solve(plan, replace(settings, workers=1))
    found = solve(plan, settings, Murderer(started))
    assert len(started) == 2
    assert found.run.reproducible
    assert written(found, tmp_path / "a.json") == written(alone, tmp_path / "b.json")


def test_an_interrupt_ends_all_processes(started: list[Helper]) -> None:
    """The user ends it under way: the best schedule stays, and no process."""

    class Impatient(Watch):
        def stop(self) -> bool:
            return bool(started)

    found = solve(crowded(61), Settings(effort=1e6, time_limit=600, workers=3), Impatient())
    assert not verify_schedule(found)
    assert found.status is Status.INTERRUPTED
    assert not found.run.reproducible
    assert started
    assert all(helper._process.poll() is not None for helper in started)


def test_a_wall_limit_is_in_the_file(started: list[Helper]) -> None:
    """The seconds end it with processes under way: that another run may differ is said."""
    found = solve(crowded(61), Settings(effort=1e6, time_limit=2.0, workers=2))
    assert not verify_schedule(found)
    assert not found.run.reproducible
    assert all(helper._process.poll() is not None for helper in started)
