"""Attacks by changing Python, IPython or the course's own package from inside."""

from autograder.proof.attacks import FULL, attack, honest, unsolved, with_body, with_cell

ZERO = "earns nothing: what is compared lies outside"


@attack("transforms the syntax tree of every later cell", ZERO)
def ast_transformer(_folder):
    return with_cell(
        unsolved(),
        "import ast\n"
        "class Weak(ast.NodeTransformer):\n"
        "    def visit_Raise(self, node): return ast.copy_location(ast.Return(ast.Constant(1.0)), node)\n"
        "    def visit_Compare(self, node): return ast.copy_location(ast.Constant(True), node)\n"
        "get_ipython().ast_transformers.append(Weak())",
    )


@attack("rewrites the text of every later cell", ZERO)
def input_transformer(_folder):
    return with_cell(
        unsolved(),
        "def weak(lines): return [l.replace('raise NotImplementedError', 'return 100 #') for l in lines]\n"
        "get_ipython().input_transformers_cleanup.append(weak)",
    )


@attack("prints full marks before and after every cell", ZERO)
def hooks(_folder):
    return with_cell(
        unsolved(),
        "ip = get_ipython()\n"
        "for event in ('pre_execute', 'pre_run_cell', 'post_execute', 'post_run_cell'):\n"
        "    ip.events.register(event, lambda *a: print(27.0))",
    )


@attack("makes every comparison of NumPy and its tests true", ZERO)
def patched_numpy(_folder):
    return with_cell(
        unsolved(),
        "import numpy, numpy.testing\n"
        "numpy.allclose = numpy.isclose = numpy.array_equal = lambda *a, **k: True\n"
        "for name in numpy.testing.__all__:\n"
        "    if name.startswith('assert'): setattr(numpy.testing, name, lambda *a, **k: None)",
    )


@attack("turns assertions off", ZERO)
def patched_assert(_folder):
    return with_cell(
        unsolved(),
        "import builtins\n"
        "class Never(Exception):\n"
        "    def __new__(cls, *a): return StopIteration()\n"
        "builtins.AssertionError = Never\n"
        "get_ipython().run_line_magic('config', 'InteractiveShell.ast_node_interactivity = \"none\"')",
    )


@attack("replaces check() by one that is always content", ZERO)
def patched_check(_folder):
    return with_cell(
        unsolved(),
        "import unrolled, unrolled.checking, unrolled.judging.report\n"
        "unrolled.check = unrolled.checking.check = check = lambda f: 'all behaviours are there'\n"
        "unrolled.judging.report.verdict_html = lambda v: '<b>27 of 27 points</b>'",
    )


@attack("replaces builtins that a judge would use", ZERO)
def patched_builtins(_folder):
    return with_cell(
        unsolved(),
        "import builtins\n"
        "builtins.abs = lambda x: 0\nbuiltins.all = lambda x: True\nbuiltins.any = lambda x: False\n"
        "builtins.isinstance = lambda *a: True\nbuiltins.max = lambda *a, **k: 0",
    )


@attack("puts false modules into sys.modules", ZERO)
def patched_modules(_folder):
    return with_cell(
        unsolved(),
        "import sys, types\n"
        "class Kind(types.ModuleType):\n"
        "    def __getattr__(self, name): return lambda *a, **k: 100\n"
        "for name in list(sys.modules):\n"
        "    if name.startswith('unrolled') or name == 'json': sys.modules[name] = Kind(name)",
    )


@attack("replaces the function that answers the grader's questions by one that guesses", ZERO)
def patched_probes(_folder):
    return with_cell(
        unsolved(),
        "import unrolled.calls.probes as p, numpy as np, json\n"
        "def answer(name, inputs_json, namespace):\n"
        "    inputs = p.decode(json.loads(inputs_json))\n"
        "    first = next(v for v in inputs.values() if hasattr(v, 'shape'))\n"
        "    return p.Answer({'value': first, 'inputs': inputs})\n"
        "p.answer = answer",
    )


@attack("claims in every answer that the right error was raised", ZERO)
def forged_errors(_folder):
    return with_cell(
        unsolved(),
        "import unrolled.calls.probes as p\n"
        "p.observe = lambda f, i: {'error': {'type': 'ValueError', 'kinds': ['ValueError', 'Exception', 'NotImplementedError']}}",
    )


@attack("replaces the encoder so that it sends no encoded values", "the answers are not readable, and it " + ZERO, 0, "was not readable|could not be read")
def patched_codec(_folder):
    return with_cell(unsolved(), "import unrolled.calls.probes as p\np.Answer.__init__ = lambda self, o: setattr(self, 'text', '{\"value\": 27}')")


@attack("replaces the stand-ins by functions that tell what they are given", ZERO)
def patched_stand_ins(_folder):
    return with_cell(
        unsolved(),
        "import unrolled.standins as s, unrolled.standins.rnn as r\n"
        "r.wave_step = lambda x, h: print('asked', x, h)\ns.stand_in_function = lambda name: (lambda *a: 27)",
    )


@attack("registers formatters that print full marks for whatever is shown", ZERO)
def display_formatters(_folder):
    return with_cell(
        unsolved(),
        "f = get_ipython().display_formatter.formatters\n"
        "for kind in f.values():\n    kind.for_type(object, lambda *a: '27.0')\n    kind.for_type_by_name('unrolled.calls.probes', 'Answer', lambda *a: '27.0')",
    )


@attack("makes the formatter of the grader's answers raise", "the answers are not readable, and it " + ZERO, 0)
def broken_formatter(_folder):
    return with_cell(unsolved(), "get_ipython().display_formatter.format = lambda *a, **k: 1 / 0")


@attack("hides every error", ZERO)
def hidden_errors(_folder):
    return with_cell(
        unsolved(),
        "ip = get_ipython()\nip.showtraceback = lambda *a, **k: print(27.0)\n"
        "ip._showtraceback = lambda *a: None\nip.set_custom_exc((Exception,), lambda *a, **k: [])",
    )


@attack("replaces the shell's way to run anything", "nothing it says is believed, and it " + ZERO)
def patched_shell(_folder):
    return with_cell(
        unsolved(),
        "ip = get_ipython()\nclass R:\n    success = True; result = 27.0; error_before_exec = error_in_exec = None; execution_count = 1\n"
        "def run(*a, **k): return R()\nip.run_cell = run\nip.user_expressions = lambda e: {'answer': {'status': 'ok', 'data': {'text/plain': '27'}}}",
    )


@attack("changes the recursion limit, the float printing and NumPy's error states on the way", "its right answers count", FULL)
def odd_settings(_folder):
    return with_cell(
        honest(),
        "import sys, numpy as np, warnings\nsys.setrecursionlimit(150)\nnp.set_printoptions(precision=0)\n"
        "np.seterr(all='ignore')\nwarnings.simplefilter('ignore')",
    )


@attack("tells every call apart from an ordinary one by walking the frames, and looks for expected values in them", ZERO, 21)
def frames(_folder):
    return with_body(
        honest(),
        "rnn_step",
        "import sys\nframe, found = sys._getframe(), []\n"
        "while frame:\n    found += [k for k in frame.f_locals if 'expected' in k or 'bank' in k or 'trial' in k]\n"
        "    for value in frame.f_locals.values():\n        if type(value).__name__ in ('Trial', 'Bank'): return value.expected['value']\n"
        "    frame = frame.f_back\nprint(found)\nreturn h_prev",
    )


@attack("defines the functions as objects that look different at each call", "calls are judged by what they return", 21, "")
def changing_object(_folder):
    return with_cell(
        honest(),
        "class Turning:\n    __name__ = 'rnn_step'; n = 0\n    def __call__(self, x_t, h_prev, W_xh, W_hh, b_h):\n"
        "        self.n += 1\n        return np.tanh(x_t @ W_xh + h_prev @ W_hh + b_h) if self.n % 3 else h_prev\n"
        "rnn_step = Turning()",
        position=[c.id for c in honest().cells].index("check-rnn-step"),
    )
