"""Names for students that only the course's secret connects with them."""

from autograder.grading.secret import course_secret
from autograder.oracle.seeds import seed_for

# fmt: off
MOODS = [
    "amber", "brisk", "calm", "clever", "curious", "daring", "early", "eager", "fond", "frosty", "gentle",
    "golden", "humble", "jolly", "keen", "lively", "lucky", "merry", "mild", "nimble", "patient", "plucky",
    "quiet", "rapid", "silver", "steady", "sunny", "swift", "tidy", "vivid", "wary", "witty",
]
ANIMALS = [
    "badger", "bee", "bison", "crane", "crow", "deer", "dove", "eagle", "falcon", "ferret", "finch", "fox",
    "gecko", "goose", "hare", "heron", "ibis", "jay", "koala", "lark", "lynx", "marten", "mole", "moose", "newt",
    "otter", "owl", "panda", "raven", "seal", "stork", "wren",
]
# fmt: on


def pseudonym(student: str, assignment_id: str) -> str:
    """A name that only the course's secret connects with the student, such as "quiet heron 4081"."""
    number = seed_for(course_secret(), "pseudonym", assignment_id, student)
    number, mood = divmod(number, len(MOODS))
    number, animal = divmod(number, len(ANIMALS))
    return f"{MOODS[mood]} {ANIMALS[animal]} {1000 + number % 9000}"
