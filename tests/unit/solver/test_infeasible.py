"""Plans that cannot be, and what is said of them; Monday is 2 November 2026."""

from __future__ import annotations

import pytest
from tests.support.projects import at, link, make_project, resource, task

from imsgen.diagnostics import Diagnostic, Span
from imsgen.diagnostics.codes import all_codes
from imsgen.errors import Infeasible
from imsgen.model import Constraint, ConstraintType, Project, Window, Within
from imsgen.solver import Settings, solve


def explained(project: Project) -> Diagnostic:
    """Return the first explanation of a plan that has no schedule."""
    with pytest.raises(Infeasible) as caught:
        solve(project, Settings(effort=2.0, time_limit=600))
    found = caught.value.diagnostics[0]
    assert found.code in all_codes()
    return found


def by(text: str) -> tuple[Constraint, ...]:
    """Return a finish-no-later-than constraint."""
    return (Constraint(ConstraintType.FNLT, latest=at(text)),)


def test_constraint_earlier_than_the_path_names_chain_and_date() -> None:
    """2 d after 2 d end on Thursday, not on Wednesday: the date that would do is in the help."""
    place = Span("plan.yaml", 7, 5, 7, 9)
    plan = make_project(
        [task("a", 960), task("b", 960, constraints=by("2026-11-04 17:00"))],
        [link("a", "b")],
        sources={"activity:b.constraint": place},
    )
    found = explained(plan)
    assert found.code == "IMS501"
    assert found.span == place
    assert "`a` (2d) -> `b` (2d)" in found.notes[0]
    assert "FNLT 2026-11-05 17:00" in found.help
    assert found.message.endswith("1d late")


def test_window_that_closes_too_early() -> None:
    """10 h do not fit into a window of 6 h."""
    window = Window("outage", "Outage", ((at("2026-11-07 00:00"), at("2026-11-07 06:00")),))
    plan = make_project(
        [task("a", 600, "bridge", within=(Within("outage"),))], windows={"outage": window}
    )
    assert explained(plan).code == "IMS502"


def test_max_lag_against_a_longer_path() -> None:
    """c follows a within 1 h, but b of 4 h lies between."""
    plan = make_project(
        [task("a", 240), task("b", 240), task("c", 60)],
        [link("a", "b"), link("b", "c"), link("a", "c", max_lag=60)],
    )
    assert explained(plan).code == "IMS503"


def test_unbroken_longer_than_any_working_interval() -> None:
    """5 h without a pause do not exist in office hours."""
    assert explained(make_project([task("a", 300, unbroken=True)])).code == "IMS504"


def test_more_work_than_a_resource_has_time() -> None:
    """Two jobs of 2 d by Wednesday on one person, who has 3 d."""
    plan = make_project(
        [
            task("a", 960, needs={"r": 100}, constraints=by("2026-11-04 17:00")),
            task("b", 960, needs={"r": 100}, constraints=by("2026-11-04 17:00")),
        ],
        (),
        [resource("r")],
    )
    found = explained(plan)
    assert found.code == "IMS505"
    assert found.label == "4d of work, 3d available"


def test_dates_that_only_together_cannot_be() -> None:
    """A fixed start at 10:00 leaves no 3 h on Monday; the third activity is not blamed."""
    fixed = (Constraint(ConstraintType.MSO, at("2026-11-02 10:00"), at("2026-11-02 10:00")),)
    plan = make_project(
        [
            task("a", 240, needs={"r": 100}, constraints=fixed),
            task("b", 180, needs={"r": 100}, constraints=by("2026-11-02 17:00")),
            task("z", 60, constraints=by("2026-11-06 17:00")),
        ],
        (),
        [resource("r")],
    )
    found = explained(plan)
    assert found.code == "IMS506"
    assert "`a`, `b`" in found.message
    assert "`r`" in found.message
    assert "z" not in found.message


def test_only_the_dates_that_conflict_are_named() -> None:
    """Of thirty dated jobs two want the same person on Monday: nobody else is blamed."""
    fixed = (Constraint(ConstraintType.MSO, at("2026-11-02 10:00"), at("2026-11-02 10:00")),)
    others = [
        task(f"o{i}", 60, needs={"s": 100}, constraints=by("2026-11-27 17:00")) for i in range(28)
    ]
    plan = make_project(
        [
            *others,
            task("a", 240, needs={"r": 100}, constraints=fixed),
            task("b", 180, needs={"r": 100}, constraints=by("2026-11-02 17:00")),
        ],
        (),
        [resource("r"), resource("s")],
    )
    assert explained(plan).message == (
        "the dates of `a`, `b` cannot be met together with the capacity of `r`"
    )


def test_a_shortage_names_the_dates_that_make_it() -> None:
    """a and b need 4 d of r before c, due on Thursday; d is due later and not named."""
    plan = make_project(
        [
            task("a", 960, needs={"r": 100}),
            task("b", 960, needs={"r": 100}),
            task("c", 480, constraints=by("2026-11-05 17:00")),
            task("d", 480, constraints=by("2026-11-30 17:00")),
        ],
        [link("a", "c"), link("b", "c"), link("b", "d")],
        [resource("r")],
        sources={
            f"activity:{id_}": Span("plan.yaml", line, 3, line, 4)
            for line, id_ in enumerate("abcd", start=5)
        },
    )
    found = explained(plan)
    assert found.message.startswith("`r` is 1d short between")
    assert [label.span.line for label in found.labels] == [5, 6, 7]


def test_nobody_ever_names_who_is_missing() -> None:
    """r is there for a day, a needs two: what is said names both, and no date."""
    gone = ((None, 100), (at("2026-11-03 00:00"), 0))
    plan = make_project([task("a", 960, needs={"r": 100})], (), [resource("r", capacity=gone)])
    assert explained(plan).message == "`a` cannot be done with the capacity of `r`"


def test_a_missed_deadline_is_no_reason() -> None:
    """Deadlines are reported, not enforced."""
    schedule = solve(make_project([task("a", 960, deadline=at("2026-11-02 09:00"))]))
    assert schedule.objective[0].value > 0
