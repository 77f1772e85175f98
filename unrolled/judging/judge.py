"""From observations to a verdict: one judge for the instant check and for the grader.

A ``Bank`` holds, for one exercise, the trials of each behaviour: inputs, the expected
observation, and what each known mistake would give.  The learner's package ships one
drawn bank for each exercise as data; the grader draws a fresh one for every submission.
"""

from dataclasses import replace

from unrolled.judging.bank import Answers, Bank, Verdict
from unrolled.judging.diagnosis import diagnose
from unrolled.judging.findings import score


def judge(bank: Bank, answers: Answers) -> Verdict:
    """Compare the observations of every trial of ``bank`` with what is expected, and name the mistakes."""
    verdict = score(bank, answers)
    return replace(verdict, mistakes=diagnose(bank, answers, verdict.findings))
