"""What do the rules of a policy file mean as values? Nodes have passed the schema."""

from checker.loading.policies.conditions import condition, conditions, deadline, event_pattern
from checker.loading.text.node import Node
from checker.model.condition import EventPattern
from checker.model.deadline import Deadline
from checker.model.rule import (
    AppliesBy,
    Bearer,
    Case,
    Citation,
    Classification,
    Limit,
    Obligation,
    Precedence,
    Prohibition,
    Rate,
    Rule,
    RuleHead,
    Severity,
    Subject,
    Text,
)


def rule(node: Node) -> Rule:
    """The rule of one entry, in the kind that it names."""
    match node["kind"].value:
        case "obligation":
            return _obligation(node)
        case "prohibition":
            return _prohibition(node)
        case "precedence":
            return _precedence(node)
        case "classification":
            return _classification(node)
        case _:
            return _rate(node)


def text(node: Node) -> Text:
    """The text in each of its languages."""
    return {language: str(words.value) for language, words in node.items()}


def citation(node: Node) -> Citation:
    """The clause cited."""
    return Citation(str(node["source"].value), str(node["clause"].value))


def _head(node: Node) -> RuleHead:
    note = node.get("note")
    return RuleHead(
        id=str(node["id"].value),
        title=text(node["title"]),
        severity=_severity(node["severity"]),
        bearer=Bearer(str(node["bearer"].value)),
        cites=tuple(citation(cited) for cited in node["cites"]),
        applies_by=AppliesBy(str(node["applies_by"].value)),
        location=node["id"].location,
        note=None if note is None else text(note),
    )


def _obligation(node: Node) -> Obligation:
    return Obligation(
        head=_head(node),
        trigger=event_pattern(node["trigger"]),
        must=event_pattern(node["must"]),
        given=conditions(node.get("given")),
        within=_deadline(node.get("within")),
        unless=_patterns(node.get("unless")),
        on_timeout=_pattern(node.get("on_timeout")),
    )


def _prohibition(node: Node) -> Prohibition:
    return Prohibition(
        head=_head(node),
        forbid=event_pattern(node["forbid"]),
        trigger=_pattern(node.get("trigger")),
        given=conditions(node.get("given")),
        within=_deadline(node.get("within")),
        unless=_patterns(node.get("unless")),
    )


def _precedence(node: Node) -> Precedence:
    return Precedence(
        head=_head(node),
        trigger=event_pattern(node["trigger"]),
        needs=condition(node["needs"]),
        given=conditions(node.get("given")),
    )


def _classification(node: Node) -> Classification:
    return Classification(
        head=_head(node),
        trigger=event_pattern(node["trigger"]),
        cases=tuple(
            Case(condition(case["when"]), str(case["is"].value), text(case["because"])) for case in node["first_match"]
        ),
        otherwise=str(node["otherwise"].value),
        given=conditions(node.get("given")),
    )


def _rate(node: Node) -> Rate:
    classified = node.get("classified")
    return Rate(
        head=_head(node),
        per=Subject(str(node["per"].value)),
        cohort=event_pattern(node["cohort"]),
        numerator=event_pattern(node["numerator"]),
        classified=(str(classified["rule"].value), str(classified["is"].value)) if classified else None,
        exclude=conditions(node.get("exclude")),
        window=_name(node.get("window")),
        lag=_name(node.get("lag")),
        limits=tuple(_limit(limit) for limit in node["limits"]) if "limits" in node else (),
        min_denominator=_name(node.get("min_denominator")),
    )


def _limit(node: Node) -> Limit:
    effect, shop = node.get("effect"), node.get("and_shop")
    return Limit(
        parameter=str(node["parameter"].value),
        strict=bool(node["strict"].value),
        severity=_severity(node["severity"]),
        min_count=_name(node.get("min_count")),
        effect=None if effect is None else text(effect),
        and_shop=None if shop is None else (str(shop["rule"].value), str(shop["parameter"].value)),
    )


def _severity(node: Node) -> Severity:
    return Severity[str(node.value).upper()]


def _pattern(node: Node | None) -> EventPattern | None:
    return None if node is None else event_pattern(node)


def _patterns(node: Node | None) -> tuple[EventPattern, ...]:
    return () if node is None else tuple(event_pattern(part) for part in node)


def _deadline(node: Node | None) -> Deadline | None:
    return None if node is None else deadline(node)


def _name(node: Node | None) -> str | None:
    return None if node is None else str(node.value)
