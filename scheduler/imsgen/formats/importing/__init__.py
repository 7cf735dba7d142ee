"""What every import has in common: readable ids, a list of losses, and what comes out."""

from __future__ import annotations
