"""Plans without a schedule at the command line: what is said, and that the edits told work."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from imsgen.cli.main import cli

HEAD = """\
imsgen: 1
start: 2027-03-01 08:00
timezone: Europe/London
calendar: standard
calendars: {bridge: {work: 24x7}}
"""
WINDOW = """\
windows: {outage: {from: 2027-03-06 00:00, to: 2027-03-06 08:00}}
activities:
  prep: {duration: 2d}
  stop: {duration: 4h, calendar: bridge, within: outage, after: prep}
  move: {duration: 5h, calendar: bridge, within: outage, after: stop}
"""
GATE = """\
resources: {pm: {}}
windows: {outage: {from: 2027-03-05 20:00, to: 2027-03-06 08:00}}
activities:
  prep: {duration: 4d}
  move: {duration: 9h, calendar: bridge, within: outage, after: go}
gates:
  go: {after: prep, at: 2027-03-06 00:00, decides: pm, calendar: bridge}
"""
DATES = """\
activities:
  a: {duration: 2d, constraint: SNET 2027-03-10}
  b: {duration: 3d, after: a, constraint: FNLT 2027-03-12}
"""
PERSON = """\
resources: {ana: {leave: [2027-03-08..2027-03-12]}}
activities:
  design: {duration: 5d}
  train: {duration: 3d, after: design, needs: ana, constraint: FNLT 2027-03-12}
"""
FREEZE = """\
windows: {freeze: {from: 2027-03-03, to: 2027-03-19, forbids: [release]}}
activities:
  build: {duration: 3d}
  release: {duration: 2d, after: build, constraint: FNLT 2027-03-19}
"""
LAG = """\
activities:
  pour: {duration: 1d}
  strip: {duration: 1d, after: {id: pour, lag: 2d}, constraint: FNLT 2027-03-03}
"""
MAX_LAG = """\
activities:
  a: {duration: 4h}
  b: {duration: 4h, after: a}
  c: {duration: 1h, after: [{id: a, max_lag: 1h}, b]}
"""
CAPACITY = """\
resources: {dba: {calendar: bridge}}
windows: {outage: {from: 2027-03-06 00:00, to: 2027-03-06 12:00}}
activities:
  m1: {duration: 8h, needs: dba, within: outage, calendar: bridge}
  m2: {duration: 8h, needs: dba, within: outage, calendar: bridge}
"""
FIXED = """\
resources: {r: {}}
activities:
  a: {duration: 4h, needs: r, constraint: MSO 2027-03-02 10:00}
  b: {duration: 4h, needs: r, constraint: MSO 2027-03-02 13:00}
"""
LATE = """\
status_date: 2027-03-10 17:00
activities:
  a: {duration: 5d, constraint: FNLT 2027-03-05}
"""
NIGHTS = """\
windows: {nights: {every: mon-fri 22:00-04:00, from: 2027-03-01, until: 2027-03-12}}
activities:
  move:
    calendar: bridge
    within: {window: nights, together: true}
    activities: {r1: {duration: 4h}, r2: {duration: 4h, after: r1}}
"""
TWO = """\
activities:
  a: {duration: 5d, constraint: FNLT 2027-03-04}
  b: {duration: 8d, constraint: FNLT 2027-03-04}
"""
ALL = [WINDOW, GATE, DATES, PERSON, FREEZE, LAG, MAX_LAG, CAPACITY, FIXED, LATE, NIGHTS, TWO]


def _solve(folder: Path, text: str, *options: str) -> Result:
    path = folder / "plan.yaml"
    path.write_text(HEAD + text, encoding="utf-8")
    return CliRunner().invoke(cli, ["solve", str(path), "-f", "none", *options])


@pytest.mark.parametrize(
    ("text", "told", "old", "new"),
    [
        (WINDOW, "write `to: 2027-03-06 09:00` for", "to: 2027-03-06 08:00", None),
        (WINDOW, "write `from: 2027-03-05 23:00` for", "from: 2027-03-06 00:00", None),
        (GATE, "write `at: 2027-03-05 23:00` for `go`", "at: 2027-03-06 00:00", None),
        (DATES, "write `constraint: FNLT 2027-03-16 17:00`", "constraint: FNLT 2027-03-12", None),
        (DATES, "write `constraint: SNET 2027-03-08 08:00`", "constraint: SNET 2027-03-10", None),
        (PERSON, "let `ana` be back on Wed 10 Mar 2027", "..2027-03-12", "..2027-03-09"),
        (FREEZE, "write `to: 2027-03-18 08:00` for", "to: 2027-03-19", None),
        (LAG, "write `lag: 1d` from `pour` to `strip`", "lag: 2d", None),
        (MAX_LAG, "write `max_lag: 4h` from `a` to `c`", "max_lag: 1h", None),
        (CAPACITY, "write `capacity: 2` for `dba`", "dba: {", "dba: {capacity: 2, "),
        (FIXED, "write `constraint: MSO 2027-03-02 15:00`", "MSO 2027-03-02 13:00", None),
        (LATE, "write `constraint: FNLT 2027-03-17 17:00`", "constraint: FNLT 2027-03-05", None),
        (NIGHTS, "let every `nights` close 2 h later", "22:00-04:00", "22:00-06:00"),
    ],
)
def test_an_edit_that_is_told_works(
    tmp_path: Path, text: str, told: str, old: str, new: str | None
) -> None:
    """Made in the text as it is told, the plan has a schedule; where quoted, what is quoted."""
    result = _solve(tmp_path, text)
    assert result.exit_code == 3, result.output
    assert told in result.output
    edit = new if new is not None else told.split("`")[1]
    changed = text.replace(old, edit if new is not None or ": " in old else edit.split()[-1])
    if old.startswith("MSO"):
        changed = text.replace(old, edit.removeprefix("constraint: "))
    assert changed != text
    assert _solve(tmp_path, changed).exit_code == 0


@pytest.mark.parametrize(
    ("text", "line", "label"),
    [
        (WINDOW, "outage: {", "closes Sat 6 Mar 2027 08:00 GMT"),
        (GATE, "at:", "not before Sat 6 Mar 2027 00:00 GMT"),
        (DATES, "constraint: SNET", "not before Wed 10 Mar 2027 00:00 GMT"),
        (PERSON, "2027-03-08..", "`ana` is away until Fri 12 Mar 2027 24:00 GMT"),
        (FREEZE, "release]", "keeps `release` out until Fri 19 Mar 2027 24:00 GMT"),
        (LATE, "status_date", "what is not done by then comes after"),
        (CAPACITY, "dba: {", "16h of work, 12h available"),
        (NIGHTS, "nights: {", "opens 10 times, for 6 h at most"),
    ],
)
def test_every_line_involved_is_shown(tmp_path: Path, text: str, line: str, label: str) -> None:
    """The place is marked in the text, with what it says; the marks stand under its column."""
    rows = _solve(tmp_path, text).output.splitlines()
    marked = next(i for i, row in enumerate(rows) if label in row)
    source = next(row for row in rows[marked::-1] if row.split("|")[0].strip().isdigit())
    assert source.index(line) == rows[marked].index(rows[marked].split("|")[1].strip()[0])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (WINDOW, "no schedule puts `move` within `outage`: 1 h too late"),
        (DATES, "no schedule meets `constraint: FNLT 2027-03-12` of `b`: 2d late"),
        (MAX_LAG, "`c` cannot follow `a` within its `max_lag`: 3h more"),
        (CAPACITY, "`dba` is 4h short between"),
        (NIGHTS, "no schedule puts `move.r2` within one of `nights`: 2 h too late for the last"),
    ],
)
def test_how_much_is_missing_is_said_at_once(tmp_path: Path, text: str, message: str) -> None:
    """The first line has it."""
    assert message in _solve(tmp_path, text).output.splitlines()[0]


@pytest.mark.parametrize("text", ALL)
def test_machines_read_the_same(tmp_path: Path, text: str) -> None:
    """With `--json` the answer is data: status, every diagnostic, its edits as a list; exit 3."""
    result = _solve(tmp_path, text, "--json")
    assert result.exit_code == 3
    document = json.loads(result.stdout)
    assert document["status"] == "infeasible"
    assert all(one["code"].startswith("IMS50") for one in document["diagnostics"])
    for one in document["diagnostics"]:
        assert one["help"]
        assert one["location"] is not None
        assert isinstance(one["alternatives"], list)


def test_every_edit_stands_on_a_line_of_its_own(tmp_path: Path) -> None:
    """The cheapest is the help, others follow."""
    rows = _solve(tmp_path, WINDOW).output.splitlines()
    assert rows[-2].startswith("help: write `to:")
    assert rows[-1].startswith("  or: write `from:")
