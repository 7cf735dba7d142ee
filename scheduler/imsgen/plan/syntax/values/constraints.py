"""Date constraints: ``SNET 2026-11-05 08:00``."""

from __future__ import annotations

from difflib import get_close_matches

from imsgen.model import ConstraintType
from imsgen.plan.document import RawConstraint
from imsgen.plan.syntax.values.instants import parse_instant
from imsgen.plan.syntax.values.misread import Misread

DATELESS = (ConstraintType.ASAP, ConstraintType.ALAP)
_PHRASES = {
    "start no earlier than": "SNET", "start no later than": "SNLT",
    "finish no earlier than": "FNET", "finish no later than": "FNLT",
    "must start on": "MSO", "must finish on": "MFO",
    "as soon as possible": "ASAP", "as late as possible": "ALAP",
}  # fmt: skip


def parse_constraint(text: str) -> RawConstraint:
    """Return a constraint type with its date, if it has one.

    Raises
    ------
    Misread
        If the type is unknown, or its date missing or wrong.
    """
    word, _, rest = text.partition(" ")
    rest = rest.strip()
    try:
        kind = ConstraintType(word)
    except ValueError:
        raise _unknown(text, word, rest) from None
    if kind in DATELESS:
        if rest:
            raise Misread(
                "IMS133",
                f"`{word}` has no date",
                at=(len(text) - len(rest), len(text)),
                help=f"write `{word}`",
            )
        return RawConstraint(kind)
    if not rest:
        raise Misread("IMS133", f"`{word}` needs a date", help=f"write `{word} 2026-11-05 08:00`")
    start = len(text) - len(rest)
    try:
        return RawConstraint(kind, parse_instant(rest))
    except Misread as wrong:
        raise wrong.within(start, len(text)) from None


def _unknown(text: str, word: str, rest: str) -> Misread:
    kinds = [kind.value for kind in ConstraintType]
    folded = text.lower().replace("-", " ").replace("_", " ")
    for phrase, kind in _PHRASES.items():
        if folded.startswith(phrase):
            edit = f"{kind} {text[len(phrase) :].strip()}".strip()
            return Misread("IMS133", f"`{text}` is not a constraint", help=f"write `{edit}`")
    close = get_close_matches(word.upper(), kinds, 1)
    expected = ", ".join(f"`{kind}`" for kind in kinds)
    help_ = f"write `{f'{close[0]} {rest}'.strip()}`" if close else f"one of {expected}"
    return Misread("IMS133", f"`{word}` is not a constraint", at=(0, len(word)), help=help_)
