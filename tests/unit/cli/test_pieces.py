"""The parts of the command line that need no plan."""

from __future__ import annotations

import signal
import threading
from pathlib import Path

import click
import pytest
from tests.support.projects import at, make_project, task
from tests.support.schedules import dated, make_schedule

from imsgen.cli.console import Console
from imsgen.cli.interruptible import interruptible
from imsgen.cli.options import chosen_formats, seconds, share
from imsgen.cli.outputs import find_schedule, schedule_path, stem_of
from imsgen.cli.templates import templates
from imsgen.cli.verdict import changed, verdict
from imsgen.diagnostics import Severity
from imsgen.errors import UsageError
from imsgen.model import Schedule, Status
from imsgen.schedule.views import counted, fitted


@pytest.mark.parametrize(("text", "value"), [("60", 60), ("90s", 90), ("1.5m", 90), ("1h", 3600)])
def test_times(text: str, value: float) -> None:
    """Seconds, minutes and hours."""
    assert seconds(text) == value


@pytest.mark.parametrize("text", ["", "5 days", "-1", "0", "1m30s"])
def test_wrong_times_are_refused(text: str) -> None:
    """Anything else is answered with what may be written."""
    with pytest.raises(click.BadParameter, match="write `90s`"):
        seconds(text)


def test_shares() -> None:
    """A share is a number up to one or a percentage."""
    assert share("0.01") == share("1%") == 0.01
    for text in ("2", "101%", "x", "-1%"):
        with pytest.raises(click.BadParameter, match="is not a share"):
            share(text)


def test_formats_are_joined_by_commas_or_repeated() -> None:
    """Each once, in the order given; none means only the schedule file."""
    assert chosen_formats(()) == ("xlsx", "ics", "xml")
    assert chosen_formats(("ics,csv", "ics")) == ("ics", "csv")
    assert chosen_formats(("none",)) == ()
    with pytest.raises(UsageError, match="did you mean"):
        chosen_formats(("xslx",))


def test_names_of_files() -> None:
    """A plan and its schedule share the stem; -o moves the files."""
    assert stem_of(Path("a/go-live.yaml")) == stem_of(Path("go-live.schedule.json")) == "go-live"
    assert schedule_path(Path("a/p.yaml"), None) == Path("a/p.schedule.json")
    assert schedule_path(Path("a/p.yaml"), Path("out")) == Path("out/p.schedule.json")


def test_a_schedule_is_found_by_its_plan(tmp_path: Path) -> None:
    """`show plan.yaml` means the schedule beside it; without one, what to run is said."""
    plan = tmp_path / "p.yaml"
    plan.write_text("imsgen: 1\n")
    with pytest.raises(UsageError, match=r"run `imsgen solve .*p\.yaml` first"):
        find_schedule(plan)
    beside = tmp_path / "p.schedule.json"
    beside.write_text("{}")
    assert find_schedule(plan) == find_schedule(beside) == beside
    other = tmp_path / "published.json"
    other.write_text("{}")
    assert find_schedule(other) == other


def test_templates_are_found_and_say_what_they_are_for() -> None:
    """The minimal one comes first; each has a line of its own."""
    found = templates()
    assert next(iter(found)) == "minimal"
    assert {"cutover", "programme"} <= set(found)
    assert all(10 < len(one.line) <= 84 for one in found.values())


def test_colour_follows_option_then_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """The option wins over NO_COLOR, that over FORCE_COLOR, that over the terminal."""
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    assert Console(color="always").colored(err=True)
    assert not Console().colored(err=False)
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert Console().colored(err=False)
    monkeypatch.setenv("NO_COLOR", "1")
    assert not Console().colored(err=False)
    assert not Console(color="never").colored(err=False)


def test_quiet_and_verbose(capsys: pytest.CaptureFixture[str]) -> None:
    """-q leaves errors, -qq nothing; data is never left out."""
    for verbosity in (1, 0, -1, -2):
        console = Console(verbosity=verbosity)
        console.data("data")
        for say in (console.summary, console.note, console.detail, console.error):
            say(say.__name__)
        out, err = capsys.readouterr()
        assert out.split() == ["data", "summary"][: 2 if verbosity >= 0 else 1]
        expected = {1: ["note", "detail", "error"], 0: ["note", "error"], -1: ["error"], -2: []}
        assert err.split() == expected[verbosity]


def test_counted() -> None:
    """One error, two errors, no activities."""
    assert (counted(1, "error"), counted(2, "error")) == ("1 error", "2 errors")
    assert counted(0, "activity") == "0 activities"


def test_long_text_is_cut_to_one_line() -> None:
    """A name of several lines stays on one, at most as wide as asked."""
    assert fitted("two\nlines", 20) == "two lines"
    assert fitted("abcdef", 6) == "abcdef"
    assert fitted("abcd fg", 6) == "abcd…"


def test_the_search_runs_beside_and_its_result_comes_back() -> None:
    """The call runs in another thread so that signals reach this one."""
    before = signal.getsignal(signal.SIGINT)
    thread = interruptible(threading.current_thread, lambda: None, lambda _: None)
    assert thread is not threading.main_thread()
    assert signal.getsignal(signal.SIGINT) is before


def test_errors_of_the_search_come_back() -> None:
    """An exception is raised where the search was started."""

    def fail() -> None:
        raise UsageError("no")

    with pytest.raises(UsageError, match="no"):
        interruptible(fail, lambda: None, lambda _: None)


def test_the_first_ctrl_c_asks_the_search_to_end() -> None:
    """The search sees the wish and returns what it has."""
    wished = threading.Event()
    said: list[str] = []

    def search() -> str:
        signal.raise_signal(signal.SIGINT)
        assert wished.wait(10)
        return "best"

    assert interruptible(search, wished.set, said.append) == "best"
    assert len(said) == 1
    assert said[0].startswith("stopping with the best schedule")


def _late() -> Schedule:
    project = make_project([task("a", 60, deadline=at("2026-11-02 08:30"))])
    return make_schedule(project, dated("a", "2026-11-02 08:00", "2026-11-02 09:00"))


def test_a_missed_deadline_is_a_warning_unless_strict() -> None:
    """The same message, another severity."""
    (warning,) = verdict(_late())
    (error,) = verdict(_late(), strict=True)
    assert warning.severity is Severity.WARNING
    assert error.severity is Severity.ERROR
    assert warning.message == "`a` misses its deadline Mon 2 Nov 2026 08:30 UTC by 30 min"


def test_no_proof_is_an_error_only_on_demand() -> None:
    """A feasible schedule passes unless optimality is required."""
    project = make_project([task("a", 60)])
    schedule = make_schedule(
        project, dated("a", "2026-11-02 08:00", "2026-11-02 09:00"), status=Status.FEASIBLE
    )
    assert verdict(schedule) == ()
    assert [one.code for one in verdict(schedule, require_optimal=True)] == ["IMS604"]


def test_a_changed_plan_is_found_by_its_hash() -> None:
    """The same hash is silent, another is an error."""
    schedule = _late()
    assert changed(schedule, schedule.plan_hash, "p") is None
    problem = changed(schedule, "0", "p.schedule.json")
    assert problem is not None
    assert problem.code == "IMS602"
