"""Names of people and parties that look like slips, headings over all, and lists without end."""

from __future__ import annotations

from pathlib import Path

from tests.support.key_tasks import imported, key_task, written


def _messages(report: object, code: str) -> list[str]:
    return [one.message for one in getattr(report, "diagnostics", ()) if one.code == code]


def test_roles_that_differ_in_the_form_of_a_word_are_proposed(tmp_path: Path) -> None:
    """Two spellings of one role are told; a lead and an expert, and teams by number, are not."""
    people = ["Tester Lead", "Testing Team", "Test Team 1", "Test Team 2", "Functional Lead"]
    folder = written(
        tmp_path,
        {
            "1.1.md": key_task(1, 1, "One", people=[*people, "Organisation Executives"]),
            "1.2.md": key_task(1, 2, "Two", people=["Functional SME", "Organization Executives"]),
        },
    )
    found, report = imported(folder)
    assert _messages(report, "IMS620") == [
        "`Organization Executives` resembles `Organisation Executives`: they are two roles of the plan"
    ]
    assert "organization-executives:" in found.text
    assert "organisation-executives:" in found.text


def test_a_role_under_two_names_is_one_by_the_aliases(tmp_path: Path) -> None:
    """The rules of M3 know both; the plan has the name that is reviewed, once."""
    folder = written(
        tmp_path,
        {
            "1.1.md": key_task(1, 1, "One", people=["Organizational Executives (CXOs)"]),
            "1.2.md": key_task(1, 2, "Two", people=["Organization Executives (CXOs)"]),
        },
    )
    found, report = imported(folder)
    assert "IMS620" not in [one.code for one in report.diagnostics]
    assert found.text.count("name: Organization Executives (CXOs)") == 1
    assert "Organizational" not in found.text


def test_a_party_nobody_knows_is_told_once(tmp_path: Path) -> None:
    """A slip of the pen becomes a party of the plan, and the note names those that are known."""
    text = key_task(1, 1, "One").replace("responsibleParty: shared", "responsibleParty: custmer")
    folder = written(
        tmp_path, {"1.1.md": text, "1.2.md": text.replace("keyTask: 1", "keyTask: 2")}
    )
    found, report = imported(folder)
    told = [one for one in report.diagnostics if one.code == "IMS658"]
    assert len(told) == 1
    assert told[0].help == "known: `customer`, `provider`, `qsmo`"
    assert "parties: {custmer: custmer}" in found.text


def test_one_heading_over_all_activities_is_kept(tmp_path: Path) -> None:
    """It may say when they apply; a group of its own would hold the whole key task."""
    text = key_task(1, 1, "One", activities=()).replace(
        "stakeholders:",
        "activitiesGroups:\n  - group: <b>Where a marketplace serves</b>\n"
        "    activities: [Review offers, Choose]\nstakeholders:",
    )
    found, _ = imported(written(tmp_path, {"1.1.md": text}))
    assert "notes: Where a marketplace serves" in found.text


def test_a_list_without_end_is_cut_and_the_rest_imported(tmp_path: Path) -> None:
    """The plan of a file of many lines stays one that can be read, beside that of the others."""
    many = key_task(1, 1, "Many", activities=[f"Review part {n}" for n in range(2_500)])
    found, report = imported(written(tmp_path, {"1.1.md": many, "1.2.md": key_task(1, 2, "Few")}))
    assert _messages(report, "IMS615") == [
        "`activities` has more than 2,000 lines: the rest is left out"
    ]
    assert found.text.count("name: Review part") == 2_000
    assert "1-2-few:" in found.text
