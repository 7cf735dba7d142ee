"""Links: ``load``, ``load SS+2d``, ``load +2eh``."""

from __future__ import annotations

import re
from dataclasses import dataclass

from imsgen.model import LinkType
from imsgen.plan.document import RawLag
from imsgen.plan.syntax.values.durations import UNIT, parse_lag
from imsgen.plan.syntax.values.misread import Misread
from imsgen.plan.syntax.values.names import REFERENCE

_REF = REFERENCE.pattern
_LINK = re.compile(rf"({_REF})(?:\s+([A-Za-z]{{2}}))?(?:(\s*)([+-])\s*(\S.*))?")
_TIGHT = re.compile(rf"({_REF}?)(FS|SS|FF|SF)?\s*(?:([+-])\s*(\d[^\s,;]*))?", re.IGNORECASE)
_JOINED = re.compile(rf"(.+?)(?:(FS|SS|FF|SF)|([+-]\d+(?:\.\d+)?(?:{UNIT})))", re.IGNORECASE)
_EVENT = re.compile(r"(.+)\.(start|finish)")


@dataclass(frozen=True, slots=True)
class ShortLink:
    """A link in one text; ``length`` is that of the id, which stands first."""

    id: str
    type: LinkType
    lag: RawLag | None

    @property
    def length(self) -> int:
        """Characters of the id."""
        return len(self.id)


def parse_link(text: str) -> ShortLink:
    """Return a link in its short form.

    Raises
    ------
    Misread
        If it is none, with the edit.
    """
    link = _link(text)
    if link is None:
        raise _not_a_link(text)
    return link


def _link(text: str) -> ShortLink | None:
    """Return a link, or None when the text has not even the outline of one."""
    if REFERENCE.fullmatch(text):
        return ShortLink(text, LinkType.FS, None)
    found = _LINK.fullmatch(text)
    if found is None:
        return None
    id_, kind, space, sign, amount = found.groups()
    if sign and (re.search(r"[,;]", amount) or not (kind or space)):
        return None
    if kind and kind.upper() not in LinkType.__members__:
        raise Misread(
            "IMS122",
            f"`{kind}` is not a link type; expected `FS`, `SS`, `FF` or `SF`",
            at=found.span(2),
            help=_reversed(text, kind),
        )
    type_ = LinkType(kind.upper()) if kind else LinkType.FS
    if not sign:
        return ShortLink(id_, type_, None)
    try:
        return ShortLink(id_, type_, parse_lag(text[found.start(4) :]))
    except Misread as wrong:
        raise wrong.within(found.start(4), len(text)) from None


def _reversed(text: str, kind: str) -> str:
    names = {"st": "SS", "fi": "FF", "ef": "FF", "es": "SS"}
    guess = names.get(kind.lower())
    return f"write `{text.replace(kind, guess, 1)}`" if guess else ""


def _not_a_link(text: str) -> Misread:
    """Return what to write instead: the habits of other tools are recognised."""
    parts = [part.strip() for part in re.split(r"[,;&]|\band\b", text) if part.strip()]
    edits = [suggest(part) for part in parts]
    if len(parts) > 1 and all(edits):
        edit = ", ".join(edit for edit in edits if edit)
        return Misread("IMS122", "several links need a list", help=f"write `after: [{edit}]`")
    if re.search(r"\s(or|\|)\s", text):
        return Misread(
            "IMS122",
            "all links must hold; alternatives are not offered",
            help="list them: `after: [a, b]`",
        )
    if len(parts) == 1 and edits[0]:
        return Misread("IMS122", f"`{text}` is not a link", help=f"write `{edits[0]}`")
    return Misread("IMS122", f"`{text}` is not a link; expected `ID`, `ID SS+2d` or `ID FS-1h`")


def suggest(text: str) -> str | None:
    """Return the link somebody meant by ``12FS+2d``, ``load+2h`` or ``!load``, or None."""
    body = text.strip().lstrip("!")
    if REFERENCE.fullmatch(body) and body == text.strip():
        joined = re.fullmatch(r"(\d+)(FS|SS|FF|SF)", body)
        return f"{joined[1]} {joined[2]}" if joined else body
    if REFERENCE.fullmatch(body):
        return body
    if _is_link(text.strip()):
        return text.strip()
    tight = _TIGHT.fullmatch(body)
    if tight is None or not tight[1]:
        return None
    id_, kind, sign, amount = tight.groups()
    split = re.fullmatch(r"(.+?)\s*(FS|SS|FF|SF)", id_, re.IGNORECASE)
    if split and not kind:
        id_, kind = split.groups()
    edit = f"{id_} {(kind or 'FS').upper()}{sign or ''}{amount or ''}"
    return edit if _is_link(edit) else None


def _is_link(text: str) -> bool:
    try:
        return _link(text) is not None
    except Misread:
        return False


def joined_forms(id_: str) -> list[tuple[str, str]]:
    """Return the readings of an id that may be a link without its space.

    ``load-1h`` may be ``load`` with ``load FS-1h``, ``12FS`` may be ``12`` with ``12 FS``,
    ``load.finish`` may be ``load``: each is (id, the link to write).
    """
    found = []
    joined = _JOINED.fullmatch(id_)
    if joined:
        found.append((joined[1], f"{joined[1]} {(joined[2] or 'FS').upper()}{joined[3] or ''}"))
    event = _EVENT.fullmatch(id_)
    if event:
        found.append((event[1], event[1] if event[2] == "finish" else f"{event[1]} SS"))
    return found
