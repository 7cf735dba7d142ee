"""From raw documents to a project: references looked up, dates and calendars resolved."""

from __future__ import annotations
