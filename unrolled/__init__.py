"""The learner's side of Unrolled: instant checks, real data and figures.

``check(function)`` compares a function of an assignment with prepared examples and says
which behaviours are there, which are missing, and which known mistake it looks like.
"""

from unrolled.checking import check

__all__ = ["check"]
