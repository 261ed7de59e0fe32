"""What do the messages of orders say that are columns and never become objects?"""

from collections.abc import Mapping, Sequence

import numpy as np

from checker.check.log import market_of
from checker.columns import Orders, facts_alike
from checker.conversation.threads import annotate_columns
from checker.model.lexicon import Lexicon
from checker.model.policy import Policy


def read_messages_in(orders: Orders, policies: Sequence[Policy], lexicons: Mapping[str, Lexicon]) -> Orders:
    """All these orders, with their messages read as `read_messages` reads them."""
    markets = {policy.market.id: policy.market for policy in policies}
    names = {name for market in markets.values() for name in market.orders}
    kinds, kind = facts_alike(orders.orders, names)
    places = [market_of(facts, markets.values()) for facts in kinds]
    for name, lexicon in lexicons.items():
        is_read = np.array([place is not None and markets[place].lexicon == name for place in places], np.bool_)
        if is_read.any():
            orders = annotate_columns(orders, lexicon, is_read[kind])
    return orders
