"""Every code is documented and provoked, and nothing else is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from imsgen.diagnostics.codes import Code, all_codes

ROOT = Path(__file__).parents[2]
PLANS = ROOT / "tests" / "plans" / "errors"
SOURCES = ROOT / "scheduler" / "imsgen"
QUOTED = re.compile(r"\"(IMS\d{3})\"")
ELSEWHERE = {
    "IMS111": "tests/unit/syntax/test_source.py",
    "IMS112": "tests/unit/syntax/test_source.py",
    "IMS225": "tests/unit/plan/test_gather.py",
}
"""Codes that no plan can provoke alone, and the tests that do."""
BYTES = ("IMS111", "IMS112")
"""Codes about the bytes of a file, which an example in text cannot show."""
FROM_SOLVING = ("IMS5", "IMS6")
"""Families that show only when a plan is solved or a file is written."""


def provoked_by_plans() -> set[str]:
    """Return the codes that plans are named for."""
    return {path.name[:6] for path in PLANS.glob("IMS*")}


def emitted() -> dict[str, Path]:
    """Return every code that occurs in the source, outside the catalogue."""
    found: dict[str, Path] = {}
    for path in sorted(SOURCES.rglob("*.py")):
        if "catalogue" not in path.parts:
            for code in QUOTED.findall(path.read_text(encoding="utf-8")):
                found.setdefault(code, path)
    return found


def test_every_code_in_the_source_is_documented() -> None:
    """No diagnostic has a code that ``imsgen rule`` cannot explain."""
    unknown = {code: path for code, path in emitted().items() if code not in all_codes()}
    assert not unknown


def test_every_documented_code_is_emitted_somewhere() -> None:
    """The catalogue explains nothing that cannot happen."""
    assert sorted(set(all_codes()) - set(emitted())) == []


def test_every_code_has_a_plan_that_provokes_it() -> None:
    """A code of reading and building a plan has a plan named for it, or a test in the table."""
    wanted = {code for code in all_codes() if not code.startswith(FROM_SOLVING)}
    assert sorted(wanted - provoked_by_plans() - set(ELSEWHERE)) == []


def test_every_plan_is_named_for_a_documented_code() -> None:
    """No plan expects a code that is gone."""
    assert sorted(provoked_by_plans() - set(all_codes())) == []


@pytest.mark.parametrize("code", sorted(ELSEWHERE))
def test_the_table_of_exceptions_holds(code: str) -> None:
    """A test named in the table exists and names the code."""
    assert code in (ROOT / ELSEWHERE[code]).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "code",
    [code for code in all_codes().values() if code.code not in BYTES],
    ids=lambda code: code.code,
)
def test_a_code_is_explained_with_examples(code: Code) -> None:
    """Title in a phrase, explanation in sentences, something wrong and something right."""
    assert code.title
    assert not code.title.endswith(".")
    assert code.explanation.endswith((".", ")", "`"))
    assert code.bad
    assert code.good
