"""Has a version been changed after it came into force?"""

from pathlib import Path
from shutil import copytree

import pytest

from checker.loading.policies.drafts import read_drafts
from checker.loading.policies.lint import lint
from checker.loading.policies.lint.digests import record, unrecorded
from checker.loading.policies.policy_files import shipped_policies
from checker.model.error import PolicyError

VERSION = "tiktok_shop/jp/order_cancellation/2025-10-28.yaml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A copy of the shipped policies with every digest recorded."""
    copy = tmp_path / "policies"
    copytree(shipped_policies(), copy)
    (copy / "digests.toml").unlink(missing_ok=True)
    record(copy)
    return copy


def edit(root: Path, old: str, new: str) -> None:
    text = (root / VERSION).read_text(encoding="utf-8")
    assert old in text
    (root / VERSION).write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("hours: 48", "hours: 47"),
        ("actor: seller, solicits: explicit", "actor: seller, solicits: indirect"),
        ("applies_by: order_time", "applies_by: trigger_time"),
        ("open_windows: keep_old", "open_windows: switch_new"),
        ("発送(の)?(遅延|遅れ)", "発送(の)?遅延"),
    ],
)
def test_a_silent_edit_is_found(root: Path, old: str, new: str) -> None:
    """Whatever can change a verdict may no longer change, and a second recording refuses too."""
    edit(root, old, new)
    assert [problem.id for problem in lint(root / VERSION)] == ["P118"]
    with pytest.raises(PolicyError, match="changed after its digest was recorded"):
        record(root)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("TikTok Shop Japan order cancellation", "TikTok Shop Japan, order cancellation"),
        ("effective_basis: source_date", "effective_basis: source_date\nreviewed_on: 2026-11-24"),
        ("# yaml-language-server", "# a comment\n# yaml-language-server"),
    ],
)
def test_words_are_free(root: Path, old: str, new: str) -> None:
    """Titles, comments and the day of the last review may change at any time."""
    edit(root, old, new)
    assert lint(root / VERSION) == ()


def test_recording_adds_only(root: Path) -> None:
    """A new version is recorded beside the others, whose lines stay as they are."""
    before = (root / "digests.toml").read_text(encoding="utf-8")
    text = (
        (root / VERSION)
        .read_text(encoding="utf-8")
        .replace("2025-10-28", "2027-01-01")
        .replace("hours: 48", "hours: 24")
    )
    (root / VERSION).with_name("2027-01-01.yaml").write_text(text.replace("change: initial", "change: substantive"))
    drafts, _ = read_drafts(root)
    assert unrecorded(drafts) == ("tiktok_shop.jp.order_cancellation@2027-01-01",)
    names, file = record(root)
    assert names == ("tiktok_shop.jp.order_cancellation@2027-01-01",)
    assert set(before.splitlines()) < set(file.read_text(encoding="utf-8").splitlines())


def test_shipped_versions_are_recorded() -> None:
    """Every shipped version is as it was when its digest was recorded, and has one."""
    drafts, _ = read_drafts(shipped_policies())
    assert unrecorded(drafts) == ()
    assert [problem for problem in lint(shipped_policies()) if problem.id == "P118"] == []
