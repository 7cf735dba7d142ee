"""From a file or folder of key tasks to the text of a plan and a list of what was assumed."""

from __future__ import annotations

from pathlib import Path

from imsgen.diagnostics import Report, Severity, Span
from imsgen.formats.importing.imported import Imported
from imsgen.formats.importing.losses import Losses
from imsgen.formats.playbook.build import Builder, Choices
from imsgen.formats.playbook.network import Network, network_of
from imsgen.formats.playbook.read import read_playbook
from imsgen.formats.playbook.rules import OWN, Rules, read_rules
from imsgen.formats.playbook.wording import in_order
from imsgen.plan.writing import plan_text

_MOST_FILES = 5_000
_WIDTH = 100


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
    files = _files(path, report)
    if known is None or files is None:
        return None
    book = read_playbook(files, known, report)
    if not book.tasks:
        report.add(
            "IMS622",
            f"`{path}` holds no key task",
            Span(str(path), 1, 1, 1, 1),
            help="name a key task or a folder of them; another methodology needs `--rules`",
        )
        return None
    network = network_of(book, known, report)
    builder = Builder(book, network, known, choices)
    single = len(book.tasks) == 1
    tree = builder.tree(book.tasks[0].name if single else known.name)
    assumed = _assumed(builder, network, known, choices)
    report.diagnostics[:] = report.sorted()
    found = assumed.found()
    lines = [f"From {path.name}, by the rules of `{known.name}`. Assumed:"]
    for one in found:
        text = one.line()
        lines.append(f"- {text if len(text) <= _WIDTH else one.short()}")
    return Imported(plan_text(tree, lines), found)


def _files(path: Path, report: Report) -> list[tuple[Path, str]] | None:
    """Return the files to read, each with the name it is shown by."""
    if not path.is_dir():
        return [(path, str(path))]
    found = [one for one in path.rglob("*.md") if one.is_file()]
    if len(found) > _MOST_FILES:
        report.add(
            "IMS611",
            f"`{path}` holds {len(found)} Markdown files, at most {_MOST_FILES} are read",
            Span(str(path), 1, 1, 1, 1),
            help="import the folders of its phases one by one",
        )
        return None
    found.sort(key=lambda one: [in_order(part) for part in one.relative_to(path).parts])
    if not found:
        report.add(
            "IMS614",
            f"`{path}` holds no Markdown file",
            Span(str(path), 1, 1, 1, 1),
            severity=Severity.WARNING,
        )
    return [(one, str(one)) for one in found]


def _assumed(builder: Builder, network: Network, rules: Rules, choices: Choices) -> Losses:
    """Return everything the files do not say and the plan does."""
    found = Losses()
    start = choices.start or rules.start
    found.add(f"Nothing is planned before {start}, and hours are those of the rules")
    found.add(
        f"{builder.counts.durations} durations follow from the kind of work in a project of size "
        f"{choices.size}, each marked with `?`"
    )
    found.add("Activities of a key task follow one another as listed, but for what goes alongside")
    found.add("How much of a role each activity takes, and how many people a role has")
    if builder.gated:
        style = (
            "the next phase waits for it" if builder.hard else "later phases do not wait for it"
        )
        found.add(f"Each phase ends in a gate, and {style}")
    for name in builder.counts.decisions:
        found.add("A Go/No-Go parts what is done before from what is done after", name)
    for name in network.received:
        found.add("Documents that no key task makes are received at the start", name)
    if network.registers:
        found.add(f"Documents kept by everybody drive nothing ({network.registers} inputs)")
    if network.monitoring:
        found.add(f"Monitoring goes on as long as its phase ({len(network.monitoring)} key tasks)")
    for name in builder.counts.meetings:
        found.add("Meetings that the texts ask for are checkpoints", name)
    for name in builder.roles.conditional:
        found.add("Roles that take part only if needed take no time", name)
    for name in builder.counts.empty:
        found.add("A key task without work of its own is a milestone", name)
    return found
