"""The M3 playbook's own files, where they are there: a folder `shared` beside the checkout."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from tests.plans.test_templates import open_ends
from tests.support.key_tasks import imported

from imsgen.formats.playbook.context import Choices
from imsgen.plan import load_text
from imsgen.solver import solve
from imsgen.solver.settings import Settings
from imsgen.verifier import verify_schedule

ROOT = Path(__file__).resolve().parents[2]
PLAYBOOK = Path(os.environ.get("IMSGEN_PLAYBOOK", ROOT.parent / "shared" / "data" / "m3"))
FILES = sorted([*PLAYBOOK.glob("keyTask/*.md"), *PLAYBOOK.glob("*.md")])

pytestmark = pytest.mark.skipif(not FILES, reason="the playbook is not here")


@pytest.mark.parametrize("path", FILES or [PLAYBOOK], ids=lambda path: path.name)
def test_each_key_task_is_a_plan(path: Path) -> None:
    """It loads, and nothing is left open."""
    found, report = imported(path)
    assert not report.failed
    loaded = load_text(found.text.encode(), "plan.yaml")
    assert [one.code for one in loaded.diagnostics] == ["IMS335"]
    assert open_ends(loaded.project) == (["started"], ["complete"])


@pytest.mark.parametrize("gates", ["hard", "soft"])
def test_four_phases_are_a_plan(gates: str) -> None:
    """No open ends, no hard constraints, the same bytes twice, and a schedule that is verified."""
    found, report = imported(PLAYBOOK, Choices(gates=gates))
    assert found.text == imported(PLAYBOOK, Choices(gates=gates))[0].text
    assert not report.failed
    assert all(one.span is not None for one in report.diagnostics)
    project = load_text(found.text.encode(), "plan.yaml").project
    assert open_ends(project) == (["started"], ["complete"])
    assert not any(one.constraints for one in project.activities.values())
    assert verify_schedule(solve(project, Settings(effort=0.2, workers=1))) == []


def test_documents_that_matter_to_the_cutover() -> None:
    """The readiness criteria, the contingency plan and test results lead to it; it leads on."""
    project = load_text(imported(PLAYBOOK)[0].text.encode(), "plan.yaml").project
    links = {
        (one.predecessor.rpartition(".")[2][:4], one.successor.rpartition(".")[2][:4])
        for one in project.dependencies
        if one.reason
    }
    assert {("4-16", "4-17"), ("4-12", "4-17"), ("4-17", "5-6-")} <= links
