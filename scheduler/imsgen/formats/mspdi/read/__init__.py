"""The way back: an MS Project XML file as a plan."""

from __future__ import annotations
