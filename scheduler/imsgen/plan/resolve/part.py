"""One file of a plan and the settings that hold for what it writes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from zoneinfo import ZoneInfo

from imsgen.plan.document import Document


@dataclass(frozen=True, slots=True)
class Setting:
    """What a file says about its own words: the zone of its dates, the length of its days."""

    zone: ZoneInfo
    day: int = 480
    week: int = 2400
    month: int = 9600
    """Minutes of a ``d``, ``w`` and ``mo``."""


@dataclass(frozen=True, slots=True)
class Part:
    """A file: the root, an included plan (``prefix`` is its group) or a library."""

    document: Document
    setting: Setting
    prefix: str = ""
    library: bool = False

    def full(self, id_: str) -> str:
        """Return the full id of something written at the top of this file."""
        return f"{self.prefix}.{id_}" if self.prefix else id_


@dataclass(frozen=True, slots=True)
class Parts:
    """Every file of a plan: what the pieces are, before anything is looked up."""

    root: Part
    included: Mapping[str, Part] = field(default_factory=dict)
    """Included plans by the full id of their group, outer ones first."""
    libraries: tuple[Part, ...] = ()
    files: tuple[Path, ...] = ()

    def plans(self) -> Iterator[Part]:
        """Yield the root and the included plans."""
        yield self.root
        yield from self.included.values()

    def all(self) -> Iterator[Part]:
        """Yield every file: libraries first, for what they define is used by the plans."""
        yield from self.libraries
        yield from self.plans()
