"""How every format puts its files in place: the schedule file's way, whole or not at all."""

from __future__ import annotations

from imsgen.schedule.files import write_file

__all__ = ["write_file"]
