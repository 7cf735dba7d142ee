"""The plan language: text to a project, or diagnostics with their place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from imsgen.plan.loading import STDIN, Loaded, load, load_edited, load_text

__all__ = ["STDIN", "Loaded", "load", "load_edited", "load_text"]


def __getattr__(name: str) -> Any:
    """Import what reads plans only when a plan is read."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module = __import__("imsgen.plan.loading", fromlist=[name])
    return getattr(module, name)
