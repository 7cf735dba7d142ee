"""The plan of key tasks: links with reasons, gates, hammocks, a decision, nothing left open."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.support.key_tasks import CUTOVER, imported, key_task, written

from imsgen.formats.playbook.context import Choices
from imsgen.model import Kind, Project
from imsgen.network.graph import build_graph
from imsgen.plan.loading import load_text
from imsgen.solver import solve
from imsgen.solver.settings import Settings
from imsgen.verifier import verify_schedule

PHASES = {
    "1.1.md": key_task(1, 1, "Set the aim", outputs=["Vision"], inputs=["Law"]),
    "1.2.md": key_task(1, 2, "Design", inputs=["Vision", "Estimate"], outputs=["Designs"]),
    "1.3.md": key_task(1, 3, "Estimate", inputs=["Vision"], outputs=["Estimate"]),
    "2.1.md": key_task(2, 1, "Monitor and Control Work", inputs=["Design"], outputs=["Status"]),
    "2.2.md": key_task(2, 2, "Build", inputs=["Design", "Vision"], outputs=["Vision"]),
    "2.3.md": key_task(2, 3, "Test", inputs=["Vision", "RAID Log", "Status"]),
    "phase/2.md": "---\nphase: 2\nname: Construction\nexitCriteria: [name: All tests pass]\n---\n",
}

BRIEF = Settings(effort=0.2, workers=1)


def _project(path: Path, choices: Choices | None = None) -> Project:
    found, _ = imported(path, choices)
    return load_text(found.text).project


def test_the_latest_earlier_maker_gives_the_link(tmp_path: Path) -> None:
    """2.3 reads the vision that 2.2 made anew, not that of 1.1; registers drive nothing."""
    text = imported(written(tmp_path, PHASES))[0].text
    inside = text[text.index("  2-3-test:") :]
    assert "after: [{id: 2-2-build, reason: Vision}]\n        activities" in inside


def test_a_later_maker_in_the_phase_is_waited_for(tmp_path: Path) -> None:
    """1.2 waits for the estimate of 1.3, which closes no circle."""
    text = imported(written(tmp_path, PHASES))[0].text
    inside = text[text.index("  1-2-design:") : text.index("  1-3-estimate:")]
    assert "{id: 1-1-set-the-aim, reason: Vision}" in inside
    assert "{id: 1-3-estimate, reason: Estimate}" in inside


def test_a_circle_is_cut_at_the_later_maker(tmp_path: Path) -> None:
    """Each of two reads what the other makes: the earlier one does not wait, and that is told."""
    folder = written(
        tmp_path,
        {
            "1.1.md": key_task(1, 1, "One", inputs=["Second"], outputs=["First"]),
            "1.2.md": key_task(1, 2, "Two", inputs=["First"], outputs=["Second"]),
        },
    )
    found, report = imported(folder)
    assert "{id: 1-1-one, reason: First}" in found.text
    assert "reason: Second" not in found.text
    (defect,) = report.diagnostics
    assert defect.code == "IMS619"
    assert defect.span is not None
    assert (Path(defect.span.file).name, defect.span.line) == ("1.1.md", 10)


def test_a_maker_in_a_later_phase_is_a_defect(tmp_path: Path) -> None:
    """No link leads from a later phase to an earlier one."""
    folder = written(
        tmp_path,
        {
            "1.1.md": key_task(1, 1, "One", inputs=["Result"]),
            "2.1.md": key_task(2, 1, "Two", outputs=["Result"]),
        },
    )
    found, report = imported(folder)
    assert [one.code for one in report.diagnostics] == ["IMS619"]
    assert "reason:" not in found.text


def test_a_name_that_resembles_another_is_only_proposed(tmp_path: Path) -> None:
    """`Vision Statement 2` may be `Vision Statement`: it is received, and a note asks."""
    folder = written(
        tmp_path,
        {
            "1.1.md": key_task(1, 1, "One", outputs=["Vision Statement"]),
            "1.2.md": key_task(1, 2, "Two", inputs=["Vision Statement 2"]),
        },
    )
    found, report = imported(folder)
    assert [one.code for one in report.diagnostics] == ["IMS620"]
    assert "received.vision-statement-2" in found.text


def test_monitoring_spans_its_phase(tmp_path: Path) -> None:
    """It drives nothing and ends when the gate of its phase begins."""
    project = _project(written(tmp_path, PHASES))
    hammock = project.activities["phase-2.2-1-monitor-and-control-work"]
    assert hammock.kind is Kind.HAMMOCK
    assert hammock.spans is not None
    assert [one.id for one in hammock.spans] == ["phase-2.2-2-build", "gate-2"]


def test_monitoring_alone_is_work(tmp_path: Path) -> None:
    """Without other work in its phase there is nothing it could last as long as."""
    project = _project(written(tmp_path, PHASES) / "2.1.md")
    assert all(one.kind is not Kind.HAMMOCK for one in project.activities.values())


@pytest.mark.parametrize("gates", ["hard", "soft"])
def test_nothing_is_left_open(tmp_path: Path, gates: str) -> None:
    """Everything but the start waits for something, everything but the end is waited for."""
    project = _project(written(tmp_path, {**PHASES, "3.4.md": CUTOVER}), Choices(gates=gates))
    graph = build_graph(project)
    planned = [
        id_
        for id_, one in project.activities.items()
        if one.scheduled and one.kind is not Kind.HAMMOCK and not id_.startswith("contingency.")
    ]
    assert [id_ for id_ in planned if not graph.incoming[id_]] == ["started"]
    assert [id_ for id_ in planned if not graph.outgoing[id_]] == ["complete"]
    assert not any(project.activities[id_].constraints for id_ in planned)


def test_a_hard_gate_holds_the_next_phase(tmp_path: Path) -> None:
    """A soft one lets it begin."""
    folder = written(tmp_path, PHASES)
    hard, soft = (imported(folder, Choices(gates=one))[0].text for one in ("hard", "soft"))
    assert "  phase-2:\n    name: Construction\n    after: gate-1\n" in hard
    assert "  phase-2:\n    name: Construction\n    after: started\n" in soft
    assert "criteria: [All tests pass]" in hard


def test_a_decision_parts_the_cutover(tmp_path: Path) -> None:
    """Before it the plan and the announcement, after Go the rest, on No-Go the way back."""
    project = _project(written(tmp_path, {"3.4.md": CUTOVER}) / "3.4.md")
    top = "phase-3.3-4-move-to-the-new-ledger."
    names = [id_.removeprefix(top) for id_ in project.activities if id_.startswith(top)]
    assert names == [
        "write-the-plan",
        "announce-the-weekend-to-all",
        "switch-the-offices-over",
        "load-opening-balances",
        "support-users",
    ]
    gate = project.activities["go-no-go"]
    assert gate.kind is Kind.GATE
    text = imported(tmp_path / "3.4.md")[0].text
    assert "else: contingency" in text
    assert "return-to-the-old-ledger" in text
    assert "after: go-no-go" in text


def test_who_works_and_who_is_told(tmp_path: Path) -> None:
    """The lead of the provider does not announce, the sponsor is informed, a liaison may come."""
    text = imported(written(tmp_path, {"3.4.md": CUTOVER}))[0].text
    inside = text[text.index("announce-the-weekend-to-all:") : text.index("switch-the-offices")]
    assert "needs: {program-manager: 25%}" in inside
    assert "Informed: Executive Sponsor" in text
    assert "If needed: Bank Liaison (as needed)" in text
    assert "bank-liaison:" in text


def test_meetings_that_the_texts_ask_for(tmp_path: Path) -> None:
    """A best practice and an activity become checkpoints, and the activity is no work."""
    project = _project(written(tmp_path, {"3.4.md": CUTOVER}))
    assert sorted(project.checkpoints) == ["3-4-checkpoint", "3-4-daily-meeting"]


def test_every_duration_is_marked_and_grows_with_the_size(tmp_path: Path) -> None:
    """Reviewing takes 1, 1 and 2 days at least to most likely, each with a question mark."""
    folder = written(tmp_path, {"1.1.md": key_task(1, 1, "One")})
    for size, review in (
        ("S", "[4h?, 1d?, 2d?]"),
        ("M", "[1d?, 2d?, 4d?]"),
        ("L", "[2d?, 4d?, 8d?]"),
    ):
        found, _ = imported(folder, Choices(size=size))
        assert f"name: Review it, duration: {review}" in found.text
        project = load_text(found.text).project
        assert all(one.assumed for one in project.activities.values() if one.kind is Kind.TASK)


def test_a_key_task_without_activities_is_a_milestone(tmp_path: Path) -> None:
    """It stays in the network, and the report names it."""
    found, report = imported(
        written(tmp_path, {"1.1.md": key_task(1, 1, "One", activities=[]), "1.2.md": CUTOVER})
    )
    assert "1-1-one:" in found.text
    assert any("1.1 `One`" in one.things for one in found.losses)
    assert [one.code for one in report.diagnostics] == ["IMS615", "IMS656", "IMS656"]
    load_text(found.text)


def test_the_same_files_give_the_same_text(tmp_path: Path) -> None:
    """Nothing depends on the order in which a folder is listed."""
    one = imported(written(tmp_path / "a" / "x", PHASES))[0].text
    other = imported(written(tmp_path / "b" / "x", dict(reversed(PHASES.items()))))[0].text
    assert one == other


def test_the_result_is_solved_and_verified(tmp_path: Path) -> None:
    """The plan has dates, and the verifier accepts them."""
    project = _project(written(tmp_path, {**PHASES, "3.4.md": CUTOVER}))
    assert verify_schedule(solve(project, BRIEF)) == []
