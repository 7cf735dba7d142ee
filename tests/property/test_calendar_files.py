"""Calendar files by the tests' own reader, which runs everywhere: nothing is ever wrong."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from tests.support.ics import faults
from tests.support.meetings import drawn_schedules
from tests.support.placed import placed_schedule
from tests.support.reissued import changing_project

from imsgen.formats.ical.calendar import calendar_bytes
from imsgen.formats.ical.files import contents
from imsgen.formats.ical.invitations import Person, invitable, invitations
from imsgen.model import Schedule
from imsgen.plan import load
from imsgen.schedule.diary.wording import Wording
from imsgen.solver import Settings, solve

SAMPLES = Path(__file__).parents[2] / "samples"


def test_nothing_is_wrong_with_drawn_calendars() -> None:
    """500 calendars of meetings of all kinds, hostile texts, nine zones north and south."""
    for schedule in drawn_schedules(500):
        assert faults(calendar_bytes(schedule)) == []


@cache
def _sample(name: str) -> Schedule:
    return solve(load(SAMPLES / name).project, Settings(effort=0, time_limit=600))


@pytest.mark.parametrize("name", ["minimal.yaml", "programme.yaml", "cutover.yaml"])
@pytest.mark.parametrize("tasks", ["", "all"])
def test_nothing_is_wrong_with_a_sample(name: str, tasks: str) -> None:
    """Everybody's calendar, and those of each party and owner."""
    for file, content in contents(_sample(name), "plan.ics", tasks):
        assert isinstance(content, str) or faults(content) == [], file


@pytest.mark.parametrize(
    "text",
    [
        "line\nfeed; semicolon, comma \\ backslash",
        "x\r\nATTENDEE:mailto:a@b.example\r\nORGANIZER:mailto:c@d.example",
        "😀🏴󠁧󠁢󠁳󠁣󠁴󠁿 👩‍👩‍👧",
        "שלום עולם \u202eevil\u202c مرحبا",
        "é" * 5000,
        "word " * 1000,
        "\x00\x01\x07\x1b\x7f\x85 bell",
        "END:VEVENT\nEND:VCALENDAR",
        "\ud800 lone surrogate",
    ],
)
def test_any_text_comes_out_as_text(text: str) -> None:
    """In the names of plan, people, gate and room, in messages and notes: text, and only text."""
    project = changing_project(owner=text, location=text, message=text, name=text)
    gate = replace(project.gates["go"], criteria=(text,), decides=(text,), who=(text,))
    load_ = replace(project.activities["load"], name=text, notes=text, links={text: text})
    named = replace(
        project,
        gates={"go": gate},
        activities={**project.activities, "load": load_},
        parties={id_: replace(one, name=text) for id_, one in project.parties.items()},
    )
    for file, content in contents(placed_schedule(named), "plan.ics", "all"):
        assert isinstance(content, str) or faults(content) == [], file
        assert file == "" or Path(file).parent.name in {"", "by-party", "by-owner"}
    people = {id_: replace(one, name=text) for id_, one in project.resources.items()}
    asked = placed_schedule(replace(project, resources=people, name=text))
    words = Wording.of(asked)
    for entry in (one for several in invitable(asked, words).values() for one in several):
        for one in invitations(entry, words, Person("pmo@a.example", text), None):
            assert faults(one.content, invitation=True) == []
