"""Large-neighbourhood search: a window of activities is placed anew between sides that stand.

What is left of the window stays where it is, what is right of it moves to where it would be in a
better schedule; CP-SAT is asked whether the window fits between the two.
"""

from __future__ import annotations
