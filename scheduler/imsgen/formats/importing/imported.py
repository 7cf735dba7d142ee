"""What an import returns."""

from __future__ import annotations

from dataclasses import dataclass

from imsgen.formats.importing.beside import BaselineDates
from imsgen.formats.importing.losses import Loss


@dataclass(frozen=True, slots=True)
class Imported:
    """A plan as text, what lies beside it, and what could not be carried over."""

    text: str
    losses: tuple[Loss, ...]
    progress: str = ""
    """Text of the library with what has happened; empty: there is none, or the plan has it."""
    baselines: tuple[BaselineDates, ...] = ()
    """Dates once agreed, in the order of their numbers."""
