"""`imsgen invite`: requests on request only, then what is to be sent again."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner, Result
from tests.support.ics import faults

from imsgen.cli.main import cli

PLAN = """\
imsgen: 1
id: move
name: Move
start: 2027-03-01 08:00
timezone: Europe/London
resources:
  ana: {name: Ana, email: ana@x.example}
  ben: {name: Ben}
activities:
  pack: {name: Pack, duration: 2d, owner: ana}
gates:
  go: {name: Go/No-Go, after: pack, duration: 1h, decides: ana, who: [ben, ana]}
"""


def _run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(one) for one in arguments])


def _solved(folder: Path, text: str = PLAN) -> Path:
    plan = folder / "move.yaml"
    plan.write_text(text, encoding="utf-8")
    assert _run("solve", plan, "-f", "none", "--effort", "0").exit_code == 0
    return plan


def test_a_request_is_written_when_asked_for(tmp_path: Path) -> None:
    """One file for the gate; who has no address is named on stderr."""
    plan = _solved(tmp_path)
    result = _run("invite", plan, "go", "--organizer", "PMO <pmo@x.example>")
    assert result.exit_code == 0, result.output
    path = tmp_path / "move.ical" / "invite" / "go.ics"
    assert f"{path}  request to send: 1 person, SEQUENCE 0" in result.stdout
    assert "`go` does not ask Ben" in result.stderr
    content = path.read_bytes()
    assert b"METHOD:REQUEST\r\n" in content
    assert faults(content, invitation=True) == []


def test_again_without_events_it_updates_what_was_asked(tmp_path: Path) -> None:
    """Nothing to send while nothing changed; a moved gate is an update by the same organizer."""
    plan = _solved(tmp_path)
    _run("invite", plan, "go", "--organizer", "pmo@x.example")
    assert "as before" in _run("invite", plan).stdout
    plan = _solved(tmp_path, PLAN.replace("2d", "3d"))
    result = _run("invite", plan, "--json")
    (file,) = json.loads(result.stdout)["files"]
    assert (file["event"], file["method"], file["sequence"]) == ("go", "REQUEST", 1)
    assert file["changed"]
    assert b"ORGANIZER:mailto:pmo@x.example" in Path(file["file"]).read_bytes()


def test_a_gate_that_is_gone_is_cancelled(tmp_path: Path) -> None:
    """Its file becomes the cancellation to send."""
    plan = _solved(tmp_path)
    _run("invite", plan, "go", "--organizer", "pmo@x.example")
    plan = _solved(tmp_path, PLAN[: PLAN.index("gates:")])
    result = _run("invite", plan)
    assert "cancellation to send: 1 person, SEQUENCE 1" in result.stdout


def test_what_cannot_be_asked(tmp_path: Path) -> None:
    """An event there is none of, no organizer, no events yet: each says what to write."""
    plan = _solved(tmp_path)
    for arguments, message in (
        (("goo", "--organizer", "a@x.example"), "did you mean `go`?"),
        (("go",), "add `--organizer"),
        ((), "name the events, of `go`"),
        (("go", "--organizer", "nobody"), "`nobody` is no address"),
    ):
        result = _run("invite", plan, *arguments)
        assert result.exit_code == 2
        assert message in result.stderr
    assert not (tmp_path / "move.ical" / "invite").exists()
