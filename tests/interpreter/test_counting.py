"""Do the parts of a log add up to the whole?"""

from functools import reduce

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checker.interpreter import Sums, add_counts, rate_findings, rate_sums, rates
from checker.model.finding import Counts
from checker.model.history import OrderHistory
from checker.model.policy import Policy


def added(one: Sums, other: Sums) -> Sums:
    both = {*one, *other}
    return {key: add_counts(one.get(key, Counts(0, 0)), other.get(key, Counts(0, 0))) for key in both}


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_partial_sums_add_up(
    histories_of_orders: st.SearchStrategy[OrderHistory], policies: tuple[Policy, ...], data: st.DataObject
) -> None:
    """Counting parts and adding gives the rates of the whole, however the log is cut."""
    orders = data.draw(st.lists(histories_of_orders, min_size=1, max_size=5))
    as_of = max((event.occurred_at for order in orders for event in order.events), default=None)
    if as_of is None:
        return
    parts = reduce(added, (rate_sums([order], policies, as_of) for order in orders))
    assert parts == rate_sums(orders, policies, as_of)
    assert rate_findings(parts, policies, as_of) == rates(orders, policies, as_of)
