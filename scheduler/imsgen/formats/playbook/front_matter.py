"""The head of a Markdown file between two lines of hyphens, as nodes with places."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from imsgen.diagnostics import Diagnostic, Report, Severity, Span
from imsgen.plan.syntax.text.compose import compose
from imsgen.plan.syntax.text.nodes import Mapping, Node, quoted
from imsgen.plan.syntax.text.source import clean, read_source

_RULE = "---"
_ENDS = frozenset({_RULE, "..."})
_COLON_INSIDE = "IMS116"
_ROUNDS = 8
"""How often a head is read again after text with colons was quoted, a dozen lines each time."""
_OF_A_PLAN = ", which a plan does not have"


def read_front_matter(path: Path, shown: str, report: Report) -> Mapping | None:
    """Return the keys at the head of a file; None: it has none, or they cannot be read.

    What is wrong with the YAML is a warning, and what can be read around it is returned: a
    defect of one file does not stop the others.
    """
    found = Report()
    text = read_source(path, shown, found)
    root: Node | None = None
    if text is not None:
        head = _head(clean(text, shown, found))
        if head is not None:
            root = _composed(head, shown, found)
    report.diagnostics += [_of_one_file(one) for one in found.diagnostics]
    if isinstance(root, Mapping):
        return root
    if not found.diagnostics:
        report.add(
            "IMS614",
            f"`{shown}` has no front matter, and is left out",
            Span(shown, 1, 1, 1, 1),
            severity=Severity.WARNING,
            help="a key task begins with `---`, keys and values, and `---` again",
        )
    else:
        last = report.diagnostics[-1]
        report.diagnostics[-1] = replace(
            last, help="the file is left out, the others are imported"
        )
    return None


def _of_one_file(one: Diagnostic) -> Diagnostic:
    """Return a problem of YAML as what it is here: a defect in a file of somebody else's."""
    severity = Severity.WARNING if one.severity is Severity.ERROR else one.severity
    message = one.message.replace(_OF_A_PLAN, ", which is not read")
    # what helps in a plan is no help there
    return replace(one, severity=severity, message=message, help="", alternatives=())


def _composed(head: str, shown: str, report: Report) -> Node | None:
    """Return the root node; text that only lacks quotes around its colons is read with them."""
    mended: list[Diagnostic] = []
    for _ in range(_ROUNDS):
        found = Report()
        root, _intact = compose(head, shown, found)
        colons = [one for one in found.diagnostics if one.code == _COLON_INSIDE and one.span]
        quoted_head = _with_quotes(head, colons)
        if quoted_head == head:
            break
        mended += [replace(one, label="read as one text") for one in colons]
        head = quoted_head
    report.diagnostics += [*mended, *found.diagnostics]
    return root


def _with_quotes(head: str, colons: list[Diagnostic]) -> str:
    lines = head.split("\n")
    for one in colons:
        if one.span is None or one.span.line > len(lines):
            continue
        line, column = lines[one.span.line - 1], one.span.column - 1
        value = line[column:].rstrip()
        if value and value[0] not in "\"'[{|>":
            lines[one.span.line - 1] = line[:column] + quoted(value)
    return "\n".join(lines)


def _head(text: str) -> str | None:
    """Return the front matter, with an empty line before it so that lines keep their numbers."""
    lines = text.split("\n")
    first = next((i for i, line in enumerate(lines) if line.strip()), len(lines))
    if first == len(lines) or lines[first].rstrip() != _RULE:
        return None
    rest = range(first + 1, len(lines))
    last = next((i for i in rest if lines[i].rstrip() in _ENDS), len(lines))
    return "\n" * (first + 1) + "\n".join(lines[first + 1 : last]) + "\n"
