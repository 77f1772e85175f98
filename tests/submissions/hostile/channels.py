"""Attacks on the way back: what the kernel's sockets carry, message by message and byte by byte."""

from autograder.proof.attacks import FULL, attack, honest, with_body, with_cell

LEFT_ASIDE = "what is no message is left aside, and the honest work counts"
KERNEL = "k = get_ipython().kernel\nparent = k.get_parent('shell')\niopub, shell = k.iopub_thread.socket, k.shell_stream.socket\n"
# The bytes of a message with a right signature, whatever its parts hold.
SIGNED = "import json\ndef signed(topic, *parts): return [*topic, b'<IDS|MSG>', k.session.sign(list(parts)), *parts]\n"


def channel(source):
    return with_cell(honest(), KERNEL + SIGNED + source)


@attack("sends messages whose signature is wrong", LEFT_ASIDE, FULL)
def wrong_signature(_folder):
    return channel("for _ in range(5): iopub.send_multipart([b'x', b'<IDS|MSG>', b'0' * 64, b'{}', b'{}', b'{}', b'{}'])")


@attack("sends the same signed message again and again", LEFT_ASIDE, FULL)
def repeated_message(_folder):
    return channel("m = signed([b'x'], b'{\"msg_type\": \"status\"}', json.dumps(parent['header'], default=str).encode(), b'{}', b'{}')\nfor _ in range(5): iopub.send_multipart(m)")


@attack("sends bytes that are no message at all", LEFT_ASIDE, FULL)
def raw_bytes(_folder):
    return channel("for m in ([b''], [b'\\xff' * 1000], [b'<IDS|MSG>'], [b'x'] * 1000, [b'<IDS|MSG>', b''] ): iopub.send_multipart(m)")


@attack("signs messages whose parts are broken JSON, numbers, lists and null", LEFT_ASIDE, FULL)
def signed_nonsense(_folder):
    return channel(
        "mine = json.dumps({'msg_id': parent['header']['msg_id']}).encode()\n"
        "for part in (b'', b'{', b'7', b'[]', b'null', b'\"x\"', b'\\xff\\xfe', b'{\"a\": NaN}'):\n"
        "    for parts in ((part, mine, b'{}', b'{}'), (b'{\"msg_type\": \"status\"}', part, b'{}', b'{}'), (b'{\"msg_type\": \"status\"}', mine, b'{}', part)):\n"
        "        iopub.send_multipart(signed([b'x'], *parts))"
    )


@attack("says that it is idle, without a state, and in states that do not exist", LEFT_ASIDE, FULL)
def states_that_do_not_exist(_folder):
    return channel("for content in ({}, {'execution_state': None}, {'execution_state': ['idle']}, {'execution_state': {}}): k.session.send(k.iopub_socket, 'status', content, parent)")


@attack("signs a message that is nested so deep that reading it breaks", LEFT_ASIDE, FULL)
def deep_message(_folder):
    return channel(
        "deep = b'[' * 100_000 + b']' * 100_000\nmine = json.dumps({'msg_id': parent['header']['msg_id']}).encode()\n"
        "iopub.send_multipart(signed([b'x'], b'{\"msg_type\": \"stream\"}', mine, b'{}', b'{\"text\": ' + deep + b'}'))"
    )


@attack("floods one channel without end from a thread, and loops", "is stopped when its time is up, whatever it sends", FULL, "was stopped|ended")
def flood_without_end(_folder):
    return channel(
        "m = signed([b'x'], b'{\"msg_type\": \"stream\"}', b'{}', b'{}', b'{}')\n"
        "while True:\n    try:\n        while True: iopub.send_multipart(m)\n    except BaseException: pass"
    )


@attack("floods the channel of replies without end", "is stopped when its time or its share of messages is used up, and the honest work counts", FULL, "was stopped|ended|MiB of messages")
def flood_of_replies(_folder):
    return channel(
        "import threading\nident = parent.get('identities') or k.get_parent('shell').get('identities')\n"
        "def flood():\n    n = 0\n    while True:\n        n += 1\n        k.session.send(k.shell_stream, 'execute_reply', {'n': n, 'big': 'x' * 1_000_000}, None, ident=identity)\n"
        "identity = getattr(k, '_shell_parent_ident', None)\n"
        "identity = (k.get_parent.__self__._parent_ident or {}).get('shell') if identity is None else identity.get()\n"
        "while True:\n    try: flood()\n    except BaseException as e: print(type(e), e)"
    )


@attack("prints without end in a thread while it is asked", "the printing costs nothing, and the grader goes on", FULL)
def prints_while_asked(_folder):
    return channel("import threading, time\ndef talk():\n    while True: print('x' * 1000); time.sleep(0.001)\nthreading.Thread(target=talk, daemon=True).start()")


@attack("closes the sockets on which it should answer", "its kernel is ended, and the honest work counts", FULL)
def closes_its_sockets(_folder):
    return channel("import os\nfor fd in range(3, 256):\n    try: os.close(fd)\n    except OSError: pass")


@attack("puts itself in the place of its kernel's socket and sends one message that never ends", "the grader's memory stays bounded, the kernel is ended, and the honest work counts", FULL)
def message_without_end(_folder):
    return channel(
        "import os, socket, threading, time\nfrom ipykernel.connect import get_connection_file\n"
        "info = json.load(open(get_connection_file()))\npath = f\"{info['ip']}-{info['iopub_port']}\"\n"
        "os.remove(path)\nserver = socket.socket(socket.AF_UNIX)\nserver.bind(path)\nserver.listen(20)\n"
        "for fd in range(3, 256):\n"  # the grader then connects anew, to us
        "    try:\n"
        "        if fd != server.fileno() and os.readlink(f'/proc/self/fd/{fd}').startswith('socket:'): os.close(fd)\n"
        "    except OSError: pass\n"
        "ready = lambda kind: b'\\x05READY\\x0bSocket-Type' + len(kind).to_bytes(4, 'big') + kind\n"
        "def serve(c):\n"
        "    c.sendall(b'\\xff' + bytes(8) + b'\\x7f\\x03\\x00NULL' + bytes(16) + b'\\x00' + bytes(31))\n"
        "    body = ready(b'PUB')\n    c.sendall(bytes([4, len(body)]) + body)\n"
        "    threading.Thread(target=lambda: [None for _ in iter(lambda: c.recv(10_000), b'')], daemon=True).start()\n"
        "    frame = bytes([3]) + (2**20).to_bytes(8, 'big') + b'x' * 2**20\n"  # there is more, says every frame
        "    while True: c.sendall(frame)\n"
        "server.settimeout(20)\n"
        "while True:\n    c, _ = server.accept()\n    threading.Thread(target=serve, args=(c,), daemon=True).start()"
    )


@attack("answers a question twice, thrice, and before it is asked", "one answer is read for each question, and it must be right", FULL - 6)
def answers_too_often(_folder):
    return with_body(
        honest(),
        "rnn_step",
        KERNEL.replace("\n", "; ").rstrip("; ")
        + "\nfor _ in range(20): k.session.send(k.shell_stream, 'execute_reply', {'status': 'ok', 'user_expressions': {}}, parent, ident=parent.get('identities'))\nreturn 2 * h_prev",
    )
