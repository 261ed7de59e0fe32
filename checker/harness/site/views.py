"""What does a page of the living spec show of a feature, in one language?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from checker.harness.catalogue import catalogue
from checker.harness.coverage import Coverage, nearest
from checker.harness.feature import Examples, Feature, Line, RuleBlock, Scenario
from checker.harness.instants import instant
from checker.harness.render import Reader, rendered
from checker.harness.runner import Result
from checker.harness.sentence import Said, write_sentence
from checker.harness.site.picture import Mark, picture
from checker.harness.telling import told
from checker.harness.variations import told as world_of
from checker.interpreter.parameters import named_parameters
from checker.model.finding import Finding
from checker.model.policy import Policy
from checker.model.rule import Rule
from checker.reports.amounts import amount_text
from checker.reports.phrases import Lang

Words = Mapping[str, Mapping[str, str]]
_TOLD = ("event", "message", "status", "deadline")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one test: its picture, and the sentences that say what was found instead."""

    holds: bool
    picture: str
    messages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TableView:
    """An Examples table: its rows, each with its outcome."""

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[tuple[str, ...], Outcome], ...]


@dataclass(frozen=True, slots=True)
class ScenarioView:
    """One scenario; `outcome` is its own where it has no Examples."""

    anchor: str
    title: str
    description: str
    tags: tuple[str, ...]
    steps: tuple[Line, ...]
    tables: tuple[TableView, ...]
    outcome: Outcome | None

    @property
    def holds(self) -> bool:
        """Whether every test of it holds."""
        rows = (outcome for table in self.tables for _, outcome in table.rows)
        return all(outcome.holds for outcome in (*rows, *((self.outcome,) if self.outcome else ())))


@dataclass(frozen=True, slots=True)
class Cited:
    """The clauses of one source, and how well it is known."""

    title: str
    clause: str
    address: str | None
    confidence: str


@dataclass(frozen=True, slots=True)
class Given:
    """A parameter of a rule with its value, in words."""

    name: str
    value: str
    confidence: str
    note: str


@dataclass(frozen=True, slots=True)
class RuleView:
    """One rule with everything above its scenarios; a block that is no rule of the policy has no facts."""

    anchor: str
    title: str
    facts: tuple[str, ...]
    note: str
    cites: tuple[Cited, ...]
    parameters: tuple[Given, ...]
    background: tuple[Line, ...]
    scenarios: tuple[ScenarioView, ...]
    coverage: str
    nearest: str

    @property
    def holds(self) -> bool:
        """Whether every scenario holds."""
        return all(scenario.holds for scenario in self.scenarios)


@dataclass(frozen=True, slots=True)
class Source:
    """A feature with its results by scenario and row line, and the policy version that it is of."""

    feature: Feature
    results: Mapping[int, Result]
    policy: Policy
    coverage: Mapping[str, Coverage]


def rule_views(source: Source, reader: Reader, words: Words) -> tuple[RuleView, ...]:
    """The rules of a feature; scenarios outside any rule come first, under the feature's own name."""
    shown = rendered(source.feature, reader)
    maker = _Maker(source, reader.language, words)
    loose = RuleBlock(shown.name, "", (), (), shown.scenarios, shown.line)
    first = (maker.rule(loose, None),) if shown.scenarios else ()
    by_id = {rule.head.id: rule for rule in source.policy.rules}
    return (*first, *(maker.rule(block, by_id.get(block.rule_id)) for block in shown.rules))


@dataclass(frozen=True, slots=True)
class _Maker:
    source: Source
    language: str
    words: Words

    def rule(self, block: RuleBlock, rule: Rule | None) -> RuleView:
        """One block of scenarios with what the policy says of its rule."""
        cover = None if rule is None else self.source.coverage.get(rule.head.id)
        return RuleView(
            anchor="start" if rule is None else rule.head.id,
            title=block.name if rule is None else rule.head.title[self.language],
            facts=() if rule is None else tuple(self._facts(rule)),
            note="" if rule is None or rule.head.note is None else rule.head.note[self.language],
            cites=() if rule is None else tuple(self._cites(rule)),
            parameters=() if rule is None else tuple(self._parameters(rule)),
            background=block.background,
            scenarios=tuple(self._scenario(scenario) for scenario in block.scenarios),
            coverage="" if cover is None else f"{cover.covered} / {len(cover.clauses)}",
            nearest="" if cover is None else nearest(cover),
        )

    def _facts(self, rule: Rule) -> Iterator[str]:
        words = catalogue()
        yield words.word("severity", rule.head.severity.name.lower(), self.language)
        yield f"{self.words['bearer'][self.language]} {words.word('actor', rule.head.bearer.value, self.language)}"

    def _cites(self, rule: Rule) -> Iterator[Cited]:
        for name in dict.fromkeys(citation.source for citation in rule.head.cites):
            source = self.source.policy.sources[name]
            clauses = ", ".join(citation.clause for citation in rule.head.cites if citation.source == name)
            confidence = self.words[source.confidence.value][self.language]
            yield Cited(source.title, clauses, source.address, confidence)

    def _parameters(self, rule: Rule) -> Iterator[Given]:
        policy, lang = self.source.policy, _lang(self.language)
        for name in named_parameters(rule):
            parameter = policy.parameters[name]
            confidence = policy.sources[parameter.citation.source].confidence.value
            note = "" if parameter.note is None else parameter.note[lang]
            yield Given(name, amount_text(lang, parameter.value), self.words[confidence][lang], note)

    def _scenario(self, scenario: Scenario) -> ScenarioView:
        tables = tuple(self._table(table) for table in scenario.examples)
        return ScenarioView(
            anchor=f"line-{scenario.line}",
            title=scenario.name,
            description=scenario.description,
            tags=scenario.tags,
            steps=scenario.steps,
            tables=tables,
            outcome=None if tables else self._outcome(self.source.results[scenario.line]),
        )

    def _table(self, table: Examples) -> TableView:
        rows = tuple((row.cells, self._outcome(self.source.results[row.line])) for row in table.rows)
        return TableView(table.name, table.header, rows)

    def _outcome(self, result: Result) -> Outcome:
        messages = tuple(told(failure.claim.said, failure.found, self.language) for failure in result.failures)
        marks = tuple(self._marks(result))
        title = " · ".join(mark.label for mark in marks)
        drawn = picture(marks, result.case.world.zone, self.language, title)
        return Outcome(not result.failures, drawn, messages)

    def _marks(self, result: Result) -> Iterator[Mark]:
        """Every event of the order, the due times that the claims bear on, and the check."""
        case = result.case
        for said in world_of(case):
            if said.step.id in _TOLD:
                at = instant(said.values["at"], case.world.zone)
                yield Mark(at, _without_time(said, self.language), "event")
        for due_at in dict.fromkeys(_dues(result)):
            yield Mark(due_at, self.words["due"][self.language], "due")
        verdict = next((finding.verdict.value for finding in _claimed(result)), "none")
        word = catalogue().word("verdict", verdict, self.language) if verdict != "none" else ""
        label = f"{self.words['check'][self.language]} {word}".strip()
        yield Mark(case.as_of, label, f"check {verdict}")


def _without_time(said: Said, language: str) -> str:
    """The sentence after its time."""
    return write_sentence(said, language).partition(said.values["at"])[2].removeprefix(" に").strip()


def _claimed(result: Result) -> list[Finding]:
    rules = {claim.said.values["rule"] for claim in result.case.claims}
    return [f for f in result.findings if f.rule.rule in rules and not f.subject_id.startswith("other")]


def _dues(result: Result) -> Iterator[datetime]:
    return (finding.evidence.due.due_at for finding in _claimed(result) if finding.evidence.due is not None)


def _lang(language: str) -> Lang:
    match language:
        case "zh" | "ja" | "en":
            return language
        case _:
            raise ValueError(f"no language `{language}`")
