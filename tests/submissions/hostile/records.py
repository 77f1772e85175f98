"""Attacks on what is kept: records, the page that a person opens, the files beside the notebook."""

import json
import os

import nbformat

from autograder.proof.attacks import ASSIGNMENT, FULL, NEIGHBOURS, attack, cell_of, honest, unsolved, with_cell

TIME = "timestamp.txt"
NO_TIME = "the file is left aside, and the honest work counts"


@attack("prints half a megabyte in each of three hundred cells", "the outputs of the notebook are cut, and the honest work counts", FULL, "")
def output_of_many_cells(_folder):
    notebook = honest()
    for _ in range(300):
        with_cell(notebook, "print('<&' * 240_000)")
    return notebook


@attack("makes the time of handing in a pipe, on which a reader would wait for ever", NO_TIME, FULL)
def time_is_a_pipe(folder):
    os.mkfifo(folder / TIME)
    return honest()


@attack("makes the time of handing in a text that is no time", NO_TIME, FULL)
def time_is_no_time(folder):
    (folder / TIME).write_text("yesterday <script>alert(1)</script>\0")
    return honest()


@attack("makes the time of handing in a folder", NO_TIME, FULL)
def time_is_a_folder(folder):
    (folder / TIME).mkdir()
    return honest()


@attack("makes the time of handing in a link to a neighbour's notebook", NO_TIME, FULL)
def time_is_a_link(folder):
    (folder / TIME).symlink_to(folder.parents[1] / NEIGHBOURS[0] / ASSIGNMENT / f"{ASSIGNMENT}.ipynb")
    return honest()


@attack("makes the time of handing in a file of a terabyte", NO_TIME, FULL)
def time_is_huge(folder):
    with (folder / TIME).open("wb") as file:
        file.truncate(2**40)
    return honest()


@attack("hands in folders nested two thousand deep beside its notebook", "no other file is used", FULL, "Other files are not used")
def deep_folders(folder):
    here = os.open(folder, os.O_DIRECTORY)
    for _ in range(2000):
        os.mkdir("x", dir_fd=here)
        below = os.open("x", os.O_DIRECTORY, dir_fd=here)
        os.close(here)
        here = below
    os.close(here)
    return honest()


@attack("gives every cell ten tags of its own", "they are ignored, and some are named", FULL, "is ignored")
def thousands_of_tags(_folder):
    notebook = honest()
    for k in range(300):
        with_cell(notebook, "pass").cells[2].metadata["tags"] = [f"tag-{k}-{n}" for n in range(10)]
    return notebook


@attack("has structures nested almost too deep in the place of sources, tags and ids", "what is no text is left aside", FULL)
def deep_sources(_folder):
    notebook = json.loads(nbformat.writes(honest()))
    for depth in range(200, 960, 4):
        deep = "x"
        for _ in range(depth):
            deep = [deep]
        notebook["cells"].insert(2, {"cell_type": deep if depth % 8 else "code", "source": {"x": deep}, "metadata": {"tags": [deep], "nbgrader": {"grade_id": deep}}})
    import sys
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(10_000)
    try:
        return json.dumps(notebook)
    finally:
        sys.setrecursionlimit(before)


@attack("writes script, handlers and addresses of script into every place that a page might show", "the page shows them as text", FULL)
def script_everywhere(folder):
    bad = "<script>alert(`unrolled-hostile`)</script><img src=http://unrolled-hostile.example/x onerror=alert(1)>"
    notebook = with_cell(honest(), f"raise ValueError({bad!r})")
    with_cell(notebook, f"from IPython.display import *\nprint({bad!r})\ndisplay({{'text/plain': {bad!r}, 'text/html': {bad!r}, 'image/svg+xml': {bad!r}, 'text/latex': {bad!r}, 'image/png': chr(39) + chr(34) + ' onerror=alert(1) x='}}, raw=True)")
    with_cell(notebook, f"# {bad}\ntype({bad!r}, (Exception,), {{}})\nraise type({bad!r}, (Exception,), {{}})('\\x1b]8;;javascript:alert(1)\\x07x')").cells[2].metadata["tags"] = [bad]
    notebook.cells.insert(3, nbformat.v4.new_markdown_cell(f"{bad}\n\n![x](http://unrolled-hostile.example/y) [y](javascript:alert`1`) <svg/onload=alert(1)>\n\n$\\href{{javascript:alert(1)}}{{x}}$ $$\\href{{java\nscript:alert(1)}}{{x}}$$ [a](javascript&#58;alert(1)) [b](&#106;avascript:alert(1)) [c][d] `<b>` &#60;script&#62;\n\n[d]: java&#115;cript:alert(1)"))
    notebook.cells.insert(3, nbformat.v4.new_raw_cell(bad))
    (folder / f"{bad.replace('/', '')[:80]}.txt").write_text("x")
    return notebook


@attack("writes script into the errors, types and texts that a verdict quotes", "the page shows them as text", FULL - 11)
def script_in_a_verdict(_folder):
    bad = "<script>alert('unrolled-hostile')</script><img src=x onerror=alert(1)>"
    notebook = honest()
    cell_of(notebook, "exercise-rnn_step").source = f"def rnn_step(*args, **more):\n    raise type({bad!r}, (Exception,), {{}})({bad!r})  # {bad}\n"
    cell_of(notebook, "exercise-classify_last").source = f"def classify_last(*args, **more):\n    return type({bad!r}, (), {{}})()\n"
    return notebook


@attack("defines its functions so that the text of a cell is no longer where an error says it is", "an error is told without the line", FULL - 6)
def false_lines(_folder):
    notebook = honest()
    cell_of(notebook, "exercise-rnn_step").source = (
        "source = 'def rnn_step(*a, **k):\\n' + '\\n' * 100_000 + '    raise ValueError(\"' + 'x' * 100_000 + '\")'\n"
        "import linecache\nexec(compile(source, '/etc/passwd', 'exec'))\nlinecache.cache['/etc/passwd'] = (1, None, ['y' * 10**6] * 10, '/etc/passwd')\n"
    )
    return notebook


@attack("leaves its work undone and hands in a gradebook and results of its own", "no other file is used", 0, "Other files are not used")
def own_gradebook(folder):
    for name in ("gradebook.db", "nbgrader_config.py", "secret.key", "results.json"):
        (folder / name).write_text("c = get_config()\nraise SystemExit('unrolled-hostile')\n")
    return unsolved()


@attack("writes code and text that take minutes to be coloured and set", "they stand on the page as they were written", FULL)
def slow_to_set(_folder):
    notebook = honest()
    for _ in range(3):
        with_cell(notebook, "a." * 10_000)
        notebook.cells.insert(2, nbformat.v4.new_markdown_cell("\\begin{a}" * 2_200))
    return notebook
