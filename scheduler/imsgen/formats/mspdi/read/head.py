"""The comment at the top of an imported plan: where it comes from, what it says otherwise."""

from __future__ import annotations

from collections.abc import Sequence

from imsgen.formats.importing.losses import Loss

_WIDTH = 100


def head(name: str, timezone: str, losses: Sequence[Loss], *, through: bool) -> list[str]:
    """Return lines for a comment; ``name`` is the file's, read ``through`` MPXJ or as it is."""
    kind = "through MPXJ" if through else "MS Project XML"
    lines = [f"From {name} ({kind}); its dates are read as {timezone}."]
    if losses:
        lines.append("Not as it stands there:")
    for loss in losses:
        text = loss.line()
        lines.append(f"- {text if len(text) <= _WIDTH else loss.short()}")
    return lines
