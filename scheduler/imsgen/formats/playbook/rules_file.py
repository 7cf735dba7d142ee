"""The data file behind the rules of a methodology, open to review."""

from __future__ import annotations

import re
from pathlib import Path

from imsgen.diagnostics import Report, Span
from imsgen.formats.playbook.rules import (
    FIELDS,
    MORE_FIELDS,
    SAYINGS,
    SIZES,
    Kind,
    Meeting,
    Role,
    Rules,
    Stated,
    normal,
)
from imsgen.formats.playbook.table import Table, Wrong
from imsgen.formats.playbook.wording import Wording
from imsgen.plan.syntax.text.compose import compose
from imsgen.plan.syntax.text.source import clean, read_source

OWN = Path(__file__).with_name("m3.yaml")
"""The rules of the M3 playbook, which hold unless others are named."""
_UNITS = ("h", "d", "w", "mo", "eh", "ed", "ew")
_KEYS = frozenset(
    {"name", "plan", "fields", "ignored", "file_name", "phases", "parties", "shared", "wording",
     "words", "kinds", "roles", "conditional", "conditions", "registers", "monitoring", "aliases",
     "gates", "decision", "checkpoints", "stated"}
)  # fmt: skip


def read_rules(path: Path, shown: str, report: Report) -> Rules | None:
    """Return the rules of a methodology, or None after reporting what is wrong with them."""
    text = read_source(path, shown, report)
    if text is None:
        return None
    root, intact = compose(clean(text, shown, report), shown, report)
    if not intact or report.failed:
        return None
    try:
        table = Table(root, Span(shown, 1, 1, 1, 1))
        table.only(_KEYS)
        return _rules(table)
    except Wrong as error:
        report.add(
            "IMS621",
            str(error),
            error.span,
            help="compare it with the rules that `imsgen import` brings along",
        )
        return None


def _rules(root: Table) -> Rules:
    wording = _wording(root)
    plan, shared, gate = root.table("plan"), root.table("shared", {}), root.table("gates")
    hours, aliases = plan.table("hours"), root.table("aliases", {})
    return Rules(
        name=root.text("name"),
        start=plan.instant("start"),
        timezone=plan.text("timezone"),
        hours={day: hours.texts(day) for day in hours.nodes},
        fields=_fields(root.table("fields")),
        ignored=frozenset(normal(one) for one in root.texts("ignored")),
        file_name=_file_name(root),
        phases=root.mapped("phases"),
        parties=root.mapped("parties"),
        shared={word.casefold(): shared.texts(word) for word in shared.nodes},
        wording=wording,
        sayings=_sayings(root),
        kinds=_kinds(root.table("kinds"), wording),
        roles=_roles(root, wording),
        conditional=root.texts("conditional"),
        conditions=root.patterns("conditions"),
        registers=frozenset(wording.folded(one) for one in root.texts("registers")),
        monitoring=tuple(wording.folded(one) for one in root.texts("monitoring")),
        aliases=_aliases(aliases, wording),
        known={wording.folded(name): name for name in aliases.nodes},
        gate={"style": _style(gate), "duration": gate.duration("duration")},
        deciders=gate.texts("decides"),
        decision=_decision(root.table("decision", {})),
        decision_waits=_waits(root.table("decision", {})),
        stated=tuple(_stated(one) for one in root.tables("stated")),
        meetings=tuple(
            Meeting(
                one.text("name"),
                one.pattern("match"),
                one.text("every"),
                one.duration("duration"),
            )
            for one in root.tables("checkpoints")
        ),
    )


def _wording(root: Table) -> Wording:
    table = root.table("wording", {})
    return Wording(
        frozenset(one.casefold() for one in table.texts("skipped")),
        tuple((one.casefold(), to.casefold()) for one, to in table.mapped("endings").items()),
        tuple(one.casefold() for one in table.texts("kept")),
    )


def _fields(table: Table) -> dict[str, tuple[str, ...]]:
    table.only(frozenset({*FIELDS, *MORE_FIELDS}))
    for name in FIELDS:
        if name not in table.nodes:
            raise Wrong(f"`fields` does not say what `{name}` is called", table.span)
    return {name: table.one_or_more(name) for name in (*FIELDS, *MORE_FIELDS)}


def _file_name(root: Table) -> re.Pattern[str] | None:
    if "file_name" not in root.nodes:
        return None
    found = root.pattern("file_name")
    if not {"phase", "task"} <= found.groupindex.keys():
        raise Wrong("`file_name` names no groups `(?P<phase>…)` and `(?P<task>…)`", root.span)
    return found


def _sayings(root: Table) -> dict[str, str]:
    table = root.table("words", {})
    table.only(frozenset(SAYINGS))
    return {**SAYINGS, **{name: table.text(name) for name in table.nodes}}


def _aliases(table: Table, wording: Wording) -> dict[str, str]:
    """Return the name each document is known by; a name of two documents is an error."""
    found: dict[str, str] = {}
    for name in table.nodes:
        known = wording.folded(name)
        for other in table.texts(name):
            if found.setdefault(wording.folded(other), known) != known:
                raise Wrong(f"`{other}` is an alias of two documents", table.nodes[name].span)
    for other, known in found.items():
        if found.get(known, known) != known:
            raise Wrong(f"an alias of `{other}` is the alias of another document", table.span)
    return found


def _style(gate: Table) -> str:
    style = gate.text("style", "hard")
    if style not in {"hard", "soft"}:
        raise Wrong(f"`style` is `hard` or `soft`, found `{style}`", gate.span)
    return style


def _decision(table: Table) -> dict[str, tuple[re.Pattern[str], ...]]:
    names = ("go", "no_go", "before", "after", "criteria")
    table.only(frozenset((*names, "waits_for")))
    return {name: table.patterns(name) for name in names}


def _waits(table: Table) -> bool:
    wanted = table.text("waits_for", "documents")
    if wanted not in {"phase", "documents"}:
        raise Wrong(f"`waits_for` is `phase` or `documents`, found `{wanted}`", table.span)
    return wanted == "phase"


def _stated(table: Table) -> Stated:
    table.only(frozenset({"match", "unit"}))
    found, unit = table.pattern("match"), table.text("unit")
    if found.groups != 1 or r"(\d{1,3})" not in found.pattern:
        raise Wrong(r"`match` has one group, the number: `(\d{1,3})`", table.span)
    if unit not in _UNITS:
        raise Wrong(f"`unit` is one of {', '.join(_UNITS)}, found `{unit}`", table.span)
    return Stated(found, unit)


def _kinds(table: Table, wording: Wording) -> tuple[Kind, ...]:
    found = []
    for name in table.nodes:
        one = table.table(name)
        one.only(frozenset({"verbs", "patterns", "alongside", *SIZES}))
        found.append(
            Kind(
                name,
                tuple(wording.folded(verb) for verb in one.texts("verbs")),
                one.patterns("patterns"),
                {size: _estimate(one, size) for size in SIZES},
                one.text("alongside", "false") == "true",
            )
        )
    if not found:
        raise Wrong("`kinds` is empty: the last one holds for whatever no other does", table.span)
    return tuple(found)


def _estimate(table: Table, size: str) -> tuple[str, ...]:
    found = table.durations(size)
    lengths = [length for length, _ in found]
    if len(found) != 3 or lengths != sorted(lengths):
        raise Wrong(f"`{size}` is not three durations that grow: least, likely, most", table.span)
    return tuple(text for _, text in found)


def _roles(root: Table, wording: Wording) -> tuple[Role, ...]:
    found = []
    for one in root.tables("roles"):
        units, capacity = one.text("units"), one.text("capacity", "1")
        good = re.fullmatch(r"\d{1,2}%|100%", units) and re.fullmatch(r"[1-9]\d{0,2}", capacity)
        if not good:
            raise Wrong("a role has `units` such as `25%` and a `capacity` such as `1`", one.span)
        found.append(Role(wording.folded(one.text("match", "")), int(units[:-1]), capacity))
    if not found or found[-1].match:
        raise Wrong("the last of `roles` has no `match`: it holds for all others", root.span)
    return tuple(found)
