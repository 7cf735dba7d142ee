"""From a file or folder of key tasks to the text of a plan and a list of what was assumed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from imsgen.diagnostics import Diagnostic, Report, Span
from imsgen.formats.importing.imported import Imported
from imsgen.formats.importing.losses import Losses
from imsgen.formats.playbook.build import Builder
from imsgen.formats.playbook.context import Choices, Context
from imsgen.formats.playbook.files import files_of
from imsgen.formats.playbook.network import network_of
from imsgen.formats.playbook.pages import compare_pages
from imsgen.formats.playbook.read import read_playbook
from imsgen.formats.playbook.rules_file import OWN, read_rules
from imsgen.formats.playbook.same_people import compare_people
from imsgen.plan.syntax.text.source import LIMIT, MEGABYTE
from imsgen.plan.writing import plan_text

_WIDTH = 100
_MOST_ALIKE = 40
"""Findings of one kind listed for one file."""


def read_plan(path: Path, choices: Choices, rules: Path | None, report: Report) -> Imported | None:
    """Return the plan that key tasks make, or None after reporting why there is none.

    Parameters
    ----------
    path
        One key task, or a folder: its Markdown files at any depth, in the order of their names.
    rules
        What else the plan rests on; None: the rules of the M3 playbook.
    """
    shown = str(rules) if rules is not None else OWN.name
    known = read_rules(rules or OWN, shown, report)
    files = files_of(path, report)
    if known is None or files is None:
        return None
    book = read_playbook(files, known, report)
    if not book.tasks:
        report.add(
            "IMS622",
            f"`{path}` holds no key task",
            Span(str(path), 1, 1, 1, 1),
            help="here are pages of phases alone: name the folder that has their key tasks too"
            if book.phases
            else "name a key task or a folder of them; another methodology needs `--rules`",
        )
        return None
    compare_pages(book, known, report)
    compare_people(book, known, report)
    context = Context(book, network_of(book, known, report), known, choices)
    single = len(book.tasks) == 1
    tree = Builder(context).tree(book.tasks[0].name if single else known.name)
    found = _assumed(context).found()
    report.diagnostics[:] = _thinned(report.sorted())
    lines = [f"From {path.resolve().name}, by the rules of `{known.name}`. Assumed:"]
    for one in found:
        text = one.line()
        lines.append(f"- {text if len(text) <= _WIDTH else one.short()}")
    text = plan_text(tree, lines)
    size = len(text.encode())
    if size > LIMIT:
        report.add(
            "IMS611",
            f"the plan of {len(book.tasks)} key tasks would have {size / MEGABYTE:.0f} MB, and at most "
            f"{LIMIT // MEGABYTE} MB are read",
            Span(str(path), 1, 1, 1, 1),
            help="import the folders of its phases one by one, and `include:` them in one plan",
        )
        return None
    return Imported(text, found)


def _thinned(diagnostics: Sequence[Diagnostic]) -> list[Diagnostic]:
    """Return what was found, of one kind in one file only the first few dozen."""
    counts = Counter(_kind(one) for one in diagnostics)
    seen: Counter[tuple[str, str]] = Counter()
    kept = []
    for one in diagnostics:
        kind = _kind(one)
        seen[kind] += 1
        more = counts[kind] - _MOST_ALIKE
        if seen[kind] == _MOST_ALIKE and more:
            kept.append(
                replace(one, message=f"{one.message}, and {more} more like it in the file")
            )
        elif seen[kind] <= _MOST_ALIKE:
            kept.append(one)
    return kept


def _kind(one: Diagnostic) -> tuple[str, str]:
    return one.code, one.span.file if one.span else ""


def _assumed(context: Context) -> Losses:
    """Return everything the files do not say and the plan does."""
    found = Losses()
    rules, choices, counts, network = (
        context.rules, context.choices, context.counts, context.network,
    )  # fmt: skip
    start = choices.start or rules.start
    found.add(f"Nothing is planned before {start}, and hours are those of the rules")
    found.add(
        f"{counts.durations} durations follow from the kind of work in a project of size "
        f"{choices.size}, each marked with `?`"
    )
    found.add("Activities of a key task follow one another as listed, but for what goes alongside")
    found.add("How much of a role each activity takes, and how many people a role has")
    if context.gated:
        style = (
            "the next phase waits for it" if context.hard else "later phases do not wait for it"
        )
        found.add(f"Each phase ends in a gate, and {style}")
    several = {
        "A Go/No-Go parts what is done before from what is done after": counts.decisions,
        "Done only if something holds, and planned as if it did": counts.conditional,
        "One document under two names, by the aliases of the rules": network.aliased,
        "Documents that no key task makes are received at the start": network.received,
    }
    for text, things in several.items():
        for thing in things:
            found.add(text, thing)
    for i in counts.ready:
        found.add(
            "A Go/No-Go waits for what its phase does before it and nothing else waits for",
            context.tasks[i].label,
        )
    for name in counts.stated:
        found.add("How long it goes on is taken from the text", name)
    if network.registers:
        found.add(f"Documents kept by everybody drive nothing ({_inputs(network.registers)})")
    if network.monitoring:
        for i in sorted(network.monitoring):
            found.add("Monitoring goes on as long as its phase", context.tasks[i].label)
    if network.monitored:
        found.add(f"What monitoring alone makes drives nothing ({_inputs(network.monitored)})")
    for name in counts.meetings:
        found.add("Meetings that the texts ask for are checkpoints", name)
    for name in context.roles.conditional:
        found.add("Roles that take part only if needed take no time", name)
    for name in counts.empty:
        found.add("A key task without work of its own is a milestone", name)
    return found


def _inputs(count: int) -> str:
    return "1 input" if count == 1 else f"{count} inputs"
