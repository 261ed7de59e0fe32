"""How is the value of a parameter said in words?"""

from dataclasses import replace

from checker.model.comparison import Amount
from checker.model.deadline import ByFact, Duration
from checker.model.policy import Codes, Count, Percent
from checker.reports.change_phrases import told
from checker.reports.instants import duration
from checker.reports.phrases import Lang, phrase


def amount_text(lang: Lang, amount: Amount) -> str:
    """`2 working days, cut-off 14:00`, `2.5 %`, or that it is not published."""
    match amount:
        case Duration(amount=None) | Codes(values=None) | Percent(value=None) | Count(value=None):
            return told(lang, "compare", "unpublished")
        case Duration():
            return _duration(lang, amount)
        case Codes(values=codes):
            return phrase(lang, "joined", "comma").join(codes or ("-",))
        case Percent(value=percent):
            return f"{percent} %"
        case Count(value=count):
            return told(lang, "amount", "count", n=count)


def _duration(lang: Lang, length: Duration) -> str:
    if isinstance(length.amount, ByFact):
        each = ((v, _duration(lang, replace(length, amount=n))) for v, n in length.amount.amounts.items())
        return phrase(lang, "joined", "comma").join(told(lang, "amount", "by", value=v, amount=a) for v, a in each)
    if length.amount is None:
        return told(lang, "compare", "unpublished")
    words = duration(lang, length, length.amount)
    if length.cut_off is not None:
        words = told(lang, "amount", "cut_off", days=words, time=length.cut_off.isoformat("minutes"))
    return words if length.timezone is None else told(lang, "amount", "in_zone", days=words, zone=length.timezone)
