"""The head of a Markdown file between two lines of hyphens, as nodes with places."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from imsgen.diagnostics import Report, Severity, Span
from imsgen.plan.syntax.text.compose import compose
from imsgen.plan.syntax.text.nodes import Mapping
from imsgen.plan.syntax.text.source import clean, read_source

_RULE = "---"


def read_front_matter(path: Path, shown: str, report: Report) -> Mapping | None:
    """Return the keys at the head of a file; None: it has none, or they cannot be read.

    What is wrong with the YAML is a warning, and what can be read around it is returned: a
    defect of one file does not stop the others.
    """
    found = Report()
    text = read_source(path, shown, found)
    root = None
    if text is not None:
        head = _head(clean(text, shown, found))
        if head is not None:
            root, _ = compose(head, shown, found)
    for one in found.diagnostics:
        severity = Severity.WARNING if one.severity is Severity.ERROR else one.severity
        # what helps in a plan is no help in a file that belongs to somebody else
        report.diagnostics.append(replace(one, severity=severity, help="", alternatives=()))
    if isinstance(root, Mapping):
        return root
    report.add(
        "IMS614",
        f"`{shown}` has no front matter that can be read, and is left out",
        Span(shown, 1, 1, 1, 1),
        severity=Severity.WARNING,
        help="a key task begins with `---`, keys and values, and `---` again",
    )
    return None


def _head(text: str) -> str | None:
    """Return the front matter, with an empty line before it so that lines keep their numbers."""
    lines = text.split("\n")
    first = next((i for i, line in enumerate(lines) if line.strip()), len(lines))
    if first == len(lines) or lines[first].rstrip() != _RULE:
        return None
    rest = range(first + 1, len(lines))
    last = next((i for i in rest if lines[i].rstrip() == _RULE), len(lines))
    return "\n" * (first + 1) + "\n".join(lines[first + 1 : last]) + "\n"
