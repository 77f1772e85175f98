"""What all errors have in common that a person can mend."""


class CourseError(Exception):
    """Something a person can mend; the message is one sentence that says what to do."""
