"""The files people already work with, each a pure function of the schedule.

One package a format, imported only when asked for; :mod:`imsgen.formats.registry` names them.
"""

from __future__ import annotations

from imsgen.formats.options import Options, Pin, Written
from imsgen.formats.registry import names, write

__all__ = ["Options", "Pin", "Written", "names", "write"]
