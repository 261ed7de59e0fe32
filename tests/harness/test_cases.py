"""Which features cannot be run, and why?"""

from collections.abc import Callable

import pytest

from checker.harness.cases import Case, cases
from checker.harness.feature import parse_feature
from checker.model.error import PolicyError
from checker.model.policy import Policy

Told = Callable[..., tuple[Case, ...]]
CHECK = "the order is checked at 2025-12-05 10:00"
CLAIM = "rule seller_answers_cancel_request finds nothing"


@pytest.mark.parametrize(
    ("steps", "problem"),
    [
        ((CHECK,), "a.feature:6:1: scenario `s` claims nothing; expected a step that names a rule"),
        ((CLAIM,), "a.feature:6:1: scenario `s` has no policy or no time of the check; expected both"),
        (
            (CHECK, "rule seller_answer_cancel_request is violated"),
            (
                "a.feature:8:1: no rule `seller_answer_cancel_request` in the policy; "
                "did you mean `seller_answers_cancel_request`"
            ),
        ),
        (
            ("at 2025-02-30 10:00 the buyer pays", CHECK, CLAIM),
            "a.feature:7:1: no such day or time `2025-02-30 10:00`; expected one like `2025-12-01 10:00` or `24:00`",
        ),
        (
            ("all times are Asia/Tokio time", CHECK, CLAIM),
            "a.feature:7:1: no time zone `Asia/Tokio`; expected one like `Asia/Tokyo`",
        ),
    ],
)
def test_what_cannot_run_is_refused(told: Told, steps: tuple[str, ...], problem: str) -> None:
    """Each with file, line, what is wrong and what was expected."""
    with pytest.raises(PolicyError) as raised:
        told(*steps)
    assert raised.value.problems == (problem,)


def test_a_column_that_a_step_names_must_be_there(pool: tuple[Policy, ...]) -> None:
    """Also a cell must fit the slot that its column fills."""
    text = """Feature: f
  Scenario Outline: s
    Given the policy is tiktok_shop.jp.order_cancellation
    When the order is checked at <when>
    Then rule seller_answers_cancel_request is <verdict>
    Examples:
      | verdict |
      | broken  |
"""
    with pytest.raises(PolicyError) as raised:
        cases(parse_feature(text, "a.feature"), pool)
    assert raised.value.problems == (
        (
            "a.feature:8:1: `broken` is no verdict; expected one of `pending`, `satisfied`, `violated`, "
            "`not applicable`, `undetermined`"
        ),
        "a.feature:6:1: no column `when`; expected one, a step names it",
    )


def test_gherkin_that_is_none_is_told_with_its_place() -> None:
    """The parser's problems have the form of all others."""
    with pytest.raises(PolicyError) as raised:
        parse_feature("Feature: f\n  Scenario: s\n    * a step\n    nonsense\n", "a.feature")
    assert raised.value.problems[0].startswith("a.feature:4:5: expected: ")


def test_a_step_without_its_keyword_is_not_passed_over(pool: tuple[Policy, ...]) -> None:
    """Gherkin reads it as a description and would run the scenario without it."""
    text = f"Feature: f\n  Scenario: s\n    at 2025-12-01 10:00 the buyer pays\n    Given {CHECK}\n    Then {CLAIM}\n"
    with pytest.raises(PolicyError) as raised:
        cases(parse_feature(text, "a.feature"), pool)
    assert raised.value.problems == (
        (
            "a.feature:2:1: `at 2025-12-01 10:00 the buyer pays` is taken for the description of a scenario; "
            "expected a keyword before it, such as `Given`"
        ),
    )


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "a.feature:1:1: no feature here; expected `Feature:`, or `# language: zh-CN` and `功能:`"),
        (
            "# language: fr\nFonctionnalité: f\n",
            "a.feature:1:1: unknown language `fr`; expected one of `zh-CN`, `ja`, `en`",
        ),
    ],
)
def test_a_file_without_a_feature_of_ours(text: str, problem: str) -> None:
    """An empty file or another language is named as such."""
    with pytest.raises(PolicyError) as raised:
        parse_feature(text, "a.feature")
    assert raised.value.problems == (problem,)
