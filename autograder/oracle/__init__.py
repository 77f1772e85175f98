"""What is right: the reference in ``solutions/``, and the questions drawn for it."""
