"""The plans of `imsgen new`: ready to edit, and a schedule of each is the best there is."""

from __future__ import annotations

from pathlib import Path

import pytest

from imsgen.model import Kind, Project, Status
from imsgen.network.graph import build_graph
from imsgen.plan import load
from imsgen.solver import solve
from imsgen.solver.settings import Settings
from imsgen.verifier import verify_schedule

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"


def open_ends(project: Project) -> tuple[list[str], list[str]]:
    """Return what waits for nothing and what nothing waits for, No-Go and hammocks left out."""
    graph = build_graph(project)
    planned = [
        id_
        for id_, one in project.activities.items()
        if one.scheduled and one.kind is not Kind.HAMMOCK
    ]
    return (
        [id_ for id_ in planned if not graph.incoming[id_]],
        [id_ for id_ in planned if not graph.outgoing[id_]],
    )


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [("cutover", "begin", "closed"), ("migration", "kick-off", "closed")],
)
def test_a_template_is_a_whole_plan(name: str, first: str, last: str) -> None:
    """One beginning, one end, no fixed dates, several parties; its schedule is proved best."""
    loaded = load(TEMPLATES / f"{name}.yaml")
    project = loaded.project
    assert [one.code for one in loaded.diagnostics] == ["IMS335"]
    assert open_ends(project) == ([first], [last])
    assert not any(
        one.constraints for id_, one in project.activities.items() if id_ not in project.gates
    )
    assert len(project.parties) >= 2
    assert len(project.gates) >= 2
    assert len(project.checkpoints) >= 3
    assert len(project.communications) >= 3
    schedule = solve(project, Settings(effort=1, workers=1))
    assert schedule.status is Status.OPTIMAL
    assert verify_schedule(schedule) == []
    assert all(str(one.verdict) == "safe" for one in schedule.rollbacks.values())
