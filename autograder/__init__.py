"""The instructor's side of Unrolled: build, check, run, grade and report."""
