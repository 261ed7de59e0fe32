"""Which slips are noticed, and what is said of those that are not?"""

from collections.abc import Callable
from pathlib import Path

from checker.harness.cases import Case, cases
from checker.harness.catalogue import LANGUAGES
from checker.harness.equivalents import equivalents
from checker.harness.feature import parse_feature
from checker.harness.mutation import Fate, State, fates, mutants
from checker.harness.mutation_report import mutation_report, score, source_of
from checker.harness.runner import run
from checker.harness.suggest import as_feature, suggestions
from checker.model.policy import Policy

Told = Callable[..., tuple[Case, ...]]
THRESHOLD = 95
RULE = "seller_answers_cancel_request"


def japanese(pool: tuple[Policy, ...]) -> Policy:
    (policy,) = [one for one in pool if one.id == "tiktok_shop.jp.order_cancellation"]
    return policy


def late(told: Told, *claims: str) -> tuple[Case, ...]:
    return told(
        "at 2025-12-01 10:00 the buyer asks to cancel (request R1)",
        "at 2025-12-03 10:00:01 the seller approves the cancellation (request R1)",
        "the order is checked at 2025-12-05 10:00",
        *claims,
    )


def of(pool: tuple[Policy, ...], tests: tuple[Case, ...], known: dict[str, str] | None = None) -> dict[str, Fate]:
    return {fate.mutant.id: fate for fate in fates(japanese(pool), tests, known or {})}


def test_the_shipped_policy_is_pinned_down(pool: tuple[Policy, ...], shipped_cases: tuple[Case, ...]) -> None:
    """At least 95 % of the mutants that are no equivalents are killed, and no equivalent is."""
    features = sorted((Path(__file__).parents[2] / "features").rglob("*.feature"))
    known = equivalents(features)
    found = of(pool, shipped_cases, known)
    assert score(tuple(found.values())) >= THRESHOLD
    assert [name for name, fate in found.items() if fate.state is State.EQUIVALENT] == [n for n in found if n in known]
    assert set(known) <= set(found)


def test_mutant_ids_are_unique(pool: tuple[Policy, ...]) -> None:
    """The list of equivalents names mutants by id, in every shipped policy; and each differs from the policy."""
    for policy in pool:
        ids = [mutant.id for mutant in mutants(policy)]
        assert len(ids) == len(set(ids))
        assert [mutant.id for mutant in mutants(policy) if mutant.policy == policy] == []


def test_states(pool: tuple[Policy, ...], told: Told) -> None:
    """Killed by a claim; seen but not claimed; not seen; of a rule that no test claims anything of."""
    found = of(pool, late(told, f"rule {RULE} is violated"))
    assert found["seller_response: 49 hours"].state is State.KILLED
    assert found[f"{RULE} head: severity critical"].state is State.NOT_ASSERTED
    assert found[f"{RULE}: without unless 1"].state is State.NOT_DISTINGUISHED
    assert found["platform_emails_seller: without the rule"].state is State.NO_COVERAGE


def test_a_reviewed_mutant_counts_for_nothing(pool: tuple[Policy, ...], told: Told) -> None:
    """Unless a test notices it after all."""
    known = {f"{RULE}: without unless 1": "why", "seller_response: 49 hours": "wrongly"}
    found = of(pool, late(told, f"rule {RULE} is violated"), known)
    assert (found[f"{RULE}: without unless 1"].state, found[f"{RULE}: without unless 1"].because) == (
        State.EQUIVALENT,
        "why",
    )
    assert found["seller_response: 49 hours"].state is State.KILLED


def test_the_report_follows_the_public_schema(pool: tuple[Policy, ...], told: Told) -> None:
    """The fields that the viewer needs, with places inside the policy's text."""
    policy = japanese(pool)
    report = mutation_report([(policy, tuple(of(pool, late(told, f"rule {RULE} is violated")).values()))], THRESHOLD)
    assert report["schemaVersion"] == "2"
    (file,) = report["files"].values()
    assert file["source"] == source_of(policy) != ""
    lines = file["source"].splitlines()
    assert {mutant["status"] for mutant in file["mutants"]} == {"Killed", "Survived", "NoCoverage"}
    assert all(1 <= mutant["location"]["start"]["line"] <= len(lines) for mutant in file["mutants"])
    hours = next(mutant for mutant in file["mutants"] if mutant["id"] == "seller_response: 49 hours")
    assert lines[hours["location"]["start"]["line"] - 1].strip() == "hours: 48"
    tests = {test["id"] for found in report["testFiles"].values() for test in found["tests"]}
    assert {name for mutant in file["mutants"] for name in (*mutant["coveredBy"], *mutant["killedBy"])} <= tests


def test_suggestions_kill(pool: tuple[Policy, ...], told: Told) -> None:
    """In each language: a feature that holds, and that notices slips which lived before."""
    tests = late(told, f"rule {RULE} is violated")
    lived = of(pool, tests)
    asked = [fate for fate in lived.values() if fate.mutant.operator in ("severity", "within", "negation", "duration")]
    made, _ = suggestions([(japanese(pool), asked)], tests, (RULE,))
    assert len(made) >= 3
    for language in LANGUAGES:
        more = cases(parse_feature(as_feature(made, language), "s.feature"), pool)
        assert all(case.scenario.tags == ("suggested",) for case in more)
        assert [result.failures for case in more if (result := run(case)).failures] == []
    mine = [name for name in lived if name.startswith((RULE, "seller_response"))]
    after = of(pool, (*tests, *more))
    killed = [sum(found[name].state is State.KILLED for name in mine) for found in (lived, after)]
    assert killed[1] >= killed[0] + 3
