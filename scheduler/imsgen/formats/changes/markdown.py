"""Changes as markdown, for a mail or a pull request; whatever the plan says is only text in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from imsgen.analysis.changes.model import Changes, Told
from imsgen.formats.changes.phrases import (
    because,
    counts,
    critical_texts,
    deadline_text,
    edit_text,
    finish_text,
    gate_text,
    notice_text,
    notices_text,
    shift_text,
    span_text,
    told_counts,
)
from imsgen.schedule.diary.text import one_line
from imsgen.schedule.views import moment_text

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&!$^=])")
_LINKS = re.compile(r":(?=//)|(?<=www)\.", re.IGNORECASE)
_FIRST = re.compile(r"^(?:[-+]|\d+(?=[.)])(?P<mark>.))")
_MENTION = re.compile(r"((?:^|(?<=\W))@|#)(?=\w)")
_JOINER = "\u2060"
"""Has no width and breaks no line; between `@` and a name it keeps GitHub from calling somebody."""


def escaped(text: str) -> str:
    """Return plan text on one line so that markdown, GitHub's too, shows it as it is.

    It becomes no markup, HTML, address to follow, mention, reference, list or column.
    """
    line = _MENTION.sub(rf"\1{_JOINER}", one_line(text, 2000))
    line = _LINKS.sub(r"\\\g<0>", _SPECIAL.sub(r"\\\1", line))
    return _FIRST.sub(lambda found: f"{found[0][:-1]}\\{found[0][-1]}", line)


def as_markdown(changes: Changes) -> str:
    """Return the changes as markdown, ended by a newline."""
    title = escaped(changes.name)
    if changes.empty:
        return f"# {title}\n\nNothing moved.\n"
    parts = [_head(changes, title), *_sections(changes), *map(_told, changes.told)]
    if changes.told:
        parts.insert(-len(changes.told), ["## Who must be told what"])
    return "\n\n".join("\n".join(part) for part in parts if part) + "\n"


def for_one(changes: Changes, one: Told) -> str:
    """Return what one person or party must be told, as a mail of its own."""
    lines = [f"# {escaped(changes.name)}", "", *_told(one)]
    return "\n".join(lines) + "\n"


def _head(changes: Changes, title: str) -> list[str]:
    if not changes.dated:
        return [f"# {title}: two plans"]
    old, new = changes.revisions
    before, after = changes.status_dates
    rows = [
        ("Finish", finish_text(changes)),
        ("Moved", counts(changes)),
        ("To tell", told_counts(changes)),
    ]
    if after is not None:
        shown = moment_text(after, changes.timezone)
        rows.insert(0, ("Status", shown if before != after else f"{shown}, as before"))
    if changes.status[0] != changes.status[1]:
        rows.append(("Quality", f"{changes.status[1]}, was {changes.status[0]}"))
    listed = [f"- **{label}:** {text}" for label, text in rows]
    return [f"# {title}: revision {old} to {new}", "", *listed]


def _sections(changes: Changes) -> Iterator[list[str]]:
    zone = changes.timezone
    yield _list("Reported", (edit_text(one, escaped) for one in changes.news))
    yield _list("Plan changes", (edit_text(one, escaped) for one in changes.edits))
    yield _list(
        "Deadlines",
        (
            f"{'**MISSED** ' if (one.after or 0) > 0 else ''}{_named(changes, one.id)}: "
            f"{deadline_text(one, zone)}"
            for one in changes.deadlines
        ),
    )
    yield _list(
        "Gates", (f"{_named(changes, one.id)}: {gate_text(one, zone)}" for one in changes.gates)
    )
    yield _list(
        "Critical path and float",
        critical_texts(changes, lambda id_: _named(changes, id_)),
    )
    yield _moved(changes)
    for title, several in (("New", changes.added), ("Gone", changes.removed)):
        yield _list(
            title, (f"{_named(changes, id_)}: {span_text(span, zone)}" for id_, span in several)
        )


def _moved(changes: Changes) -> list[str]:
    if not changes.moved:
        return []
    zone = changes.timezone
    rows = [
        f"| {_named(changes, one.id)}{f' was `{one.was}`' if one.was != one.id else ''} "
        f"| {span_text(one.before, zone, year=False)} | {span_text(one.after, zone, year=False)} "
        f"| {shift_text(one.finish if one.finish.clock else one.start, changes.day)} "
        f"| {because(one)} |"
        for one in changes.moved
    ]
    head = ["| activity | was | is | moved | because |", "|---|---|---|---|---|"]
    return [f"## Moved ({len(rows)})", "", *head, *rows]


def _told(one: Told) -> list[str]:
    email = f" `{one.email}`" if one.email and "`" not in one.email else ""
    lines = [f"### {escaped(one.name)}{' (party)' if one.party else email}", ""]
    for why, notices in notices_text(one.notices):
        indent = ""
        if why:
            lines.append(f"- because of {why}")
            indent = "  "
        lines += [f"{indent}- {notice_text(notice, one.timezone, escaped)}" for notice in notices]
    return lines


def _named(changes: Changes, id_: str) -> str:
    name = changes.name if id_ == "project" else changes.names.get(id_, id_)
    return f"`{id_}`" if name == id_ else f"{escaped(name)} (`{id_}`)"


def _list(title: str, lines: Iterable[str]) -> list[str]:
    found = list(lines)
    return [f"## {title} ({len(found)})", "", *(f"- {one}" for one in found)] if found else []
