"""The grammar of single values: text in, typed value or a :class:`Misread` out."""

from __future__ import annotations
