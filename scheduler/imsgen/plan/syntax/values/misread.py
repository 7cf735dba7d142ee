"""A value that is not what its key needs."""

from __future__ import annotations


class Misread(Exception):  # noqa: N818 - an answer to the plan's writer, not a failure of ours
    """Why a text cannot be read, and the edit that mends it.

    ``at`` are the offsets ``[start, end)`` of the offending piece in the text; None: all of it.
    """

    def __init__(
        self,
        code: str,
        message: str,
        *,
        at: tuple[int, int] | None = None,
        label: str = "",
        help: str = "",  # noqa: A002 - the field's name
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.at = at
        self.label = label
        self.help = help

    def moved(self, offset: int) -> Misread:
        """Return it for a text in which the piece read starts at ``offset``."""
        at = None if self.at is None else (self.at[0] + offset, self.at[1] + offset)
        return Misread(self.code, self.message, at=at, label=self.label, help=self.help)

    def within(self, start: int, end: int) -> Misread:
        """Return it for a text in which ``[start, end)`` was read."""
        moved = self.moved(start)
        if moved.at is None:
            moved.at = (start, end)
        return moved
