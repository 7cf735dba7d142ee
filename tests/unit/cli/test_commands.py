"""Commands from end to end, on plans small enough to check by hand."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from imsgen.cli.main import COMMANDS, cli
from imsgen.cli.settings import cores

PLAN = """\
imsgen: 1
name: Office move
start: 2027-03-01 08:00
timezone: Europe/London
calendar: standard
resources:
  ana: {name: Ana}
activities:
  pack: {name: Pack, duration: 1d, needs: ana}
  move: {name: Move, duration: 4h, after: pack, needs: ana, deadline: 2027-03-02}
  done: {name: Moved, milestone: true, checkpoint: true, after: move}
"""
MISSED = PLAN.replace("deadline: 2027-03-02", "deadline: 2027-03-01")
WRONG = PLAN.replace("after: pack", "after: pakc")
UNEXPECTED = PLAN + "expect: {finish: 2027-03-03}\n"
TIGHT = (
    PLAN.partition("activities:")[0]
    + "activities:\n"
    + "".join(f"  job{i}: {{duration: {i}h, needs: ana}}\n" for i in range(2, 8))
)
"""Six jobs of one person, 27 hours: only the exact model proves more than the early dates."""
IMPOSSIBLE = PLAN.replace("deadline: 2027-03-02", "constraint: FNLT 2027-03-01 12:00")


def _run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, [str(one) for one in arguments])


def _plan(folder: Path, text: str = PLAN) -> Path:
    path = folder / "move.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def _json(result: Result) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(result.stdout)
    assert document["format"] == 1
    return document


def _files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_solve_writes_four_files_and_a_summary(tmp_path: Path) -> None:
    """A day and a half from Monday 08:00 ends on Tuesday 12:00."""
    result = _run("solve", _plan(tmp_path))
    assert result.exit_code == 0, result.output
    assert "Finish     Tue 2 Mar 2027 12:00 GMT" in result.stdout
    assert "proved optimal" in result.stdout
    assert _files(tmp_path) == [
        "move.ical",
        "move.ics",
        "move.schedule.json",
        "move.xlsx",
        "move.xml",
        "move.yaml",
    ]
    for name in _files(tmp_path)[:-1]:
        assert f"{tmp_path / name}" in result.stdout


def test_solving_again_changes_nothing(tmp_path: Path) -> None:
    """The same plan gives the same bytes and the same revision."""
    plan = _plan(tmp_path)
    _run("solve", plan)
    before = {path.name: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert _run("solve", plan).exit_code == 0
    assert {
        path.name: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()
    } == before


def test_a_changed_plan_is_the_next_revision(tmp_path: Path) -> None:
    """The event moves with SEQUENCE 1, under the same UID."""
    _run("solve", _plan(tmp_path))
    result = _run("solve", _plan(tmp_path, PLAN.replace("4h", "5h")))
    assert "(revision 2)" in result.stdout
    text = (tmp_path / "move.ics").read_text(encoding="utf-8")
    assert "SEQUENCE:1" in text
    assert "UID:move.done@imsgen.invalid" in text


def test_the_output_folder_and_the_formats_are_chosen(tmp_path: Path) -> None:
    """-o makes the folder, -f names the formats, none writes the schedule only."""
    plan = _plan(tmp_path)
    assert _run("solve", plan, "-o", tmp_path / "a" / "b", "-f", "csv,json").exit_code == 0
    assert _files(tmp_path / "a" / "b") == ["move.csv", "move.json", "move.schedule.json"]
    assert _run("solve", plan, "-o", tmp_path / "c", "-f", "none").exit_code == 0
    assert _files(tmp_path / "c") == ["move.schedule.json"]
    assert _run("solve", plan, "-f", "excel").exit_code == 2


def test_solve_as_json(tmp_path: Path) -> None:
    """One object with status, figures and files; nothing on stderr."""
    result = _run("solve", _plan(tmp_path), "--json", "-f", "csv")
    document = _json(result)
    assert document["command"] == "solve"
    assert document["status"] == "optimal"
    assert document["finish"] == "2027-03-02T12:00Z"
    assert document["files"] == [
        str(tmp_path / name) for name in ("move.schedule.json", "move.csv")
    ]
    assert result.stderr == ""


def test_quiet_says_nothing_when_all_is_well(tmp_path: Path) -> None:
    """-q leaves both streams empty."""
    result = _run("solve", _plan(tmp_path), "-q", "-f", "none")
    assert (result.exit_code, result.output) == (0, "")


def test_verbose_says_settings_with_their_source(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A variable sets an option, and -v tells so."""
    monkeypatch.setenv("IMSGEN_SOLVE_TIME_LIMIT", "2m")
    result = _run("solve", _plan(tmp_path), "-v", "-f", "none", "--gap", "1%")
    lines = result.stderr.splitlines()
    assert lines[1:8] == [
        "effort: 10 (default)",
        "time limit: 120 s (IMSGEN_SOLVE_TIME_LIMIT)",
        "gap: 0.01 (command line)",
        f"workers: {cores()} (default)",
        "seed: 0 (default)",
        "formats: none (command line)",
        f"output: {tmp_path} (default)",
    ]
    seconds = r"in \d+\.\d\d s"
    said = ("read 3 activities", "solved", "wrote 1 file")
    for line, words in zip([lines[0], *lines[8:]], said, strict=True):
        assert re.match(f"{words} {seconds}", line)


def test_very_verbose_logs_the_search(tmp_path: Path) -> None:
    """-vv shows every phase with its bound and what CP-SAT says, and changes no date."""
    plan = _plan(tmp_path, TIGHT)
    quiet, said = tmp_path / "quiet", tmp_path / "said"
    assert _run("solve", plan, "-o", quiet, "-f", "none").exit_code == 0
    result = _run("solve", plan, "-o", said, "-f", "none", "-vv")
    assert "bounds   bound 2027-03-0" in result.stderr
    assert "serial schedule   best 2027-03-0" in result.stderr
    assert "Starting CP-SAT solver" in result.stderr
    assert "CP-SAT" not in _run("solve", plan, "-o", said, "-f", "none", "-v").stderr
    files = [folder / "move.schedule.json" for folder in (quiet, said)]
    assert files[0].read_bytes() == files[1].read_bytes()


def test_a_wrong_plan_is_exit_1_and_writes_nothing(tmp_path: Path) -> None:
    """The problem is shown with its line and the edit."""
    result = _run("solve", _plan(tmp_path, WRONG))
    assert result.exit_code == 1
    assert "move.yaml:10:43" in result.stderr
    assert "`pack`" in result.stderr
    assert "found 1 error" in result.stderr
    assert _files(tmp_path) == ["move.yaml"]


def test_a_missed_deadline_is_told_and_strict_makes_it_an_error(tmp_path: Path) -> None:
    """Exit 0 with a line in the summary; with --strict exit 1; the files are there."""
    plan = _plan(tmp_path, MISSED)
    result = _run("solve", plan, "-f", "none")
    assert result.exit_code == 0
    assert "MISSED Move" in result.stdout
    strict = _run("solve", plan, "-f", "none", "--strict", "--json")
    assert strict.exit_code == 1
    document = _json(strict)
    assert document["deadlines_missed"] == ["move"]
    (problem,) = document["diagnostics"]
    assert (problem["code"], problem["severity"]) == ("IMS603", "error")
    assert problem["location"]["line"] == 10
    assert (tmp_path / "move.schedule.json").exists()


def test_an_unmet_expectation_is_exit_1_with_the_files_written(tmp_path: Path) -> None:
    """The plan expects another day."""
    result = _run("solve", _plan(tmp_path, UNEXPECTED), "-f", "csv")
    assert result.exit_code == 1
    assert "IMS601" in result.stderr
    assert _files(tmp_path) == ["move.csv", "move.schedule.json", "move.yaml"]


def test_an_impossible_plan_is_exit_3(tmp_path: Path) -> None:
    """A day and a half cannot be done by noon of the first day."""
    result = _run("solve", _plan(tmp_path, IMPOSSIBLE))
    assert result.exit_code == 3
    assert "move" in result.stderr
    assert _files(tmp_path) == ["move.yaml"]


def test_locked_writes_the_published_schedule_or_fails(tmp_path: Path) -> None:
    """Without a search the same files; after a change of the plan exit 1."""
    plan = _plan(tmp_path)
    assert _run("solve", plan, "--locked").exit_code == 2
    _run("solve", plan)
    before = (tmp_path / "move.xlsx").read_bytes()
    (tmp_path / "move.xlsx").unlink()
    assert _run("solve", plan, "--locked").exit_code == 0
    assert (tmp_path / "move.xlsx").read_bytes() == before
    commented = _plan(tmp_path, PLAN + "# a remark changes nothing\n")
    assert _run("solve", commented, "--locked").exit_code == 0
    changed = _run("solve", _plan(tmp_path, MISSED), "--locked")
    assert changed.exit_code == 1
    assert "IMS602" in changed.stderr


def test_a_file_that_is_not_ours_is_not_replaced(tmp_path: Path) -> None:
    """A foreign NAME.schedule.json stops the command before anything is written."""
    plan = _plan(tmp_path)
    foreign = tmp_path / "move.schedule.json"
    foreign.write_text("{}")
    result = _run("solve", plan)
    assert result.exit_code == 2
    assert "is not a schedule file" in result.stderr
    assert foreign.read_text() == "{}"


def test_check_reports_and_counts(tmp_path: Path) -> None:
    """Exit 0 and the size of a good plan, 1 and the problem of a wrong one."""
    good = _run("check", _plan(tmp_path))
    assert good.exit_code == 0
    assert good.stdout == f"{tmp_path / 'move.yaml'}: 3 activities, no problems\n"
    wrong = _run("check", _plan(tmp_path, WRONG))
    assert wrong.exit_code == 1
    assert wrong.stdout.endswith("move.yaml: 1 error\n")


@pytest.mark.parametrize("form", ["concise", "json", "github", "sarif"])
def test_check_in_other_forms(tmp_path: Path, form: str) -> None:
    """Machines get their form on stdout, people one line on stderr."""
    result = _run("check", _plan(tmp_path, WRONG), "--output-format", form)
    assert result.exit_code == 1
    text = result.stderr if form == "concise" else result.stdout
    assert "pakc" in text
    if form in ("json", "sarif"):
        json.loads(result.stdout)


def test_check_of_several_plans(tmp_path: Path) -> None:
    """Each plan has its line; one wrong plan makes the exit code 1."""
    other = tmp_path / "other.yaml"
    other.write_text(WRONG)
    result = _run("check", _plan(tmp_path), other)
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 2


def test_verify_confirms_and_refutes(tmp_path: Path) -> None:
    """A fresh schedule holds; moved by hand it breaks; under a changed plan it is judged anew."""
    plan = _plan(tmp_path)
    _run("solve", plan, "-f", "none")
    assert "every rule of the plan holds" in _run("verify", plan).stdout
    path = tmp_path / "move.schedule.json"
    document = json.loads(path.read_text())
    document["activities"]["move"]["start"] = "2027-03-01T09:00Z"
    path.write_text(json.dumps(document))
    moved = _run("verify", plan, path)
    assert moved.exit_code == 1
    assert "IMS605" in moved.stderr
    assert _run("export", path).exit_code == 2
    _run("solve", _plan(tmp_path), "-o", tmp_path / "new", "-f", "none")
    changed = _plan(tmp_path, PLAN.replace("1d", "2d"))
    result = _run("verify", changed, tmp_path / "new" / "move.schedule.json", "--json")
    assert result.exit_code == 1
    assert _json(result)["plan_changed"] is True


def test_export_repeats_the_bytes(tmp_path: Path) -> None:
    """From the schedule file alone come the same workbook, calendar and MS Project file."""
    plan = _plan(tmp_path)
    _run("solve", plan)
    result = _run("export", tmp_path / "move.schedule.json", "-o", tmp_path / "again")
    assert result.exit_code == 0
    for name in ("move.xlsx", "move.ics", "move.xml"):
        assert (tmp_path / "again" / name).read_bytes() == (tmp_path / name).read_bytes()


def test_pin_says_how_project_holds_a_date(tmp_path: Path) -> None:
    """Two days of one person: the second job is held by a delay, a constraint, a link or by hand."""
    plan = _plan(tmp_path, PLAN.replace("after: pack, ", ""))
    _run("solve", plan, "-f", "none")
    signs = {
        "levelling": "<LevelingDelay>0<",
        "snet": "<ConstraintType>4<",
        "links": "Resource links",
        "manual": "<ManualStart>",
    }
    written = {}
    for pin in signs:
        out = tmp_path / pin
        assert _run("export", plan, "-f", "xml", "-o", out, "--pin", pin).exit_code == 0
        written[pin] = (out / "move.xml").read_text(encoding="utf-8")
    tasks = {pin: text.count("<LevelingDelay>") for pin, text in written.items()}
    for pin, text in written.items():
        held = text.count(signs[pin]) != tasks[pin] if pin == "levelling" else signs[pin] in text
        assert held, pin
    assert _run("export", plan, "--pin", "wish").exit_code == 2


def test_what_a_format_cannot_say_is_told(tmp_path: Path) -> None:
    """On stderr line by line, under `remarks` with `--json`, and in the notes of the file."""
    plan = _plan(tmp_path, PLAN.replace("name: Ana", "name: Ana, holds: true"))
    told = "Stays taken while work rests, where Project would release it"
    result = _run("solve", plan, "-f", "xml")
    assert f"  {told}: `ana`" in result.stderr
    assert told not in _run("export", plan, "-f", "xml", "-q").stderr
    document = _json(_run("export", plan, "-f", "xml", "--json"))
    assert document["remarks"] == {"xml": [f"{told}: `ana`"]}
    assert told in (tmp_path / "move.xml").read_text(encoding="utf-8")


def test_a_baseline_goes_to_project_and_a_missing_one_is_told(tmp_path: Path) -> None:
    """The plan names a published schedule, relative to itself."""
    plan = _plan(tmp_path)
    _run("solve", plan, "-f", "none")
    (tmp_path / "agreed.schedule.json").write_bytes((tmp_path / "move.schedule.json").read_bytes())
    _plan(tmp_path, PLAN + "baselines: {agreed: agreed.schedule.json, gone: gone.schedule.json}\n")
    result = _run("solve", plan, "-f", "xml", "-o", tmp_path / "out")
    assert result.exit_code == 0
    assert "baseline `gone` is left out" in result.stderr
    text = (tmp_path / "out" / "move.xml").read_text(encoding="utf-8")
    assert text.count("<Baseline>") == 3


def test_a_file_that_would_move_is_not_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """IMS608, exit code 1, and every file stays as it was, of the other formats too."""
    from imsgen.formats.mspdi import moved
    from imsgen.formats.mspdi.check import Move

    plan = _plan(tmp_path)
    _run("solve", plan, "-f", "none")
    before = _files(tmp_path)
    monkeypatch.setattr(moved, "moves_in", lambda _: (Move(2, "Move", (0, 60), (60, 120)),))
    result = _run("export", plan)
    assert result.exit_code == 1
    assert "IMS608" in result.stderr
    assert "task 2 `Move` is solved as" in result.stderr
    assert _files(tmp_path) == before


def test_show_summary_table_and_reason(tmp_path: Path) -> None:
    """By the plan's name, each of the three views."""
    plan = _plan(tmp_path)
    assert _run("show", plan).exit_code == 2
    _run("solve", plan, "-f", "none")
    assert "Finish     Tue 2 Mar 2027 12:00 GMT" in _run("show", plan).stdout
    assert "pack  Pack" in _run("show", plan, "-t", "activities").stdout
    why = _run("show", plan, "--why", "done")
    assert "Moved (done)" in why.stdout
    assert "Pack (pack)" in why.stdout
    assert _run("show", plan, "--why", "nothing").exit_code == 2
    document = _json(_run("show", plan, "--why", "done", "--json"))
    assert document["why"][0]["id"] == "done"


def test_new_lists_and_starts_plans(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A plan from a template checks without errors, and is never overwritten unasked."""
    monkeypatch.chdir(tmp_path)
    assert "  minimal " in _run("new").stdout
    assert _run("new", "minimal").exit_code == 0
    assert _run("check", "minimal.yaml").exit_code == 0
    refused = _run("new", "minimal")
    assert refused.exit_code == 2
    assert "`--force`" in refused.stderr
    assert _run("new", "minimal", "--force").exit_code == 0
    assert "did you mean `minimal`" in _run("new", "minimum").stderr
    names = [one["name"] for one in _json(_run("new", "--json"))["templates"]]
    assert names[0] == "minimal"
    for name in names:
        assert _run("check", "--strict" if name == "minimal" else "-q", _new(name)).exit_code == 0


def _new(name: str) -> Path:
    path = Path("plans") / f"{name}.yaml"
    assert _run("new", name, path).exit_code == 0
    return path


def test_schema_is_json(tmp_path: Path) -> None:
    """On stdout or into a file."""
    document = json.loads(_run("schema").stdout)
    assert "$schema" in document
    path = tmp_path / "imsgen.schema.json"
    assert _run("schema", "-o", path).exit_code == 0
    assert json.loads(path.read_text(encoding="utf-8")) == document


def test_rule_explains_a_code() -> None:
    """By its code in any case, by its number; all of them without one."""
    assert _run("rule", "ims603").stdout.startswith("IMS603: a deadline is missed")
    assert _run("rule", "603").exit_code == 0
    assert "IMS603" in _run("rule").stdout
    assert "is not a code" in _run("rule", "IMS9999").stderr
    assert _json(_run("rule", "603", "--json"))["codes"][0]["code"] == "IMS603"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
def test_completion_scripts(shell: str) -> None:
    """Each shell gets a script that asks imsgen."""
    assert "_IMSGEN_COMPLETE" in _run("completion", shell).stdout


def test_wrong_usage_is_exit_2_with_a_hint(tmp_path: Path) -> None:
    """A misspelt command, a plan given as command, a missing file, a wrong option."""
    assert "did you mean `solve`" in _run("slove").stderr
    assert "imsgen solve plan.yaml" in _run("plan.yaml").stderr
    missing = _run("solve", tmp_path / "nothing.yaml")
    assert missing.exit_code == 2
    assert "nothing.yaml" in missing.stderr
    assert _run("solve", "--gap", "7", _plan(tmp_path)).exit_code == 2


def test_usage_errors_as_json(tmp_path: Path) -> None:
    """Even a failure is one object when JSON was asked for."""
    document = _json(_run("solve", tmp_path / "nothing.yaml", "--json"))
    assert document["status"] == "usage"


def test_an_unexpected_exception_is_our_bug(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit 5, a request to report it, and the traceback only with -vv."""

    def fail(*_: object) -> None:
        raise ZeroDivisionError("once")

    monkeypatch.setattr("imsgen.plan.load", fail)
    result = _run("check", _plan(tmp_path))
    assert result.exit_code == 5
    assert "bug in imsgen" in result.stderr
    assert "Traceback" not in result.stderr
    assert "Traceback" in _run("check", _plan(tmp_path), "-vv").stderr


def test_a_schedule_that_breaks_the_plan_is_never_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If our own check objects, exit 5 and no file."""
    monkeypatch.setattr("imsgen.verifier.verify_schedule", lambda _: ["start: broken"])
    result = _run("solve", _plan(tmp_path))
    assert result.exit_code == 5
    assert "start: broken" in result.stderr
    assert _files(tmp_path) == ["move.yaml"]


def test_a_failing_format_leaves_everything_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The files of before stay when one format of the new revision cannot be written."""
    _run("solve", _plan(tmp_path))
    before = {path.name: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}

    def fail(*_: object) -> None:
        raise ZeroDivisionError("no workbook today")

    monkeypatch.setattr("imsgen.formats.xlsx.write_with", fail)
    changed = PLAN.replace("4h", "5h")
    assert _run("solve", _plan(tmp_path, changed)).exit_code == 5
    after = {path.name: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert after == before | {"move.yaml": changed.encode()}


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_answers_help(name: str) -> None:
    """-h and --help are the same."""
    assert _run(name, "-h").output == _run(name, "--help").output
