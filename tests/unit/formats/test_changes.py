"""Changes as text, markdown and JSON, letter by letter, and plan text that would be markup."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.changed import night_schedule
from tests.support.profiles import examples
from tests.support.projects import at, resource

from imsgen.analysis.changes import compare
from imsgen.analysis.changes.model import Shift
from imsgen.formats.changes import as_markdown, as_record, as_text
from imsgen.formats.changes.markdown import escaped, for_one
from imsgen.formats.changes.phrases import arrow, shift_text, span_text, spans_text
from imsgen.model import Party

TEXT = """\
Night move: revision 1 to 2
Finish    Sat 7 Nov 2026 03:10 UTC, 40 min later
Moved     4 later
To tell   4 people, 2 parties

Plan changes (1)
  `load` duration: 1h → 1h40m

Where it began (1)
  Load, convert (`load`): it takes 1h40m instead of 1h; it moved 3 more

Deadlines (1)
  MISSED open: due Sat 7 Nov 2026 02:30 UTC, done Sat 7 Nov 2026 02:40 UTC, 10
    min late (was 30 min to spare)

Moved (4)
  Load, convert (`load`)
    finishes Sat 7 Nov 01:30 → 02:10 UTC, 40 min later
    because it takes 1h40m instead of 1h
  scrub
    starts Sat 7 Nov 01:30 → 02:10 UTC, 40 min later
    because `dba` comes from `load` 40 min later
  check
    starts Sat 7 Nov 01:30 → 02:10 UTC, 40 min later
    because `load` finishes 40 min later
  open
    Sat 7 Nov 02:00 → 02:40 UTC, 40 min later
    because `check` finishes 40 min later

Who must be told what

  Ana <ana@cust.example>
    because of `load`: it takes 1h40m instead of 1h
    - Sat 7 Nov 01:30 - 02:00 → 02:10 - 02:40 UTC: check
    - Sat 7 Nov 01:30 - 02:30 → 02:10 - 03:10 UTC: scrub

  Ben
    because of `load`: it takes 1h40m instead of 1h
    - Sat 7 Nov 00:30 - 01:30 → 00:30 - 02:10 UTC: Load, convert (`load`)
    - Sat 7 Nov 01:30 - 02:00 → 02:10 - 02:40 UTC: check, as backup

  Database team <dba@prov.example>
    because of `load`: it takes 1h40m instead of 1h
    - Sat 7 Nov 00:30 - 01:30 → 00:30 - 02:10 UTC: Load, convert (`load`)
    - Sat 7 Nov 01:30 - 02:30 → 02:10 - 03:10 UTC: scrub

  pm
    because of `load`: it takes 1h40m instead of 1h
    - Sat 7 Nov 02:00 → 02:40 UTC: open

  Agency (party)
    because of `load`: it takes 1h40m instead of 1h
    - Sat 7 Nov 01:30 - 02:00 → 02:10 - 02:40 UTC: check

  Integrator (party)
    because of `load`: it takes 1h40m instead of 1h
    - Sat 7 Nov 00:30 - 01:30 → 00:30 - 02:10 UTC: Load, convert (`load`)
    - Sat 7 Nov 01:30 - 02:30 → 02:10 - 03:10 UTC: scrub"""

MARKDOWN = """\
# Night move

### Ana `ana@cust.example`

- because of `load`: it takes 1h40m instead of 1h
  - Sat 7 Nov 01:30 - 02:00 → 02:10 - 02:40 UTC: check
  - Sat 7 Nov 01:30 - 02:30 → 02:10 - 03:10 UTC: scrub
"""

MARKS = "ab1 .:/-+=~@#<>&|[]()!`*_{}^$\\\n\u2028é"

HOSTILE = [
    "<script>alert(1)</script>",
    "[click](https://evil.example)",
    "![x](http://evil.example/x.png)",
    "www.evil.example",
    "@everyone look",
    "fixes #12 and org/repo#3",
    "a | b | c",
    "*bold* _it_ ~~gone~~ `code`",
    "# heading",
    "- item",
    "1. item",
    "line\n\n# two",
    "back\\slash &amp; $x$ ^2^ ==x==",
]


def _changes(name: str = "Load, convert") -> tuple[str, str]:
    due = night_schedule().project.activities["open"]
    later = {"open": replace(due, deadline=at("2026-11-07 02:30"))}
    load = replace(night_schedule().project.activities["load"], name=name)
    old = night_schedule(activities={**later, "load": load})
    longer = replace(load, modes=(replace(load.modes[0], duration=100),))
    new = night_schedule(activities={**later, "load": longer}, previous=old)
    changes = compare(old, new)
    return as_text(changes, 78), as_markdown(changes)


def test_the_text() -> None:
    """Finish first, then why, what, and who must be told."""
    assert _changes()[0] == TEXT


def test_a_mail_to_one() -> None:
    """What Ana must be told, and nothing else."""
    changes = compare(night_schedule(), night_schedule(load=100))
    ana = next(one for one in changes.told if one.id == "ana")
    assert for_one(changes, ana) == MARKDOWN


def test_the_markdown_has_all_sections() -> None:
    """The same content, with a table of what moved."""
    text = _changes()[1]
    titles = [line for line in text.splitlines() if line.startswith("#")]
    assert titles == [
        "# Night move: revision 1 to 2",
        "## Plan changes (1)",
        "## Deadlines (1)",
        "## Moved (4)",
        "## Who must be told what",
        "### Ana `ana@cust.example`",
        "### Ben",
        "### Database team `dba@prov.example`",
        "### pm",
        "### Agency (party)",
        "### Integrator (party)",
    ]
    assert (
        "| Load, convert (`load`) | Sat 7 Nov 00:30 - 01:30 UTC | Sat 7 Nov 00:30 - 02:10 UTC "
        "| 40 min later | it takes 1h40m instead of 1h |"
    ) in text
    assert "**MISSED** `open`" in text


def test_records_are_json() -> None:
    """Times in UTC, amounts in minutes."""
    changes = compare(night_schedule(), night_schedule(load=100))
    record = json.loads(json.dumps(as_record(changes)))
    load = record["moved"][0]
    assert (load["id"], load["finish"]) == ("load", {"work": 40, "clock": 40})
    assert load["after"] == {"start": "2026-11-07T00:30Z", "finish": "2026-11-07T02:10Z"}
    assert load["because"][0]["kind"] == "duration"
    assert record["finish"]["shift"] == {"work": 40, "clock": 40}
    assert [one["kind"] for one in record["told"]] == ["person"] * 4 + ["party"] * 2


@pytest.mark.parametrize("name", HOSTILE)
def test_plan_text_is_no_markup(name: str) -> None:
    """Neither HTML nor a link, a mention, a heading, a list or a column of the table."""
    text = _changes(name)[1]
    assert len(re.findall(r"^#+ ", text, re.MULTILINE)) == 11
    bare = re.sub(r"\\.", "", text)
    assert "<" not in bare
    assert "](" not in bare
    assert "://" not in bare
    assert "www." not in bare
    assert "@everyone" not in text
    assert "#12" not in text
    rows = [re.sub(r"\\\|", "", line) for line in text.splitlines() if line.startswith("|")]
    assert {row.count("|") for row in rows} == {6}


@examples(60)
@given(st.text(st.sampled_from(MARKS), max_size=12))
def test_escaped_text_is_one_line_whose_marks_are_escaped(text: str) -> None:
    """Every mark that means something stands behind a backslash, which is itself no mark."""
    line = escaped(text)
    assert "\n" not in line
    assert not re.search(r"[`*_{}\[\]<>#|~&!$^=]", re.sub(r"\\.", "", line))


def test_a_hostile_owner_and_party() -> None:
    """Names of people and parties are escaped as well; an address with a backtick is left out."""
    people = [resource("dba", name="<b>DBA</b>", email="a`b@c.example")]
    more: dict[str, Any] = {"resources": people, "parties": {"cust": Party("cust", "[x](y)")}}
    changes = compare(night_schedule(**more), night_schedule(load=100, **more))
    text = as_markdown(changes)
    assert "### \\<b\\>DBA\\</b\\>\n" in text
    assert "### \\[x\\](y) (party)\n" in text


def test_float_and_the_critical_path_are_told() -> None:
    """A check of 90 minutes takes the path over, scrub loses it, and both outputs say so."""
    check = night_schedule().project.activities["check"]
    longer = replace(check, modes=(replace(check.modes[0], duration=90),))
    changes = compare(night_schedule(), night_schedule(activities={"check": longer}))
    for text in (as_text(changes, 80), as_markdown(changes)):
        lines = " ".join(text.split())
        assert "no longer critical: " in lines
        assert "what drives the finish: `stop` > `load` > `check` > `open`" in lines
    record = as_record(changes)
    assert {one["id"] for one in record["floats"]} >= {"scrub", "check"}


def test_moments_side_by_side() -> None:
    """The day is said once, the year where it differs, both zones where the clocks change."""
    first, later = at("2026-11-07 01:00"), at("2026-11-07 01:40")
    assert arrow(first, later, "UTC") == "Sat 7 Nov 01:00 → 01:40 UTC"
    assert arrow(first, at("2026-11-08 00:10"), "UTC") == "Sat 7 Nov 01:00 → Sun 8 Nov 00:10 UTC"
    assert (
        arrow(at("2026-12-31 23:00"), at("2027-01-01 00:10"), "UTC")
        == "Thu 31 Dec 2026 23:00 → Fri 1 Jan 2027 00:10 UTC"
    )
    clocks = arrow(at("2026-11-01 05:30"), at("2026-11-01 06:30"), "America/New_York")
    assert clocks == "Sun 1 Nov 01:30 EDT → Sun 1 Nov 01:30 EST"
    evening = (at("2026-11-07 23:00"), at("2026-11-08 00:00"))
    assert span_text(evening, "UTC") == "Sat 7 Nov 2026 23:00 - 24:00 UTC"
    night = (at("2026-11-07 23:40"), at("2026-11-08 00:40"))
    assert (
        spans_text(evening, night, "UTC")
        == "Sat 7 Nov 23:00 - 24:00 UTC → Sat 7 Nov 23:40 - Sun 8 Nov 00:40 UTC"
    )


def test_shifts_in_words() -> None:
    """Working time is told where the clock says something else."""
    assert shift_text(Shift(40, 40), 480) == "40 min later"
    assert shift_text(Shift(-480, -3 * 1440), 480) == "3 days earlier (1d of work)"
    assert shift_text(Shift(0, 60), 480) == "1 h later (no time of work)"
    assert shift_text(Shift(0, 0), 480) == "not moved"
