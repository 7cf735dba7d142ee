"""People and parties whose names look like slips: proposed, never taken for one another."""

from __future__ import annotations

from difflib import SequenceMatcher

from imsgen.diagnostics import Report, Severity
from imsgen.formats.playbook.rules import Rules
from imsgen.formats.playbook.source import Playbook, Said

_RESEMBLES = 0.8
_MOST_COMPARED = 24
"""Names with the same other words that one is compared with."""


def compare_people(book: Playbook, rules: Rules, report: Report) -> None:
    """Report roles that differ in the form of one word, and parties that the rules do not know."""
    _compare_roles(book, rules, report)
    _compare_parties(book, rules, report)


def _compare_roles(book: Playbook, rules: Rules, report: Report) -> None:
    roles: dict[str, Said] = {}
    for task in book.tasks:
        for said in task.stakeholders:
            roles.setdefault(rules.document(said.text), said)
    alike: dict[tuple[str, ...], list[str]] = {}
    for name, said in roles.items():
        close = ""
        words = name.split()
        for i, word in enumerate(words):
            others = alike.setdefault((*words[:i], "", *words[i + 1 :]), [])
            for other in others[:_MOST_COMPARED]:
                if len(words) > 1 and _one_word(word, other.split()[i]):
                    close = close or other
            others.append(name)
        if close:
            report.add(
                "IMS620",
                f"`{said.text}` resembles `{roles[close].text}`: they are two roles of the plan",
                said.span,
                severity=Severity.NOTE,
                help="if they are the same, put both under `aliases:` of the rules",
            )


def _one_word(one: str, other: str) -> bool:
    """Whether two words look like forms of one; numbers never do."""
    if one.isdecimal() or other.isdecimal():
        return False
    return SequenceMatcher(None, one, other).ratio() >= _RESEMBLES


def _compare_parties(book: Playbook, rules: Rules, report: Report) -> None:
    if not rules.parties:
        return
    told: set[str] = set()
    for task in book.tasks:
        lines = [*task.activities, *task.stakeholders]
        named = [(party, task.span) for party in task.parties]
        named += [(party, one.span) for one in lines for party in one.parties]
        for party, span in named:
            if party not in rules.parties and party not in told:
                told.add(party)
                report.add(
                    "IMS658",
                    f"`{party}` is no party the rules know: it becomes one of the plan",
                    span,
                    severity=Severity.NOTE,
                    help="known: " + ", ".join(f"`{one}`" for one in rules.parties),
                )
