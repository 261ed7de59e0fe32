"""What does a finding say, in the reader's language? The only place where a finding becomes a sentence."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from checker.model.activity import Observable
from checker.model.condition import EventPattern
from checker.model.event import Event
from checker.model.finding import Finding, Reason, RuleRef, Verdict
from checker.model.policy import Policy
from checker.model.rule import Classification, Obligation, Precedence, Prohibition, Rate, Rule
from checker.reports.arithmetic import arithmetic, platform_figure
from checker.reports.instants import Clock, span
from checker.reports.patterns import actor_name, conditions_text, pattern_text
from checker.reports.phrases import Lang, listed, named, phrase
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
        self.clock = Clock(lang, policies[0].timezone if policies else "UTC", as_of)
        self._rules = {
            RuleRef(policy.id, rule.head.id, policy.effective): Ruled(policy, rule)
            for policy in policies
            for rule in policy.rules
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
        until = self.clock.instant(search.until)
        if search.after is None:
            return phrase(self.lang, "mark", "searched_all", until=until)
        return phrase(self.lang, "mark", "searched", after=self.clock.instant(search.after), until=until)

    def assumed(self, finding: Finding) -> str | None:
        """Which of the shop's own values it rests on, None where on none."""
        names = phrase(self.lang, "joined", "comma").join(finding.evidence.assumed)
        return phrase(self.lang, "mark", "assumed", names=names) if names else None

    def missing(self, finding: Finding) -> str:
        """The names of the data that are missing."""
        return self.missing_names(finding.evidence.missing)

    def missing_names(self, names: Sequence[str]) -> str:
        """Data by their names: what a log can show, activities, fields; else as they are."""
        return listed(self.lang, [self._data_name(name) for name in names], "and")

    def settled_by(self, reason: Reason, missing: Sequence[str]) -> str:
        """Which data would settle what is undetermined for this reason."""
        wanted = [
            phrase(self.lang, "settled_by", name) if name in _OBSERVABLES else self._data_name(name) for name in missing
        ]
        sources = listed(self.lang, list(dict.fromkeys(wanted)), "and")
        return phrase(self.lang, "settle", reason.value, missing=self.missing_names(missing), sources=sources)

    def unjudged(self, reason: Reason, missing: Sequence[str]) -> str:
        """Why findings without a name of their own could not be judged."""
        rate = phrase(self.lang, "report", "rates")
        return phrase(self.lang, "reason", reason.value, missing=self.missing_names(missing), rate=rate)

    def sentence(self, finding: Finding) -> str:
        """Why the verdict is what it is."""
        ruled = self.ruled(finding.rule)
        after = self._consequence(finding)
        key = reason_key(finding, None if ruled is None else ruled.rule, self.as_of)
        key = "not_done_then" if key == "not_done" and after is not None else key
        told = phrase(self.lang, "reason", key, **self._values(finding))
        return told if after is None else phrase(self.lang, "joined", "sentence").join((told, after))

    def _clock(self, finding: Finding) -> Clock:
        due = finding.evidence.due
        return self.clock if due is None else Clock(self.lang, due.timezone, self.as_of)

    def _data_name(self, name: str) -> str:
        section = next((s for s in ("observable", "activity", "field") if named("en", s, name) != name), "field")
        return named(self.lang, section, name)

    def _pattern(self, finding: Finding) -> EventPattern | None:
        """What the rule wants or forbids."""
        ruled = self.ruled(finding.rule)
        match None if ruled is None else ruled.rule:
            case Obligation(must=pattern) | Prohibition(forbid=pattern):
                return pattern
            case _:
                return None

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
        return phrase(self.lang, "reason", "then", event=self.event(then[0]), event_at=self.clock.event_time(then[0]))

    def _values(self, finding: Finding) -> dict[str, str]:
        """Everything that a sentence can name."""
        told = {**self._event_values(finding), **self._time_values(finding), **self._rule_values(finding)}
        told["missing"] = self.missing(finding)
        told["rate"] = "" if finding.evidence.counts is None else rate_text(self.lang, finding.evidence.counts)
        told["outcome"] = named(self.lang, "outcome", finding.outcome or "")
        told["effective"] = self.clock.day(finding.rule.effective)
        return told

    def _event_values(self, finding: Finding) -> dict[str, str]:
        events = {"trigger": finding.evidence.trigger, "decisive": finding.evidence.decisive}
        closely = finding.evidence.reason is Reason.HAPPENED
        told = {name: "" if e is None else self.event(e, closely=closely) for name, e in events.items()}
        times = {f"{name}_at": "" if e is None else self.clock.event_time(e) for name, e in events.items()}
        return told | times

    def _time_values(self, finding: Finding) -> dict[str, str]:
        evidence = finding.evidence
        due_at = None if evidence.due is None else evidence.due.due_at
        done_at = None if evidence.decisive is None else evidence.decisive.occurred_at
        began_at = None if evidence.trigger is None else evidence.trigger.occurred_at
        pairs = {
            "late_by": (due_at, done_at),
            "spare": (done_at, due_at),
            "overdue": (due_at, self.as_of),
            "left": (self.as_of, due_at),
            "after": (began_at, done_at),
        }
        return {
            name: "" if start is None or end is None else span(self.lang, end - start)
            for name, (start, end) in pairs.items()
        }

    def _rule_values(self, finding: Finding) -> dict[str, str]:
        told = {"expected": "", "forbidden": "", "given": "", "needs": "", "because": "", "limit": ""}
        pattern, ruled = self._pattern(finding), self.ruled(finding.rule)
        if pattern is not None:
            told["expected"] = told["forbidden"] = pattern_text(self.lang, pattern)
        if ruled is None:
            return told
        rule, policy = ruled.rule, ruled.policy
        if not isinstance(rule, Rate):
            told["given"] = conditions_text(self.lang, rule.given, policy)
        match rule:
            case Precedence(needs=needs):
                told["needs"] = conditions_text(self.lang, (needs,), policy)
            case Classification(cases=cases) if finding.evidence.case is not None:
                told["because"] = cases[finding.evidence.case].because.get(self.lang, "")
            case Rate():
                told["limit"] = limits(rule, policy, finding.evidence.limit)
        return told


def _substance(event: Event) -> list[str]:
    """What about the event can be forbidden: the reason given, the words that decided."""
    words = event.attributes.get("solicits_words")
    reason = event.attributes.get("reason")
    said = [f"“{word}”" for word in words] if isinstance(words, tuple) else []
    return said if reason is None else [*said, str(reason)]
