"""Open JupyterLab on the exercises and, if it is built, serve the book beside it.

``python -m autograder.lab PORT``: the links in check results then lead into the book.
"""

import subprocess
import sys

from autograder.paths import BOOK, ROOT


def main(port: str) -> int:
    server = None
    if BOOK.is_dir():
        print(f"book   http://localhost:{port}/", flush=True)
        command = [sys.executable, "-m", "http.server", port, "--bind", "127.0.0.1", "--directory", str(BOOK)]
        server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    else:
        print("The book is not built yet: 'make book' builds it.", flush=True)
    try:
        command = [sys.executable, "-m", "jupyter", "lab", "--LabApp.default_url=/lab/tree/exercises"]
        return subprocess.run(command, cwd=ROOT, check=False).returncode
    finally:
        if server is not None:
            server.terminate()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
