"""With what text does the next version of a policy begin, and where must its author fill it in?"""

from datetime import date
from pathlib import Path
from shutil import copytree

from checker.loading.policies import load_policies
from checker.loading.policies.lint import lint
from checker.loading.policies.next_version import blanks, next_version
from checker.loading.policies.policy_files import shipped_policies

OLD = "tiktok_shop/vn/order_fulfilment/2023-01-12.yaml"


def test_the_copy_only_lacks_the_change(tmp_path: Path) -> None:
    """A copy loads under its new day; the linter's one remark is that nothing differs yet."""
    root = tmp_path / "policies"
    copytree(shipped_policies(), root)
    (root / "digests.toml").unlink()
    for later in (root / OLD).parent.glob("202[45]*.yaml"):
        later.unlink()
    new = (root / OLD).with_name("2024-08-26.yaml")
    new.write_text(next_version(root / OLD, date(2024, 8, 26)), encoding="utf-8")
    assert [problem.id for problem in lint(new.parent)] == ["P115"]
    version = load_policies(new)[0]
    assert (version.effective, version.change.value) == (date(2024, 8, 26), "substantive")


def test_every_number_is_on_the_list() -> None:
    """The author is led to each date, each source and each value, with its line."""
    path = shipped_policies() / OLD
    lines = path.read_text(encoding="utf-8").splitlines()
    found = blanks(path)
    assert [blank.name for blank in found] == [
        "effective",
        "effective_basis",
        "published",
        "change",
        "open_windows",
        "sources.trade_news.read_on",
        "sources.measured.read_on",
        "parameters.ready.calendar_days",
        "parameters.collection.calendar_days",
        "parameters.platform_batch.hours",
    ]
    assert all(blank.name.rpartition(".")[2] in lines[blank.location.line - 1] for blank in found)
