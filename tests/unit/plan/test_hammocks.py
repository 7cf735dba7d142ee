"""Hammocks on equipment: what certainly lies inside them, and what need not."""

from __future__ import annotations

import pytest

from imsgen.errors import PlanError
from imsgen.plan import load_text
from imsgen.solver import Settings, solve
from imsgen.verifier import verify_schedule

TOP = """\
imsgen: 1
start: 2026-11-02 08:00
calendar: standard
resources: {crane: {holds: true}, crew: {}}
activities:
"""


def _plan(lines: str) -> str:
    return TOP + "".join(f"  {line.strip()}\n" for line in lines.strip().splitlines())


@pytest.mark.parametrize(
    "lines",
    [
        # It needs as much as is left.
        """site: {duration: 1d, needs: crew}
        hire: {spans: site, needs: crane}""",
        # Before and after the span.
        """first: {duration: 1d, needs: crane}
        lift: {duration: 1d, after: first}
        last: {duration: 1d, after: lift, needs: crane}
        hire: {spans: lift, needs: crane}""",
        # Beside the span, in no order with it.
        """lift: {duration: 1d}
        other: {duration: 1d, needs: crane}
        hire: {spans: lift, needs: crane}""",
        # What the span begins with the finish of, and ends with the start of, is not inside.
        """open: {duration: 1d, needs: crane}
        lift: {duration: 1d, after: open}
        close: {duration: 1d, after: lift, needs: crane}
        hire: {spans: [open.finish, close.start], needs: crane}""",
        # Another way of doing it needs none.
        """lift: {duration: 1d, alternatives: [{needs: crane}, {needs: crew}]}
        hire: {spans: lift, needs: crane}""",
        # A lead lets it end before the span begins.
        """open: {duration: 1d, constraint: SNET 2026-11-05}
        lift: {duration: 1d, after: open -4d, needs: crane}
        close: {duration: 1d, after: [lift, open]}
        hire: {spans: [open.start, close.finish], needs: crane}""",
        # Only the start of another is known: it may lie before the span.
        """one: {duration: 1d, needs: crane}
        two: {duration: 1d, constraint: SNET 2026-11-04}
        hire: {spans: [two.start, two.finish], needs: crane}""",
        # People are not levelled on a hammock.
        """lift: {duration: 1d, needs: crew}
        lead: {spans: lift, needs: crew}""",
    ],
)
def test_what_can_be_solved_is_not_refused(lines: str) -> None:
    """No error, and the solver finds a schedule that the verifier has nothing against."""
    project = load_text(_plan(lines)).project
    assert not verify_schedule(solve(project, Settings(effort=2)))


@pytest.mark.parametrize(
    "lines",
    [
        # Itself, its group, the whole plan.
        """lift: {duration: 1d, needs: crane}
        hire: {spans: lift, needs: crane}""",
        """site: {activities: {lift: {duration: 1d, needs: crane}}}
        hire: {spans: site, needs: crane}""",
        """lift: {duration: 1d, needs: crane}
        hire: {spans: [project.start, project.finish], needs: crane}""",
        # Its first and its last activity, where links order them.
        """lift: {duration: 1d, needs: crane}
        close: {duration: 1d, after: lift}
        hire: {spans: [lift.start, close.finish], needs: crane}""",
        """open: {duration: 1d}
        lift: {duration: 1d, after: open +3d, needs: crane}
        hire: {spans: [open.start, lift.finish], needs: crane}""",
        # On a chain from one event to the other, over a milestone.
        """open: {duration: 1d}
        ready: {milestone: true, after: open}
        lift: {duration: 1d, after: ready, needs: crane}
        close: {duration: 1d, after: lift}
        hire: {spans: [open.finish, close.start], needs: crane}""",
        # After all of a group.
        """site: {activities: {a: {duration: 1d}, b: {duration: 2d}}}
        lift: {duration: 1d, after: site, needs: crane}
        close: {duration: 1d, after: lift}
        hire: {spans: [site.finish, close.finish], needs: crane}""",
        # Started together with what begins the span.
        """open: {duration: 2d}
        lift: {duration: 1d, after: open SS, needs: crane}
        close: {duration: 1d, after: lift}
        hire: {spans: [open.start, close.finish], needs: crane}""",
        # Both ways of doing it.
        """lift: {duration: 1d, alternatives: [{needs: crane}, {needs: [crane, crew]}]}
        hire: {spans: lift, needs: crane}""",
    ],
)
def test_what_is_certainly_inside_is_refused(lines: str) -> None:
    """IMS412 alone."""
    with pytest.raises(PlanError) as caught:
        load_text(_plan(lines))
    assert [one.code for one in caught.value.diagnostics] == ["IMS412"]


def test_more_of_them_are_named() -> None:
    """The first is shown, the others are in a note."""
    lines = "site: {activities: {" + ", ".join(
        f"a{i}: {{duration: 1d, needs: crane}}" for i in range(1, 6)
    )
    with pytest.raises(PlanError) as caught:
        load_text(_plan(lines + "}}\nhire: {spans: site, needs: crane}"))
    (found,) = caught.value.diagnostics
    assert "while `site.a1` needs 1, and there is at most 1" in found.message
    assert found.notes == ("so do `site.a2`, `site.a3`, `site.a4` and 1 more",)
