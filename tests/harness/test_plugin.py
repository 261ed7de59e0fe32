"""Does the pytest plugin collect what was asked for, name it readably, and leave everything else alone?"""

import re

import pytest

import checker.harness.bdd
import checker.harness.collector  # noqa: F401 - loaded here once: pytester forgets what an inner run has loaded

pytest_plugins = "pytester"

FEATURE = """# language: zh-CN
@审核
功能: 取消
  背景:
    假如 适用规则版本 tiktok_shop.jp.order_cancellation@2025-10-28
    而且 2025-12-01 08:00 买家下单（状态为未支付）

  规则: seller_answers_cancel_request 商家在48小时内处理取消申请
    场景大纲: 正好 48 小时
      假如 2025-12-01 10:00 买家申请取消（申请号 R1）
      而且 <处理时间> 商家同意取消（申请号 R1）
      当 在 2025-12-05 10:00 检查
      那么 规则 seller_answers_cancel_request 的结论为<结论>
      例子:
        | 处理时间            | 结论 |
        | 2025-12-03 10:00    | 合规 |
        | 2025-12-03 10:00:01 | 违规 |

    @慢
    场景: 到期之前
      假如 2025-12-01 10:00 买家申请取消（申请号 R1）
      当 在 2025-12-02 10:00 检查
      那么 规则 seller_answers_cancel_request 的结论为待定
"""
OPTIONS = ("-pno:cacheprovider", "-pno:randomly")


@pytest.fixture
def project(pytester: pytest.Pytester) -> pytest.Pytester:
    """A folder with one feature and nothing else."""
    folder = pytester.mkdir("features")
    (folder / "a.feature").write_text(FEATURE, encoding="utf-8")
    return pytester


def test_a_project_without_ini_runs(project: pytest.Pytester) -> None:
    """One option is enough; each row of Examples is a test."""
    project.runpytest("--policy-features=features", *OPTIONS).assert_outcomes(passed=3)


def test_nothing_is_collected_unless_asked(project: pytest.Pytester) -> None:
    """The plugin is loaded in every run of pytest and stays silent."""
    result = project.runpytest(*OPTIONS)
    assert result.ret == pytest.ExitCode.NO_TESTS_COLLECTED


def test_the_ini_file_asks_too(project: pytest.Pytester) -> None:
    """Features named by the ini file run beside the paths of `testpaths`."""
    project.makeini("[pytest]\npolicy_features = features\ntestpaths = tests\n")
    tests = project.mkdir("tests")
    (tests / "test_a.py").write_text("def test_one(): pass\n", encoding="utf-8")
    project.runpytest(*OPTIONS).assert_outcomes(passed=4)


def test_node_ids_are_readable(project: pytest.Pytester) -> None:
    """File, rule, scenario and row, in the characters of the feature."""
    result = project.runpytest("--policy-features=features", "--collect-only", "-q", *OPTIONS)
    assert [line for line in result.outlines if "::" in line] == [
        "features/a.feature::seller_answers_cancel_request::正好 48 小时[2025-12-03 10:00, 合规]",
        "features/a.feature::seller_answers_cancel_request::正好 48 小时[2025-12-03 10:00:01, 违规]",
        "features/a.feature::seller_answers_cancel_request::到期之前",
    ]


def test_one_file_and_one_row_can_be_named(project: pytest.Pytester) -> None:
    """A node id selects what it names."""
    (project.path / "features" / "b.feature").write_text(FEATURE, encoding="utf-8")
    path = "features/a.feature"
    project.runpytest("--policy-features=features", path, *OPTIONS).assert_outcomes(passed=3)
    row = f"{path}::seller_answers_cancel_request::正好 48 小时[2025-12-03 10:00:01, 违规]"
    project.runpytest("--policy-features=features", row, *OPTIONS).assert_outcomes(passed=1)


def test_all_undefined_steps_are_told_at_collection(project: pytest.Pytester) -> None:
    """Every bad word of a file at once, with the accepted ones; nothing runs."""
    text = FEATURE.replace("的结论为待定", "的结论为还行").replace("买家下单（状态为未支付）", "买家下了单")
    (project.path / "features" / "a.feature").write_text(text, encoding="utf-8")
    result = project.runpytest("--policy-features=features", *OPTIONS)
    result.assert_outcomes(errors=1)
    output = result.stdout.str()
    assert (
        "features/a.feature:6:1: in `2025-12-01 08:00 买家下了单` `下了单` is no activity; expected one of `下单`"
        in output
    )
    assert "`还行` is no verdict; expected one of `合规`, `违规`, `待定`, `不适用`, `无法判定`" in output


def test_equal_titles_are_refused(project: pytest.Pytester) -> None:
    """pytest-bdd would lose the first of them without a word."""
    text = FEATURE.replace("场景: 到期之前", "场景: 正好 48 小时")
    (project.path / "features" / "a.feature").write_text(text, encoding="utf-8")
    result = project.runpytest("--policy-features=features", *OPTIONS)
    result.assert_outcomes(errors=1)
    assert (
        "features/a.feature:20:1: a second scenario named `正好 48 小时`; the first is at line 9" in result.stdout.str()
    )


def test_tags_are_markers_under_strict_markers(project: pytest.Pytester) -> None:
    """Tags of feature and scenario are registered and select."""
    result = project.runpytest("--policy-features=features", "--strict-markers", "-m", "慢", *OPTIONS)
    result.assert_outcomes(passed=1, deselected=2)
    project.runpytest("--policy-features=features", "--strict-markers", "-m", "审核", *OPTIONS).assert_outcomes(
        passed=3
    )


def test_workers_share_the_rows(project: pytest.Pytester) -> None:
    """pytest-xdist collects the same in each worker."""
    project.runpytest_subprocess("--policy-features=features", "-n2", *OPTIONS).assert_outcomes(passed=3)


def test_the_plugin_can_be_switched_off(project: pytest.Pytester) -> None:
    """Without it features are files like any other."""
    project.makepyfile(test_a="def test_one(): pass\n")
    project.runpytest("-pno:checker", *OPTIONS).assert_outcomes(passed=1)


def test_without_pytest_bdd_it_says_what_is_missing(project: pytest.Pytester) -> None:
    """The plugin that executes must be there."""
    result = project.runpytest_subprocess("--policy-features=features", "-pno:pytest-bdd", *OPTIONS)
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    assert "policy features need the plugin pytest-bdd" in result.stderr.str()


def test_durations_stay_true_under_the_frozen_clock(project: pytest.Pytester) -> None:
    """The clock of the tests stands in 2025; that of the reports does not."""
    result = project.runpytest("--policy-features=features", "--junit-xml=j.xml", *OPTIONS)
    result.assert_outcomes(passed=3)
    report = (project.path / "j.xml").read_text(encoding="utf-8")
    times = [float(text) for text in re.findall(r'time="([\d.]+)"', report)]
    assert len(times) == 4
    assert all(0 <= seconds < 300 for seconds in times)
    assert 'timestamp="2025-12' not in report


def test_a_claim_that_is_not_true_is_told_in_the_features_language(project: pytest.Pytester) -> None:
    """What should be and what is, without a traceback."""
    text = FEATURE.replace("| 2025-12-03 10:00:01 | 违规 |", "| 2025-12-03 10:00:01 | 合规 |")
    (project.path / "features" / "a.feature").write_text(text, encoding="utf-8")
    result = project.runpytest("--policy-features=features", *OPTIONS)
    result.assert_outcomes(passed=2, failed=1)
    result.stdout.fnmatch_lines(
        [
            "features/a.feature:17",
            "应为: 规则 seller_answers_cancel_request 的结论为合规",
            "实际: 规则 seller_answers_cancel_request 的结论为违规",
        ]
    )


def test_step_definitions_of_ones_own_go_on_working(project: pytest.Pytester) -> None:
    """A project that uses pytest-bdd for other things keeps its own meanings."""
    (project.path / "own.feature").write_text(
        "Feature: own\n  Scenario: mine\n    Given the order is checked at 2025-12-05 10:00\n", encoding="utf-8"
    )
    project.makepyfile(
        test_own="""
        from pytest_bdd import given, scenario
        seen = []
        @scenario("own.feature", "mine")
        def test_mine(): assert seen == ["mine"]
        @given("the order is checked at 2025-12-05 10:00")
        def _(): seen.append("mine")
        """
    )
    project.runpytest("--policy-features=features", *OPTIONS).assert_outcomes(passed=4)


def test_a_policy_of_ones_own_is_found_in_the_folder_policies(project: pytest.Pytester) -> None:
    """Only YAML and features: an unknown policy is answered with those that are there."""
    text = FEATURE.replace("tiktok_shop.jp.order_cancellation@2025-10-28", "my_shop.nothing")
    (project.path / "features" / "a.feature").write_text(text, encoding="utf-8")
    result = project.runpytest("--policy-features=features", *OPTIONS)
    result.assert_outcomes(errors=1)
    assert "features/a.feature:5:1: no policy `my_shop.nothing`; " in result.stdout.str()
