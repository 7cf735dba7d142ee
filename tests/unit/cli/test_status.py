"""`imsgen status`: what is reported gets into the plan, and what cannot have happened does not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from imsgen.cli.main import cli
from imsgen.cli.reporting import completed
from imsgen.plan import load

PLAN = """\
# the night
imsgen: 1
name: Night
start: 2026-12-05 00:00   # midnight
timezone: Europe/London
calendar: 24x7
activities:
  # first of all
  stop: {duration: 1h}     # all of it
  cut:
    activities:
      load: {duration: 4h, after: stop}
      check: {duration: 1h, after: load}
  done: {milestone: true, after: cut}
  lead: {spans: cut}
  off: {duration: 1h, active: false}
"""


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("night.yaml").write_text(PLAN, encoding="utf-8")


def _status(*arguments: str, exit_code: int = 0) -> Result:
    result = CliRunner().invoke(cli, ["status", "night.yaml", *arguments])
    assert result.exit_code == exit_code, result.output
    return result


def _progress() -> str:
    return Path("progress.yaml").read_text(encoding="utf-8")


def _plan() -> str:
    return Path("night.yaml").read_text(encoding="utf-8")


def test_the_first_report_makes_the_file_and_the_status_date() -> None:
    """Two lines join the plan behind its start; every other character stays."""
    result = _status("stop", "started@00:05", "finished@01:10", "load", "started", "--at", "01:15")
    assert _progress() == (
        "progress:\n"
        "  stop: {actual_start: 2026-12-05 00:05, actual_finish: 2026-12-05 01:10}\n"
        "  cut.load: {actual_start: 2026-12-05 01:15}\n"
    )
    added = "status_date: 2026-12-05 01:15\ninclude: [progress.yaml]\n"
    assert _plan() == PLAN.replace("# midnight\n", f"# midnight\n{added}")
    assert "stop      finished Sat 5 Dec 2026 01:10 GMT" in result.output
    assert "cut.load  started Sat 5 Dec 2026 01:15 GMT, 4h left" in result.output


def test_later_reports_keep_what_people_wrote() -> None:
    """Comments, order and hand-made entries stay; a percentage replaces what was left."""
    _status("stop", "started@00:00", "finished@01:00", "load", "started@01:00")
    text = _progress().replace("2026-12-05 01:00}\n", "2026-12-05 01:00}   # by Ana\n", 1)
    Path("progress.yaml").write_text("# night shift\n" + text, encoding="utf-8")
    _status("load", "50%", "--remaining", "3h", "--as-of", "03:00")
    assert "cut.load: {actual_start: 2026-12-05 01:00, percent_complete: 50%, remaining: 3h}" in (
        _progress()
    )
    _status("load", "75%", "--as-of", "04:00")
    assert "{actual_start: 2026-12-05 01:00, percent_complete: 75%}" in _progress()
    _status("cut.load", "finished@05:10")
    assert _progress().startswith("# night shift\nprogress:\n")
    assert "   # by Ana\n" in _progress()
    assert "{actual_start: 2026-12-05 01:00, actual_finish: 2026-12-05 05:10}" in _progress()
    assert "status_date: 2026-12-05 05:10\n" in _plan()


@pytest.mark.parametrize(
    ("arguments", "code", "help_"),
    [
        (["load", "finished@02:00"], "IMS664", "say both: `cut.load started@TIME finished@"),
        (["load", "60%", "--as-of", "02:00"], "IMS664", "say both: `cut.load started@TIME 60%`"),
        (["load", "started@03:00", "finished@02:00"], "IMS664", "correct one of the two"),
        (["load", "started@01:00", "100%"], "IMS664", "write `cut.load finished@TIME`"),
        (["load", "started@01:00", "finished@2:00", "60%"], "IMS664", "leave the percentage out"),
        (["load", "started"], "IMS664", "write `started@02:40`, or add `--at`"),
        (["load", "started@01:00", "--remaining", "3 days"], "IMS664", "write `3d`"),
        (["load", "started@25:00"], "IMS124", ""),
        (["load", "started@04:00", "--as-of", "02:00"], "IMS333", "is planned, not actual"),
        (["load"], "IMS664", "write its state behind it"),
        (["laod", "started@01:00"], "IMS665", "did you mean `cut.load` or"),
        (["cut", "started@01:00"], "IMS664", "report what is inside: `cut.load`, `cut.check`"),
        (["lead", "started@01:00"], "IMS664", ""),
        (["off", "started@01:00"], "IMS664", ""),
        (["done", "40%"], "IMS664", "write `done finished`"),
        (["load", "load", "started@01:00"], "IMS664", ""),
        (["load", "waiting", "started@01:00"], "IMS664", "say one of the two"),
    ],
)
def test_what_cannot_have_happened_is_refused(arguments: list[str], code: str, help_: str) -> None:
    """The answer says what would be right, and no file is touched."""
    output = _status(*arguments, exit_code=1).output
    assert code in output
    assert help_ in output
    assert _plan() == PLAN
    assert not Path("progress.yaml").exists()


def test_what_is_known_is_replaced_only_when_asked() -> None:
    """An actual date has been told to people; the same report again changes nothing."""
    _status("stop", "started@00:00", "finished@01:00")
    before = _progress()
    assert "Nothing new" in _status("stop", "finished@01:00").output
    assert "finished 2026-12-05 01:00 already, not 2026-12-05 01:20" in (
        _status("stop", "finished@01:20", exit_code=1).output
    )
    assert "`--correct`" in _status("stop", "waiting", exit_code=1).output
    assert _progress() == before
    _status("stop", "finished@01:20", "--correct")
    assert "actual_finish: 2026-12-05 01:20" in _progress()
    _status("stop", "started@00:10", "--correct")
    assert "stop: {actual_start: 2026-12-05 00:10}" in _progress()
    _status("stop", "waiting", "--correct")
    assert _progress() == "progress:\n  {}\n"
    assert load("night.yaml").project.activities["stop"].progress is None


def test_the_status_date_never_goes_back() -> None:
    """A late report of something earlier keeps it; `--as-of` before it is refused."""
    _status("stop", "started@00:00", "--as-of", "02:00")
    _status("stop", "finished@01:50")
    assert "status_date: 2026-12-05 02:00\n" in _plan()
    output = _status("--as-of", "01:00", exit_code=1).output
    assert "IMS661" in output
    assert "before the status date 2026-12-05 02:00" in output


def test_a_time_alone_is_the_nearest_to_the_status_date() -> None:
    """Half an hour before midnight is the day before; an hour that is twice is asked about."""
    _status("stop", "started@23:30", "--as-of", "00:10")
    assert "actual_start: 2026-12-04 23:30" in _progress()
    text = PLAN.replace("2026-12-05 00:00", "2026-10-25 00:00")
    Path("night.yaml").write_text(text, encoding="utf-8")
    Path("progress.yaml").unlink()
    output = _status("stop", "started@01:30", exit_code=1).output
    assert "write `2026-10-25 01:30+01:00` or `2026-10-25 01:30+00:00`" in output
    _status("stop", "started@2026-10-25 01:30+00:00")
    assert "actual_start: 2026-10-25 01:30+00:00" in _progress()


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_table_of_reports(delimiter: str) -> None:
    """Rows by id, columns by heading, empty cells say nothing."""
    rows = [
        "\ufeffID,State,At,Remaining,Note",
        "stop,started,00:10,,x",
        "check,,,,later",
        "cut.load,60%,,90m,",
    ]
    Path("r.csv").write_text(
        "\r\n".join(rows).replace(",", delimiter), encoding="utf-8", newline=""
    )
    output = _status("--from", "r.csv", exit_code=1).output
    assert "r.csv:4:1" in output
    rows[3] = "cut.load,started,01:00,90m,"
    Path("r.csv").write_text("\n".join(rows).replace(",", delimiter), encoding="utf-8")
    _status("--from", "r.csv", "--dry-run")
    assert _plan() == PLAN
    _status("--from", "r.csv")
    assert "cut.load: {actual_start: 2026-12-05 01:00, remaining: 90m}" in _progress()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("name,when\nload,1\n", "names no `id` and `state`"),
        ("", "names no `id` and `state`"),
        ("id,state\nload,done\n", "`done` is no state"),
        ("id,state\n,started\n", "the row has no id"),
    ],
)
def test_a_table_that_cannot_be_read(text: str, words: str) -> None:
    """IMS666 names the line."""
    Path("r.csv").write_text(text, encoding="utf-8")
    output = _status("--from", "r.csv", exit_code=1).output
    assert "IMS666" in output
    assert words in output


def test_work_out_of_sequence_is_reported_not_refused() -> None:
    """check starts before load is done: written down, and said of the plan as it is then."""
    output = _status("check", "started@00:30").output
    assert "IMS336" in output
    assert "cut.check" in _progress()
    line = 1 + [text.strip()[:6] for text in _plan().splitlines()].index("check:")
    assert f"--> night.yaml:{line}:" in output


def test_a_file_in_the_way_and_a_list_of_libraries() -> None:
    """A progress.yaml nobody includes is not guessed at; a list of libraries gets one more."""
    Path("progress.yaml").write_text("progress: {}\n", encoding="utf-8")
    assert "does not include it" in _status("stop", "started@00:00", exit_code=2).output
    Path("progress.yaml").unlink()
    Path("pool.yaml").write_text("resources: {ana: {}}\n", encoding="utf-8")
    text = PLAN.replace("calendar: 24x7\n", "calendar: 24x7\ninclude:\n  - pool.yaml   # people\n")
    Path("night.yaml").write_text(text, encoding="utf-8")
    _status("stop", "started@00:00")
    assert "  - pool.yaml   # people\n  - progress.yaml\n" in _plan()
    _status("load", "started@01:00")
    assert load("night.yaml").project.activities["cut.load"].progress is not None


def test_json_and_the_plain_question() -> None:
    """`--json` has the changes as data; without a report the command says how it stands."""
    assert "Nothing has been reported yet" in _status().output
    document = json.loads(_status("stop", "started@00:05", "--json").output)
    assert [one["id"] for one in document["changes"]] == ["stop", ""]
    assert document["changes"][1]["new"] == "2026-12-05T00:05Z"
    assert "0 activities finished, 1 under way, 3 to come" in _status().output


def test_shells_complete_ids_and_states() -> None:
    """Ids of what is not finished; states once an id stands there; no plan, no words."""
    assert completed(Path("night.yaml"), (), "c") == [
        ("cut.load", "load"),
        ("cut.check", "check"),
    ]
    assert ("started", "") in completed(Path("night.yaml"), ("stop",), "st")
    assert completed(Path("none.yaml"), (), "") == []


def test_every_file_that_states_the_status_date_gets_the_new_one() -> None:
    """In its own zone: 14:00 of London is 09:00 of New York; files that state none stay."""
    team = """\
imsgen: 1
name: Team
start: 2026-12-05 00:00
timezone: America/New_York
status_date: 2026-12-05 07:00   # of the team
activities: {prep: {duration: 1h}}
"""
    Path("team.yaml").write_text(team, encoding="utf-8")
    Path("other.yaml").write_text(team.replace(team.splitlines()[4] + "\n", ""), encoding="utf-8")
    text = PLAN.replace("timezone", "status_date: 2026-12-05 12:00\ntimezone")
    text += "  team: {include: team.yaml, calendar: 24x7}\n  other: {include: other.yaml}\n"
    Path("night.yaml").write_text(text, encoding="utf-8")
    result = _status("team.prep", "started@13:00", "--as-of", "14:00")
    assert "team.yaml" in result.output
    assert "other.yaml" not in result.output
    assert "status_date: 2026-12-05 14:00\n" in _plan()
    assert Path("team.yaml").read_text("utf-8") == team.replace("05 07:00", "05 09:00")
    assert load(Path("night.yaml")).project.status_date is not None


def test_a_log_has_a_line_for_each_event() -> None:
    """Start and finish of one step come together; what was left on the way is forgotten."""
    Path("log.csv").write_text(
        "id,state,at\nstop,started,00:05\nload,started,01:12\nstop,50%,00:30\nstop,finished,01:10\n",
        encoding="utf-8",
    )
    _status("--from", "log.csv")
    assert _progress() == (
        "progress:\n"
        "  stop: {actual_start: 2026-12-05 00:05, actual_finish: 2026-12-05 01:10}\n"
        "  cut.load: {actual_start: 2026-12-05 01:12}\n"
    )


def test_two_reports_that_differ_are_refused() -> None:
    """Which of two starts is right nobody can guess."""
    output = _status("stop", "started@00:05", "stop", "started@00:10", exit_code=1).output
    assert "`stop` is reported twice: started `00:05` and `00:10`" in output
    assert not Path("progress.yaml").exists()


def test_a_percentage_is_of_its_time() -> None:
    """60% at 03:00 puts the status date there, whether said with the state or beside it."""
    _status("stop", "started@00:05", "finished@01:00", "load", "started@01:00")
    _status("load", "40%", "--at", "02:00")
    assert "status_date: 2026-12-05 02:00\n" in _plan()
    _status("load", "60%@03:00")
    assert "status_date: 2026-12-05 03:00\n" in _plan()
    _status("load", "--remaining", "1h", "--at", "03:30")
    assert "status_date: 2026-12-05 03:30\n" in _plan()


@pytest.mark.parametrize(
    ("said", "right"),
    [
        (("stop", "started@25:00"), "a time from `00:00` to `23:59`"),
        (("stop", "100%"), "write `stop started@TIME finished@TIME`"),
        (("stop", "--remaining", "1h"), "say both: `stop started@TIME --remaining 1h`"),
        (("done", "started@00:10"), "write `done finished`"),
    ],
)
def test_the_help_is_what_to_write(said: tuple[str, ...], right: str) -> None:
    """The mend that is named is accepted afterwards."""
    assert right in " ".join(_status(*said, "--as-of", "04:00", exit_code=1).output.split())


def test_a_time_in_the_hour_that_is_left_out_is_refused() -> None:
    """02:30 of the night on which clocks go forward is not that of the night before."""
    text = PLAN.replace("2026-12-05 00:00", "2027-03-27 23:00").replace("/London", "/Zurich")
    Path("night.yaml").write_text(text, encoding="utf-8")
    output = " ".join(_status("stop", "started@02:30", exit_code=1).output.split())
    assert "`02:30` does not occur in Europe/Zurich" in output
    assert "write `2027-03-28 01:59` or `2027-03-28 03:00`" in output


def test_solving_says_what_went_ahead() -> None:
    """Each case is reported when the plan is solved, not only when it is checked."""
    _status("load", "started@00:10", "--as-of", "00:30")
    solved = CliRunner().invoke(cli, ["solve", "night.yaml", "-f", "none"])
    assert solved.exit_code == 0
    assert "IMS336" in solved.stderr
    assert "`cut.load` went ahead of its link `stop FS`" in solved.stderr


def test_what_nobody_reported_went_as_planned() -> None:
    """By 02:00 stop has ended, and load has 3 of its 4 hours left; what is told beside holds."""
    assert CliRunner().invoke(cli, ["solve", "night.yaml", "-f", "none"]).exit_code == 0
    _status("--as-planned", "--as-of", "02:00")
    assert _progress() == (
        "progress:\n"
        "  stop: {actual_start: 2026-12-05 00:00, actual_finish: 2026-12-05 01:00}\n"
        "  cut.load: {actual_start: 2026-12-05 01:00, remaining: 180m}\n"
    )
    _status("load", "finished@05:30", "--as-planned", "--as-of", "06:30")
    assert (
        "  cut.load: {actual_start: 2026-12-05 01:00, actual_finish: 2026-12-05 05:30}"
        in _progress()
    )
    assert (
        "  cut.check: {actual_start: 2026-12-05 05:00, actual_finish: 2026-12-05 06:00}"
        in _progress()
    )
    assert "  done: {actual_finish: 2026-12-05 06:00}" in _progress()
    assert load(Path("night.yaml")).project.status_date is not None


def test_as_planned_needs_a_time_and_a_schedule() -> None:
    """Both are asked for; nothing is written."""
    assert "until when" in _status("--as-planned", exit_code=2).output
    assert "solve" in _status("--as-planned", "--as-of", "02:00", exit_code=2).output
    assert _plan() == PLAN


def test_gates_and_what_is_known_are_left_out_of_as_planned() -> None:
    """The gate is decided by people; load, begun by report, is not ended by the schedule."""
    text = PLAN + "gates:\n  go: {duration: 30m, after: stop, decides: pm}\nresources: {pm: {}}\n"
    Path("night.yaml").write_text(text, encoding="utf-8")
    assert CliRunner().invoke(cli, ["solve", "night.yaml", "-f", "none"]).exit_code == 0
    _status("load", "started@01:10")
    _status("--as-planned", "--as-of", "05:00")
    assert "cut.load: {actual_start: 2026-12-05 01:10}\n" in _progress()
    assert "stop: {" in _progress()
    assert "go:" not in _progress()


def test_all_files_are_written_or_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second of two files cannot be put in its place: the first has its former text again."""
    replaced, renamed = Path.replace, 0

    def failing(self: Path, target: Path) -> Path:
        nonlocal renamed
        renamed += 1
        if renamed == 2:
            raise OSError(28, "No space left on device")
        return replaced(self, target)

    monkeypatch.setattr(Path, "replace", failing)
    output = _status("stop", "started@00:05", exit_code=2).output
    assert "No space left on device; nothing was changed" in output
    assert _plan() == PLAN
    assert not Path("progress.yaml").exists()
    assert [path.name for path in Path().iterdir()] == ["night.yaml"]
