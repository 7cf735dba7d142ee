"""The pages of phases against the key tasks themselves: titles that match nothing."""

from __future__ import annotations

from imsgen.diagnostics import Report, Severity
from imsgen.formats.playbook.rules import Rules
from imsgen.formats.playbook.source import Playbook


def compare_pages(book: Playbook, rules: Rules, report: Report) -> None:
    """Report what the page of a phase lists and its key tasks are not called, and the reverse.

    Key tasks are taken from their own files alone, so nothing follows from it.
    """
    named: dict[str, dict[str, str]] = {}
    for task in book.tasks:
        named.setdefault(task.phase, {})[rules.wording.folded(task.name)] = task.label
    for phase, page in book.phases.items():
        tasks = named.get(phase)
        if not tasks:
            continue
        titles = {rules.wording.folded(one.text): one for one in page.titles}
        for title, said in titles.items():
            if title not in tasks:
                others = [at for at, inside in named.items() if title in inside]
                where = f", but one of phase {others[0]} is" if others else ""
                report.add(
                    "IMS657",
                    f"no key task of phase {phase} is called `{said.text}`{where}",
                    said.span,
                    severity=Severity.NOTE,
                )
        missing = [label for name, label in tasks.items() if name not in titles]
        if missing:
            shown = ", ".join(missing[:12]) + (" …" if len(missing) > 12 else "")
            report.add(
                "IMS657",
                f"the page of phase {phase} does not list {shown}",
                page.span,
                severity=Severity.NOTE,
            )
