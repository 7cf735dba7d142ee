"""Replanning: what happened stands, and of what people were promised as little moves as can be."""
