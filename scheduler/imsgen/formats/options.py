"""What can be chosen of files beside their format."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from imsgen.model import Schedule


class Pin(StrEnum):
    """How MS Project is made to open with the solved dates where logic alone starts earlier."""

    LEVELLING = "levelling"
    """Levelling delays: elapsed time on top of the early start, no constraint."""
    SNET = "snet"
    """Start no earlier than the solved date."""
    LINKS = "links"
    """Links from whoever had the resource before; delays where that does not explain the date."""
    MANUAL = "manual"
    """Tasks scheduled manually: a frozen copy."""


@dataclass(frozen=True, slots=True)
class Options:
    """Choices; a format looks at those that concern it."""

    tasks: str = ""
    """Which activities calendars have besides meetings: ``mine``, ``critical``, ``all``."""
    pin: Pin = Pin.LEVELLING
    baselines: Mapping[str, Schedule] = field(default_factory=dict)
    """Earlier schedules by the plan's name for them, the default one first."""
    layout: str = "standard"
    """Order of the workbook's columns: ``standard`` or ``m3``."""


@dataclass(frozen=True, slots=True)
class Written:
    """The files of a format, and what it cannot say of the schedule, one line a kind."""

    files: tuple[Path, ...]
    remarks: tuple[str, ...] = ()
