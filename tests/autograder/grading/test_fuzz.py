"""A fuzz of the road from file to score: whatever happens to a notebook, its honest part keeps its points.

``pytest --fuzz 20000 tests/autograder/grading/test_fuzz.py`` tries more than the usual thousand.
The student code here is the reference's own, so it runs in this process, without the sandbox; a
few damaged notebooks also take the whole road, as a class.
"""

import json
import warnings
from contextlib import suppress

import nbformat
import pytest
from hypothesis import HealthCheck, Phase, given, note, settings
from nbgrader.api import Gradebook

from autograder.checks import ASSIGNMENTS
from autograder.gradebook.hooks import show_result
from autograder.gradebook.recording import record
from autograder.gradebook.registering import register
from autograder.grading import submission as grading
from autograder.grading.classroom import judge_student
from autograder.grading.repair import load_submission
from autograder.grading.result import Result
from autograder.grading.submission import grade
from autograder.oracle.questions import draw_bank
from autograder.paths import GRADEBOOK
from autograder.proof.scores import unnamed
from tests.autograder.grading.fuzz import ASSIGNMENT, EXERCISES, broken, claimed, damaged
from unrolled.calls.probes import answer, read_answer
from unrolled.values.codec import encode

CLASS = 8  # of the damaged notebooks are recorded by nbgrader as well
pytestmark = pytest.mark.slow
QUIET = {"deadline": None, "suppress_health_check": list(HealthCheck), "database": None}
OUT_OF = {e.name: e.points for e in ASSIGNMENTS[ASSIGNMENT].exercises}


class HereSession:
    """Stands in for a kernel in the sandbox: runs the reference's cells in this process."""

    def __init__(self, *_args) -> None:
        self._namespace = {}

    async def __aenter__(self):
        return self

    async def __aexit__(self, *_exception):
        """There is nothing to end."""

    async def settle(self):
        """Nothing is left running."""

    async def run_cell(self, source, room, seconds):
        with suppress(Exception, SystemExit):
            exec(source, self._namespace)
        return [], ""

    async def ask(self, name, inputs):
        return read_answer(answer(name, json.dumps(encode(inputs)), self._namespace).text)


@pytest.fixture(autouse=True)
def here(monkeypatch):
    """No sandbox, and the same questions every time."""
    banks = {e.name: draw_bank(ASSIGNMENTS[ASSIGNMENT], unnamed(e), 0) for e in ASSIGNMENTS[ASSIGNMENT].exercises}
    monkeypatch.setattr(grading, "Session", HereSession)
    monkeypatch.setattr(grading.made, "draw", lambda assignment, exercise, seed: banks[exercise.name])


def graded(folder, content):
    (folder / f"{ASSIGNMENT}.ipynb").write_bytes(content)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        submission = load_submission(folder, ASSIGNMENT)
        result = grade(ASSIGNMENT, submission)
    show_result(submission.notebook, result)
    nbformat.validate(submission.notebook)
    assert Result.from_json(result.to_json()) == result
    for remark in [*result.remarks, submission.problem]:
        assert "Traceback" not in remark and len(remark) < 1000 and remark.isprintable()
    return result


def test_damage_to_a_notebook_costs_what_it_takes_away_and_no_more(tmp_path, pytestconfig):
    count, kept = pytestconfig.getoption("fuzz"), {}

    @settings(max_examples=count, phases=[Phase.generate, Phase.shrink], **QUIET)
    @given(damaged())
    def try_it(case):
        tree, damage = case
        note([f"{claimed(c)}: {c.get('source')!r:.60}" if isinstance(c, dict) else c for c in tree["cells"]])
        content = json.dumps(tree).encode()
        result = graded(tmp_path, content)
        assert not result.ungraded
        points = {v.exercise: v.points for v in result.verdicts}
        assert all(points[name] == 0 for name in damage.lost), points
        sure = set(EXERCISES) - damage.lost - damage.open
        assert all(points[name] == OUT_OF[name] for name in sure), points
        assert all(points[name] in (0, OUT_OF[name]) for name in EXERCISES)
        kept[len(kept)] = content, result.points

    try_it()
    assert len(kept) >= count
    some = [kept[k] for k in range(0, count, count // CLASS)]
    assert recorded_scores([content for content, _ in some]) == [points for _, points in some]


def recorded_scores(contents):
    """What nbgrader records for a class that hands these files in, and a file cut off in its midst."""
    register([ASSIGNMENT])
    submitted, names = GRADEBOOK / "submitted", []
    for k, content in enumerate([*contents, contents[0][:1000]]):
        names.append(f"fuzz-{k:02}")
        (submitted / names[-1] / ASSIGNMENT).mkdir(parents=True, exist_ok=True)
        (submitted / names[-1] / ASSIGNMENT / f"{ASSIGNMENT}.ipynb").write_bytes(content)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        results = [judge_student(ASSIGNMENT, name, sandboxed=True) for name in names]
        record(ASSIGNMENT, results, True, lambda: None)
    with Gradebook(f"sqlite:///{GRADEBOOK}/gradebook.db") as book:
        found = [book.find_submission(ASSIGNMENT, name) for name in names]
        assert found[-1].needs_manual_grade and results[-1].result.ungraded == EXERCISES
        return [submission.score for submission in found[:-1]]


def test_a_file_that_is_no_notebook_gets_a_sentence_and_never_a_crash(tmp_path, pytestconfig):
    @settings(max_examples=pytestconfig.getoption("fuzz") // 4, phases=[Phase.generate, Phase.shrink], **QUIET)
    @given(broken())
    def try_it(content):
        result = graded(tmp_path, content)
        if result.ungraded:
            assert result.ungraded == EXERCISES and result.remarks[0].endswith(".")
        else:
            json.loads(content)  # only what still is JSON may be graded

    try_it()
