"""Is it any good: the checks against wrong and right answers, the grader against attacks, a demonstration class."""
