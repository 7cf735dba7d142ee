"""Habits of the house that no linter knows."""

from __future__ import annotations

import ast
import re
from importlib import import_module
from pathlib import Path

import pytest

import imsgen

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "scheduler" / "imsgen").rglob("*.py"))
LONGEST = 400
"""Lines of a file."""
VAGUE = {"utils", "util", "helpers", "helper", "common", "misc", "manager"}


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_files_are_short() -> None:
    """A file has one job, and four hundred lines are enough for it."""
    lines = {_name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in FILES}
    assert {name: amount for name, amount in lines.items() if amount > LONGEST} == {}


def test_files_have_telling_names() -> None:
    """No drawer for whatever has no place."""
    assert [_name(path) for path in FILES if path.stem in VAGUE] == []


def test_nothing_asks_the_clock_for_the_date() -> None:
    """The same plan gives the same files on any day: no now() or today(), no naive moment.

    A board that is watched on a terminal shows the time; it alone may ask, and writes no file.
    """
    asked = re.compile(r"\b(datetime\.(now|today|utcnow)|date\.today|time\.time)\s*\(")
    assert _holding(asked) == ["scheduler/imsgen/cli/live.py"]
    watched = re.compile(r"\bimsgen\.cli\.live\b")
    assert _holding(watched) == ["scheduler/imsgen/cli/watching.py"]


def test_nothing_is_left_to_do() -> None:
    """No note to self, no stub."""
    assert _holding(re.compile(r"\b(TODO|FIXME|XXX|NotImplementedError)\b")) == []


def _holding(pattern: re.Pattern[str]) -> list[str]:
    return [_name(path) for path in FILES if pattern.search(path.read_text(encoding="utf-8"))]


def test_sets_are_not_iterated_in_their_own_order() -> None:
    """The order of a set differs from run to run, so no loop runs over one unsorted."""
    found = []
    for path in FILES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, (ast.For, ast.comprehension)) and _is_set(node.iter):
                found.append(f"{_name(path)}:{node.iter.lineno}")
    assert found == []


def _is_set(node: ast.expr) -> bool:
    made = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "set"
    return made or isinstance(node, (ast.Set, ast.SetComp))


def _modules_with_all() -> list[str]:
    found = []
    for path in FILES:
        if "__all__" in path.read_text(encoding="utf-8"):
            parts = path.relative_to(ROOT / "scheduler").with_suffix("").parts
            found.append(".".join(parts).removesuffix(".__init__"))
    return found


def test_public_names_exist_and_are_sorted() -> None:
    """`__all__` lists what is there: constants, classes, functions, each by name."""
    for name in _modules_with_all():
        public = import_module(name).__all__
        order = sorted(public, key=lambda one: (not one.isupper(), one[0].islower(), one))
        assert list(public) == order, name
        assert [one for one in public if not hasattr(import_module(name), one)] == [], name


def test_no_public_name_hides_a_room() -> None:
    """`imsgen.plan` is always the package."""
    rooms = {path.name for path in (ROOT / "scheduler" / "imsgen").iterdir() if path.is_dir()}
    assert rooms & set(imsgen.__all__) == set()
    with pytest.raises(AttributeError, match="has no attribute `nothing`"):
        _ = imsgen.nothing
    assert set(imsgen.__all__) <= set(dir(imsgen))
