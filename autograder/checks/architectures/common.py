"""What the checks of ``architectures`` have in common."""
