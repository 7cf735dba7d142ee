"""Ids, references and events: ``load``, ``cutover.load``, ``load.finish + 15m``."""

from __future__ import annotations

import re

from imsgen.model import End
from imsgen.plan.syntax.values.misread import Misread

LONGEST = 64
PART = r"[A-Za-z0-9_][A-Za-z0-9_-]*"
REFERENCE = re.compile(rf"{PART}(?:\.{PART})*")
_ID = re.compile(rf"[A-Za-z0-9_][A-Za-z0-9_-]{{0,{LONGEST - 1}}}")
_ENDS = {"start": End.START, "finish": End.FINISH, "go": End.GO, "no-go": End.NO_GO}
_OTHER_ENDS = {
    "end": "finish", "begin": "start", "started": "start", "finished": "finish", "stop": "finish",
    "nogo": "no-go", "no_go": "no-go",
}  # fmt: skip


def slug(text: str) -> str:
    """Return the nearest id to a text; empty when nothing of it can stand in one."""
    return re.sub(r"[^A-Za-z0-9_-]+", "-", text).strip("-")[:LONGEST]


def parse_id(text: str) -> str:
    """Return a new id.

    Raises
    ------
    Misread
        If it is not an id, with one like it.
    """
    if _ID.fullmatch(text):
        return text
    if len(text) > LONGEST and REFERENCE.fullmatch(text):
        raise Misread(
            "IMS135",
            f"this id has {len(text)} characters, at most {LONGEST} are read",
            help="shorten it; `name:` may be as long as you like",
        )
    edit = slug(text)
    if "." in text and REFERENCE.fullmatch(text):
        message = f"`{text}` has a dot, which separates a group from what is inside"
        raise Misread("IMS135", message, help=f"write `{text.replace('.', '-')}`")
    raise Misread(
        "IMS135",
        f"`{text}` is not an id: letters, digits, `-` and `_`, starting with a letter or digit",
        help=f"write `{edit}: {{name: {text}, …}}`" if edit else "write an id such as `load-data`",
    )


def parse_reference(text: str) -> str:
    """Return the id of something defined elsewhere, with the groups around it or without.

    Raises
    ------
    Misread
        If it cannot be one.
    """
    if REFERENCE.fullmatch(text):
        return text
    if re.search(r"[,;]", text):
        edit = ", ".join(part.strip() for part in re.split(r"[,;]", text) if part.strip())
        raise Misread("IMS135", f"`{text}` is more than one id", help=f"write `[{edit}]`")
    words = text.split()
    if len(words) > 1 and all(REFERENCE.fullmatch(word) for word in words):
        raise Misread("IMS135", f"`{text}` is not an id", help=f"write `[{', '.join(words)}]`")
    raise Misread("IMS135", f"`{text}` is not an id")


def parse_event(text: str) -> tuple[str, End]:
    """Return the id and the end of ``load.finish``.

    Raises
    ------
    Misread
        If it is not an event.
    """
    if REFERENCE.fullmatch(text) is None:
        raise Misread("IMS127", f"`{text}` is not an event; expected `ID.start` or `ID.finish`")
    id_, _, last = text.rpartition(".")
    end = _ENDS.get(last)
    if id_ and end is not None:
        if id_ == "project" and end in (End.GO, End.NO_GO):
            raise Misread(
                "IMS127", "the plan has no outcome; expected `project.start` or `project.finish`"
            )
        return id_, end
    if id_ and last in _OTHER_ENDS:
        raise Misread(
            "IMS127",
            f"`{text}` is not an event",
            at=(len(id_) + 1, len(text)),
            help=f"write `{id_}.{_OTHER_ENDS[last]}`",
        )
    raise Misread(
        "IMS127", f"`{text}` is not an event: start or finish?",
        help=f"write `{text}.start` or `{text}.finish`",
    )  # fmt: skip
