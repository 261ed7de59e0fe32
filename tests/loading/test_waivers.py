"""Which violations has somebody taken upon themselves?"""

from pathlib import Path

import pytest

from checker.loading.policies import load_policies
from checker.loading.waivers import load_waivers
from checker.model.error import PolicyError

WAIVER = {
    "id": "W-1",
    "policy": "tiktok_shop.jp.order_cancellation",
    "rule": "seller_answers_cancel_request",
    "match": "{order_id: '1'}",
    "reason": "r",
    "approved_by": "a",
    "from": "2026-01-01",
    "expires": "2026-06-30",
}


def written(path: Path, **changes: str | None) -> Path:
    body = {**WAIVER, **changes}
    lines = [f"{name}: {value}" for name, value in body.items() if value is not None]
    path.write_text("language: 1\ntimezone: Asia/Tokyo\nwaivers:\n  - " + "\n    ".join(lines) + "\n", encoding="utf-8")
    return path


def test_180_days_are_allowed(tmp_path: Path) -> None:
    """A waiver of exactly 180 days is read; its days are whole and local."""
    (waiver,) = load_waivers(written(tmp_path / "w.yaml"), ())
    assert waiver.begins_at.isoformat() == "2025-12-31T15:00:00+00:00"
    assert waiver.ends_at.isoformat() == "2026-06-30T14:59:59.999999+00:00"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"expires": "2026-07-01"}, "w.yaml:11:14: lasts 181 days; expected at most 180, to `2026-06-30` [W121]"),
        ({"expires": "2025-12-31"}, "w.yaml:11:14: expires `2025-12-31` before it begins, `2026-01-01`"),
        ({"reason": None}, "w.yaml:4:5: missing key `reason`"),
        ({"approved_by": None}, "missing key `approved_by`"),
        ({"match": "{}"}, "w.yaml:7:12: an empty mapping"),
        ({"match": "{order: '1'}"}, "w.yaml:7:13: unknown key `order`; did you mean `order_id`?"),
        (
            {"match": "{order_id: 123456789012345678}"},
            "w.yaml:7:23: `123456789012345678` does not fit; expected the order",
        ),
        ({"rule": "seller_answers_cancel_requests"}, "did you mean `seller_answers_cancel_request`? [W130]"),
        ({"expires": "soon"}, "w.yaml:11:14: `soon` does not fit; expected"),
    ],
)
def test_mistakes_are_named(tmp_path: Path, changes: dict[str, str | None], message: str) -> None:
    """A malformed waiver is refused, with its place."""
    with pytest.raises(PolicyError) as error:
        load_waivers(written(tmp_path / "w.yaml", **changes), load_policies())
    assert message in str(error.value)


def test_ids_are_unique(tmp_path: Path) -> None:
    """Two waivers of one rule are fine, two of one id are not."""
    path = written(tmp_path / "w.yaml")
    again = path.read_text(encoding="utf-8").partition("waivers:\n")[2]
    path.write_text(path.read_text(encoding="utf-8") + again, encoding="utf-8")
    with pytest.raises(PolicyError, match=r"w\.yaml:12:9: id `W-1` again"):
        load_waivers(path, ())
