"""Which policies may a feature name?"""

from collections.abc import Sequence
from pathlib import Path

from checker.loading.policies import load_policies
from checker.model.policy import Policy

FOLDER = "policies"


def pool(folders: Sequence[Path], root: Path) -> tuple[Policy, ...]:
    """The policies of these folders - of `root/policies` where none is named - and the shipped ones.

    A version in a folder stands before a shipped one of the same name and day. Raises: PolicyError as `load_policies`.
    """
    beside = root / FOLDER
    chosen = tuple(folders) or ((beside,) if beside.is_dir() else ())
    own = [policy for folder in chosen for policy in load_policies(folder)]
    named = {(policy.id, policy.effective) for policy in own}
    shipped = [policy for policy in load_policies() if (policy.id, policy.effective) not in named]
    return (*own, *shipped)
