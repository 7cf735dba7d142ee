"""`imsgen import`: what is written where, what is said, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.support.mspdi_files import document, task

from imsgen.cli.main import cli
from imsgen.formats import mpxj
from imsgen.model import from_text
from imsgen.schedule import read_schedule

BEGUN = (
    "<ActualStart>2027-03-01T08:00:00</ActualStart><PercentComplete>50</PercentComplete>"
    "<Baseline><Number>0</Number><Start>2027-03-02T08:00:00</Start>"
    "<Finish>2027-03-03T17:00:00</Finish><Duration>PT16H0M0S</Duration></Baseline>"
    "<Baseline><Number>3</Number><Start>2027-03-01T08:00:00</Start>"
    "<Finish>2027-03-01T17:00:00</Finish></Baseline>"
)


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in a folder with a file of MS Project: begun, with two baselines and a material."""
    monkeypatch.chdir(tmp_path)
    more = (
        "<StatusDate>2027-03-01T12:00:00</StatusDate>"
        "<Resources><Resource><UID>4</UID><Name>Concrete</Name><Type>0</Type></Resource></Resources>"
    )
    Path("move.xml").write_text(document(task(1, "Pack", more=BEGUN), more), encoding="utf-8")


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, arguments)


def _names(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_progress_and_baselines_lie_beside_the_plan(tmp_path: Path) -> None:
    """The plan includes the one and names the others; the whole can be checked and solved."""
    result = _run("import", "move.xml", "--timezone", "Europe/London", "-o", "p/go.yaml")
    assert result.exit_code == 0, result.output
    assert _names(tmp_path / "p") == [
        "baselines/go.baseline-3.schedule.json",
        "baselines/go.baseline.schedule.json",
        "go.progress.yaml",
        "go.yaml",
    ]
    text = Path("p/go.yaml").read_text(encoding="utf-8")
    assert "include: [go.progress.yaml]\n" in text
    assert "# - A material is no resource of a plan: UID 4 `Concrete`\n" in text
    assert "progress:\n  pack: {actual_start: 2027-03-01 08:00, percent_complete: 50%}\n" in Path(
        "p/go.progress.yaml"
    ).read_text(encoding="utf-8")
    agreed = read_schedule(Path("p/baselines/go.baseline.schedule.json"))
    assert agreed.activities["pack"].start == from_text("2027-03-02T08:00Z")
    assert agreed.project.activities["pack"].modes[0].duration == 16 * 60
    assert "A material is no resource of a plan: UID 4 `Concrete`" in result.stderr
    assert _run("check", "p/go.yaml").exit_code == 0
    assert _run("solve", "p/go.yaml", "-f", "none").exit_code == 0


def test_baselines_go_there_and_back() -> None:
    """Imported, solved, written for MS Project and imported again: the same dates were agreed."""
    for command in (
        ("import", "move.xml", "-o", "p/go.yaml"),
        ("solve", "p/go.yaml", "-f", "xml", "--effort", "0.1"),
        ("import", "p/go.xml", "-o", "q/go.yaml"),
    ):
        result = _run(*command)
        assert result.exit_code == 0, result.output
    # An export numbers baselines in the order in which the plan names them.
    for before, after in (("", ""), ("-3", "-1")):
        first = read_schedule(Path(f"p/baselines/go.baseline{before}.schedule.json"))
        second = read_schedule(Path(f"q/baselines/go.baseline{after}.schedule.json"))
        ours, theirs = first.activities["pack"], second.activities["pack"]
        assert (ours.start, ours.finish) == (theirs.start, theirs.finish)


def test_standard_output_gets_one_text() -> None:
    """Progress is in the plan, and baselines are told to be missing."""
    result = _run("import", "move.xml", "-o", "-")
    assert result.exit_code == 0, result.output
    assert "progress:\n  pack:" in result.stdout
    assert "Baselines are left out" in result.stderr
    assert not list(Path().glob("*.yaml"))


def test_json_lists_what_was_lost() -> None:
    """Each kind with everything it happened to."""
    result = _run("import", "move.xml", "--json")
    found = json.loads(result.stdout)
    assert found["losses"] == [
        {"text": "The file names no time zone: its dates are read as UTC", "things": []},
        {"text": "A material is no resource of a plan", "things": ["UID 4 `Concrete`"]},
    ]
    assert found["files"][0] == "move.yaml"


@pytest.mark.parametrize(
    "name", ["move.yaml", "move.progress.yaml", "baselines/move.baseline.schedule.json"]
)
def test_files_that_exist_stay(name: str) -> None:
    """Nothing is replaced, and nothing else written, unless told to."""
    path = Path(name)
    path.parent.mkdir(exist_ok=True)
    path.write_text("mine")
    result = _run("import", "move.xml")
    assert result.exit_code == 2
    assert path.read_text() == "mine"
    assert len(list(Path().rglob("*move*"))) == 2
    assert _run("import", "move.xml", "--force").exit_code == 0
    assert path.read_text() != "mine"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("gone.xml", None, "IMS610"),
        ("cut.xml", document()[:-9], "IMS610"),
        ("p6.xml", "<APIBusinessObjects xmlns='urn:p6'/>", "export it from P6 as MS Project XML"),
        ("p6.xer", "ERMHDR\t8.2\n", "imsgen[mpxj]"),
        ("plan.mpp", "\xd0\xcf", "imsgen[mpxj]"),
    ],
)
def test_refused_with_what_to_do(
    name: str, content: str | None, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One message, no traceback, no file."""
    monkeypatch.setitem(__import__("sys").modules, "mpxj", None)
    if content is not None:
        Path(name).write_text(content, encoding="utf-8")
    result = _run("import", name)
    assert result.exit_code in {1, 2}
    assert said in result.stderr
    assert not list(Path().glob("*.yaml"))


def test_without_java_the_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """MPXJ alone is not enough."""
    jpype = pytest.importorskip("jpype")
    pytest.importorskip("mpxj")

    def no_java(*_: object, **__: object) -> None:
        raise jpype.JVMNotFoundException("no libjvm")

    monkeypatch.setattr(jpype, "isJVMStarted", lambda: False)
    monkeypatch.setattr(jpype, "startJVM", no_java)
    Path("plan.mpp").write_bytes(b"\xd0\xcf")
    result = _run("import", "plan.mpp")
    assert result.exit_code == 2
    assert "openjdk-17-jre-headless" in result.stderr
    assert ".mpp" in mpxj.SUFFIXES
