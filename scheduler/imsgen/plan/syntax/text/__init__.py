"""A file as bytes, as text, and as nodes with places."""

from __future__ import annotations
