"""Does the page have every word in every language?"""

from string import Formatter

import pytest

from checker.reports.html.words import words


@pytest.mark.parametrize("lang", ["ja", "zh"])
def test_languages_agree(lang):
    """Each language has the same words with the same placeholders, none of them empty."""
    for key, told in words("en").items():
        names, others = (
            {name for _, name, _, _ in Formatter().parse(text) if name} for text in (told, words(lang)[key])
        )
        assert names == others
        assert words(lang)[key]
