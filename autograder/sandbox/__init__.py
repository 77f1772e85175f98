"""Run code that nobody trusts: a Jupyter kernel behind bubblewrap."""
