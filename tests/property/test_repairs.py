"""Whatever plan has no schedule: what its repairs rest on is good in the verifier's eyes too."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import event, given
from tests.support.profiles import examples
from tests.support.strategies import EVERYTHING, projects

from imsgen.errors import Infeasible, NoSolution
from imsgen.model import Placement, Project
from imsgen.solver import Settings
from imsgen.solver.clock import Clock
from imsgen.solver.edits import without_deadlines
from imsgen.solver.problem import compiled
from imsgen.solver.reason import Explained
from imsgen.solver.repairs import MOST, find_repairs
from imsgen.solver.search import Search
from imsgen.solver.trial import Trials
from imsgen.verifier import verify


class Checked(Trials):
    """Trials whose every answer is put before the verifier."""

    def schedule(self, project: Project, due: tuple[str, ...] = ()) -> dict[str, Placement] | None:
        """Return what the trial found, checked."""
        found = super().schedule(project, due)
        if found is not None:
            assert verify(project, found) == []
        return found

    def keeps(self, project: Project, places: Mapping[str, Placement]) -> bool:
        """Return whether dates keep every rule: both must say the same."""
        kept = super().keeps(project, places)
        assert kept == (verify(project, places) == [])
        return kept


@examples(150)
@given(projects(EVERYTHING))
def test_repairs_hold_for_the_verifier(plan: Project) -> None:
    """Every schedule a repair rests on is verified, and there are five at most, cheapest first.

    Each of them works when it is made.
    """
    problem, clock = compiled(plan), Clock(Settings(effort=0.2), None)
    try:
        Search(problem, clock).run()
    except Explained as error:
        event("explained")
        found = find_repairs(problem, error.reason, Checked(clock))
        event(f"{len(found)} repairs")
        assert len(found) <= MOST
        assert [one.cost for one in found] == sorted(one.cost for one in found)
        assert all(one.cost > 0 for one in found)
        for one in found:
            changed = one.apply(plan)
            places = Trials(clock).schedule(without_deadlines(changed))
            assert places is not None, one.text
            assert verify(changed, places) == []
    except (Infeasible, NoSolution):
        return
