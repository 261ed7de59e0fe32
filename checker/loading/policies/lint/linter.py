"""What is wrong with a policy that fits the schema?"""

from collections.abc import Iterable
from pathlib import Path

from checker.loading.policies.drafts import Draft, read_drafts
from checker.loading.policies.lint.digests import digest_problems
from checker.loading.policies.lint.names import name_problems
from checker.loading.policies.lint.patterns import pattern_problems
from checker.loading.policies.lint.sense import sense_problems
from checker.loading.policies.lint.versions import version_problems
from checker.loading.text.problem import Problem, place


def lint(path: Path | None = None) -> tuple[Problem, ...]:
    """Every problem, error or warning, of a policy file or of all files of a folder, by file and line.

    None: the policies that come with the program.
    """
    drafts, problems = read_drafts(path)
    return tuple(sorted({*problems, *draft_problems(drafts), *digest_problems(drafts)}, key=place))


def draft_problems(drafts: Iterable[Draft]) -> tuple[Problem, ...]:
    """What the schema cannot see, in each file and between the versions of one policy."""
    read = tuple(drafts)
    found = [
        problem
        for draft in read
        for problem in (*name_problems(draft), *pattern_problems(draft), *sense_problems(draft))
    ]
    return (*found, *version_problems(read))
