"""The instructor's side of Unrolled: builds the assignments, runs and judges submissions, keeps the gradebook."""

import sys

# jsonschema, which every reader of notebooks imports, makes a parser of international addresses if it finds this
# package: that takes seconds of each process, and nothing here has such an address to check.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
