"""One submission through the sandbox: scores, crashes, limits, walls."""

from dataclasses import replace

import nbformat
import pytest

from autograder.authoring.compose import compose, solved
from autograder.authoring.pieces import Piece
from autograder.checks import ASSIGNMENTS
from autograder.grading.kept import kept_result
from autograder.grading.repair import load_submission
from autograder.grading.result import Result
from autograder.grading.secret import course_secret
from autograder.grading.submission import grade
from autograder.grading.version import result_key
from autograder.paths import GRADEBOOK
from autograder.sandbox import bubblewrap
from autograder.sandbox.limits import Limits

QUICK = Limits(call_seconds=1.0, cell_seconds=4.0)


def submission_of(notebook, tmp_path, assignment_id="rnn"):
    nbformat.write(notebook, tmp_path / f"{assignment_id}.ipynb")
    return load_submission(tmp_path, assignment_id)


def graded(notebook, tmp_path, assignment_id="rnn"):
    return grade(assignment_id, submission_of(notebook, tmp_path, assignment_id), limits=QUICK)


def with_body(exercise, signature, body, *others):
    return solved("rnn", Piece("rnn", exercise, "changed", f"def {exercise}({signature}):\n    {body}\n"), *others)


def own_cell(notebook, source, position=2):
    notebook.cells.insert(position, nbformat.v4.new_code_cell(source, id=f"own-{position}"))
    return notebook


def printed(result):
    return "".join(o.get("text", "") for outputs in result.outputs.values() for o in outputs)


@pytest.mark.parametrize("assignment_id", [name for name, a in ASSIGNMENTS.items() if not a.measured])
def test_reference_has_everything_and_the_untouched_release_nothing(tmp_path, assignment_id):
    patient = replace(QUICK, call_seconds=5.0, cell_seconds=60.0)  # the work on real data takes its time
    result = grade(assignment_id, submission_of(solved(assignment_id), tmp_path, assignment_id), limits=patient)
    assert result.points == result.out_of > 0 and result.remarks == [] and result.ungraded == []
    result = graded(compose(assignment_id, {}), tmp_path, assignment_id)
    assert result.points == 0 and result.ungraded == []


def test_same_submission_has_the_same_result_and_is_kept(tmp_path):
    submission = submission_of(with_body("rnn_step", "x_t, h_prev, W_xh, W_hh, b_h", "return h_prev"), tmp_path)
    first, second = grade("rnn", submission), grade("rnn", submission)
    assert first == second and first.points == 27 - 6
    assert Result.from_json(first.to_json()) == first
    kept = kept_result("rnn", submission)
    assert kept == first
    path = GRADEBOOK / "results" / "rnn" / f"{first.key}.json"
    path.write_text(path.read_text().replace('"remarks": []', '"remarks": ["kept"]'))
    assert kept_result("rnn", submission).remarks == ["kept"]


def test_key_depends_on_submission_and_protection(tmp_path):
    one = submission_of(solved("rnn"), tmp_path)
    other = submission_of(compose("rnn", {}), tmp_path)
    keys = {result_key("rnn", one, True), result_key("rnn", other, True), result_key("rnn", one, False)}
    assert len(keys) == 3


def test_secret_is_made_once_and_readable_by_its_owner_alone():
    assert course_secret() == course_secret() and len(course_secret()) == 32
    assert (GRADEBOOK / "secret.key").stat().st_mode & 0o777 == 0o600


def test_warnings_prints_and_errors_in_own_cells_never_cost(tmp_path):
    notebook = own_cell(solved("rnn"), "import sys, warnings\nwarnings.warn('w')\nprint('x', file=sys.stderr)\n1 / 0")
    body = "import warnings, sys; warnings.warn('w'); print('y', file=sys.stderr); return W[:D], W[D:]"
    notebook = own_cell(with_body("split_weights", "W, D", body), notebook.cells[2].source)
    assert graded(notebook, tmp_path).points == 27


def test_printing_a_score_earns_nothing(tmp_path):
    assert graded(own_cell(compose("rnn", {}), "print(27.0)\n27.0", position=6), tmp_path).points == 0


def test_endless_call_costs_its_exercise_alone(tmp_path):
    result = graded(own_cell(with_body("split_weights", "W, D", "while True: pass"), "pass"), tmp_path)
    # the example cell below the exercise runs into the loop as well
    assert result.points == 27 - 3
    assert "did not end within 1 seconds" in result.verdicts[0].findings[0].message
    assert any("Cell" in r and "was stopped" in r for r in result.remarks)


@pytest.mark.parametrize(
    "body",
    [
        "import os; os._exit(1)",
        "import ctypes; ctypes.string_at(0)",
        "import signal, os; os.kill(os.getpid(), signal.SIGKILL)",
    ],
)
def test_crash_costs_its_exercise_alone(tmp_path, body):
    result = graded(with_body("classify_last", "h, lengths, W_hy, b_y", body), tmp_path)
    assert result.points == 27 - 5
    assert any("kernel ended" in r for r in result.remarks)


def test_interrupt_that_is_swallowed_ends_the_kernel(tmp_path):
    body = "\n    ".join(["while True:", "    try:", "        while True: pass", "    except BaseException: pass"])
    result = graded(with_body("classify_last", "h, lengths, W_hy, b_y", body), tmp_path)
    assert result.points == 27 - 5


def test_flood_of_output_is_cut(tmp_path):
    result = graded(own_cell(solved("rnn"), "for _ in range(200_000): print('x' * 100)"), tmp_path)
    assert result.points == 27
    assert len(printed(result)) < 600_000 and "left out" in printed(result)


def test_html_and_script_do_not_get_out(tmp_path):
    source = "from IPython.display import HTML, Javascript, display\ndisplay(HTML('<script>x</script>'), Javascript('x'))"
    result = graded(own_cell(solved("rnn"), source), tmp_path)
    kinds = {kind for outputs in result.outputs.values() for o in outputs for kind in o.get("data", {})}
    assert kinds <= {"text/plain", "image/png"}


WALLS = """
import os, socket, sys
from pathlib import Path
seen = [p for p in {paths!r} if Path(p).exists()]
print('seen', seen)
print('root', os.getuid() == 0)
print('secret', [k for k in os.environ if 'UNROLLED' in k])
try:
    socket.create_connection(('127.0.0.1', {port}), timeout=1); print('network yes')
except OSError: print('network no')
try:
    Path(sys.prefix, 'x').write_text('x'); print('system writable')
except OSError: print('system read-only')
print('processes', len([p for p in os.listdir('/proc') if p.isdigit()]) < 10)
try:
    import torch; torch.zeros(1); print('torch yes')
except (ImportError, AttributeError): print('torch no')
"""


def test_walls_of_the_sandbox(tmp_path):
    import socket

    with socket.create_server(("127.0.0.1", 0)) as server:
        hidden = [bubblewrap.ROOT / name for name in ("solutions", "autograder", "tests", "gradebook", "_build", ".git")]
        paths = [str(p) for p in (*hidden, GRADEBOOK, tmp_path)]
        source = WALLS.format(paths=paths, port=server.getsockname()[1])
        said = printed(graded(own_cell(compose("rnn", {}), source), tmp_path))
    for line in ("seen []", "root False", "secret []", "network no", "system read-only", "processes True", "torch no"):
        assert line in said, said


def test_nothing_is_left_behind(tmp_path):
    import psutil

    source = "import subprocess, sys\nsubprocess.Popen([sys.executable, '-c', 'import time; time.sleep(1000)'])"
    before = {p.pid for p in psutil.process_iter()}
    folders = set(tmp_path.parent.glob("*"))
    assert graded(own_cell(solved("rnn"), source), tmp_path).points == 27
    left = [p for p in psutil.process_iter(["cmdline"]) if p.pid not in before and "sleep(1000)" in str(p.info["cmdline"])]
    assert left == [] and set(tmp_path.parent.glob("*")) == folders


def test_memory_and_processes_are_limited(tmp_path):
    sources = {
        2: "try:\n    x = bytearray(6 * 2**30)\n    print('memory yes')\nexcept MemoryError: print('memory no')",
        3: "import os, time\ntry:\n    for _ in range(300):\n        if os.fork() == 0: time.sleep(5); os._exit(0)\n"
        "    print('forks yes')\nexcept OSError: print('forks no')",
        4: "try:\n    open('big', 'wb').truncate(2**30); print('file yes')\nexcept OSError: print('file no')",
    }
    notebook = compose("rnn", {})
    for position, source in sources.items():
        own_cell(notebook, source, position)
    said = printed(graded(notebook, tmp_path))
    assert "memory no" in said and "forks no" in said and "file yes" not in said


def test_missing_bubblewrap_refuses_with_one_sentence(monkeypatch, tmp_path):
    bubblewrap.bwrap.cache_clear()
    monkeypatch.setattr(bubblewrap.shutil, "which", lambda name: None)
    monkeypatch.setattr(bubblewrap, "find_spec", lambda name: None)
    with pytest.raises(bubblewrap.NoSandbox, match="apt install bubblewrap"):
        kept_result("rnn", submission_of(solved("rnn"), tmp_path))
    monkeypatch.undo()
    bubblewrap.bwrap.cache_clear()


def test_error_of_ours_is_no_zero_and_is_not_kept(monkeypatch, tmp_path):
    def broken(*args):
        raise RuntimeError("ours")

    submission = submission_of(own_cell(solved("rnn"), "'unique 1'"), tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr("autograder.grading.submission.made.draw", broken)
        result = kept_result("rnn", submission)
    assert result.ungraded == [e.name for e in ASSIGNMENTS["rnn"].exercises]
    assert "ours" in result.verdicts[0].problem
    assert kept_result("rnn", submission).points == 27


def test_without_sandbox_the_result_is_marked(tmp_path):
    result = grade("rnn", submission_of(solved("rnn"), tmp_path), sandboxed=False)
    assert result.points == 27 and not result.sandboxed


def test_time_for_the_whole_notebook_is_limited(tmp_path):
    notebook = solved("rnn")
    slow = next(c for c in notebook.cells if c.id == "exercise-rnn-step")
    slow.source += "\nimport time; time.sleep(60)"
    result = grade("rnn", submission_of(notebook, tmp_path), limits=replace(QUICK, cell_seconds=60.0, notebook_seconds=6.0))
    assert result.verdicts[0].passed and result.verdicts[-1].points == 0
    assert any("What had been checked before keeps its points" in r for r in result.remarks)


def test_own_cells_leave_time_for_the_checks(tmp_path):
    notebook = solved("rnn")
    notebook.cells[2:2] = [nbformat.v4.new_code_cell("import time; time.sleep(60)") for _ in range(9)]
    limits = replace(QUICK, cell_seconds=60.0, notebook_seconds=40.0)
    result = grade("rnn", submission_of(notebook, tmp_path), limits=limits)
    assert result.points == 27
    assert sum("Cells outside of the tasks may take" in r for r in result.remarks) == 1
