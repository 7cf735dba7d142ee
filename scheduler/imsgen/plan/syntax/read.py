"""From a file to its document."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from imsgen.diagnostics import Report, Span
from imsgen.plan.document import Document
from imsgen.plan.syntax.keys.plan import PLAN
from imsgen.plan.syntax.keys.table import read_entity
from imsgen.plan.syntax.reader import Reader, outline
from imsgen.plan.syntax.text.compose import compose
from imsgen.plan.syntax.text.nodes import Mapping, Unreadable
from imsgen.plan.syntax.text.source import LIMIT, clean, decode, read_source


def read_document(path: Path, shown: str, report: Report) -> Document | None:
    """Return what a plan file says; ``-`` is the standard input.

    ``shown`` is the file's name in diagnostics. None after a problem of the file or of its YAML;
    a value that cannot be read is reported and left out of the document, its place stays in
    ``keys``.
    """
    if str(path) == "-":
        content = sys.stdin.buffer.read(LIMIT + 1)
        if len(content) > LIMIT:
            report.add(
                "IMS112", "the plan is too large: at most 10 MB are read", Span(shown, 1, 1, 1, 1)
            )
            return None
        text = decode(content, shown, report)
    else:
        text = read_source(path, shown, report)
    return None if text is None else read_text(text, shown, report)


@contextmanager
def _without_collection() -> Iterator[None]:
    """Keep the garbage collector still: it would scan the many new nodes again and again.

    Reading makes no cycles worth collecting; this halves the time of a plan of 5,000 activities.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def read_text(text: str, shown: str, report: Report) -> Document | None:
    """Return what the text of a plan file says, or None when it is not a YAML map."""
    with _without_collection():
        return _read(text, shown, report)


def _read(text: str, shown: str, report: Report) -> Document | None:
    root, intact = compose(clean(text, shown, report), shown, report)
    if root is None:
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
