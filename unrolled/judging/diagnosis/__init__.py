"""From missed behaviours to the mistake that a student is told.

A name is said as strongly as it is borne out. Known mistakes come first, then one that was made in some parts of
the results, then a small change of the reference, then a relation of what came to what was expected.
"""

from unrolled.judging.bank import Answers, Bank, Finding, Mistake
from unrolled.judging.diagnosis.found import find_relation
from unrolled.judging.diagnosis.known import countable, known_mistakes, made_in_part
from unrolled.judging.diagnosis.made import made_mistakes

__all__ = ["countable", "diagnose"]


def diagnose(bank: Bank, answers: Answers, findings: list[Finding]) -> list[Mistake]:
    """The mistakes to name, best explanation first; none where nothing is borne out."""
    missed = {finding.key for finding in findings if not finding.passed}
    if not missed:
        return []
    found = known_mistakes(bank, answers, missed) or made_in_part(bank, answers) or made_mistakes(bank, answers)
    if found:
        return found
    relation = find_relation(bank, answers)
    return [relation] if relation else []
