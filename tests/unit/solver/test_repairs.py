"""What would make an impossible plan possible; Monday is 2 November 2026."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.support.projects import at, link, make_project, resource, task

from imsgen.diagnostics import Diagnostic
from imsgen.errors import Infeasible
from imsgen.model import Constraint, ConstraintType, Group, Project, Window, Within
from imsgen.solver import Settings, Watch, solve
from imsgen.verifier import verify_schedule


def explained(project: Project, watch: Watch | None = None) -> Diagnostic:
    """Return the explanation of a plan that has no schedule."""
    with pytest.raises(Infeasible) as caught:
        solve(project, Settings(effort=2.0), watch)
    return caught.value.diagnostics[0]


def repairs(project: Project) -> list[str]:
    """Return the repairs told, without their numbers."""
    notes = explained(project).notes
    return [note.partition("tried: ")[2] for note in notes if note.startswith("repair ")]


def works(project: Project) -> bool:
    """Whether a plan has a schedule that the verifier has nothing against."""
    return not verify_schedule(solve(project, Settings(effort=1.0)))


def by(text: str, type_: ConstraintType = ConstraintType.FNLT) -> tuple[Constraint, ...]:
    """Return a constraint from above."""
    return (Constraint(type_, latest=at(text)),)


def test_a_date_against_resources_is_moved_as_far_as_resources_need() -> None:
    """Two jobs of 2 d by Wednesday on one person: either by Thursday, or a second person."""
    late = by("2026-11-04 17:00")
    plan = make_project(
        [
            task("a", 960, needs={"r": 100}, constraints=late),
            task("b", 960, needs={"r": 100}, constraints=late),
        ],
        (),
        [resource("r")],
    )
    found = explained(plan)
    span = "Mon 2 Nov 2026 08:00 UTC to Tue 3 Nov 2026 17:00 UTC"
    assert repairs(plan) == [
        "`constraint: FNLT 2026-11-05 17:00` for `a`, 1d later",
        "`constraint: FNLT 2026-11-05 17:00` for `b`, 1d later",
        f"`capacity: 2` for `r`, used for 2d from {span}",
    ]
    assert found.help.startswith("write `constraint: FNLT 2026-11-05 17:00` for `a`")
    moved = replace(plan.activities["a"], constraints=by("2026-11-05 17:00"))
    assert works(replace(plan, activities={**plan.activities, "a": moved}))
    assert works(replace(plan, resources={"r": resource("r", 200)}))


def test_the_path_alone_does_not_promise_what_people_cannot_keep() -> None:
    """By links b is done on Thursday, but x takes the person first: Friday is the date."""
    plan = make_project(
        [
            task("a", 960, constraints=()),
            task("b", 960, needs={"r": 100}, constraints=by("2026-11-04 17:00")),
            task("x", 480, needs={"r": 100}, constraints=fixed("2026-11-04 08:00")),
        ],
        [link("a", "b")],
        [resource("r")],
    )
    assert repairs(plan)[0] == "`constraint: FNLT 2026-11-06 17:00` for `b`, 2d later"


def fixed(text: str) -> tuple[Constraint, ...]:
    """Return a must-start-on constraint."""
    return (Constraint(ConstraintType.MSO, at(text), at(text)),)


def test_a_fixed_start_moves_with_both_its_bounds() -> None:
    """a fixed at 10:00 for 4 h leaves b no 3 h that day; at 11:00 it does."""
    plan = make_project(
        [
            task("a", 240, needs={"r": 100}, constraints=fixed("2026-11-02 10:00")),
            task("b", 180, needs={"r": 100}, constraints=by("2026-11-02 17:00")),
        ],
        (),
        [resource("r")],
    )
    assert repairs(plan)[:2] == [
        "`constraint: MSO 2026-11-02 11:00` for `a`, 1h later",
        "`constraint: FNLT 2026-11-03 09:00` for `b`, 1h later",
    ]
    moved = replace(plan.activities["a"], constraints=fixed("2026-11-02 11:00"))
    assert works(replace(plan, activities={**plan.activities, "a": moved}))


def test_a_window_closes_later() -> None:
    """10 h in a window of 6 h: 4 h later."""
    spans = ((at("2026-11-07 00:00"), at("2026-11-07 06:00")),)
    plan = make_project(
        [task("a", 600, "bridge", within=(Within("outage"),))],
        windows={"outage": Window("outage", "Outage", spans)},
    )
    assert repairs(plan) == ["`to: 2026-11-07 10:00` for the window `outage`, 4 h later"]


def test_a_window_that_keeps_others_out_is_tried_with_them() -> None:
    """Closing 4 h later keeps z out 4 h longer, which its own date does not allow: no repair."""
    spans = ((at("2026-11-07 00:00"), at("2026-11-07 06:00")),)
    plan = make_project(
        [
            task("a", 600, "bridge", within=(Within("outage"),)),
            task(
                "z",
                60,
                "bridge",
                forbidden=("outage",),
                constraints=(
                    Constraint(ConstraintType.SNET, at("2026-11-07 06:00")),
                    *by("2026-11-07 09:00"),
                ),
            ),
        ],
        windows={"outage": Window("outage", "Outage", spans)},
    )
    assert repairs(plan) == []


def test_a_lag_on_the_chain_is_shortened_no_more_than_it_takes() -> None:
    """a 1 d, 2 d of lag, b 1 d end on Thursday; by Wednesday the lag may be 1 d."""
    plan = make_project(
        [task("a", 480), task("b", 480, constraints=by("2026-11-04 17:00"))],
        [link("a", "b", lag=960)],
    )
    assert repairs(plan) == [
        "`constraint: FNLT 2026-11-05 17:00` for `b`, 1d later",
        "`lag: 1d` from `a` to `b`, 1d less",
    ]


def test_an_elapsed_lag_is_written_in_elapsed_units() -> None:
    """Curing from Monday 17:00 for 72 h; b has to begin on Thursday 08:00, 63 h after."""
    plan = make_project(
        [task("a", 480), task("b", 240, constraints=by("2026-11-05 13:00"))],
        [link("a", "b", lag=3 * 1440, lag_calendar="24x7")],
    )
    assert "`lag: 63eh` from `a` to `b`, 9eh less" in repairs(plan)


def test_a_maximal_lag_is_lengthened_no_more_than_it_takes() -> None:
    """c waits 4 h for b between: 4 h instead of 1 h."""
    plan = make_project(
        [task("a", 240), task("b", 240), task("c", 60)],
        [link("a", "b"), link("b", "c"), link("a", "c", max_lag=60)],
    )
    assert repairs(plan) == ["`max_lag: 4h` from `a` to `c`, 3h more"]


def test_the_date_of_a_group_is_moved_for_all_inside() -> None:
    """g.a then g.b take 2 d, the group has 1 d."""
    plan = make_project(
        [task("g.a", 480), task("g.b", 480)],
        [link("g.a", "g.b")],
        groups=[Group("g", "G", constraints=by("2026-11-02 17:00"))],
    )
    assert repairs(plan) == ["`constraint: FNLT 2026-11-03 17:00` for `g`, 1d later"]


def test_no_single_edit_for_two_conflicts() -> None:
    """Two dates that are too early for themselves: the first is explained, nothing is promised."""
    plan = make_project(
        [
            task("a", 960, constraints=by("2026-11-02 17:00")),
            task("b", 960, constraints=by("2026-11-02 17:00")),
        ]
    )
    found = explained(plan)
    assert repairs(plan) == []
    assert "FNLT 2026-11-03 17:00" in found.help
    assert any("no single edit" in note for note in found.notes)


def test_five_at_most_and_the_same_every_time() -> None:
    """Eight jobs of a day by Thursday on one person: repairs are cut at five, and repeat."""
    late = by("2026-11-05 17:00")
    jobs = [task(f"a{i}", 480, needs={"r": 100}, constraints=late) for i in range(5)]
    plan = make_project(jobs, (), [resource("r")])
    found = repairs(plan)
    assert len(found) == 5
    assert found == repairs(plan)


def test_impatience_ends_the_search_for_repairs() -> None:
    """Once the user asks to end, the explanation comes as it is."""

    class Impatient(Watch):
        def on_progress(self, progress: object) -> None:
            self.interrupt()

    plan = make_project(
        [task("a", 960), task("b", 960, constraints=by("2026-11-04 17:00"))], [link("a", "b")]
    )
    watch = Impatient()
    found = explained(plan, watch)
    assert found.code == "IMS501"
    assert not any(note.startswith("repair") for note in found.notes)
