"""Key tasks are read in every form they come in, and each defect is told with its place."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.support.key_tasks import CUTOVER, imported, key_task, written

from imsgen.diagnostics import Report, Severity
from imsgen.formats.playbook.context import Choices
from imsgen.formats.playbook.convert import read_plan
from imsgen.formats.playbook.read import read_playbook
from imsgen.formats.playbook.rules import Rules
from imsgen.formats.playbook.rules_file import OWN, read_rules
from imsgen.formats.playbook.source import KeyTask
from imsgen.formats.playbook.wording import clean, in_order


@pytest.fixture(scope="module")
def rules() -> Rules:
    """Return the rules that come with imsgen."""
    report = Report()
    found = read_rules(OWN, OWN.name, report)
    assert found is not None, report.diagnostics
    return found


def _read(tmp_path: Path, rules: Rules, text: str) -> tuple[list[KeyTask], list[tuple[str, int]]]:
    path = tmp_path / "1.1.md"
    path.write_text(text, encoding="utf-8")
    report = Report()
    book = read_playbook([(path, "1.1.md")], rules, report)
    places = [(one.code, one.span.line if one.span else 0) for one in report.sorted()]
    assert all(one.severity is not Severity.ERROR for one in report.diagnostics)
    return book.tasks, places


def test_plain_lines_and_maps_mix(tmp_path: Path, rules: Rules) -> None:
    """A document is text or a map with a file's name; `shared` is both parties."""
    (task,), found = _read(tmp_path, rules, CUTOVER)
    assert [one.text for one in task.inputs] == ["Fallback Plan", "Rehearsal Report"]
    assert task.parties == ("customer", "provider")
    assert task.activities[3].parties == ("customer",)
    assert task.label == "3.4"
    assert found == []


def test_groups_of_activities(tmp_path: Path, rules: Rules) -> None:
    """Activities under headings keep them; one repeated under another heading is left out."""
    text = (
        "---\nphase: 1\nkeyTask: 9\nname: See\nactivitiesGroups:\n  - group: Today\n    activities:\n"
        "    - text: List systems\n  - group: <b>Tomorrow</b>\n    activities:\n"
        "    - text: List systems\n    - Draw the target\n---\n"
    )
    (task,), found = _read(tmp_path, rules, text)
    assert [(one.name, [a.text for a in one.activities]) for one in task.sections] == [
        ("Today", ["List systems"]),
        ("Tomorrow", ["Draw the target"]),
    ]
    assert found == [("IMS617", 9), ("IMS616", 11)]


def test_the_same_stakeholder_twice(tmp_path: Path, rules: Rules) -> None:
    """Case and plural make no other stakeholder."""
    text = key_task(1, 1, "Plan", people=["PMO Team", "Pmo teams", "Sponsor"])
    (task,), found = _read(tmp_path, rules, text)
    assert [one.text for one in task.stakeholders] == ["PMO Team", "Sponsor"]
    assert found == [("IMS616", 11)]


@pytest.mark.parametrize(
    ("written", "parties"),
    [
        ("shared", ("customer", "provider")),
        ("Shared", ("customer", "provider")),
        ("CUSTOMER", ("customer",)),
        ("customer/provider", ("customer", "provider")),
        ("provider, qsmo", ("provider", "qsmo")),
        ("[provider, shared]", ("provider", "customer")),
        ("research & development", ("research & development",)),
        ("'!!'", ()),
    ],
)
def test_words_for_parties(
    tmp_path: Path, rules: Rules, written: str, parties: tuple[str, ...]
) -> None:
    """One word, a word for all, several in one text or a list; a new word is a party of its own."""
    text = key_task(1, 1, "Plan").replace(
        "responsibleParty: shared", f"responsibleParty: {written}"
    )
    (task,), _ = _read(tmp_path, rules, text)
    assert task.parties == parties


def test_front_matter_may_end_with_dots(tmp_path: Path, rules: Rules) -> None:
    """Both marks of YAML end it, and what follows is no part of it."""
    text = (
        key_task(1, 1, "Plan").rstrip().removesuffix("---") + "...\nProse: with --- and: colons\n"
    )
    (task,), found = _read(tmp_path, rules, text)
    assert (task.name, found) == ("Plan", [])


def test_parties_that_disagree(tmp_path: Path, rules: Rules) -> None:
    """The place is the party of the key task; the activities keep theirs."""
    text = (
        "---\nphase: 1\nkeyTask: 1\nname: Load\nresponsibleParty: customer\n"
        "activities:\n  - text: Load\n    responsibleParty: provider\n---\n"
    )
    (task,), found = _read(tmp_path, rules, text)
    assert task.activities[0].parties == ("provider",)
    assert found == [("IMS618", 5)]


@pytest.mark.parametrize(
    ("lines", "codes"),
    [
        ("outputs:\n", ["IMS105"]),
        ("outputs: 12\n", ["IMS615"]),
        ("outputs: {a: 1}\n", ["IMS615"]),
        ("outputs: [[a]]\n", ["IMS615"]),
        ("outputs: [{filename: a}]\n", ["IMS615"]),
        ("objective: [a]\n", ["IMS615"]),
        ("outputs: [a]\noutputs: [b]\n", ["IMS104"]),
        ("outputs: &x [a]\ninputs: *x\n", ["IMS106", "IMS106"]),
    ],
)
def test_what_is_no_field_is_left_out(
    tmp_path: Path, rules: Rules, lines: str, codes: list[str]
) -> None:
    """Nulls, other types, repeats and aliases cost a warning each and leave the rest."""
    text = key_task(1, 1, "Plan").replace("---\n", "---\n" + lines, 1)
    tasks, found = _read(tmp_path, rules, text)
    assert [code for code, _ in found] == codes
    assert [one.text for one in tasks[0].activities] == ["Develop it", "Review it"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Only prose",
        "---\n- a\n- b\n---\n",
        "---\nphase: 1\nactivities: [a]\n---\n",
        "---\nkeyTask: 1\nactivities: [a]\n---\n",
        "---\nphase: [1]\nkeyTask: 1\n---\n",
        f"---\nphase: {'9' * 300}\nkeyTask: 1\n---\n",
        "---\n" + "[" * 3000 + "\n---\n",
        "\x00\x00",
    ],
)
def test_a_file_that_is_no_key_task_stops_no_other(tmp_path: Path, text: str) -> None:
    """Broken front matter and missing numbers are told, and the other file is imported."""
    folder = written(tmp_path, {"1.1.md": key_task(1, 1, "Plan"), "1.2.md": text})
    found, report = imported(folder)
    assert "1-1-plan:" in found.text
    assert any("1.2.md" in one.span.file for one in report.diagnostics if one.span)
    assert not report.failed


def test_two_files_of_one_number(tmp_path: Path) -> None:
    """The first by name is imported."""
    folder = written(tmp_path, {"a.md": key_task(1, 1, "First"), "b.md": key_task(1, 1, "Second")})
    found, report = imported(folder)
    assert "name: First" in found.text
    assert "Second" not in found.text
    assert [one.code for one in report.diagnostics] == ["IMS616"]


def test_a_folder_without_key_tasks(tmp_path: Path) -> None:
    """There is no plan, and an error says why."""
    report = Report()
    assert read_plan(written(tmp_path, {"a.md": "prose"}), Choices(), None, report) is None
    assert [one.code for one in report.diagnostics] == ["IMS614", "IMS622"]


def test_the_other_end_of_lines_and_a_byte_order_mark(tmp_path: Path, rules: Rules) -> None:
    """Files from Windows are the same files."""
    text = "\ufeff" + CUTOVER.replace("\n", "\r\n")
    tasks, found = _read(tmp_path, rules, text)
    assert [one.label for one in tasks] == ["3.4"]
    assert found == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Agree <b>the</b> criteria , all", "Agree the criteria, all"),
        ("A\xa0plan<br/>twice &amp; more", "A plan twice & more"),
        ("costs < 5 and > 3", "costs < 5 and > 3"),
    ],
)
def test_clean_text(text: str, expected: str) -> None:
    """Markup and odd spaces go, comparisons stay."""
    assert clean(text) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Risk & Issue Logs", "risk and issue log"),
        ("Traceability Matrix (RTM)", "Traceability matrix"),
        ("Strategies", "Strategy"),
    ],
)
def test_folded_names(rules: Rules, one: str, other: str) -> None:
    """Acronyms, ampersands, plurals and case make no other document."""
    assert rules.wording.folded(one) == rules.wording.folded(other)


def test_numbers_are_ordered_as_numbers() -> None:
    """Key task 10 follows 9, and words follow numbers."""
    assert sorted(["10", "9", "b", "1a", "1"], key=in_order) == ["1", "1a", "9", "10", "b"]
