"""One module a command, each with an object ``command``; heavy imports wait for its call."""

from __future__ import annotations
