"""Plans that are text, not files."""

from __future__ import annotations

from pathlib import Path

import pytest

from imsgen.errors import PlanError
from imsgen.plan import load, load_text
from imsgen.plan.syntax.text import source
from imsgen.schedule import plan_hash

PLAN = """\
imsgen: 1
start: 2026-11-02 08:00
calendar: standard
include: shared/pool.yaml
activities: {a: {duration: 1d, needs: ana}, team: {include: team.yaml}}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the current folder, with the files that the plan includes."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared" / "pool.yaml").write_text("imsgen: 1\nresources: {ana: {}}\n")
    (tmp_path / "team.yaml").write_text("imsgen: 1\nactivities: {b: {duration: 1d}}\n")
    return tmp_path


def test_it_is_the_plan_its_file_would_be(folder: Path) -> None:
    """The same text in plan.yaml gives the same plan; only the files differ, by the root."""
    (folder / "plan.yaml").write_text(PLAN)
    given, read = load_text(PLAN), load("plan.yaml")
    assert plan_hash(given.project) == plan_hash(read.project)
    assert given.project.id == "plan"
    assert read.files == (folder / "plan.yaml", *given.files)
    assert given.files == (folder / "shared" / "pool.yaml", folder / "team.yaml")
    assert {span.file for span in given.project.sources.values()} == {
        "<stdin>",
        "shared/pool.yaml",
        "team.yaml",
    }


def test_bytes_and_text_are_the_same(folder: Path) -> None:
    """A byte order mark is allowed in both."""
    assert load_text(PLAN.encode("utf-8-sig")).project == load_text("\ufeff" + PLAN).project


def test_it_includes_nothing_outside_the_current_folder(folder: Path) -> None:
    """The same rule as for a file in it: IMS221."""
    with pytest.raises(PlanError) as caught:
        load_text(PLAN.replace("team.yaml", "../team.yaml"))
    assert [one.code for one in caught.value.diagnostics] == ["IMS221"]


def test_included_files_that_include_each_other(folder: Path) -> None:
    """A circle among the files is found below a text too: IMS222."""
    (folder / "team.yaml").write_text("imsgen: 1\nactivities: {c: {include: team.yaml}}\n")
    with pytest.raises(PlanError) as caught:
        load_text(PLAN)
    assert [one.code for one in caught.value.diagnostics] == ["IMS222"]


def test_a_text_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The limit of a file holds: IMS112."""
    monkeypatch.setattr(source, "LIMIT", 100)
    with pytest.raises(PlanError) as caught:
        load_text(PLAN, "mail.yaml")
    (found,) = caught.value.diagnostics
    assert found.code == "IMS112"
    assert found.message.startswith("`mail.yaml` is too large: ")
