"""Text as a calendar file holds it: whatever it says, it stays text."""

from __future__ import annotations

import re

from icalendar import vText


class Text(vText):
    r"""A text value that comes out as it is, also with ``\N`` in it (``C:\New``)."""

    def to_ical(self) -> bytes:
        """Return the escaped text in UTF-8."""
        escaped = str(self).replace("\\", r"\\").replace(";", r"\;").replace(",", r"\,")
        return escaped.replace("\n", r"\n").encode("utf-8")


def identifier(text: str) -> str:
    """Return the text in letters, digits, dots, hyphens, underscores and ``@``, for a UID."""
    return re.sub(r"[^A-Za-z0-9._@-]", "-", text)
