"""What does a finding say, in the reader's language? The only place where a finding becomes a sentence."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from checker.model.activity import Observable
from checker.model.event import Event
from checker.model.finding import Finding, Reason, RuleRef, Verdict
from checker.model.policy import Policy, shared_zone
from checker.model.rule import Classification, Obligation, Precedence, Prohibition, Rate, Rule
from checker.reports.arithmetic import arithmetic, platform_figure
from checker.reports.instants import Clock, span
from checker.reports.patterns import actor_name, conditions_text, needed_text, pattern_text
from checker.reports.phrases import Lang, catalogue, listed, named, phrase, placeholders
from checker.reports.shares import limits, rate_text
from checker.reports.variants import reason_key

NO_BREAK = "\N{NO-BREAK SPACE}"
_OBSERVABLES = frozenset(observable.value for observable in Observable)


@dataclass(frozen=True, slots=True)
class Ruled:
    """A rule and the version it stands in."""

    policy: Policy
    rule: Rule


class Wording:
    """The sentences of one report, in one language. `as_of` is the report's."""

    def __init__(self, lang: Lang, policies: Sequence[Policy], as_of: datetime) -> None:
        self.lang: Lang = lang
        self.as_of = as_of
        self.clock = Clock(lang, shared_zone(policies), as_of)
        self._rules = {
            RuleRef(policy.id, rule.head.id, policy.effective): Ruled(policy, rule)
            for policy in policies
            for rule in policy.rules
        }
        self._parameters = {
            name: parameter.title[lang]
            for policy in policies
            for name, parameter in policy.parameters.items()
            if parameter.title is not None
        }

    def ruled(self, ref: RuleRef) -> Ruled | None:
        """The rule behind a reference, None if its version was not loaded."""
        return self._rules.get(ref)

    def title(self, ref: RuleRef) -> str:
        """What the rule is called."""
        ruled = self.ruled(ref)
        return ref.rule if ruled is None else ruled.rule.head.title.get(self.lang, ref.rule)

    def clause(self, ref: RuleRef) -> str:
        """The clauses that the rule cites."""
        ruled = self.ruled(ref)
        cites = () if ruled is None else ruled.rule.head.cites
        by_source = dict.fromkeys(cite.source for cite in cites)
        told = [f"{name} {', '.join(f'§{c.clause}' for c in cites if c.source == name)}" for name in by_source]
        return "; ".join(told).replace(" ", NO_BREAK)

    def note(self, ref: RuleRef) -> str:
        """How an ambiguity of the source was read, "" where there was none."""
        ruled = self.ruled(ref)
        note = None if ruled is None else ruled.rule.head.note
        return "" if note is None else note.get(self.lang, "")

    def event(self, event: Event, *, closely: bool = False) -> str:
        """`buyer asked to cancel`, marked where it was inferred; `closely` with its reason code or deciding words."""
        told = phrase(self.lang, "did", event.activity.value, actor=actor_name(self.lang, event.actor.value))
        details = [phrase(self.lang, "mark", "inferred")] if event.inferred else []
        details += _substance(event) if closely else []
        if not details:
            return told
        joined = phrase(self.lang, "joined", "comma").join(details)
        return phrase(self.lang, "joined", "with", thing=told, details=joined)

    def arithmetic(self, finding: Finding) -> str | None:
        """The due time and how it was computed, None where nothing is due."""
        ruled = self.ruled(finding.rule)
        rule, policy = (None, None) if ruled is None else (ruled.rule, ruled.policy)
        return arithmetic(finding.evidence, rule, policy, self._clock(finding))

    def platform_figure(self, finding: Finding) -> str | None:
        """The platform's own deadline and the drift from ours, None where the log has none."""
        due = finding.evidence.due
        return None if due is None else platform_figure(due, self._clock(finding))

    def searched(self, finding: Finding) -> str | None:
        """The search that found nothing, None where there was none."""
        search = finding.evidence.search
        if search is None or search.until is None:
            return None
        clock = self._clock(finding)
        until = clock.instant(search.until)
        if search.after is None:
            return phrase(self.lang, "mark", "searched_all", until=until)
        return phrase(self.lang, "mark", "searched", after=clock.instant(search.after), until=until)

    def assumed(self, finding: Finding) -> str | None:
        """Which of the shop's own values it rests on, None where on none."""
        names = phrase(self.lang, "joined", "comma").join(finding.evidence.assumed)
        return phrase(self.lang, "mark", "assumed", names=names) if names else None

    def missing_names(self, names: Sequence[str]) -> str:
        """Data by their names: what a log can show, activities, fields; else as they are."""
        return phrase(self.lang, "joined", "comma").join(self._data_name(name) for name in names)

    def settled_by(self, reason: Reason, missing: Sequence[str]) -> str:
        """Which data would settle what is undetermined for this reason."""
        wanted = [
            phrase(self.lang, "settled_by", name) if name in _OBSERVABLES else self._data_name(name) for name in missing
        ]
        sources = listed(self.lang, list(dict.fromkeys(wanted)), "and")
        return phrase(self.lang, "settle", reason.value, missing=self.missing_names(missing), sources=sources)

    def unjudged(self, reason: Reason, missing: Sequence[str]) -> str:
        """Why findings without a name of their own could not be judged."""
        rate = phrase(self.lang, "kind", "rate")
        return phrase(self.lang, "reason", reason.value, missing=self.missing_names(missing), rate=rate)

    def sentence(self, finding: Finding) -> str:
        """Why the verdict is what it is."""
        ruled = self.ruled(finding.rule)
        after = self._consequence(finding)
        key = reason_key(finding, None if ruled is None else ruled.rule, self.as_of)
        key = "not_done_then" if key == "not_done" and after is not None else key
        names = placeholders(self.lang, "reason", key)
        told = phrase(self.lang, "reason", key, **{name: TELLERS[name](self, finding) for name in names})
        return told if after is None else phrase(self.lang, "joined", "sentence").join((told, after))

    def _clock(self, finding: Finding) -> Clock:
        """The clock of the finding's own market."""
        due, ruled = finding.evidence.due, self.ruled(finding.rule)
        if due is not None:
            return Clock(self.lang, due.timezone, self.as_of)
        return self.clock if ruled is None else Clock(self.lang, ruled.policy.timezone, self.as_of)

    def _data_name(self, name: str) -> str:
        if name in self._parameters:
            # The name too: an assumptions file is written with it.
            return f"{self._parameters[name]} ({name})"
        section = next((s for s in ("observable", "activity", "field") if name in catalogue()[s]), "field")
        return named(self.lang, section, name)

    def _consequence(self, finding: Finding) -> str | None:
        """What the platform then did about a duty that was not done in time."""
        ruled, due = self.ruled(finding.rule), finding.evidence.due
        if ruled is None or due is None or finding.verdict is not Verdict.VIOLATED:
            return None
        if not isinstance(ruled.rule, Obligation) or ruled.rule.on_timeout is None:
            return None
        wanted = ruled.rule.on_timeout.activities
        then = [e for e in finding.evidence.used if e.activity in wanted and e.occurred_at > due.due_at]
        if not then:
            return None
        return phrase(self.lang, "reason", "then", event=self.event(then[0]), event_at=self._when(then[0], finding))

    def _told(self, event: Event | None, finding: Finding) -> str:
        return "" if event is None else self.event(event, closely=finding.evidence.reason is Reason.HAPPENED)

    def _when(self, event: Event | None, finding: Finding) -> str:
        return "" if event is None else self._clock(finding).event_time(event)

    def _span(self, start: datetime | None, end: datetime | None) -> str:
        return "" if start is None or end is None else span(self.lang, end - start)

    def _wanted(self, finding: Finding) -> str:
        """What the rule wants or forbids."""
        ruled = self.ruled(finding.rule)
        match None if ruled is None else ruled.rule:
            case Obligation(must=pattern) | Prohibition(forbid=pattern):
                return pattern_text(self.lang, pattern)
            case _:
                return ""

    def _given(self, finding: Finding) -> str:
        ruled = self.ruled(finding.rule)
        if ruled is None or isinstance(ruled.rule, Rate):
            return ""
        return conditions_text(self.lang, ruled.rule.given, ruled.policy)

    def _of_rule(self, finding: Finding) -> str:
        """What a precedence needs, why a classification's row holds, which limit a rate has."""
        ruled = self.ruled(finding.rule)
        match None if ruled is None else ruled.rule:
            case Precedence(needs=needs) if ruled is not None:
                return needed_text(self.lang, needs, ruled.policy)
            case Classification(cases=cases) if finding.evidence.case is not None:
                return cases[finding.evidence.case].because.get(self.lang, "")
            case Rate() as rate if ruled is not None:
                return limits(rate, ruled.policy, finding.evidence.limit)
            case _:
                return ""


def _due_at(finding: Finding) -> datetime | None:
    return None if finding.evidence.due is None else finding.evidence.due.due_at


def _at(event: Event | None) -> datetime | None:
    return None if event is None else event.occurred_at


Teller = Callable[[Wording, Finding], str]

TELLERS: Mapping[str, Teller] = {
    "trigger": lambda say, f: say._told(f.evidence.trigger, f),
    "trigger_at": lambda say, f: say._when(f.evidence.trigger, f),
    "decisive": lambda say, f: say._told(f.evidence.decisive, f),
    "decisive_at": lambda say, f: say._when(f.evidence.decisive, f),
    "late_by": lambda say, f: say._span(_due_at(f), _at(f.evidence.decisive)),
    "spare": lambda say, f: say._span(_at(f.evidence.decisive), _due_at(f)),
    "overdue": lambda say, f: say._span(_due_at(f), say.as_of),
    "left": lambda say, f: say._span(say.as_of, _due_at(f)),
    "after": lambda say, f: say._span(_at(f.evidence.trigger), _at(f.evidence.decisive)),
    "expected": lambda say, f: say._wanted(f),
    "forbidden": lambda say, f: say._wanted(f),
    "given": lambda say, f: say._given(f),
    "needs": lambda say, f: say._of_rule(f),
    "because": lambda say, f: say._of_rule(f),
    "limit": lambda say, f: say._of_rule(f),
    "missing": lambda say, f: say.missing_names(f.evidence.missing),
    "rate": lambda say, f: "" if f.evidence.counts is None else rate_text(say.lang, f.evidence.counts),
    "outcome": lambda say, f: named(say.lang, "outcome", f.outcome or ""),
    "effective": lambda say, f: say._clock(f).day(f.rule.effective),
}
"""What each placeholder of a sentence stands for; worked out only where the phrase has it."""


def _substance(event: Event) -> list[str]:
    """What about the event can be forbidden: the reason given, the words that decided."""
    words = event.attributes.get("solicits_words")
    reason = event.attributes.get("reason")
    said = [f"“{word}”" for word in words] if isinstance(words, tuple) else []
    return said if reason is None else [*said, str(reason)]
