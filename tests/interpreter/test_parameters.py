"""Are all the parameters found that a rule names?"""

from dataclasses import replace

from checker.interpreter.parameters import assumed_parameters, named_parameters
from checker.model.activity import Activity
from checker.model.condition import AllOf, EventPattern, InCodes, Not, Past, Seen, TriggerIs
from checker.model.deadline import Deadline, FromDeadline, Recorded
from checker.model.policy import Policy

ANY = EventPattern((Activity.COLLECTED,))


def test_parameters_wherever_they_hide() -> None:
    """Conditions, field tests, chained deadlines and fallbacks are all looked into; each name comes once."""
    deadline = Deadline("a", FromDeadline(Deadline(None, Recorded("own", Deadline("b")))))
    inner = AllOf((Seen(ANY, "c"), Not(TriggerIs("reason", InCodes("d"))), Past(deadline)))
    assert named_parameters((deadline, inner, Deadline("a"))) == ("a", "b", "c", "d")


def test_what_names_none() -> None:
    """A pattern of activities alone rests on no parameter."""
    assert named_parameters(ANY) == ()


def test_parameters_of_shipped_rules(policies: tuple[Policy, ...]) -> None:
    """Rules name the parameters that their text shows."""
    names = {rule.head.id: named_parameters(rule) for rule in policies[0].rules}
    assert names["seller_answers_cancel_request"] == ("free_cancel", "seller_response")
    assert names["platform_cancels_late_order"] == ("platform_batch", "dispatch")
    assert names["seller_fault_rate"] == ("seller_fault_window", "seller_fault_limit")
    assert names["seller_does_not_ship_cancelled_order"] == ()


def test_only_supplied_parameters_are_assumed(policies: tuple[Policy, ...]) -> None:
    """A finding rests on an assumption only where its own rule names a supplied parameter."""
    (policy,) = policies
    supplied = replace(policy.parameters["dispatch"], assumed=True)
    shop = replace(policy, parameters={**policy.parameters, "dispatch": supplied})
    found = {rule.head.id for rule in shop.rules if assumed_parameters(shop, rule) == ("dispatch",)}
    assert found == {"seller_readies_order_in_time", "platform_cancels_late_order"}
    assert all(assumed_parameters(policy, rule) == () for rule in policy.rules)
