"""A letter and a colour for each party, so that colour never stands alone."""

from __future__ import annotations

from dataclasses import dataclass

from imsgen.formats.facts import SHARED
from imsgen.formats.xlsx import look
from imsgen.model import Project


@dataclass(frozen=True, slots=True)
class Mark:
    """How a party shows beside its bars."""

    letter: str
    colour: str
    name: str


def marks_of(project: Project) -> dict[tuple[str, ...], Mark]:
    """Return the mark of each party and of each group of parties that share an activity.

    The letter is the first of the party's id that no other has; what several parties share is
    ``S`` (or another letter, if a party took it) and grey.
    """
    found: dict[tuple[str, ...], Mark] = {}
    taken: list[str] = []
    for i, (id_, party) in enumerate(project.parties.items()):
        letter = _letter(id_ + party.name, taken)
        taken.append(letter)
        found[(id_,)] = Mark(letter, look.PARTIES[i % len(look.PARTIES)], party.name)
    shared = _letter("shared", taken)
    together = [one.party for one in project.activities.values()]
    together += [one.party for one in project.groups.values()]
    for party_ids in together:
        if len(party_ids) > 1:
            found.setdefault(party_ids, Mark(shared, look.SHARED, SHARED))
    return found


def _letter(wanted: str, taken: list[str]) -> str:
    spare = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
    candidates = [letter for letter in wanted.upper() if letter in spare] + list(spare)
    return next((letter for letter in candidates if letter not in taken), "*")
