"""Which policies does a word on the command line choose?"""

import pytest

from checker.cli.audit import chosen_policies
from checker.loading.policies import load_policies
from checker.model.error import UsageError

SHIPPED = load_policies()
BEGINNINGS = sorted({".".join(p.id.split(".")[:parts]) for p in SHIPPED for parts in (1, 2, 3)})


@pytest.mark.parametrize("wanted", BEGINNINGS)
def test_beginning_chooses_what_it_begins(wanted: str) -> None:
    """Reading only some files gives the policies that reading all of them gives."""
    named = tuple(p for p in SHIPPED if p.id == wanted or p.id.startswith(f"{wanted}."))
    assert chosen_policies(wanted, None) == named


@pytest.mark.parametrize("wanted", ["", "tiktok", "tiktok_shop.jp.", "tiktok_shop.jp.order", "calendars", ".."])
def test_what_begins_nothing_is_refused(wanted: str) -> None:
    """A folder is no policy, nor is part of a word."""
    with pytest.raises(UsageError, match="no policy `"):
        chosen_policies(wanted, None)
