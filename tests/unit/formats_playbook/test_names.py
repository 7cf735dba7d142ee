"""Names compared: in any script, by the words of the rules, and which one another resembles."""

from __future__ import annotations

import pytest

from imsgen.formats.playbook.resembling import Resembling
from imsgen.formats.playbook.wording import Wording

ENGLISH = Wording(frozenset({"and", "the", "of", "to"}), (("ies", "y"), ("s", "")), ("ss", "us"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Plan (RTM)", "plan"),
        ("Service Area(s)", "service areas"),
        ("Status of the Plans", "status plan"),
        ("План Работ", "план   работ"),
        ("Prüfung & Abnahme", "PRÜFUNG and Abnahme"),
        ("計画書", "計画書"),
        ("ﬁnal plan", "final plan"),
    ],
)
def test_the_same_name(one: str, other: str) -> None:
    """Case, acronyms, plurals and forms of letters make no other name, in any script."""
    assert ENGLISH.folded(one) == ENGLISH.folded(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("План работ", "План затрат"),
        ("計画書", "報告書"),
        ("Plan (draft)", "Plan"),
        ("की योजना", "का योजना"),
        ("???", "!!!"),
        ("Plan 1", "Plan 2"),
        ("Process", "Proces"),
    ],
)
def test_another_name(one: str, other: str) -> None:
    """Other words are other documents, in scripts without Latin letters too."""
    assert ENGLISH.folded(one) != ENGLISH.folded(other)


def test_ids_do_not_end_in_the_middle() -> None:
    """An id is cut after a word that says something."""
    assert ENGLISH.id("Develop the plan of the weekend with all", "x") == "develop-the-plan"
    assert ENGLISH.id("the of", "x") == "the"
    assert ENGLISH.id("План", "activity") == "activity"


NAMES = Resembling(
    {
        "vision statement": "Vision Statements",
        "test result report": "Test Results Report",
        "requirement traceability matrix": "Requirements Traceability Matrix",
    }
)


@pytest.mark.parametrize(
    ("name", "close"),
    [
        ("vision statment", "Vision Statements"),
        ("test result", "Test Results Report"),
        ("test plan", ""),
        ("audit result report", ""),
        ("requirement traceability matrx", "Requirements Traceability Matrix"),
        ("", ""),
        ("law", ""),
    ],
)
def test_what_a_name_resembles(name: str, close: str) -> None:
    """A letter or one word less of several; one word in common is not enough."""
    assert NAMES.closest(name) == close


def test_words_of_everything_tell_nothing() -> None:
    """Among ten thousand plans another plan resembles none, and none is compared with all."""
    many = Resembling({f"plan {n}": f"Plan {n}" for n in range(10_000)})
    assert many.closest("plan of everything") == ""
    assert many.closest("plan 77 b") == "Plan 77"
