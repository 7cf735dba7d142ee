"""Laws of the schedule file on random plans."""

from __future__ import annotations

import json

from hypothesis import given
from tests.support.strategies import projects

from imsgen.errors import Infeasible, NoSolution
from imsgen.model import Project, Schedule
from imsgen.schedule import carry, decode, encode, load_document, plan_hash, to_json
from imsgen.solver import Settings, solve

QUICK = Settings(effort=0.0)


@given(projects())
def test_a_project_survives_json(project: Project) -> None:
    """Decoding what was encoded gives an equal plan with an equal hash."""
    again = decode(Project, json.loads(json.dumps(encode(project))))
    assert again == project
    assert plan_hash(again) == plan_hash(project)


@given(projects())
def test_a_schedule_survives_its_file(project: Project) -> None:
    """Reading the text of a schedule gives an equal schedule, whose text is the same again."""
    try:
        schedule: Schedule = solve(project, QUICK)
    except (Infeasible, NoSolution):
        return
    text = to_json(schedule)
    again = load_document(json.loads(text), "random")
    assert again == schedule
    assert to_json(again) == text


@given(projects(), projects())
def test_revisions_keep_identities(one: Project, two: Project) -> None:
    """No event is lost, no UID occurs twice, no SEQUENCE falls, and carrying twice changes nothing."""
    try:
        first, second = solve(one, QUICK), solve(two, QUICK)
    except (Infeasible, NoSolution):
        return
    carried = carry(second, first)
    assert carry(second, carried) == carried
    known = {meeting.uid: meeting for meeting in carried.meetings}
    assert len(known) == len(carried.meetings)
    for meeting in first.meetings:
        assert known[meeting.uid].sequence >= meeting.sequence
