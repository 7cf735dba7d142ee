"""Plan text from a tree of keys: what importers write, a person would be glad to keep."""

from __future__ import annotations

from imsgen.plan.writing.layout import plan_text
from imsgen.plan.writing.tree import Remarked, Tree, Words, plain_tree

__all__ = ["Remarked", "Tree", "Words", "plain_tree", "plan_text"]
