"""How is one side of a difference said in words?"""

from checker.model.comparison import Amount
from checker.model.condition import Condition, EventPattern
from checker.model.deadline import Deadline, Duration
from checker.model.difference import Part
from checker.model.policy import Codes, Count, Percent, Policy
from checker.model.rule import Case, Limit
from checker.reports.amounts import amount_text
from checker.reports.change_phrases import told
from checker.reports.patterns import conditions_text, deadline_text, pattern_text
from checker.reports.phrases import Lang, phrase


def part_text(lang: Lang, part: Part, policy: Policy) -> str:
    """The part as the policy has it."""
    match part:
        case None | ():
            return told(lang, "diff", "nothing")
        case Duration() | Codes() | Percent() | Count():
            return amount_text(lang, part)
        case EventPattern():
            return pattern_text(lang, part)
        case Deadline():
            return deadline_text(lang, part, policy)
        case tuple():
            return phrase(lang, "joined", "sentence").join(_entry(lang, entry, policy) for entry in part)
        case _ if isinstance(part, str):
            return policy.parameters[part].name if part in policy.parameters else part
        case _:
            return conditions_text(lang, (part,), policy)


def _entry(lang: Lang, entry: EventPattern | Condition | Case | Limit | str, policy: Policy) -> str:
    match entry:
        case EventPattern():
            return pattern_text(lang, entry)
        case Case(when=when, outcome=outcome):
            condition = conditions_text(lang, (when,), policy)
            return told(lang, "diff", "case", outcome=outcome, condition=condition)
        case Limit():
            return _limit(lang, entry, policy)
        case str():
            return entry
        case _:
            return conditions_text(lang, (entry,), policy)


def _limit(lang: Lang, limit: Limit, policy: Policy) -> str:
    words = told(lang, "diff", "below" if limit.strict else "at_most", limit=_value(lang, limit.parameter, policy))
    if limit.min_count is not None:
        words = told(lang, "diff", "count", limit=words, count=_value(lang, limit.min_count, policy))
    if limit.and_shop is not None:
        words = told(lang, "diff", "shop", limit=words, shop=_value(lang, limit.and_shop[1], policy))
    return words


def _value(lang: Lang, name: str, policy: Policy) -> str:
    value: Amount = policy.parameters[name].value
    return amount_text(lang, value)
