"""Which files of a folder are read: its Markdown at any depth, each once, in an order of names."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from imsgen.diagnostics import Report, Severity, Span
from imsgen.formats.playbook.wording import in_order

SUFFIXES = frozenset({".md", ".markdown"})
_MOST_FILES = 20_000
_MOST_BYTES = 200_000_000


def files_of(path: Path, report: Report) -> list[tuple[Path, str]] | None:
    """Return the files to read, each with the name it is shown by; None: too much, as reported.

    Hidden files and folders are passed over. Links to folders are not followed: they may lead
    anywhere, and in circles.
    """
    if not path.is_dir():
        return [(path, str(path))]
    found: list[Path] = []
    size = 0
    for one in _walk(path, report):
        try:
            size += one.stat().st_size
        except OSError as error:
            _left_out(one, (error.strerror or "cannot be read").lower(), report)
            continue
        if not one.is_file():
            _left_out(one, "no regular file", report)
            continue
        found.append(one)
        if len(found) > _MOST_FILES or size > _MOST_BYTES:
            report.add(
                "IMS611",
                f"`{path}` holds more than {_MOST_FILES} Markdown files or "
                f"{_MOST_BYTES // 1_000_000} MB of them",
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


def _walk(path: Path, report: Report) -> Iterator[Path]:
    """Yield Markdown files, in an order that does not depend on the file system."""

    def failed(error: OSError) -> None:
        _left_out(Path(error.filename), (error.strerror or "cannot be read").lower(), report)

    for folder, folders, names in os.walk(path, onerror=failed):
        place = Path(folder)
        folders[:] = sorted(one for one in folders if not one.startswith("."))
        for name in folders:
            if (place / name).is_symlink():
                _left_out(place / name, "a link to a folder is not followed", report)
        for name in sorted(names):
            if not name.startswith(".") and Path(name).suffix.lower() in SUFFIXES:
                yield place / name


def _left_out(path: Path, reason: str, report: Report) -> None:
    report.add(
        "IMS614",
        f"`{path}` is left out: {reason}",
        Span(str(path), 1, 1, 1, 1),
        severity=Severity.WARNING,
    )
