"""The comment at the top of an imported plan: where it comes from, what it says otherwise."""

from __future__ import annotations

from collections.abc import Sequence

from imsgen.formats.mspdi.read.losses import Loss

_WIDTH = 100


def head(name: str, timezone: str, losses: Sequence[Loss]) -> list[str]:
    """Return lines for a comment; ``name`` is the file's."""
    lines = [f"From {name} (MS Project XML); its dates are read as {timezone}."]
    if losses:
        lines.append("Not as it stands there:")
    for loss in losses:
        text = loss.line()
        lines.append(f"- {text if len(text) <= _WIDTH else loss.short()}")
    return lines
