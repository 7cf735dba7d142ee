"""The tables of keys: what may be written where, how it is read, and what it means."""

from __future__ import annotations
