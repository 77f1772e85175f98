"""No test touches a real gradebook: everything at run time goes to a folder of its own."""

import os
import tempfile

os.environ["UNROLLED_GRADEBOOK"] = tempfile.mkdtemp(prefix="unrolled-tests-")
os.environ.setdefault("OMP_NUM_THREADS", "1")
