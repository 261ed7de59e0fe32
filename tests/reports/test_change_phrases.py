"""Do the words on changes say the same in every language?"""

from string import Formatter

import pytest

from checker.reports.change_phrases import _catalogue

PHRASES = [(section, key) for section, entries in _catalogue().items() for key in entries]


@pytest.mark.parametrize(("section", "key"), PHRASES)
def test_three_languages_same_places(section: str, key: str) -> None:
    """Each phrase is there in Chinese, Japanese and English, with the same placeholders."""
    texts = _catalogue()[section][key]
    assert set(texts) == {"zh", "ja", "en"}
    places = [{name for _, name, _, _ in Formatter().parse(text) if name} for text in texts.values()]
    assert places[0] == places[1] == places[2]
