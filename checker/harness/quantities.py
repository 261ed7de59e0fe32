"""What does a policy say where a shop fills in a number?"""

from dataclasses import replace
from difflib import get_close_matches

from checker.model.deadline import Duration, Unit
from checker.model.error import PolicyError
from checker.model.policy import Codes, Count, Percent, Policy


def assumed(policy: Policy, name: str, amount: str) -> Policy:
    """The policy with `48 hours`, `5 percent` or `3 count` in place of a parameter's unpublished value.

    Raises: PolicyError where there is no such parameter or it has another unit.
    """
    parameter = policy.parameters.get(name)
    if parameter is None:
        near = get_close_matches(name, policy.parameters, n=1)
        hint = f"; did you mean `{near[0]}`" if near else f"; expected one of {', '.join(policy.parameters)}"
        raise PolicyError(f"no parameter `{name}` in `{policy.id}`{hint}")
    filled = replace(parameter, value=_filled(name, parameter.value, amount), assumed=True)
    return replace(policy, parameters={**policy.parameters, name: filled})


def _filled(name: str, value: Duration | Codes | Percent | Count, text: str) -> Duration | Codes | Percent | Count:
    amount, _, unit = text.partition(" ")
    match value:
        case Duration() if unit in set(Unit) and amount.isdigit():
            if value.unit is not Unit(unit):
                raise PolicyError(f"`{text}` does not fit the parameter `{name}`; expected {value.unit.value}")
            return replace(value, amount=int(amount))
        case Percent() if unit == "percent":
            return Percent(amount)
        case Count() if unit == "count" and amount.isdigit():
            return Count(int(amount))
        case _:
            raise PolicyError(
                f"`{text}` does not fit the parameter `{name}`, which is a {type(value).__name__.lower()}"
            )
