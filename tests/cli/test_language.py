"""Is the reader's language guessed right?"""

import pytest

from checker.cli.language import reader_language


@pytest.mark.parametrize(
    ("environment", "lang"),
    [
        ({}, "en"),
        ({"LANG": "ja_JP.UTF-8"}, "ja"),
        ({"LANG": "zh_TW.UTF-8"}, "zh"),
        ({"LANG": "th_TH.UTF-8"}, "en"),
        ({"LANG": "ja_JP.UTF-8", "LC_ALL": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "ja_JP.UTF-8", "LC_ALL": ""}, "ja"),
        ({"LANG": "ja_JP.UTF-8", "LC_ALL": "C"}, "en"),
    ],
)
def test_language(environment, lang):
    """The first setting that says anything decides; a language that is not ours is English."""
    assert reader_language(environment) == lang
