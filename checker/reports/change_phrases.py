"""Which words tell of changes and comparisons?"""

import tomllib
from functools import cache
from importlib.resources import files

from checker.reports.phrases import Catalogue, Lang


@cache
def _catalogue() -> Catalogue:
    return tomllib.loads(files("checker.reports").joinpath("changes.toml").read_text("utf-8"))


def told(lang: Lang, section: str, key: str, **values: object) -> str:
    """The phrase with its placeholders filled."""
    return _catalogue()[section][key][lang].format(**values)
