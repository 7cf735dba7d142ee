"""Replans of a plan whose gates must leave time for No-Go."""

from __future__ import annotations

from dataclasses import replace

from tests.support.gates import night, step
from tests.support.happened import happened
from tests.support.projects import at, link, resource

from imsgen.analysis import with_rollbacks
from imsgen.model import Options, Schedule, Verdict
from imsgen.solver import Settings, replan, solve
from imsgen.verifier import verify_schedule

SMALL = Settings(effort=1)


def published(irreversible: str = "") -> Schedule:
    """Return a night that ends 02:00: a (60 min) and b (120 min) by 21:00, then the gate.

    Going back from there takes 180 min; with `extra` begun, which starts at 21:00, 240 min.
    """
    steps = [
        step("a", 60, 60, "dba"),
        step("b", 120, 120, "dba"),
        step("extra", 60, 240),
        step("tail", 60),
    ]
    steps = [
        replace(one, undo=None, irreversible=True) if one.id == irreversible else one
        for one in steps
    ]
    links = [link("a", "b"), link("gate", "tail")]
    project = night(steps, links, [resource("dba")], length=480, after=["b"])
    return solve(replace(project, options=Options(protect="rollback")), SMALL)


def test_what_waited_for_a_gate_goes_on_waiting_when_the_gate_is_late() -> None:
    """`a` takes 90 min longer, the gate decides 22:30: `extra` at its old time would leave 210 min."""
    first = published()
    assert first.activities["extra"].start == at("2026-11-06 21:00")
    plan = happened(first, at("2026-11-06 18:30"), {"a": 90})
    second = with_rollbacks(replan(plan, first, SMALL))
    assert second.activities["gate"].finish == at("2026-11-06 22:30")
    assert second.activities["extra"].start == at("2026-11-06 22:30")
    assert second.rollbacks["gate"].verdict is Verdict.SAFE
    assert second.rollbacks["gate"].margin == 30
    assert verify_schedule(second) == []
    levels = {one.name: one for one in second.objective}
    assert (levels["people told"].value, levels["people told"].bound) == (4, 3)


def test_what_cannot_be_undone_still_waits_for_the_gate() -> None:
    """A late gate pushes the irreversible step behind it, whenever that was published."""
    first = published(irreversible="extra")
    plan = happened(first, at("2026-11-06 18:30"), {"a": 90})
    second = with_rollbacks(replan(plan, first, SMALL))
    assert second.activities["extra"].start >= second.activities["gate"].finish
    assert second.rollbacks["gate"].verdict is Verdict.SAFE


def test_a_replan_that_cannot_be_safe_says_so_and_stands() -> None:
    """`a` takes 5 h longer: 3 h to go back from 02:00 are too many, and nothing is refused."""
    first = published()
    plan = happened(first, at("2026-11-06 18:30"), {"a": 300})
    second = with_rollbacks(replan(plan, first, SMALL))
    assert second.activities["gate"].finish == at("2026-11-07 02:00")
    assert second.rollbacks["gate"].verdict is Verdict.TOO_LATE
    assert verify_schedule(second) == []
