"""From missed behaviours to the mistake that a student is told.

A name is said as strongly as it is borne out: known mistakes that explain everything that was missed; one that was made in
some parts of the results; a relation of what came to what was expected. What explains only some of it is said as that.
"""

from dataclasses import replace

from unrolled.judging.bank import Answers, Bank, Finding, Mistake
from unrolled.judging.diagnosis.found import find_relation
from unrolled.judging.diagnosis.known import countable, known_mistakes, made_in_part

__all__ = ["countable", "diagnose"]


def diagnose(bank: Bank, answers: Answers, findings: list[Finding]) -> list[Mistake]:
    """The mistakes to name, best explanation first; none where nothing is borne out."""
    missed = {f.key for f in findings if not f.passed}
    if not missed:
        return []
    known, everything = known_mistakes(bank, answers, missed)
    if everything:
        return known
    whole = [] if known else made_in_part(bank, answers)
    if whole:
        return whole
    relation = find_relation(bank, answers)
    if relation:
        return [relation]
    return [replace(mistake, says=f"in one case, {mistake.says}") for mistake in known]
