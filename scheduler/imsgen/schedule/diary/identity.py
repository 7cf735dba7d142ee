"""What a calendar event is called by programs: the same in every file and every revision."""

from __future__ import annotations

import re

DOMAIN = "imsgen.invalid"
"""The domain of event identities: reserved, so it can be nobody's."""


def uid(plan: str, event: str) -> str:
    """Return the identity of an event in calendars: ASCII letters, digits, ``. _ -`` and ``@``.

    Parts of an id never start with a hyphen, so ``window:freeze`` and an activity
    ``window.freeze`` stay apart.
    """
    text = f"{plan}.{event}".replace(":", ".-")
    return f"{re.sub(r'[^A-Za-z0-9._-]', '-', text)}@{DOMAIN}"
