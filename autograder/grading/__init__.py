"""One submission, one class: read, repaired, run in the sandbox, judged, kept."""
