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
    """Return the repairs told, the cheapest first."""
    return edits(explained(project))


def edits(found: Diagnostic) -> list[str]:
    """Return the repairs an explanation tells."""
    tried = any(note.startswith("each repair was tried") for note in found.notes)
    return [found.help, *found.alternatives] if tried else []


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
    span = "Mon 2 Nov 2026 08:00 UTC and Tue 3 Nov 2026 17:00 UTC"
    assert repairs(plan) == [
        "write `constraint: FNLT 2026-11-05 17:00` for `a`, 1d later",
        "write `constraint: FNLT 2026-11-05 17:00` for `b`, 1d later",
        f"write `capacity: 2` for `r`, in use for 16h between {span}",
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
    assert repairs(plan)[0] == "write `constraint: FNLT 2026-11-06 17:00` for `b`, 2d later"


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
        "write `constraint: MSO 2026-11-02 11:00` for `a`, 1h later",
        "write `constraint: FNLT 2026-11-03 09:00` for `b`, 1h later",
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
    assert repairs(plan) == [
        "write `to: 2026-11-07 10:00` for the window `outage`, 4 h later",
        "write `from: 2026-11-06 20:00` for the window `outage`, 4 h earlier",
    ]


def test_a_window_that_keeps_others_out_is_tried_with_them() -> None:
    """Closing 4 h later keeps z out 4 h longer, which its own date does not allow; opening does."""
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
    assert repairs(plan) == ["write `from: 2026-11-06 20:00` for the window `outage`, 4 h earlier"]


def test_a_lag_on_the_chain_is_shortened_no_more_than_it_takes() -> None:
    """a 1 d, 2 d of lag, b 1 d end on Thursday; by Wednesday the lag may be 1 d."""
    plan = make_project(
        [task("a", 480), task("b", 480, constraints=by("2026-11-04 17:00"))],
        [link("a", "b", lag=960)],
    )
    assert repairs(plan) == [
        "write `constraint: FNLT 2026-11-05 17:00` for `b`, 1d later",
        "write `lag: 1d` from `a` to `b`, 1d less",
    ]


def test_an_elapsed_lag_is_written_in_elapsed_units() -> None:
    """Curing from Monday 17:00 for 72 h; b has to begin on Thursday 08:00, 63 h after."""
    plan = make_project(
        [task("a", 480), task("b", 240, constraints=by("2026-11-05 13:00"))],
        [link("a", "b", lag=3 * 1440, lag_calendar="24x7")],
    )
    assert "write `lag: 63eh` from `a` to `b`, 9eh less" in repairs(plan)


def test_a_maximal_lag_is_lengthened_no_more_than_it_takes() -> None:
    """c waits 4 h for b between: 4 h instead of 1 h."""
    plan = make_project(
        [task("a", 240), task("b", 240), task("c", 60)],
        [link("a", "b"), link("b", "c"), link("a", "c", max_lag=60)],
    )
    assert repairs(plan) == ["write `max_lag: 4h` from `a` to `c`, 3h more"]


def test_the_date_of_a_group_is_moved_for_all_inside() -> None:
    """g.a then g.b take 2 d, the group has 1 d."""
    plan = make_project(
        [task("g.a", 480), task("g.b", 480)],
        [link("g.a", "g.b")],
        groups=[Group("g", "G", constraints=by("2026-11-02 17:00"))],
    )
    assert repairs(plan) == ["write `constraint: FNLT 2026-11-03 17:00` for `g`, 1d later"]


def conflicts(project: Project) -> tuple[Diagnostic, ...]:
    """Return all that is said of a plan that has no schedule."""
    with pytest.raises(Infeasible) as caught:
        solve(project, Settings(effort=2.0))
    return caught.value.diagnostics


def test_two_conflicts_are_explained_one_by_one() -> None:
    """Two dates that are too early each for itself: both are told with their repair, tried."""
    late = by("2026-11-02 17:00")
    plan = make_project([task("a", 960, constraints=late), task("b", 1440, constraints=late)])
    first, second = conflicts(plan)
    assert edits(first) == ["write `constraint: FNLT 2026-11-03 17:00` for `a`, 1d later"]
    assert edits(second) == ["write `constraint: FNLT 2026-11-04 17:00` for `b`, 2d later"]
    assert first.notes[0] == "conflict 1 of 2"
    assert second.notes[-1].startswith("the first repairs of all conflicts were tried together")


def test_three_conflicts_at_most_are_explained() -> None:
    """Five dates that are too early: three are explained, and that there are more is said."""
    late = by("2026-11-02 17:00")
    plan = make_project([task(f"a{i}", 960, constraints=late) for i in range(5)])
    found = conflicts(plan)
    assert [one.notes[0] for one in found] == [f"conflict {i} of 5" for i in (1, 2, 3)]
    assert all(edits(one) for one in found)
    assert found[-1].notes[-1].startswith("2 more not shown")


def test_a_date_and_a_shortage_are_two_conflicts() -> None:
    """a has no time of its own; b and c want the same person, who has a day too little."""
    plan = make_project(
        [
            task("a", 960, constraints=by("2026-11-02 17:00")),
            task("b", 960, needs={"r": 100}, constraints=by("2026-11-04 17:00")),
            task("c", 960, needs={"r": 100}, constraints=by("2026-11-04 17:00")),
        ],
        (),
        [resource("r")],
    )
    assert [one.code for one in conflicts(plan)] == ["IMS501", "IMS505"]


def test_an_earlier_start_is_offered_where_a_date_holds_the_chain() -> None:
    """a from Wednesday on, 1 d, then b 1 d by Wednesday: a from Tuesday on would do."""
    floor = (Constraint(ConstraintType.SNET, at("2026-11-04 08:00")),)
    plan = make_project(
        [
            task("a", 480, constraints=floor),
            task("b", 480, constraints=by("2026-11-04 17:00")),
        ],
        [link("a", "b")],
    )
    assert repairs(plan) == [
        "write `constraint: FNLT 2026-11-05 17:00` for `b`, 1d later",
        "write `constraint: SNET 2026-11-03 08:00` for `a`, 1d earlier",
    ]


def test_every_night_closes_later() -> None:
    """7 h in one night of 6 h: each night 1 h longer."""
    nights = tuple(
        (at(f"2026-11-{day:02} 00:00"), at(f"2026-11-{day:02} 06:00")) for day in range(3, 28)
    )
    plan = make_project(
        [task("a", 420, "bridge", within=(Within("nights"),))],
        windows={"nights": Window("nights", "Nights", nights, repeating=True)},
    )
    assert repairs(plan) == ["let every `nights` close 1 h later"]


def test_somebody_is_back_earlier() -> None:
    """2 d of r, who is away from Tuesday to Thursday, by Friday: away until Wednesday would do."""
    away = ((at("2026-11-03 00:00"), at("2026-11-06 00:00")),)
    plan = make_project(
        [
            task("a", 480),
            task("b", 960, needs={"r": 100}, constraints=by("2026-11-06 17:00")),
        ],
        [link("a", "b")],
        [resource("r", leave=away)],
    )
    assert "let `r` be back on Thu 5 Nov 2026, 1 day earlier" in repairs(plan)


def test_a_freeze_ends_earlier() -> None:
    """b may not lie in Tuesday to Thursday; 2 d by Friday need Thursday."""
    frozen = ((at("2026-11-03 00:00"), at("2026-11-06 00:00")),)
    plan = make_project(
        [
            task("a", 480),
            task("b", 960, forbidden=("freeze",), constraints=by("2026-11-06 17:00")),
        ],
        [link("a", "b")],
        windows={"freeze": Window("freeze", "Freeze", frozen)},
    )
    assert "write `to: 2026-11-05 08:00` for the window `freeze`, 16 h earlier" in repairs(plan)


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
    assert edits(found) == []
