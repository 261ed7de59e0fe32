"""Is the reader of a log told what the command line and the policies say?"""

from dataclasses import replace

import pytest

from checker.cli.log_words import placed
from checker.loading.policies import load_policies


@pytest.fixture(scope="module")
def policies():
    return load_policies()


def of(policies, market):
    return [policy for policy in policies if policy.market.id == market]


def test_the_policies_place_the_log(policies):
    """Where nothing was said, orders belong to the market that is judged, in its zone."""
    assert placed({}, of(policies, "tiktok_shop.jp")) == {"market": "JP", "timezone": "Asia/Tokyo"}


def test_words_come_first(policies):
    """What was said is kept."""
    said = {"market": "TH", "timezone": "Asia/Bangkok"}
    assert placed(said, of(policies, "tiktok_shop.jp")) == said


def test_several_markets_place_nothing(policies):
    """Of several markets none is guessed."""
    jp = of(policies, "tiktok_shop.jp")[0]
    other = replace(jp, market=replace(jp.market, id="x", timezone="Asia/Bangkok", orders={"market": ("TH",)}))
    assert placed({}, [jp, other]) == {"market": None}
