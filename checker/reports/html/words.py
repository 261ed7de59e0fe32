"""What does the page say that no other report says?"""

import tomllib
from functools import cache
from importlib.resources import files

from checker.reports.phrases import Lang


@cache
def words(lang: Lang) -> dict[str, str]:
    """Every word of the page in one language, placeholders unfilled."""
    text = files("checker.reports.html").joinpath("words.toml").read_text("utf-8")
    return {key: told[lang] for key, told in tomllib.loads(text).items()}


def word(lang: Lang, key: str, **values: object) -> str:
    """One of them, filled."""
    return words(lang)[key].format(**values)
