"""What the verifier says of hand-made dates."""

from __future__ import annotations

from tests.support.projects import at

from imsgen.model import Placement, Project
from imsgen.verifier import Rule, verify

Dates = dict[str, Placement]


def place(start: str, finish: str | None = None, mode: int = 0) -> Placement:
    """Return ``[start, finish)`` of ``02 08:00`` texts in November 2026, UTC.

    Without a finish it is a milestone.
    """
    first = at(f"2026-11-{start}")
    return Placement(first, first if finish is None else at(f"2026-11-{finish}"), mode)


def broken(project: Project, dates: Dates) -> list[Rule]:
    """Return the rules that the dates break."""
    return [one.rule for one in verify(project, dates)]


def only(project: Project, good: Dates, bad: Dates, rule: Rule) -> None:
    """Assert that good dates pass and that the changes in ``bad`` break one rule, once."""
    assert verify(project, good) == []
    assert broken(project, {**good, **bad}) == [rule]
