"""The night board: how the work stands at a moment."""

from __future__ import annotations

from imsgen.analysis.board.model import Board
from imsgen.analysis.board.night import night_board, with_progress

__all__ = ["Board", "night_board", "with_progress"]
