"""What is a thing called in the reader's language?"""

import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from string import Formatter
from typing import Literal

Lang = Literal["zh", "ja", "en"]
Catalogue = dict[str, dict[str, dict[str, str]]]


@cache
def catalogue() -> Catalogue:
    """Every phrase: section, key, language."""
    return tomllib.loads(files("checker.reports").joinpath("phrases.toml").read_text("utf-8"))


def phrase(lang: Lang, section: str, key: str, **values: object) -> str:
    """The phrase with its placeholders filled; what is filled in is never read as a phrase again."""
    return catalogue()[section][key][lang].format(**values)


@cache
def placeholders(lang: Lang, section: str, key: str) -> tuple[str, ...]:
    """The names in braces that the phrase wants filled."""
    found = (name for _, name, _, _ in Formatter().parse(catalogue()[section][key][lang]))
    return tuple(dict.fromkeys(name for name in found if name))


def named(lang: Lang, section: str, key: str) -> str:
    """The name of a thing, or the key itself where the catalogue has none (fields of other markets)."""
    found = catalogue()[section].get(key)
    return key if found is None else found[lang]


def listed(lang: Lang, items: Sequence[str], joint: Literal["and", "or"]) -> str:
    """`a, b and c`."""
    if len(items) < 2:
        return "".join(items)
    first = phrase(lang, "joined", "comma").join(items[:-1])
    return phrase(lang, "joined", joint, first=first, last=items[-1])
