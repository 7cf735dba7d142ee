"""First schedules: built by the kernel where it can, kept to the plan's rules either way."""

from __future__ import annotations

import pytest
from tests.support.projects import link, make_project, resource, task

from imsgen.calendars import CalendarBook
from imsgen.model import DAY, Placement
from imsgen.network import build_graph, early_dates
from imsgen.solver import improve
from imsgen.solver._kernel import Kernel
from imsgen.solver.clock import Clock
from imsgen.solver.improve import Incumbent, first_schedules
from imsgen.solver.objective import Score
from imsgen.solver.problem import Problem, compile_problem
from imsgen.solver.serial import Serial
from imsgen.solver.settings import Settings
from imsgen.solver.tables import tables_of


def chains() -> Problem:
    """Return two chains of two activities that share one resource, a day each."""
    project = make_project(
        [task(id_, 480, needs={"crew": 100}) for id_ in "abcd"],
        [link("a", "b"), link("c", "d")],
        [resource("crew", 100)],
    )
    return compile_problem(build_graph(project), CalendarBook(project))


def early_of(problem: Problem) -> list[Placement]:
    dates = early_dates(problem.graph, problem.book)
    return [dates[job.id] for job in problem.jobs]


def first_of(problem: Problem) -> Incumbent:
    early = early_of(problem)
    goal = Score(0, max(place.finish for place in early), 0)
    found = first_schedules(problem, Serial(problem), early, Clock(Settings(), None), goal)
    assert isinstance(found, Incumbent)
    return found


def test_one_at_a_time() -> None:
    """Four days of work of one person take four stretches that do not overlap, without a gap."""
    problem = chains()
    places = sorted(first_of(problem).places, key=lambda one: one.start)
    work = problem.jobs[0].ways[0].calendar
    positions = [(work.work_at(one.start), work.work_at(one.finish)) for one in places]
    first = positions[0][0]
    assert positions == [(first + 480 * i, first + 480 * (i + 1)) for i in range(4)]


def test_without_the_kernel_the_same_length(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the kernel cannot express a plan the serial schedule takes its place."""
    built = first_of(chains())
    monkeypatch.setattr(improve, "tables_of", lambda *_: None)
    assert first_of(chains()).score.finish == built.score.finish


class Reluctant(Kernel):
    """A kernel in which the first orders leave some job no place: as many as ``refused``."""

    refused = 0

    def improve(self, order: list[int], rounds: int) -> tuple[int, int, int] | None:
        """Build nothing at first, then as ever; what is refused counts as placed."""
        if self.refused > 0:
            self.refused -= 1
            self.spent += 100_000
            return None
        return super().improve(order, rounds)


@pytest.mark.parametrize("refused", [7, 1000])
def test_where_no_rule_has_a_schedule(monkeypatch: pytest.MonkeyPatch, refused: int) -> None:
    """Disturbed copies have one, else the serial schedule: four days in a row either way."""
    built = first_of(chains())
    monkeypatch.setattr(improve, "Kernel", Reluctant)
    monkeypatch.setattr(Reluctant, "refused", refused)
    assert first_of(chains()).score.finish == built.score.finish


def test_tables_serve_again() -> None:
    """Tables written for a horizon are used again for a nearer one, not for a later one."""
    problem = chains()
    far, near = problem.release + 60 * DAY, problem.release + 30 * DAY
    modes = [0] * len(problem.jobs)
    written, again = tables_of(problem, far, modes), tables_of(problem, near, modes)
    later = tables_of(problem, far + DAY, modes)
    assert written is not None
    assert again is not None
    assert later is not None
    assert again.arrays is written.arrays
    assert later.arrays is not written.arrays
