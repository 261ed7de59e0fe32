"""What the schema cannot see, each under its id."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from checker.loading.policies.lint import explanations, lint
from checker.loading.policies.lint.sense import implies
from checker.loading.policies.policy_files import shipped_policies
from checker.loading.text.problem import Level

TITLE = {"zh": "甲", "ja": "乙", "en": "c"}
HEAD = {
    "kind": "obligation",
    "title": TITLE,
    "severity": "major",
    "bearer": "seller",
    "cites": [{"source": "article", "clause": "02"}],
    "applies_by": "trigger_time",
}
POLICY: Mapping[str, Any] = {
    "language": 1,
    "policy": "tiktok_shop.jp.order_cancellation",
    "effective": "2026-01-01",
    "effective_basis": "published",
    "published": "2026-01-01",
    "timezone": "Asia/Tokyo",
    "change": "initial",
    "open_windows": "keep_old",
    "title": TITLE,
    "sources": {"article": {"title": "x", "address": None, "read_on": "2026-01-01", "confidence": "own"}},
    "parameters": {
        "seller_response": {"hours": 48, "better_for_buyer": "less", "source": "article", "clause": "02"},
        "asked_codes": {"codes": ["a"], "better_for_buyer": "less", "source": "article", "clause": "02"},
    },
    "matchers": {},
    "rules": [
        {
            "trigger": {"activity": "cancel_requested"},
            "must": {"activity": "cancel_approved", "same": ["request_id"]},
            "within": "seller_response",
        }
    ],
}
# These ids are about paths, neighbours or other files than a policy; each has a test of its own.
ELSEWHERE = {"P003", "P111", "P113", "P114", "P115", "P116", "P118", "P126", "P150", "P151", "P171"}


def policy(**parts: Any) -> str:
    """A policy as JSON, which is YAML; rules are completed by a common head, named tables by what the base has."""
    whole = {**POLICY, **parts}
    for key in ("parameters", "matchers"):
        whole[key] = {**POLICY[key], **parts.get(key, {})}
    whole["rules"] = [{"id": f"rule_{number}", **HEAD, **rule} for number, rule in enumerate(whole["rules"])]
    return json.dumps(whole, ensure_ascii=False, indent=1)


def file(root: Path, text: str, name: str = "2026-01-01.yaml") -> Path:
    folder = root / "tiktok_shop" / "jp" / "order_cancellation"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


def found(root: Path, **parts: Any) -> list[tuple[str, str]]:
    """Id and message of every problem of a policy made of these parts."""
    return [(problem.id, problem.message) for problem in lint(file(root, policy(**parts)))]


def test_the_base_is_clean(tmp_path: Path) -> None:
    """The policy that the other tests spoil has no problem."""
    assert found(tmp_path) == []


def test_shipped_policies_are_clean() -> None:
    """Shipped policies have neither errors nor warnings."""
    assert [str(problem) for problem in lint()] == []
    assert [str(problem) for problem in lint(shipped_policies())] == []


@pytest.mark.parametrize("number", sorted(set(explanations()) - ELSEWHERE))
def test_snippets(tmp_path: Path, number: str) -> None:
    """An explanation's bad snippet has its problem, at the level it says, and its good one has no problem."""
    explanation = explanations()[number]
    for snippet, expected in ((explanation.bad, {number}), (explanation.good, set())):
        if number == "P001":
            text = policy()[:-1] + "," + "language: 1}" if expected else policy()
        else:
            text = policy(**yaml.safe_load(snippet))
        # A snippet about a pattern leaves out the rule that would read it.
        problems = [problem for problem in lint(file(tmp_path, text)) if problem.id == number or problem.id != "P133"]
        assert {problem.id for problem in problems} == expected, [str(problem) for problem in problems]
        assert all(problem.level.value in explanation.level for problem in problems)


def test_every_id_in_the_source_is_explained() -> None:
    """No problem can be reported under an id that the catalogue does not explain."""
    import re

    folder = Path(__file__).parents[3] / "checker" / "loading"
    texts = [path.read_text(encoding="utf-8") for path in folder.rglob("*.py")]
    assert {number for text in texts for number in re.findall(r'"(P\d{3})"', text)} == set(explanations())


def test_undefined_parameter_has_its_place(tmp_path: Path) -> None:
    """A name that stands for nothing is told at its own place, with the one that was probably meant."""
    rule = {**POLICY["rules"][0], "within": {"parameter": "seller_respnse"}}
    path = file(tmp_path, policy(rules=[rule]))
    (problem,) = lint(path)
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[problem.location.line - 1][problem.location.column - 1 :].startswith('"seller_respnse"')
    assert problem.message == "undefined parameter `seller_respnse`; did you mean `seller_response`?"


def test_names_in_every_corner(tmp_path: Path) -> None:
    """A parameter is asked for wherever one can stand."""
    seen = {"activity": "payment_succeeded"}
    rules = [
        {
            "trigger": {"activity": "cancel_requested", "reason": {"in_codes": "one"}},
            "must": {"activity": "cancel_approved", "same": ["request_id"]},
            "given": [{"not": {"all": [{"any": [{"seen": seen, "within": "two"}]}]}}, {"past": "three"}],
            "within": {"parameter": "four", "from": {"deadline": {"recorded": "shipping_due", "else": "five"}}},
            "unless": [{"activity": "cancel_withdrawn", "same": ["request_id"], "reason": {"not_in_codes": "six"}}],
        },
        {
            "kind": "rate",
            "per": "shop",
            "cohort": {"activity": "order_created"},
            "numerator": {"activity": "order_cancelled"},
            "exclude": [{"order": {"order_type": {"in_codes": "seven"}}}],
            "window": "eight",
            "lag": "nine",
            "min_denominator": "ten",
            "limits": [{"parameter": "eleven", "strict": True, "severity": "info", "min_count": "twelve"}],
        },
    ]
    names = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
    problems = found(tmp_path, rules=rules)
    assert sorted(message.split("`")[1] for _, message in problems) == sorted(names)
    assert {number for number, _ in problems} == {"P101"}


def test_units_of_a_rate(tmp_path: Path) -> None:
    """A window asks for calendar days, a limit for a percentage, a least denominator for a count."""
    rule = {
        "kind": "rate",
        "per": "shop",
        "cohort": {"activity": "order_created"},
        "numerator": {"activity": "order_cancelled"},
        "window": "seller_response",
        "min_denominator": "asked_codes",
        "limits": [{"parameter": "seller_response", "strict": True, "severity": "info"}],
    }
    assert {message for _, message in found(tmp_path, rules=[rule])} == {
        "parameter `seller_response` is in hours; expected `calendar_days` here",
        "parameter `seller_response` is in hours; expected `percent` here",
        "parameter `asked_codes` is in codes; expected `count` here",
    }


def test_own_field_is_only_odd(tmp_path: Path) -> None:
    """A field that resembles no known one is a warning: a log in canonical form may have fields of its own."""
    rule = {**POLICY["rules"][0], "trigger": {"activity": "cancel_requested", "warehouse": "east"}}
    (problem,) = lint(file(tmp_path, policy(rules=[rule])))
    assert (problem.id, problem.level) == ("P120", Level.WARNING)


def test_fields_of_anchors(tmp_path: Path) -> None:
    """Fields, facts and deadlines of the platform are asked for where a clock starts, too."""
    for anchor in ({"field": "du"}, {"fact": "latest_estimated_deliver"}, {"recorded": "shiping_due"}):
        rule = {**POLICY["rules"][0], "within": {"parameter": "seller_response", "from": anchor}}
        assert [number for number, _ in found(tmp_path, rules=[rule])] == ["P120"]


def test_first_state(tmp_path: Path) -> None:
    """Nothing is before the first state, so asking for it is an error."""
    for relation in ("before", "reached"):
        rule = {**POLICY["rules"][0], "given": [{"state": {relation: "UNPAID"}}]}
        assert [number for number, _ in found(tmp_path, rules=[rule])] == ["P122"]
    assert found(tmp_path, rules=[{**POLICY["rules"][0], "given": [{"state": {"is": "UNPAID"}}]}]) == []


def test_other_events_need_no_tie(tmp_path: Path) -> None:
    """Only answers are tied to a request; an order's cancellation releases from all of them."""
    rule = {**POLICY["rules"][0], "unless": [{"activity": "order_cancelled"}]}
    assert found(tmp_path, rules=[rule]) == []
    rule = {**POLICY["rules"][0], "unless": [{"activity": "cancel_withdrawn"}]}
    assert [number for number, _ in found(tmp_path, rules=[rule])] == ["P180"]


def test_same_of_a_prohibition(tmp_path: Path) -> None:
    """What is forbidden after a trigger may be tied to it, what is forbidden at all may not."""
    forbid = {"kind": "prohibition", "forbid": {"activity": "cancel_rejected", "same": ["request_id"]}}
    assert found(tmp_path, rules=[{**forbid, "trigger": {"activity": "cancel_requested"}}]) == []
    assert [number for number, _ in found(tmp_path, rules=[forbid])] == ["P184"]


def test_class_of_no_case(tmp_path: Path) -> None:
    """The class given where no case holds can be counted, too."""
    rules = yaml.safe_load(explanations()["P140"].good)["rules"]
    rules[0]["classified"]["is"] = "unknown"
    assert found(tmp_path, rules=rules) == []


def test_status_values_are_states(tmp_path: Path) -> None:
    """A value that a field `status` is tested for must be a state of the market."""
    rule = {**POLICY["rules"][0], "trigger": {"activity": "cancel_requested", "status": ["UNPAID", "PAYED"]}}
    assert found(tmp_path, rules=[rule])[0][0] == "P121"
    rule = {**POLICY["rules"][0], "trigger": {"activity": "cancel_requested", "status": {"not": "PAYED"}}}
    assert found(tmp_path, rules=[rule])[0][0] == "P121"


@pytest.mark.parametrize("pattern", ["(?=x)", "(a", r"\1", "x{1001}", "[z-a]"])
def test_patterns_that_re2_refuses(tmp_path: Path, pattern: str) -> None:
    """A pattern that RE2 cannot read is an error that shows the pattern."""
    problems = found(tmp_path, matchers={"m": {"any": [pattern]}})
    assert [number for number, _ in problems] == ["P133", "P131"]
    assert problems[1][1].startswith(f"pattern `{pattern}`: ")


@pytest.mark.parametrize("pattern", ["x*", "", "a|", "^", r"\b|x"])
def test_patterns_that_match_nothing_at_all(tmp_path: Path, pattern: str) -> None:
    """A pattern that needs no character is an error; an empty one the schema refuses already."""
    numbers = {number for number, _ in found(tmp_path, matchers={"m": {"any": [pattern]}})}
    assert numbers & {"P002", "P132"}


@pytest.mark.parametrize(
    ("pattern", "odd"),
    [
        ("LATE", True),
        ("(?i)LATE", False),
        (r"\p{Han}\S+\bx", False),
        ("[[:alpha:]]x", False),
        ("(?P<Name>x)", False),
        ("ｶﾅ", True),
        ("発送 遅延", True),
        ("late shipment", False),
        ("発送(の)?遅れ", False),
    ],
)
def test_patterns_in_another_form(tmp_path: Path, pattern: str, odd: bool) -> None:
    """A pattern with characters that normalised text never holds is a warning."""
    numbers = {number for number, _ in found(tmp_path, matchers={"m": {"any": [pattern]}})}
    assert ("P134" in numbers) is odd


def test_path_and_content(tmp_path: Path) -> None:
    """Folders and file name repeat the policy's id and first day."""
    path = file(tmp_path, policy(), "2026-01-02.yaml")
    assert [(p.id, p.message) for p in lint(path)] == [
        ("P113", "in force from `2026-01-01` in a file named `2026-01-02`; expected the same day")
    ]
    other = file(tmp_path / "b", policy(policy="tiktok_shop.jp.returns"))
    (problem,) = lint(other)
    assert problem.id == "P113"
    assert problem.message == (
        "policy `tiktok_shop.jp.returns` in folder `tiktok_shop/jp/order_cancellation`; "
        "expected `tiktok_shop/jp/returns`"
    )


def test_two_versions_for_one_day(tmp_path: Path) -> None:
    """Two files with one first day contradict each other."""
    file(tmp_path, policy())
    file(tmp_path, policy(), "2026-01-01.yml")
    assert [problem.id for problem in lint(tmp_path)] == ["P111"]


@pytest.mark.parametrize(
    ("change", "hours", "title", "ids"),
    [
        ("initial", 24, TITLE, ["P116"]),
        ("substantive", 24, TITLE, []),
        ("substantive", 48, {**TITLE, "en": "reworded"}, ["P115"]),
        ("editorial", 24, TITLE, ["P114"]),
        ("editorial", 48, {**TITLE, "en": "reworded"}, []),
    ],
)
def test_change_against_what_changed(
    tmp_path: Path, change: str, hours: int, title: dict[str, str], ids: list[str]
) -> None:
    """`change` must say what really differs from the version before."""
    file(tmp_path, policy())
    parameter = {**POLICY["parameters"]["seller_response"], "hours": hours}
    rules = [{**POLICY["rules"][0], "title": title}]
    later = policy(change=change, effective="2026-02-01", rules=rules, parameters={"seller_response": parameter})
    file(tmp_path, later, "2026-02-01.yaml")
    assert [problem.id for problem in lint(tmp_path)] == ids


def test_policy_of_another_market(tmp_path: Path) -> None:
    """A policy under the market file of another market is refused."""
    text = policy(policy="tiktok_shop.xx.order_cancellation")
    folder = tmp_path / "tiktok_shop" / "xx" / "order_cancellation"
    folder.mkdir(parents=True)
    (folder / "2026-01-01.yaml").write_text(text, encoding="utf-8")
    assert [problem.id for problem in lint(tmp_path)] == ["P126"]
    market = (shipped_policies() / "tiktok_shop" / "jp" / "market.yaml").read_text(encoding="utf-8")
    (folder.parent / "market.yaml").write_text(market, encoding="utf-8")
    (problem,) = lint(tmp_path)
    assert problem.id == "P126"
    assert problem.message == (
        "policy `tiktok_shop.xx.order_cancellation` on the market file of `tiktok_shop.jp`; expected its own market's"
    )


def test_calendar_that_does_not_cover_the_version(tmp_path: Path) -> None:
    """A calendar that ends before a version begins is a warning."""
    days = {"working_days": 3, "calendar": "jp", "better_for_buyer": "less", "source": "article", "clause": "03"}
    path = file(tmp_path, policy(effective="2035-01-01", parameters={"dispatch": days}), "2035-01-01.yaml")
    assert [(p.id, p.level) for p in lint(path)] == [("P150", Level.WARNING)]


def test_nothing_to_read(tmp_path: Path) -> None:
    """An empty folder and a missing one are problems, not silence."""
    assert [problem.id for problem in lint(tmp_path)] == ["P003"]
    assert [problem.id for problem in lint(tmp_path / "none")] == ["P003"]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ({"trigger": {"actor": "seller"}}, {"trigger": {"actor": ["seller", "buyer"]}}, True),
        ({"trigger": {"actor": ["seller", "buyer"]}}, {"trigger": {"actor": "seller"}}, False),
        ({"trigger": {"actor": "seller", "reason": "x"}}, {"trigger": {"actor": "seller"}}, True),
        ({"trigger": {"actor": "seller"}}, {"trigger": {"actor": {"not": "seller"}}}, False),
        ({"trigger": {"actor": "seller"}}, {"order": {"actor": "seller"}}, False),
        ({"trigger": {"actor": "present"}}, {"trigger": {"actor": ["present", "buyer"]}}, False),
        ({"all": [{"observed": "payment"}, {"state": {"is": "A"}}]}, {"observed": "payment"}, True),
        ({"observed": "payment"}, {"all": [{"observed": "payment"}, {"state": {"is": "A"}}]}, False),
        ({"observed": "payment"}, {"any": [{"observed": "payment"}, {"state": {"is": "A"}}]}, True),
        ({"any": [{"observed": "payment"}, {"state": {"is": "A"}}]}, {"observed": "payment"}, False),
        ({"all": [{"observed": "payment"}, {"state": {"is": "A"}}]}, {"any": [{"observed": "status"}]}, False),
        (
            {"all": [{"any": [{"observed": "payment"}, {"observed": "status"}]}, {"state": {"is": "A"}}]},
            {"any": [{"observed": "status"}, {"observed": "payment"}]},
            True,
        ),
        ({"any": [{"trigger": {"a": 1}}, {"trigger": {"a": 2}}]}, {"trigger": {"a": [1, 2, 3]}}, True),
    ],
)
def test_implies(one: Any, other: Any, expected: bool) -> None:
    """One condition implies another only where that can be seen from their form."""
    assert implies(one, other) is expected
