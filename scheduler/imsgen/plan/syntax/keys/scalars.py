"""Kinds of value that are one text."""

from __future__ import annotations

import re
from collections.abc import Callable
from difflib import get_close_matches
from functools import partial
from typing import Any, TypeVar

from imsgen.plan.document import At, RawEstimate, RawEvent, RawInstant, RawWhen
from imsgen.plan.syntax.keys.table import Kind
from imsgen.plan.syntax.reader import Reader
from imsgen.plan.syntax.text.nodes import Node, Sequence, Text
from imsgen.plan.syntax.values import durations, instants, names, numbers
from imsgen.plan.syntax.values.constraints import parse_constraint
from imsgen.plan.syntax.values.misread import Misread

T = TypeVar("T")
Schema = dict[str, Any]

_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:\S+")
_EMAIL = re.compile(r"[^\s@<>,;:\"\\\x00-\x1f]+@[^\s@<>,;:\"\\\x00-\x1f]+")
_ACTIVE = ("javascript", "data", "vbscript")
_WHEN = re.compile(r"(\S+)(?:\s+([+-])\s*(\S.*))?")
_DATED = re.compile(r"\d{1,4}[-/.]\d(?!\S*\.[A-Za-z])")
"""What begins as a date and does not go on as an event: `4-17-cutover.start` is one."""
_AMOUNT = re.compile(r"\d+(?:\.\d+)?")


def named(name: str) -> Callable[[], Schema]:
    """Return a reference to a definition of the schema."""
    return lambda: {"$ref": f"#/$defs/{name}"}


def map_of(name: str) -> Callable[[], Schema]:
    """Return the schema of a map from ids to a definition."""
    return lambda: {"type": "object", "additionalProperties": {"$ref": f"#/$defs/{name}"}}


def plain(form: str, parser: Callable[[str], Any], what: str, example: str) -> Kind:
    """Return a kind whose value is kept without its place."""

    def read(reader: Reader, node: Node) -> Any:
        return reader.parse(node, parser, what)

    return Kind(form, read, named(form), example)


def placed(form: str, parser: Callable[[str], Any], what: str, example: str) -> Kind:
    """Return a kind whose value is kept with its place."""

    def read(reader: Reader, node: Node) -> Any:
        return reader.placed(node, parser, what)

    return Kind(form, read, named(form), example)


def choice(*words: str, keep_place: bool = False) -> Kind:
    """Return a kind that is one of a few words."""

    def parse(text: str) -> str:
        if text in words:
            return text
        close = get_close_matches(text.lower().replace("-", "_"), words, 1)
        listed = ", ".join(f"`{word}`" for word in words)
        raise Misread(
            "IMS137",
            f"`{text}` is none of {listed}" if len(words) > 1 else f"`{text}` is not {listed}",
            help=f"write `{close[0]}`"
            if close
            else f"write {' or '.join(f'`{w}`' for w in words)}",
        )

    def read(reader: Reader, node: Node) -> Any:
        what = "one word"
        return (reader.placed if keep_place else reader.parse)(node, parse, what)

    return Kind("word", read, lambda: {"enum": list(words)}, words[0])


def _text(text: str) -> str:
    return text


def _word(text: str) -> str:
    """Return a tag or path, which has no comma."""
    parts = [part.strip() for part in text.split(",")]
    if len(parts) > 1:
        raise Misread(
            "IMS103",
            f"`{text}` is one text, several values need a list",
            help=f"write `[{', '.join(parts)}]`",
        )
    return text


def _read_list(reader: Reader, node: Node, parser: Callable[[str], T], what: str) -> Any:
    if not isinstance(node, Text | Sequence):
        reader.expected(node, f"{what}, or a list of them")
        return None
    found = (reader.placed(item, parser, what) for item in reader.one_or_many(node))
    return tuple(one for one in found if one is not None)


def several(form: str, parser: Callable[[str], Any], what: str, example: str) -> Kind:
    """Return a kind that is one value or a list, each with its place."""

    def read(reader: Reader, node: Node) -> Any:
        return _read_list(reader, node, parser, what)

    return Kind(f"{form}, or a list", read, partial(one_or_many, form), example)


def one_or_many(form: str) -> Schema:
    """Return the schema of one value or a list."""
    item = {"$ref": f"#/$defs/{form}"}
    return {"anyOf": [item, {"type": "array", "items": item}]}


def _texts(reader: Reader, node: Node) -> Any:
    found = _read_list(reader, node, _text, "text")
    return None if found is None else tuple(one.value for one in found)


def parse_url(text: str) -> str:
    """Return an address with its scheme."""
    if not _URL.fullmatch(text):
        edit = f"https://{text}" if re.fullmatch(r"[\w-]+(\.[\w-]+)+(/\S*)?", text) else ""
        raise Misread(
            "IMS139",
            f"`{text}` is not a web address",
            help=f"write `{edit}`" if edit else "write the whole address, `https://…`",
        )
    if text.split(":", 1)[0].lower() in _ACTIVE:
        raise Misread("IMS139", f"`{text.split(':', 1)[0]}:` is no address to open")
    return text


def _email(text: str) -> str:
    if not _EMAIL.fullmatch(text):
        raise Misread(
            "IMS139",
            f"`{text}` is not an e-mail address",
            help="write `name@organisation.example`",
        )
    return text


def _rate(text: str) -> str:
    if not _AMOUNT.fullmatch(text):
        raise Misread("IMS136", f"`{text}` is not an amount an hour; expected `85.50`")
    return text


def _currency(text: str) -> str:
    if not re.fullmatch(r"[A-Z]{3}", text):
        raise Misread("IMS137", f"`{text}` is not a currency code; expected `USD` or the like")
    return text


def _version(text: str) -> str:
    if text != "1":
        raise Misread(
            "IMS119",
            f"`{text}` is not a version of the plan language this program reads",
            help="write `imsgen: 1`",
        )
    return text


def _priority(text: str) -> int:
    return numbers.parse_count(text, 0, 1000)


def _event(reader: Reader, node: Node) -> RawEvent | None:
    found = reader.placed(node, names.parse_event, "an event")
    return (
        None
        if found is None or not isinstance(node, Text)
        else event_at(reader, node, 0, found.value)
    )


def event_at(reader: Reader, node: Text, start: int, found: tuple[str, Any]) -> RawEvent:
    """Return an event whose id stands at an offset of a text."""
    id_, end = found
    return RawEvent(At(id_, reader.piece(node, (start, start + len(id_)))), end)


def read_when(reader: Reader, node: Node) -> At[RawWhen] | None:
    """Return an instant, or an event with an offset."""
    if not isinstance(node, Text):
        reader.expected(node, "a date or an event")
        return None
    text = node.value
    try:
        if _DATED.match(text):
            return At(RawWhen(instant=instants.parse_instant(text)), node.span)
        found = _WHEN.fullmatch(text)
        if found is None or (
            not found[2]
            and re.search(r"[+-]\s*\d", text)
            and " " not in text
            and not names.REFERENCE.fullmatch(text)
        ):
            edit = re.sub(r"\s*([+-])\s*(\d\S*)$", r" \1 \2", text)
            raise Misread(  # noqa: TRY301 - one place reports them all
                "IMS127", f"`{text}` is neither a date nor an event",
                help=f"write `{edit}`" if edit != text else "write `load.finish + 15m`",
            )  # fmt: skip
        lag = None
        try:
            event = names.parse_event(found[1])
        except Misread as wrong:
            raise wrong.within(*found.span(1)) from None
        if found[2]:
            try:
                lag = durations.parse_offset(text[found.start(2) :])
            except Misread as wrong:
                raise wrong.within(found.start(2), len(text)) from None
    except Misread as misread:
        reader.wrong(node, misread)
        return None
    return At(RawWhen(event=event_at(reader, node, 0, event), lag=lag), node.span)


def read_estimate(reader: Reader, node: Node) -> At[RawEstimate] | None:
    """Return a duration or ``[least, likely, most]``."""
    if isinstance(node, Sequence):
        if len(node.items) != 3:
            reader.report.add(
                "IMS121", f"an estimate has three values, found {len(node.items)}", node.span,
                help="write `[least, likely, most]`, such as `[2d, 3d, 5d]`",
            )  # fmt: skip
            return None
        three = [reader.parse(one, durations.parse_duration, "a duration") for one in node.items]
        if any(one is None for one in three):
            return None
        least, likely, most = three
        if len({one.elapsed for one in three if one is not None}) > 1:
            reader.report.add(
                "IMS121",
                "an estimate mixes working and elapsed units",
                node.span,
                help="use one family of units",
            )
            return None
        assert likely is not None  # noqa: S101 - for the type checker
        return At(RawEstimate(likely, least, most), node.span)
    found = reader.parse(node, durations.parse_duration, "a duration")
    return None if found is None else At(RawEstimate(found), node.span)


def read_remaining(reader: Reader, node: Node) -> Any:
    """Return a plain duration where a three-point estimate is no use."""
    if isinstance(node, Sequence):
        reader.report.add(
            "IMS121",
            "three-point estimates are for `duration` only",
            node.span,
            help="write one duration",
        )
        return None
    return reader.placed(node, durations.parse_duration, "a duration")


def instant_of(reader: Reader, node: Node) -> At[RawInstant] | None:
    """Return a date with its place."""
    return reader.placed(node, instants.parse_instant, "a date")


TEXT = plain("text", _text, "text", "")
TEXT_AT = placed("text", _text, "text", "")
TEXTS = Kind("text, or a list", _texts, partial(one_or_many, "text"), "[No open severity 1]")
BOOLEAN = plain("boolean", numbers.parse_boolean, "`true` or `false`", "true")
PRIORITY = plain("priority", _priority, "a number from 0 to 1000", "700")
COUNT = plain("count", lambda text: numbers.parse_count(text, 1, 1000), "a whole number", "2")
NUMBER = plain("number", lambda text: numbers.parse_count(text, 0, 9), "a number from 0 to 9", "1")
UNITS = plain("units", numbers.parse_needed, "units", "50%")
PERCENT = placed("percentage", numbers.parse_percent, "a percentage", "40%")
ID = placed("id", names.parse_id, "an id", "cutover-2026")
REF = placed("ref", names.parse_reference, "an id", "office")
REFS = several("ref", names.parse_reference, "an id", "[pm, dba]")
TAGS = several("text", _word, "a tag", "[release]")
PATH = placed("text", _word, "a path", "teams/finance.yaml")
PATHS = several("text", _word, "a path", "[pool.yaml]")
DURATION = Kind("duration", read_remaining, named("duration"), "4h")
ESTIMATE = Kind("estimate", read_estimate, named("estimate"), "[2d, 3d, 5d]")
LAG = plain("lag", durations.parse_lag, "a lag", "2d")
INSTANT = Kind("instant", instant_of, named("instant"), "2026-11-02 08:00")
ZONE = placed("zone", instants.parse_zone, "a time zone", "Europe/London")
WHEN = Kind("when", read_when, named("when"), "load.finish + 15m")
CONSTRAINTS = several("constraint", parse_constraint, "a constraint", "SNET 2026-11-05 08:00")
EMAIL = plain("email", _email, "an e-mail address", "ana@provider.example")
RATE = plain("amount", _rate, "an amount", "85.50")
CURRENCY = plain("currency", _currency, "a currency code", "USD")
VERSION = placed("version", _version, "`1`", "1")
EVENT = Kind("event", _event, named("event"), "cutover.finish")
