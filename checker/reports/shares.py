"""How is a share of many orders written, and the limit that it is held to?"""

from fractions import Fraction

from checker.model.finding import Counts
from checker.model.policy import Percent, Policy
from checker.model.rule import Rate
from checker.reports.phrases import Lang, phrase


def rate_text(lang: Lang, counts: Counts) -> str:
    """`3 of 40 = 7.50%`, with how many are unclear."""
    if counts.share is None:
        return phrase(lang, "mark", "rate_empty")
    share = percent(counts.share)
    numbers = {"numerator": f"{counts.numerator:,}", "denominator": f"{counts.denominator:,}"}
    told = phrase(lang, "mark", "rate", **numbers, percent=share)
    unclear = counts.unknown + counts.unsure
    return phrase(lang, "mark", "rate_unknown", rate=told, unknown=f"{unclear:,}") if unclear else told


def limits(rule: Rate, policy: Policy, crossed: int | None) -> str:
    """The limit that was crossed, else all of them; a parameter without a number by its name."""
    wanted = rule.limits if crossed is None else (rule.limits[crossed],)
    values = [policy.parameters[limit.parameter].value for limit in wanted]
    return ", ".join(
        f"{value.value}%" if isinstance(value, Percent) and value.value else limit.parameter
        for value, limit in zip(values, wanted, strict=True)
    )


def percent(share: Fraction) -> str:
    """The share in percent, to two places, rounded half up; the verdict never rests on it."""
    hundredths = (share * 10_000 + Fraction(1, 2)).__floor__()
    return f"{hundredths // 100}.{hundredths % 100:02d}%"
