"""The command line: reads, calls the library, says what came of it."""

from __future__ import annotations
