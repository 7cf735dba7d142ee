"""Folders as they are found: odd files, links, bytes that are no text, front matter with faults."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from tests.support.key_tasks import imported, key_task, written

from imsgen.diagnostics import Report
from imsgen.formats.playbook.context import Choices
from imsgen.formats.playbook.convert import read_plan
from imsgen.formats.playbook.files import files_of

GOOD = key_task(1, 1, "Plan")


def _codes(report: Report) -> list[tuple[str, str]]:
    return [(Path(one.span.file).name if one.span else "", one.code) for one in report.diagnostics]


def test_every_markdown_file_at_any_depth_once(tmp_path: Path) -> None:
    """Both suffixes in any case; hidden files and folders are passed over; order is of numbers."""
    names = ["10.md", "9.md", "a/2.MD", "b.markdown", ".git/x.md", ".hidden.md", "c.txt"]
    folder = written(tmp_path, dict.fromkeys(names, GOOD))
    report = Report()
    found = files_of(folder, report)
    assert found is not None
    assert [str(one.relative_to(folder)) for one, _ in found] == [
        "9.md",
        "10.md",
        "a/2.MD",
        "b.markdown",
    ]
    assert not report.diagnostics


def test_links_that_lead_in_circles_or_nowhere(tmp_path: Path) -> None:
    """A folder inside itself, a file that is itself, one that is not there: told, left out."""
    written(tmp_path, {"1.1.md": GOOD, "sub/1.2.md": key_task(1, 2, "Act")})
    (tmp_path / "sub" / "up").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "self.md").symlink_to("self.md")
    (tmp_path / "gone.md").symlink_to("nowhere")
    found, report = imported(tmp_path)
    assert _codes(report) == [("gone.md", "IMS614"), ("self.md", "IMS614"), ("up", "IMS614")]
    assert found.text.count("    name: Plan") == 1
    assert "1-2-act:" in found.text


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_what_is_no_file_is_not_waited_for(tmp_path: Path) -> None:
    """A pipe would never end; a folder that is called like a file is one."""
    written(tmp_path, {"1.1.md": GOOD, "folder.md/1.2.md": key_task(1, 2, "Act")})
    os.mkfifo(tmp_path / "pipe.md")
    found, report = imported(tmp_path)
    assert _codes(report) == [("pipe.md", "IMS614")]
    assert "1-2-act:" in found.text


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (GOOD.replace("Plan", "Caf\xe9").encode("latin-1"), "IMS111"),
        (GOOD.encode("utf-16"), "IMS111"),
        (bytes(range(256)) * 4, "IMS111"),
        (b"\x00" * 64, "IMS111"),
        (b"---\nphase: 1\n" + b"# x\n" * 2_600_000, "IMS112"),
    ],
)
def test_bytes_that_are_no_text(tmp_path: Path, content: bytes, code: str) -> None:
    """One diagnostic for the file, and the other one is imported."""
    written(tmp_path, {"1.1.md": GOOD})
    (tmp_path / "1.2.md").write_bytes(content)
    found, report = imported(tmp_path)
    assert _codes(report) == [("1.2.md", code)]
    assert "1-1-plan:" in found.text


def test_a_bomb_of_aliases_is_not_expanded(tmp_path: Path) -> None:
    """Nine levels of nine would be 387 million texts: each alias is refused where it stands."""
    levels = [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)]
    bomb = "\n".join(["---", "phase: 1", "keyTask: 2", "name: Bomb", "a0: &a0 [x]", *levels])
    written(tmp_path, {"1.1.md": GOOD, "1.2.md": f"{bomb}\nactivities: *a9\n---\n"})
    found, report = imported(tmp_path)
    codes = [code for _, code in _codes(report)]
    assert codes.count("IMS106") == 40
    assert any("52 more like it" in one.message for one in report.diagnostics)
    assert "1-1-plan:" in found.text
    assert "1-2-bomb:" in found.text
    assert "milestone: true}" in found.text


def test_text_with_a_colon_is_read_as_text(tmp_path: Path) -> None:
    """YAML forbids it, people write it: told, with its place, and nothing is lost."""
    text = key_task(1, 1, "Plan: the second", activities=["Develop: one", "Review it"])
    found, report = imported(written(tmp_path, {"1.1.md": text}) / "1.1.md")
    assert [(one.code, one.span.line) for one in report.diagnostics if one.span] == [
        ("IMS116", 4),
        ("IMS615", 7),
    ]
    assert 'name: "Plan: the second"' in found.text
    assert 'name: "Develop: one"' in found.text


def test_a_line_that_cannot_be_read_costs_itself(tmp_path: Path) -> None:
    """A bracket that is never closed and a line between two levels: the rest is imported."""
    text = GOOD.replace("  - Review it", "   - Review it").replace("---\n\n", "")
    text = text.replace("stakeholders:", "outputs: [a\nstakeholders:")
    found, report = imported(written(tmp_path, {"1.1.md": text}) / "1.1.md")
    assert {code for _, code in _codes(report)} >= {"IMS117"}
    assert "develop-it" in found.text


def test_numbers_from_the_name_of_the_file(tmp_path: Path) -> None:
    """Where the front matter has none; without either the file is left out."""
    bare = GOOD.replace("keyTask: 1\n", "")
    files = {"2.7-act.md": bare.replace("phase: 1\n", ""), "1.12.md": bare, "notes.md": bare}
    found, report = imported(written(tmp_path, files))
    assert "1-12-plan:" in found.text
    assert "2-7-plan:" in found.text
    assert _codes(report) == [
        ("1.12.md", "IMS615"),
        ("2.7-act.md", "IMS615"),
        ("notes.md", "IMS614"),
    ]


@pytest.mark.parametrize(
    ("phase", "number", "id_"),
    [
        ("Phase 3", "4", "3-4-plan"),
        ("'3'", "3.14", "3-14-plan"),
        ("3", "3.10", "3-10-plan"),
        ("Build", "7b", "build-7b-plan"),
    ],
)
def test_numbers_in_several_forms(tmp_path: Path, phase: str, number: str, id_: str) -> None:
    """The word `phase`, quotes, and the phase in front of the number say nothing more."""
    found, report = imported(written(tmp_path, {"a.md": key_task(phase, number, "Plan")}))
    assert f"      {id_}:" in found.text
    assert not report.diagnostics


def test_keys_are_found_in_any_writing(tmp_path: Path) -> None:
    """Upper case, hyphens and underscores make no other key."""
    text = GOOD.replace("keyTask", "Key-Task").replace("phase", "PHASE")
    found, report = imported(written(tmp_path, {"a.md": text}))
    assert "1-1-plan:" in found.text
    assert not report.diagnostics


def test_a_key_that_no_rule_knows(tmp_path: Path) -> None:
    """Misspelt it is a warning with what may be meant; told once, however many files have it."""
    one = GOOD.replace("activities:", "activites:").replace("---\nphase", "---\nmood: 1\nphase", 1)
    files = {"a.md": one, "b.md": one.replace("keyTask: 1", "keyTask: 2")}
    _, report = imported(written(tmp_path, files))
    found = {one.message.split("`")[1]: one for one in report.diagnostics if one.code == "IMS655"}
    assert found["activites"].help == "did you mean `activities`?"
    assert "in 1 more files" in found["mood"].message
    assert sum(one.code == "IMS655" for one in report.diagnostics) == 2


def test_activities_by_subject_and_text_for_a_list(tmp_path: Path) -> None:
    """A map of lists is groups; text alone is taken for a list of one, and that is told."""
    text = (
        "---\nphase: 1\nkeyTask: 1\nname: Plan\nactivities:\n  people:\n    - Train all\n"
        "  technology: [Build it, Train all]\nstakeholders: Program Manager\noutputs: true\n---\n"
    )
    found, report = imported(written(tmp_path, {"a.md": text}))
    inside = found.text[found.text.index("people:") :]
    assert inside.index("train-all") < inside.index("technology:") < inside.index("build-it")
    assert "after: people.train-all" in inside
    assert "program-manager: 25%" in inside
    assert [(one.code, one.span.line) for one in report.diagnostics if one.span] == [
        ("IMS616", 8),
        ("IMS615", 9),
        ("IMS615", 10),
    ]


def test_the_page_of_a_phase_is_compared(tmp_path: Path) -> None:
    """A title that no key task has, one of another phase, and a key task that is not listed."""
    page = (
        "---\nphase: 2\nname: Do\nobjective: Get it done.\nactivities:\n  all:\n    - name: Plan\n"
    )
    files = {
        "1.1.md": GOOD,
        "2.1.md": key_task(2, 1, "Act"),
        "2.2.md": key_task(2, 2, "Check"),
        "p/2.md": f"{page}    - name: Act\n    - name: Rest\n---\n",
    }
    found, report = imported(written(tmp_path, files))
    assert [one.message for one in report.sorted()] == [
        "the page of phase 2 does not list 2.2",
        "no key task of phase 2 is called `Plan`, but one of phase 1 is",
        "no key task of phase 2 is called `Rest`",
    ]
    assert "notes: Get it done." in found.text


def test_findings_of_one_kind_are_counted(tmp_path: Path) -> None:
    """A thousand empty lines are forty diagnostics, the last with the number of the others."""
    lines = "".join("  -\n" for _ in range(1000))
    text = GOOD.replace("activities:\n", f"activities:\n{lines}")
    _, report = imported(written(tmp_path, {"1.1.md": text}))
    assert len(report.diagnostics) == 40
    assert report.diagnostics[-1].message.endswith("and 960 more like it in the file")


def test_texts_without_end_are_cut(tmp_path: Path) -> None:
    """A name, a role and a party of a hundred thousand characters each are read at once."""
    long = ",(" * 50_000
    text = key_task(
        1, 1, f"'{'<' * 100_000}'", people=[f"'Lead{long}'"], activities=[f"'{long} if'"]
    )
    found, report = imported(written(tmp_path, {"1.1.md": text}) / "1.1.md")
    cut = [one for one in report.diagnostics if "is cut after 4000" in one.message]
    assert len(cut) == 3
    assert len(found.text) < 100_000


def test_pages_of_phases_alone_make_no_plan(tmp_path: Path) -> None:
    """Without key tasks there is nothing to plan, and the help says what is missing."""
    report = Report()
    folder = written(tmp_path, {"4.md": "---\nphase: 4\nname: Migration\n---\n"})
    assert read_plan(folder, Choices(), None, report) is None
    (one,) = report.diagnostics
    assert (one.code, "pages of phases alone" in one.help) == ("IMS622", True)


def test_a_plan_too_large_to_be_read_is_not_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a limit of a thousand bytes: an error that says what to do."""
    monkeypatch.setattr("imsgen.formats.playbook.convert.LIMIT", 1000)
    report = Report()
    folder = written(tmp_path, {"1.1.md": GOOD, "1.2.md": key_task(1, 2, "Act")})
    assert read_plan(folder, Choices(), None, report) is None
    assert [one.code for one in report.diagnostics] == ["IMS611"]


def test_a_large_folder_is_read_file_by_file(tmp_path: Path) -> None:
    """Six hundred key tasks that each read what the one before makes: as many links, none twice."""
    for n in range(600):
        text = key_task(
            n // 30, n % 30, f"Step {n}", inputs=[f"Doc {n}"], outputs=[f"Doc {n + 1}"]
        )
        (tmp_path / f"{n}.md").write_text(text, encoding="utf-8")
    found, _ = imported(tmp_path)
    assert found.text.count("reason: Doc") == 600
