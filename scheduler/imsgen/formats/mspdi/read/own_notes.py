"""What our own files say in notes because MS Project has no field for it."""

from __future__ import annotations

import re
from dataclasses import dataclass

_UNBROKEN = "Must run without a pause"
_NO_GO = re.compile(r"Done only on No-Go of (\S+)")
_TAKES = re.compile(r"Takes (\d{1,7}) minutes; the clock changes meanwhile")


@dataclass(frozen=True, slots=True)
class OwnNotes:
    """Notes without those lines, and what the lines said."""

    text: str = ""
    unbroken: bool = False
    no_go_of: str = ""
    """Full id of the gate on whose No-Go it is done."""
    minutes: int | None = None
    """Of its duration, where the dates of the file make it longer or shorter."""


def own_notes(text: str) -> OwnNotes:
    """Take apart the notes of a row."""
    if not text:
        return _NONE
    kept: list[str] = []
    unbroken, no_go_of, minutes = False, "", None
    for line in text.split("\n"):
        if line == _UNBROKEN:
            unbroken = True
        elif found := _NO_GO.fullmatch(line):
            no_go_of = found[1]
        elif found := _TAKES.fullmatch(line):
            minutes = int(found[1])
        else:
            kept.append(line)
    return OwnNotes("\n".join(kept), unbroken, no_go_of, minutes)


_NONE = OwnNotes()
