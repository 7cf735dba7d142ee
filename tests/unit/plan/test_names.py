"""How references find what they mean."""

from __future__ import annotations

import pytest

from imsgen.diagnostics import Report, Span
from imsgen.plan.document import At
from imsgen.plan.resolve.names import Names, Role

PLACE = Span("plan.yaml", 1, 1, 1, 2)


@pytest.fixture
def names() -> Names:
    """Return a rehearsal and a cutover with the same steps, and a nested group."""
    found = Names(Report())
    for id_ in ("rehearsal", "cutover", "cutover.data"):
        found.add(id_, Role.GROUP, PLACE)
    for id_ in ("rehearsal.load", "cutover.load", "cutover.data.load", "cutover.data.copy", "go"):
        found.add(id_, Role.ACTIVITY, PLACE)
    return found


@pytest.mark.parametrize(
    ("text", "scope", "expected"),
    [
        ("load", "rehearsal", ["rehearsal.load"]),
        ("load", "cutover", ["cutover.load"]),
        ("load", "cutover.data", ["cutover.data.load"]),
        ("go", "cutover.data", ["go"]),
        ("rehearsal.load", "cutover", ["rehearsal.load"]),
        ("data.load", "cutover", ["cutover.data.load"]),
        ("data.load", "rehearsal", ["cutover.data.load"]),
        ("copy", "rehearsal", ["cutover.data.copy"]),
        ("load", "", ["rehearsal.load", "cutover.load", "cutover.data.load"]),
        ("oad", "cutover", []),
    ],
)
def test_siblings_then_outwards_then_anywhere(
    names: Names, text: str, scope: str, expected: list[str]
) -> None:
    """The nearest of that name wins; across groups it must be the end of one id only."""
    assert names.look_up(text, scope) == expected


def test_a_close_name_is_offered_in_its_shortest_form(names: Names) -> None:
    """Inside the group the short id, elsewhere what is not ambiguous."""
    assert names.close("cpoy", "cutover.data")[0] == "copy"
    assert names.find(At("cpoy", PLACE), "cutover.data") is None
    assert names.report.diagnostics[0].help.startswith("did you mean `copy`")
