"""From a file to its document."""

from __future__ import annotations

from pathlib import Path

from imsgen.diagnostics import Report, Span
from imsgen.plan.document import Document
from imsgen.plan.syntax.keys.plan import PLAN
from imsgen.plan.syntax.keys.table import read_entity
from imsgen.plan.syntax.reader import Reader, outline
from imsgen.plan.syntax.text.compose import compose
from imsgen.plan.syntax.text.nodes import Mapping, Text, Unreadable
from imsgen.plan.syntax.text.source import clean, decode, read_source, too_large


def read_document(path: Path, shown: str, report: Report) -> Document | None:
    """Return what a plan file says.

    ``shown`` is the file's name in diagnostics. None after a problem of the file or of its YAML;
    a value that cannot be read is reported and left out of the document, its place stays in
    ``keys``.
    """
    text = read_source(path, shown, report)
    return None if text is None else read_text(text, shown, report)


def read_content(content: bytes, shown: str, report: Report) -> Document | None:
    """Return what the bytes of a plan say, as :func:`read_document` does of a file."""
    text = None if too_large(len(content), shown, report) else decode(content, shown, report)
    return None if text is None else read_text(text, shown, report)


def read_text(text: str, shown: str, report: Report) -> Document | None:
    """Return what the text of a plan file says, or None when it is not a YAML map."""
    root, intact = compose(clean(text, shown, report), shown, report)
    if root is None or (isinstance(root, Text) and not root.value and not root.style):
        if intact:
            report.add(
                "IMS110",
                f"`{shown}` is empty" if not text.strip() else f"`{shown}` holds no plan",
                Span(shown, 1, 1, 1, 1),
                help="start with `imsgen: 1`, or run `imsgen new`",
            )
        return None
    if not isinstance(root, Mapping):
        if not isinstance(root, Unreadable):
            report.add(
                "IMS103",
                "a plan is a map of keys such as `name:` and `activities:`",
                outline(root),
                help="start with `imsgen: 1`, or run `imsgen new`",
            )
        return None
    entry = read_entity(Reader(shown, root, report), PLAN, root)
    if not intact:
        return None
    return Document(file=shown, span=root.span, keys=entry.keys, **entry.values)
