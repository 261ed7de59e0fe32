"""What went wrong when a check could not be made.

CheckerError
├── PolicyError        a policy, calendar, lexicon, assumption or waiver file is not valid
├── EventLogError      a log cannot be read at all (a bad line is a DataProblem, not an error)
├── UnsupportedRule    an engine cannot run a rule; it never skips it
└── UsageError         the command's words do not fit together

A violated rule is a Finding, never an exception.
"""


class CheckerError(Exception):
    """The check could not be made; the message is written for the person who can mend it."""


class PolicyError(CheckerError):
    """Every problem found in policy data, one a line: `path:line:col: what is wrong; what was expected`."""

    def __init__(self, *problems: str) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class EventLogError(CheckerError):
    """A log that cannot be read as a whole."""


class UnsupportedRule(CheckerError):  # noqa: N818 - the field's word for it
    """A rule that an engine cannot run."""


class UsageError(CheckerError):
    """Words on the command line that do not fit together."""
