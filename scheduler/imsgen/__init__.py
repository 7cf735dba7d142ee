"""Integrated master schedules from a text plan.

The way of the data:

>>> import imsgen
>>> loaded = imsgen.load("plan.yaml")
>>> schedule = imsgen.solve(loaded.project)
>>> assert not imsgen.verify_schedule(schedule)
>>> imsgen.write_schedule(schedule, "plan.schedule.json")
>>> imsgen.export(schedule, "xlsx", Path("."), "plan")
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

_HOMES = {
    "Settings": "imsgen.solver:Settings",
    "carry": "imsgen.schedule:carry",
    "export": "imsgen.formats:write",
    "load": "imsgen.plan:load",
    "load_text": "imsgen.plan:load_text",
    "read_schedule": "imsgen.schedule:read_schedule",
    "solve": "imsgen.analysis:solve",
    "verify": "imsgen.verifier:verify",
    "verify_schedule": "imsgen.verifier:verify_schedule",
    "write_schedule": "imsgen.schedule:write_schedule",
}
"""Where each public name lives; a room is imported when the name is first used."""

__all__ = [
    "Settings",
    "carry",
    "export",
    "load",
    "load_text",
    "read_schedule",
    "solve",
    "verify",
    "verify_schedule",
    "write_schedule",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        message = f"module `imsgen` has no attribute `{name}`"
        raise AttributeError(message)
    module, _, attribute = _HOMES[name].partition(":")
    return getattr(import_module(module), attribute)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
