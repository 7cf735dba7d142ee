"""`imsgen solve` of a plan in progress: hand-computed replans, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from imsgen.cli.main import cli

NIGHT = """\
imsgen: 1
name: Night
start: 2026-12-05 00:00
timezone: UTC
calendar: 24x7
include: [progress.yaml]
resources: {rig: {holds: true}}
activities:
  x: {duration: 1h, needs: rig, owner: ana}
  y: {duration: 1h, after: x SS+1h, needs: rig, owner: ben}
  z: {duration: 1h, after: y SS+1h, needs: rig, owner: cyn}
dependencies: {}
"""
"""One rig, three people, an hour each: 00-01, 01-02, 02-03."""
FREE = NIGHT.replace("after: y SS+1h", "constraint: SNET 2026-12-05 02:00").replace(
    "after: x SS+1h", "constraint: SNET 2026-12-05 01:00"
)
"""The same hours, but nothing waits for anything except for the rig."""
LATE = """\
progress:
  x: {actual_start: 2026-12-05 00:00, remaining: 1h}
"""
"""At 01:00 x needs another hour."""


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def _run(*arguments: object, exit_code: int = 0) -> Result:
    result = CliRunner().invoke(cli, [str(one) for one in arguments])
    assert result.exit_code == exit_code, result.output
    return result


def _plan(text: str, progress: str = "progress: {}\n", status: str = "") -> None:
    said = f"status_date: 2026-12-05 {status}\n" if status else ""
    Path("night.yaml").write_text(text + said, encoding="utf-8")
    Path("progress.yaml").write_text(progress, encoding="utf-8")


def _solve(*more: object, exit_code: int = 0) -> Result:
    return _run("solve", "night.yaml", "-f", "none", *more, exit_code=exit_code)


def _file() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(Path("night.schedule.json").read_text(encoding="utf-8"))
    return found


def _hours() -> dict[str, str]:
    """Return start and finish of every activity, ``00:00-01:00``."""
    return {
        id_: f"{one['start'][11:16]}-{one['finish'][11:16]}"
        for id_, one in _file()["activities"].items()
    }


def _levels() -> dict[str, tuple[int, bool]]:
    return {one["name"]: (one["value"], one["proved"]) for one in _file()["objective"]}


def _published(text: str) -> None:
    _plan(text)
    _solve()


def test_fewer_people_hear_of_it_when_one_waits_longer() -> None:
    """Everything later would tell three people; y after z tells two, for the same 3 h of shift."""
    _published(FREE)
    assert _hours() == {"x": "00:00-01:00", "y": "01:00-02:00", "z": "02:00-03:00"}
    _plan(FREE, LATE, "01:00")
    result = _solve()
    assert _hours() == {"x": "00:00-02:00", "y": "03:00-04:00", "z": "02:00-03:00"}
    levels = _levels()
    assert levels["missed"] == (0, True)
    assert levels["people told"] == (2, True)
    assert levels["shift"] == (180, True)
    assert _file()["replanned"] == 1
    assert _file()["revision"] == 2
    assert "replanned from 1" in result.output
    assert "2 people are told a new time, proved" in result.output


def test_a_deadline_counts_before_people() -> None:
    """With y due at 03:00, z goes later too: three people are told."""
    text = FREE.replace("owner: ben", "owner: ben, deadline: 2026-12-05 03:00")
    _published(text)
    _plan(text, LATE, "01:00")
    _solve()
    assert _hours() == {"x": "00:00-02:00", "y": "02:00-03:00", "z": "03:00-04:00"}
    assert _levels()["missed"] == (0, True)
    assert _levels()["people told"] == (3, True)


def test_of_two_deadlines_the_heavier_is_kept() -> None:
    """y and z are both due when they were to end; one must miss, and the lighter does."""
    text = FREE.replace("owner: ben", "owner: ben, deadline: 2026-12-05 03:00, priority: 900")
    text = text.replace("owner: cyn", "owner: cyn, deadline: 2026-12-05 03:00, priority: 100")
    _published(text)
    _plan(text, LATE, "01:00")
    _solve()
    assert _hours()["y"] == "02:00-03:00"
    assert _levels()["missed"] == (100, True)


def test_what_is_frozen_stays_where_that_is_possible() -> None:
    """With y frozen z would go, but x is on the rig until 02:00: y must move, and it is said."""
    text = FREE + "options: {freeze: 150m}\n"
    _published(text)
    _plan(text, LATE, "01:00")
    result = _solve()
    assert _levels()["frozen"] == (1, True)
    assert _hours()["z"] == "02:00-03:00"
    assert "IMS663" in result.output
    assert "`y` is frozen and had to move: Sat 5 Dec 2026 01:00" in result.output
    assert "(`x` has `rig` until Sat 5 Dec 2026 02:00 UTC)" in result.output


def test_frozen_counts_before_deadlines() -> None:
    """z is due after y in the freeze; y, due at 03:00, misses rather than move z."""
    text = FREE.replace("owner: ben", "owner: ben, deadline: 2026-12-05 03:00")
    _published(text + "options: {freeze: 150m}\n")
    _plan(text + "options: {freeze: 150m}\n", LATE, "01:00")
    _solve()
    assert _hours()["z"] == "02:00-03:00"
    assert _levels()["missed"] == (500, True)


@pytest.mark.parametrize(
    ("option", "hours"),
    [("retained_logic", "01:00-05:00"), ("progress_override", "01:00-03:00")],
)
@pytest.mark.parametrize("more", [(), ("--fresh",)])
def test_work_out_of_sequence_waits_or_goes_on(
    option: str, hours: str, more: tuple[str, ...]
) -> None:
    """p ends at 04:00; an hour of s remains at 02:00: 04-05 by retained logic, 02-03 else."""
    text = NIGHT[: NIGHT.index("resources")] + (
        f"options: {{out_of_sequence: {option}}}\n"
        "activities:\n  p: {duration: 4h}\n  s: {duration: 2h, after: p}\n"
    )
    _published(text)
    progress = (
        "progress:\n  p: {actual_start: 2026-12-05 00:00, remaining: 2h}\n"
        "  s: {actual_start: 2026-12-05 01:00, remaining: 1h}\n"
    )
    _plan(text, progress, "02:00")
    result = _solve("-v", *more)
    assert _hours() == {"p": "00:00-04:00", "s": hours}
    assert "IMS336" in _run("check", "night.yaml", "-v").output
    assert ("replanned" in _file()) == (not more)
    assert result.exit_code == 0


def test_without_news_not_a_byte_changes() -> None:
    """Again and again, with `--from`, and into another folder: the same file."""
    _published(FREE)
    _plan(FREE, LATE, "01:00")
    _solve()
    before = Path("night.schedule.json").read_bytes()
    assert "nothing new" in _solve().output
    assert Path("night.schedule.json").read_bytes() == before
    _solve("--from", "night.schedule.json", "-o", "out")
    assert Path("out/night.schedule.json").read_bytes() == before


def test_without_news_not_a_byte_changes_once_the_gates_have_decided() -> None:
    """No way back is left to work out; the file stays as it is."""
    text = FREE + "gates: {go: {duration: 30m, decides: ana}}\n"
    _published(text)
    decided = "  go: {actual_start: 2026-12-05, actual_finish: 2026-12-05 00:30}\n"
    _plan(text, LATE + decided, "01:00")
    _solve()
    before = Path("night.schedule.json").read_bytes()
    assert "nothing new" in _solve("--effort", "3").output
    assert Path("night.schedule.json").read_bytes() == before


def test_fresh_forgets_what_was_published() -> None:
    """What nobody is promised moves early: z could go before y."""
    _published(FREE)
    _plan(FREE, LATE, "01:00")
    _solve("--fresh")
    assert "replanned" not in _file()
    assert [one["name"] for one in _file()["objective"]] == ["deadlines", "finish", "early starts"]
    assert _file()["revision"] == 2


def test_the_history_goes_on_in_another_folder() -> None:
    """A replan written elsewhere is the next revision of what lies beside the plan."""
    _published(FREE)
    _plan(FREE, LATE, "01:00")
    _solve("-o", "out")
    found = json.loads(Path("out/night.schedule.json").read_text(encoding="utf-8"))
    assert found["revision"] == 2


def test_the_schedule_of_another_plan_is_refused() -> None:
    """`--from` of another plan is an error; one that lies there by chance is left aside."""
    _published(FREE)
    _plan("id: day\n" + FREE, LATE, "01:00")
    assert "IMS660" in _solve("--from", "night.schedule.json", exit_code=1).output
    assert "another plan, `night`" in _solve().output


def test_a_status_date_before_the_last_is_refused() -> None:
    """The published schedule knows more; nothing is written, and `--fresh` goes on."""
    _published(FREE)
    _plan(FREE, LATE, "01:00")
    _solve()
    before = Path("night.schedule.json").read_bytes()
    _plan(FREE, "progress: {}\n", "00:30")
    result = _solve(exit_code=1)
    assert "IMS661" in result.output
    assert "Sat 5 Dec 2026 00:30 UTC, before that of `night.schedule.json`" in result.output
    assert Path("night.schedule.json").read_bytes() == before
    _solve("--fresh")


def test_ids_that_are_gone_are_named() -> None:
    """A renamed activity is new; the dates of the old one are named and go."""
    _published(FREE)
    _plan(FREE.replace("  z:", "  zz:"), LATE, "01:00")
    result = _solve()
    assert "IMS662" in result.output
    assert "no longer scheduled: `z`" in result.output


def test_a_schedule_file_edited_by_hand_is_made_anew() -> None:
    """A file somebody changed by hand is not handed on as it is."""
    _published(FREE)
    _plan(FREE, LATE, "01:00")
    _solve()
    text = Path("night.schedule.json").read_text(encoding="utf-8")
    Path("night.schedule.json").write_text(text.replace("03:00", "03:30"), encoding="utf-8")
    assert "nothing new" not in _solve().output
    assert _run("verify", "night.yaml").exit_code == 0


@pytest.mark.parametrize(
    "other", [("--fresh",), ("--locked",), ("--improve", "night.schedule.json")]
)
def test_options_that_contradict_each_other(other: tuple[str, ...]) -> None:
    """`--from` replans, so it goes with no option that does something else."""
    _published(FREE)
    assert (
        "`--from` replans" in _solve("--from", "night.schedule.json", *other, exit_code=2).output
    )


@pytest.mark.parametrize(
    ("link", "progress", "reported"),
    [
        ("done", "s: {actual_start: 2026-12-05 00:30}", True),
        (
            "done",
            "done: {actual_finish: 2026-12-05 00:30}\n  s: {actual_start: 2026-12-05 00:30}",
            False,
        ),
        ("g", "s: {actual_start: 2026-12-05 00:30}", True),
        (
            "g",
            "g.a: {actual_start: 2026-12-05, actual_finish: 2026-12-05 00:20}\n  s: {actual_start: 2026-12-05 00:30}",
            True,
        ),
        (
            "g SS",
            "g.a: {actual_start: 2026-12-05 00:00}\n  s: {actual_start: 2026-12-05 00:30}",
            False,
        ),
        ("g SS", "s: {actual_start: 2026-12-05 00:30}", True),
    ],
)
def test_work_ahead_of_a_milestone_or_a_group_is_reported(
    link: str, progress: str, reported: bool
) -> None:
    """s begins before the milestone it follows is reached, or all of the group is done."""
    text = NIGHT[: NIGHT.index("resources")] + (
        "activities:\n  g: {activities: {a: {duration: 1h}, b: {duration: 2h}}}\n"
        f"  done: {{milestone: true}}\n  s: {{duration: 2h, after: {link}}}\n"
    )
    _plan(text, f"progress:\n  {progress}\n", "01:00")
    assert ("IMS336" in _run("check", "night.yaml", "-v").output) == reported


def test_several_files_are_one_plan() -> None:
    """Two teams, a pool and progress of its own file: reported, replanned, nothing lost."""
    Path("a.yaml").write_text("activities:\n  one: {duration: 1h, needs: ana}\n", encoding="utf-8")
    Path("b.yaml").write_text(
        "activities:\n  two: {duration: 1h, needs: ana}\n"
        "progress:\n  two: {actual_start: 2026-12-05 01:00}   # of team b\n",
        encoding="utf-8",
    )
    Path("pool.yaml").write_text("resources: {ana: {name: Ana}}\n", encoding="utf-8")
    text = NIGHT[: NIGHT.index("include")] + (
        "include:\n  - pool.yaml\n"
        "activities:\n  a: {include: a.yaml}\n  b: {include: b.yaml, after: a}\n"
        "  end: {duration: 1h, after: b, needs: ana}\n"
    )
    Path("night.yaml").write_text(text + "status_date: 2026-12-05 01:00\n", encoding="utf-8")
    _run("status", "night.yaml", "one", "started@00:00", "finished@01:00")
    _solve()
    _run("status", "night.yaml", "two", "--remaining", "90m", "--as-of", "01:30")
    assert "actual_start: 2026-12-05 01:00, remaining: 90m}   # of team b" in (
        Path("b.yaml").read_text(encoding="utf-8")
    )
    assert "  - pool.yaml\n  - progress.yaml\n" in Path("night.yaml").read_text(encoding="utf-8")
    _solve()
    assert _hours() == {"a.one": "00:00-01:00", "b.two": "01:00-03:00", "end": "03:00-04:00"}
    assert _levels()["people told"] == (1, True)


def test_a_date_that_only_the_promise_holds_says_so() -> None:
    """x is done half an hour early: y could begin at 00:40, and stays at 01:00."""
    text = NIGHT.replace("after: x SS+1h", "after: x").replace("y SS+1h", "y")
    _plan(text)
    _solve()
    done = "progress:\n  x: {actual_start: 2026-12-05 00:00, actual_finish: 2026-12-05 00:30}\n"
    _plan(text, done, "00:40")
    _solve()
    activities = json.loads(Path("night.schedule.json").read_text("utf-8"))["activities"]
    assert activities["y"]["start"] == "2026-12-05T01:00Z"
    assert activities["y"]["driver"]["text"] == "kept as published"
    assert "kept as published" in _run("show", "night.yaml", "--why", "y").stdout
