"""Which version of a policy is meant by a word?"""

from collections.abc import Sequence
from pathlib import Path

from checker.model.error import UsageError
from checker.model.policy import Policy


def version_named(word: str) -> Policy:
    """The version in a file, or the shipped one of `policy@first-day`.

    Raises: UsageError where the word names none; PolicyError where the file is not valid.
    """
    from checker.loading.policies import load_policies

    if word.endswith((".yaml", ".yml")) or Path(word).is_file():
        (found,) = load_policies(Path(word))
        return found
    policy, _, day = word.partition("@")
    versions = [version for version in load_policies() if version.id == policy]
    chosen = next((version for version in versions if version.effective.isoformat() == day), None)
    if chosen is None:
        raise UsageError(f"no version `{word}`; {_expected(policy, versions)}")
    return chosen


def version_file(word: str) -> Path:
    """The file of that version.

    Raises: UsageError where the word names none.
    """
    from checker.loading.policies.policy_files import shipped_policies

    path = Path(word)
    if path.is_file():
        return path
    version = version_named(word)
    return shipped_policies().joinpath(*version.id.split("."), f"{version.effective}.yaml")


def _expected(policy: str, versions: Sequence[Policy]) -> str:
    if not versions:
        return "expected a policy file, or a shipped version such as `tiktok_shop.jp.order_cancellation@2025-10-28`"
    days = ", ".join(f"`{policy}@{version.effective}`" for version in versions)
    return f"expected a policy file or one of {days}"
