"""What MS Project cannot say, told once for all it concerns."""

from __future__ import annotations

_SHOWN = 4
"""Ids named in one remark; the rest are counted."""


class Remarks:
    """Collects what is lost or said otherwise, by what happened."""

    def __init__(self) -> None:
        self._about: dict[str, list[str]] = {}

    def add(self, text: str, about: str = "") -> None:
        """Record that ``text`` is so, of the id or link ``about``."""
        known = self._about.setdefault(text, [])
        if about and about not in known[-1:]:
            known.append(about)

    def lines(self) -> tuple[str, ...]:
        """Return one line a kind: what is so, then of which."""
        return tuple(
            f"{text}: {_listed(about)}" if about else text for text, about in self._about.items()
        )


def _listed(ids: list[str]) -> str:
    distinct = list(dict.fromkeys(ids))
    shown = ", ".join(f"`{id_}`" for id_ in distinct[:_SHOWN])
    rest = len(distinct) - _SHOWN
    return f"{shown} and {rest} more" if rest > 0 else shown
