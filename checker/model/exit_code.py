"""What does the command say to its caller?"""

from enum import IntEnum


class ExitCode(IntEnum):
    """What the command says to its caller; a meaning never changes with a flag."""

    CLEAN = 0
    VIOLATIONS = 1
    COULD_NOT_CHECK = 2
    INCOMPLETE = 3
