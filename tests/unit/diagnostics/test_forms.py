"""Diagnostics for editors and machines."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from imsgen.diagnostics import Diagnostic, Label, Severity, Span
from imsgen.diagnostics.explain import explain
from imsgen.diagnostics.render import FORMS, as_json, render

HERE = Span("my plans/plan.yaml", 11, 5, 11, 14)
ONE = Diagnostic(
    "IMS102",
    Severity.ERROR,
    "unknown key `depend_on`, 100% wrong",
    HERE,
    "here",
    (Label(Span("pool.yaml", 3, 1, 3, 4), "there"),),
    ("a note",),
    "write `after`",
)
WHOLE = Diagnostic("IMS501", Severity.WARNING, "two\nlines")


def test_concise_is_one_line_each() -> None:
    """`file:line:column` first, as editors look for it."""
    assert render([ONE, WHOLE], "concise") == (
        "my plans/plan.yaml:11:5: error[IMS102]: unknown key `depend_on`, 100% wrong"
        " (help: write `after`)\n"
        "warning[IMS501]: two\\nlines\n"
    )
    colored = render([ONE], "concise", color=True)
    assert colored.startswith("\x1b[1mmy plans/plan.yaml:11:5\x1b[0m: \x1b[1;31merror[IMS102]")


def test_json_holds_everything() -> None:
    """A list of objects; places count from 1 and exclude their end."""
    first, second = json.loads(render([ONE, WHOLE], "json"))
    assert first == as_json(ONE)
    assert first["location"] == {
        "file": "my plans/plan.yaml",
        "line": 11,
        "column": 5,
        "end_line": 11,
        "end_column": 14,
    }
    assert first["related"][0]["message"] == "there"
    assert (first["severity"], first["code"], first["notes"]) == ("error", "IMS102", ["a note"])
    assert second["location"] is None


def test_github_escapes_what_it_must() -> None:
    """Percent signs, colons and commas of properties are escaped; lines are joined by %0A."""
    error, warning = render([ONE, WHOLE], "github").splitlines()
    assert error == (
        "::error file=my plans/plan.yaml,line=11,col=5,endLine=11,endColumn=14,title=IMS102"
        "::unknown key `depend_on`, 100%25 wrong%0Aa note%0Ahelp: write `after`"
    )
    assert warning == "::warning title=IMS501::two\\nlines"
    windows = Diagnostic("IMS101", Severity.NOTE, "x", Span("C:\\a,b.yaml", 1, 1, 1, 2))
    assert render([windows], "github").startswith("::notice file=C%3A\\a%2Cb.yaml,line=1")


def test_a_message_cannot_start_a_command() -> None:
    """A line break in a plan cannot begin a workflow command of its own."""
    evil = Diagnostic("IMS101", Severity.ERROR, "x\r\n::set-output name=a::b")
    assert len(render([evil], "github").splitlines()) == 1


def test_sarif_is_one_run_with_rules() -> None:
    """Each code used is a rule; results refer to it and to places."""
    log = json.loads(render([ONE, WHOLE, ONE], "sarif"))
    run = log["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["IMS102", "IMS501"]
    assert rules[0]["shortDescription"]["text"] == "an unknown key"
    assert [result["ruleIndex"] for result in run["results"]] == [0, 1, 0]
    place = run["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "my%20plans/plan.yaml"
    assert place["region"] == {"startLine": 11, "startColumn": 5, "endLine": 11, "endColumn": 14}
    assert run["results"][0]["relatedLocations"][0]["message"]["text"] == "there"
    assert "locations" not in run["results"][1]
    assert run["results"][1]["level"] == "warning"


@pytest.mark.parametrize("form", FORMS)
def test_nothing_found(form: str) -> None:
    """No diagnostics make a valid, empty report in every form."""
    text = render([], form)
    if form in ("json", "sarif"):
        json.loads(text)
    else:
        assert text == ""


@pytest.mark.parametrize("form", FORMS)
def test_no_terminal_sequence_in_any_form(form: str) -> None:
    """An escape character of a plan reaches no output, in no form."""
    evil = Diagnostic("IMS102", Severity.ERROR, "\x1b[31m", Span("\x1b.yaml", 1, 1, 1, 2), "\x1b")
    assert "\x1b" not in render([evil], form, lambda _: "\x1b")


def test_an_unknown_form_is_refused() -> None:
    """A form that does not exist is named in the error."""
    with pytest.raises(ValueError, match="`xml` is none of"):
        render([], "xml")


def test_sources_are_read_lazily_and_once() -> None:
    """Only files that are shown are asked for, each once."""
    asked: list[str] = []

    def source(file: str) -> str:
        asked.append(file)
        return "x\n" * 20

    render([ONE, ONE], "full", source)
    assert asked == ["my plans/plan.yaml", "pool.yaml"]
    asked.clear()
    render([ONE], "json", source)
    assert asked == []


def test_files_are_read_from_disk_by_default(tmp_path: Path) -> None:
    """Without another source the file named in the place is read; a byte order mark is dropped."""
    path = tmp_path / "plan.yaml"
    path.write_bytes(b"\xef\xbb\xbfname: x\r\nstrat: y\r\n")
    one = Diagnostic("IMS102", Severity.ERROR, "x", Span(str(path), 2, 1, 2, 6))
    assert "2 | strat: y\n  | ^^^^^\n" in render([one])
    gone = Diagnostic("IMS102", Severity.ERROR, "x", Span(str(tmp_path), 1, 1, 1, 2))
    assert "|" not in render([gone])


def test_explanations() -> None:
    """A code is explained with its title, reason and both examples; an unknown one is not."""
    text = explain("IMS120")
    assert text.startswith("IMS120: not a duration (error)\n\nA duration is a number with a unit")
    assert "Instead of\n\n    activities:\n      load: {duration: 3 days}\n\nwrite\n\n" in text
    assert max(len(line) for line in text.splitlines()) <= 88
    with pytest.raises(KeyError):
        explain("IMS999")
