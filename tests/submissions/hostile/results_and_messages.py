"""Attacks by what a call returns, and by messages that the kernel should not send."""

from autograder.proof.attacks import FULL, attack, honest, unsolved, with_body, with_cell

STEP = FULL - 6


def step(body):
    """All honest but the body of rnn_step."""
    return with_body(honest(), "rnn_step", body)


@attack("returns an object that is equal to everything", "it is no array, and its task earns nothing", STEP, "of type Anything")
def equal_to_all(_folder):
    return step("class Anything:\n    def __eq__(self, o): return True\n    def __array__(self, *a, **k): return h_prev\n    def __abs__(self): return 0\nreturn Anything()")


@attack("returns a subclass of an array whose comparisons are all true", "the numbers in it count", STEP)
def subclass_of_array(_folder):
    return step("class Yes(np.ndarray):\n    def __eq__(self, o): return True\n    def __sub__(self, o): return np.zeros(self.shape)\n    def tobytes(self): return b''\nreturn h_prev.view(Yes)")


@attack("returns an object that runs code when it is unpickled", "nothing is ever unpickled", STEP, "of type Pickled")
def unpickled(_folder):
    return step("class Pickled:\n    def __reduce__(self):\n        import os\n        return os.system, ('touch /tmp/unrolled-hostile-pickle',)\nreturn Pickled()")


@attack("returns an iterator without end", "it is no array", STEP, "of type generator")
def endless_iterator(_folder):
    return step("def endless():\n    while True: yield 1.0\nreturn endless()")


@attack("returns an array of 400 MB", "it is too large to cross", STEP, "far larger than expected")
def huge_array(_folder):
    return step("return np.zeros((50_000_000,))")


@attack("returns forty arrays, each just small enough", "the answer is too large to cross, and the grader's memory stays bounded", STEP)
def many_arrays(_folder):
    return step("return [np.zeros(900_000) for _ in range(40)]")


@attack("returns lists in lists of nearly as many numbers as may cross", "judging them takes no time that anybody notices", STEP)
def many_numbers(_folder):
    return step("return [[[float(k)] * 8 for k in range(20)] * 100, h_prev.tolist()]")


@attack("returns long texts and digits without end among numbers", "they are no numbers", STEP)
def texts_among_numbers(_folder):
    return step("return [h_prev.tolist(), 'x' * 500_000, ['9' * 10_000] * 40, 10 ** 4_000]")


@attack("returns a million numbers in a list", "only the length of the list crosses", STEP, "1000000 items")
def million_numbers(_folder):
    return step("return [0.0] * 1_000_000")


@attack("returns an array of objects", "it is no array of numbers", STEP, "array of dtype object")
def array_of_objects(_folder):
    return step("return np.array([h_prev, 'x', None], dtype=object)")


@attack("returns NaN and infinity, which some comparisons let pass", "they earn nothing", STEP)
def not_a_number(_folder):
    return step("return np.where(np.arange(h_prev.shape[1]) % 2, np.nan, np.inf) * np.ones_like(h_prev)")


@attack("returns a list nested ten thousand deep", "it is nested too deeply", STEP)
def deep_list(_folder):
    return step("deep = []\nfor _ in range(10_000): deep = [deep]\nreturn deep")


@attack("returns a list that contains itself", "it is nested too deeply", STEP)
def list_in_itself(_folder):
    return step("own = []\nown.append(own)\nreturn own")


@attack("returns dictionaries and texts of its own kind", "they are of no known type", STEP, "The result is dict")
def subclass_of_dict(_folder):
    return step("class Kind(dict):\n    def items(self): raise SystemExit\nreturn Kind(value=1)")


@attack("pretends to be an array by __class__", "what crosses are numbers, whoever made them", STEP)
def pretended_class(_folder):
    return step("class Fake:\n    @property\n    def __class__(self): return np.ndarray\n    dtype = np.dtype('O'); shape = (3,)\n    def __array__(self, *a, **k):\n        while True: pass\nreturn Fake()")


@attack("raises an error whose text cannot be read and whose type has a name without end", "an error is an error", STEP)
def unreadable_error(_folder):
    return step("class E(Exception):\n    def __str__(self): raise E\n    __repr__ = __str__\nE.__name__ = 'x' * 10_000_000\nraise E")


@attack("raises KeyboardInterrupt and GeneratorExit in the place of an error", "a call that ends so earns nothing", STEP)
def other_exceptions(_folder):
    return step("raise KeyboardInterrupt if x_t.shape[0] % 2 else GeneratorExit")


@attack("writes the right result into the inputs and returns them", "changing inputs costs the behaviour that says so", FULL - 1, "The call changed its inputs")
def writes_to_inputs(_folder):
    return step("h_prev[...] = np.tanh(x_t @ W_xh + h_prev @ W_hh + b_h)\nreturn h_prev")


@attack("returns a view of an input", "the numbers count, and they are wrong", STEP)
def view_of_an_input(_folder):
    return step("return h_prev[:]")


@attack("returns a right result as a read-only view with odd strides", "right numbers count, however they lie", FULL)
def odd_strides(_folder):
    return step("out = np.tanh(x_t @ W_xh + h_prev @ W_hh + b_h)\nwide = np.zeros((out.shape[1], 2, out.shape[0]))\nwide[:, 1] = out.T\nview = wide[:, 1].T\nview.flags.writeable = False\nreturn view")


@attack("sends a forged reply to each question, with the number of the question", "a reply needs the right numbers, whoever sends it", STEP)
def forged_replies(_folder):
    return step(
        "k = get_ipython().kernel\nparent = k.get_parent('shell')\n"
        "content = {'status': 'ok', 'execution_count': 1, 'payload': [], 'user_expressions': {'answer': {'status': 'ok', 'metadata': {},\n"
        "    'data': {'application/vnd.unrolled+json': '{\"value\": {\"array\": [\"<f8\", [1, 1], \"AAAAAAAA8D8=\"]}, \"inputs\": {\"dict\": {}}}'}}}}\n"
        "k.session.send(k.shell_stream, 'execute_reply', content, parent, ident=parent.get('identities'))\nreturn h_prev"
    )


@attack("says on the kernel's own channel that a cell has ended, and shows full marks", "outputs count for nothing", 0)
def forged_outputs(_folder):
    return with_cell(
        unsolved(),
        "k = get_ipython().kernel\nparent = k.get_parent('shell')\n"
        "for kind, content in (('execute_result', {'data': {'text/plain': '27.0'}, 'metadata': {}, 'execution_count': 1}), ('status', {'execution_state': 'idle'})):\n"
        "    k.session.send(k.iopub_socket, kind, content, parent)",
    )


@attack("sends messages of no known form on every channel", "they are left aside, and the honest work counts", FULL)
def nonsense_messages(_folder):
    return with_cell(
        honest(),
        "k = get_ipython().kernel\nparent = k.get_parent('shell')\n"
        "for content in ({}, {'name': 3, 'text': None}, {'data': 'x'}, {'data': {'text/plain': ['a', {}]}}, {'traceback': [[], 7]}):\n"
        "    for kind in ('stream', 'display_data', 'execute_result', 'error', 'comm_open', 'nonsense'):\n"
        "        k.session.send(k.iopub_socket, kind, content, parent)",
    )


@attack("answers questions about the terminal: asks for input", "there is nobody to answer, and the honest work counts", FULL)
def asks_for_input(_folder):
    return with_cell(honest(), "input('What are the right answers? ')")


@attack("knows the prepared examples by heart", "the questions are others", 0)
def by_heart(_folder):
    notebook = with_cell(
        unsolved(),
        "from unrolled.judging.banks import shipped_banks\n"
        "def by_heart(name):\n"
        "    known = {}\n"
        "    for b in shipped_banks()[name].behaviours:\n"
        "        for t in b.trials: known[repr(sorted((k, getattr(v, 'tobytes', lambda: v)()) for k, v in t.inputs.items() if k != 'step'))] = t.expected['value']\n"
        "    def function(**i): return known[repr(sorted((k, getattr(v, 'tobytes', lambda: v)()) for k, v in i.items() if k != 'step'))]\n"
        "    function.__name__ = name\n    return function\n",
    )
    for exercise in ("split_weights", "rnn_step", "rnn_forward", "rnn_forward_padded", "classify_last"):
        cell = next(c for c in notebook.cells if c.id == f"exercise-{exercise}".replace("_", "-"))
        cell.source = f"{exercise} = by_heart('{exercise}')"
    return notebook


@attack("remembers what it was asked, and answers the next question with it", "no question helps with another", STEP)
def remembers(_folder):
    return step("memory = globals().setdefault('memory', [])\nmemory.append((x_t, h_prev))\nold_x, old_h = memory[len(memory) // 2]\nreturn np.tanh(old_h)[: len(h_prev)] * 0.5")


@attack("hands the course's shipped expected values back in random order", "the questions are others", STEP)
def shipped_values(_folder):
    return step(
        "from unrolled.judging.banks import shipped_banks\n"
        "for b in shipped_banks()['rnn_step'].behaviours:\n    for t in b.trials:\n"
        "        if t.expected['value'].shape == h_prev.shape: return t.expected['value']\nreturn h_prev"
    )


@attack("calls torch, which the assignment forbids", "torch is not there, so its task earns nothing", STEP, "torch")
def forbidden_torch(_folder):
    return step("import torch\nreturn torch.tanh(torch.tensor(x_t @ W_xh + h_prev @ W_hh + b_h)).numpy()")
