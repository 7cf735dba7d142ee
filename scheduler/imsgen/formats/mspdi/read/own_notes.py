"""What our own files say in notes because MS Project has no field for it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime

_UNBROKEN = "Must run without a pause"
_NO_GO = re.compile(r"Done only on No-Go of (\S+)")
_TAKES = re.compile(r"Takes (\d{1,7}) minutes; the clock changes meanwhile")


_UPPER = re.compile(r"Constraint (FNLT|SNLT) (\d{4}-\d\d-\d\dT\d\d:\d\d):\d\d")
_RESOURCE_LINKS = "Resource links, no logic of the plan: "
_ROW = re.compile(r"(?:^|, )(\d{1,9}) \(")
_ZONE = re.compile(r"Times are those of ([A-Za-z0-9_+/-]+)\.( .*)?")
_UNSAID = "What MS Project cannot say of this plan:"


@dataclass(frozen=True, slots=True)
class OwnNotes:
    """Notes without those lines, and what the lines said."""

    text: str = ""
    unbroken: bool = False
    no_go_of: str = ""
    """Full id of the gate on whose No-Go it is done."""
    minutes: int | None = None
    """Of its duration, where the dates of the file make it longer or shorter."""
    upper: tuple[str, datetime] | None = None
    """The second constraint of a task that has two, of which MS Project keeps one."""
    held_by: frozenset[int] = frozenset()
    """Numbers of the rows whose links only hold the order of resources."""


def own_notes(text: str) -> OwnNotes:
    """Take apart the notes of a row."""
    if not text:
        return _NONE
    kept: list[str] = []
    found = _NONE
    for line in text.split("\n"):
        if line == _UNBROKEN:
            found = replace(found, unbroken=True)
        elif match := _NO_GO.fullmatch(line):
            found = replace(found, no_go_of=match[1])
        elif match := _TAKES.fullmatch(line):
            found = replace(found, minutes=int(match[1]))
        elif (match := _UPPER.fullmatch(line)) and (at := _moment(match[2])):
            found = replace(found, upper=(match[1], at))
        elif line.startswith(_RESOURCE_LINKS):
            rows = _ROW.findall(line.removeprefix(_RESOURCE_LINKS))
            found = replace(found, held_by=frozenset(map(int, rows)))
        else:
            kept.append(line)
    return replace(found, text="\n".join(kept))


def plan_notes(text: str) -> tuple[str, str]:
    """Return the notes of a plan without what our own files add, and the time zone they name."""
    lines = text.split("\n")
    for n, line in enumerate(lines):
        match = _ZONE.fullmatch(line)
        if match or line == _UNSAID:
            return "\n".join(lines[:n]).strip(), match[1] if match else ""
    return text, ""


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


_NONE = OwnNotes()
