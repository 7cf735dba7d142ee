"""Laws of the import of key tasks, on folders nobody would write."""

from __future__ import annotations

import re
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.key_tasks import imported, key_task, written

from imsgen.formats.playbook.context import Choices
from imsgen.model import Kind, Project
from imsgen.network.graph import build_graph
from imsgen.plan import load_text
from imsgen.solver import solve
from imsgen.solver.settings import Settings
from imsgen.verifier import verify_schedule

DOCUMENTS = [
    "Plan",
    "plans",
    "Report (PR)",
    "Étude",
    "План",
    "Status Reports",
    "Cutover Plan",
    "1",
]
ACTIVITIES = [
    "Develop it",
    "develop it",
    "Monitor all",
    "If Go decision is made, switch over",
    "If No-Go decision made-return",
    "Write the plan",
    "Initiate post cutover support",
    "Schedule checkpoints for it",
    "Hold a daily meeting",
    "start",
    "finish",
    "Если нужно",
    "true",
    "12:30",
    "{a} [b] #c",
    "- x",
    "'",
]
NAMES = ["Design", "Monitor and Control Work", "Maintain and Execute It", "started", "Étape", "Ж"]
PEOPLE = ["Program Manager", "Lead", "Team, if on boarded", "Sponsor", "any", "Ж", "'"]


def _quoted(texts: list[str]) -> list[str]:
    return ["'" + text.replace("'", "''") + "'" for text in texts]


def _some(values: list[str], most: int = 4) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(values), max_size=most).map(_quoted)


@st.composite
def folders(draw: st.DrawFn) -> dict[str, str]:
    """Return up to seven key tasks of up to three phases, and perhaps the page of one."""
    numbers = st.tuples(st.integers(0, 2), st.integers(1, 12))
    found = {}
    for phase, number in draw(st.lists(numbers, min_size=1, max_size=7, unique=True)):
        found[f"{phase}.{number}.md"] = key_task(
            phase,
            number,
            draw(st.sampled_from(NAMES)),
            activities=draw(_some(ACTIVITIES, 6)),
            inputs=draw(_some(DOCUMENTS)),
            outputs=draw(_some(DOCUMENTS)),
            people=draw(_some(PEOPLE)),
        )
    if draw(st.booleans()):
        found["page.md"] = "---\nphase: 1\nname: Middle\nexitCriteria: [name: Done]\n---\n"
    return found


def _text(files: dict[str, str], choices: Choices) -> str:
    with TemporaryDirectory() as folder:
        return imported(written(Path(folder) / "tasks", files), choices)[0].text


def _project(files: dict[str, str], choices: Choices | None = None) -> Project:
    return load_text(_text(files, choices or Choices()).encode(), "tasks.yaml").project


@given(folders(), st.sampled_from(["S", "M", "L"]), st.sampled_from(["hard", "soft"]))
@settings(max_examples=40, deadline=None)
def test_any_folder_becomes_a_plan_with_one_beginning_and_one_end(
    files: dict[str, str], size: str, gates: str
) -> None:
    """It has no errors and no circle, nothing is left open, and twice it is the same bytes."""
    choices = Choices(size=size, gates=gates)
    text = _text(files, choices)
    assert text == _text(dict(reversed(files.items())), choices)
    project = load_text(text.encode(), "tasks.yaml").project
    graph = build_graph(project)
    assert len(graph.order) == len(graph.incoming)
    planned = [
        id_
        for id_, one in project.activities.items()
        if one.scheduled and one.kind is not Kind.HAMMOCK
    ]
    assert [id_ for id_ in planned if not graph.incoming[id_]] == ["started"]
    assert [id_ for id_ in planned if not graph.outgoing[id_]] == ["complete"]
    assert not any(one.constraints for one in project.activities.values())


@given(folders())
@settings(max_examples=8, deadline=None)
def test_any_folder_has_a_schedule(files: dict[str, str]) -> None:
    """The verifier accepts it."""
    assert verify_schedule(solve(_project(files), Settings(effort=0.05, workers=1))) == []


@given(folders(), st.data())
@settings(max_examples=25, deadline=None)
def test_an_edit_of_one_file_changes_what_belongs_to_it(
    files: dict[str, str], data: st.DataObject
) -> None:
    """Another verb in one key task: every activity of all others is the same as before."""
    names = [name for name, text in files.items() if "Develop it'" in text]
    if not names:
        return
    name = data.draw(st.sampled_from(names))
    edited = {**files, name: files[name].replace("Develop it'", "Build it'", 1)}
    before, after = _project(files), _project(edited)
    phase, number = name.removesuffix(".md").split(".")
    own = re.compile(rf"phase-{phase}\.{phase}-{number}(-[^.]*)?(\.|$)")
    rest = [id_ for id_ in before.activities if not own.match(id_)]
    assert [id_ for id_ in after.activities if not own.match(id_)] == rest
    assert all(before.activities[id_] == after.activities[id_] for id_ in rest)
    assert before.resources == after.resources
    assert before.gates == after.gates
