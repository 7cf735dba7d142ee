"""The bytes of a plan file as text, or the reason why not."""

from __future__ import annotations

import os
import re
from pathlib import Path

from imsgen.diagnostics import Report, Span

MEGABYTE = 1_000_000
LIMIT = 10 * MEGABYTE
"""Bytes of one file."""

_BREAKS = str.maketrans({"\x85": " ", "\u2028": " ", "\u2029": " "})
_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff\ud800-\udfff]"
)


def read_source(path: Path, shown: str, report: Report) -> str | None:
    """Return the text of a file, or None after reporting why there is none.

    A file above the limit is refused by its size, without reading it.
    """
    top = Span(shown, 1, 1, 1, 1)
    try:
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            content = b"" if size > LIMIT else file.read(LIMIT + 1)
    except IsADirectoryError:
        report.add("IMS110", f"`{shown}` is a directory, expected a plan file", top)
        return None
    except OSError as error:
        reason = (error.strerror or "cannot be read").lower()
        report.add("IMS110", f"cannot read `{shown}`: {reason}", top)
        return None
    if too_large(max(size, len(content)), shown, report):
        return None
    return decode(content, shown, report)


def too_large(size: int, shown: str, report: Report) -> bool:
    """Report a plan of more bytes than are read."""
    if size <= LIMIT:
        return False
    megabytes = f"{size / MEGABYTE:.0f} MB" if size > LIMIT + 1 else "more than 10 MB"
    report.add(
        "IMS112",
        f"`{shown}` is too large: {megabytes}, at most 10 MB are read",
        Span(shown, 1, 1, 1, 1),
        help="split the plan with `include:`",
    )
    return True


def decode(content: bytes, shown: str, report: Report) -> str | None:
    """Return bytes as text; a byte order mark is allowed."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in content[:2]:
        report.add(
            "IMS111",
            f"`{shown}` is UTF-16, expected UTF-8",
            Span(shown, 1, 1, 1, 1),
            help="save the file as UTF-8",
        )
        return None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8-sig", errors="replace")
        line, column = _position(before)
        report.add(
            "IMS111",
            f"`{shown}` is not UTF-8: byte 0x{content[error.start]:02X} means nothing here",
            Span(shown, line, column, line, column + 1),
            label=f"byte {error.start + 1} of the file",
            help="save the file as UTF-8",
        )
        return None


def clean(text: str, shown: str, report: Report) -> str:
    """Return text with one kind of line break and no control characters, each one reported."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    text = text.translate(_BREAKS) if not text.isascii() else text
    if _CONTROL.search(text) is None:
        return text
    for found in list(_CONTROL.finditer(text))[:20]:
        line, column = _position(text[: found.start()])
        name = f"U+{ord(found.group()):04X}"
        report.add(
            "IMS115",
            f"the control character {name} cannot stand in a plan",
            Span(shown, line, column, line, column + 1),
            help="delete the character",
        )
    return _CONTROL.sub(" ", text)


def _position(before: str) -> tuple[int, int]:
    lines = before.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return len(lines), len(lines[-1]) + 1
