"""Text that Excel can hold: no characters XML forbids, no length it cuts, names it accepts."""

from __future__ import annotations

import re

CELL_LIMIT = 32_767
"""UTF-16 units of a cell."""
_NAME_LIMIT = 31
_MARGIN_LIMIT = 255
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff\ud800-\udfff]")
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")


def clean(text: str) -> str:
    """Return the text without what a cell cannot hold, lines ended by LF."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)
    if len(text) * 2 <= CELL_LIMIT:
        return text
    units = text.encode("utf-16-le")
    if len(units) <= 2 * CELL_LIMIT:
        return text
    return units[: 2 * (CELL_LIMIT - 1)].decode("utf-16-le", "ignore") + "…"


def sheet_name(wanted: str, taken: list[str]) -> str:
    """Return a name Excel accepts that no other sheet has, whatever the case.

    ``taken`` is not changed.
    """
    name = _NOT_IN_NAMES.sub(" ", clean(wanted).replace("\n", " ")).strip(" '") or "Sheet"
    if name.lower() == "history":  # reserved by Excel
        name = "History of plan"
    used = {other.lower() for other in taken}
    found, count = name[:_NAME_LIMIT].rstrip(" '"), 2
    while found.lower() in used:
        mark = f" {count}"
        found = name[: _NAME_LIMIT - len(mark)].rstrip(" '") + mark
        count += 1
    return found


def margin(text: str, limit: int = _MARGIN_LIMIT) -> str:
    """Return the text for a header or footer, where ``&`` is a code."""
    return clean(text).replace("\n", " ").replace("&", "&&")[:limit].rstrip("&")


def lines(text: str, width: float) -> int:
    """Return about how many lines the text takes in a wrapped cell ``width`` characters wide."""
    return sum(_wrapped(line, max(int(width), 1)) for line in text.split("\n"))


def _wrapped(line: str, fits: int) -> int:
    """Return the lines of a paragraph: words stay whole unless they are longer than a line."""
    if len(line) <= fits:
        return 1
    count, used = 1, 0
    for word in line.split(" "):
        needed = len(word) + (1 if used else 0)
        if used + needed > fits:
            count += 1 if used else 0
            count += (len(word) - 1) // fits if word else 0
            used = (len(word) - 1) % fits + 1 if word else 0
        else:
            used += needed
    return count
