"""Which words does a lexicon file hold, and are its patterns sound?"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import orjson
import re2

from checker.loading.text.problem import Problem, listed, refuse, suggestion
from checker.loading.text.yaml_text import Node, read_yaml
from checker.model.error import PolicyError
from checker.model.lexicon import Lexicon, Linear, Phrase, Role, Substitution, Weights

LANGUAGES = ("ja", "zh", "en")
_KEYS = ("lexicon", "simplified", "spelled", "disguises", "concepts", *LANGUAGES)
_WORD = re.compile(r"\{([a-z_]+)\}")
_DEPTH = 5


def load_lexicon(path: Path) -> Lexicon:
    """The lexicon of a YAML file, with the learned weights of the file beside it if there is one.

    Raises: PolicyError with every problem found.
    """
    root = read_yaml(path)
    problems = list(_problems(root))
    refuse(problems)
    weights = path.with_suffix(".weights.json")
    lexicon = Lexicon(
        id=_text(root["lexicon"]),
        digest=_digest(path, weights),
        simplified={pair[0]: pair[1] for pair in _text(root["simplified"]).split()},
        spelled=tuple(_text(word) for word in root["spelled"]),
        disguises=_substitutions(root["disguises"]),
        concepts=tuple(Substitution(name, _any_of(words)) for name, words in root["concepts"].items()),
        phrases=tuple(entry.phrase for entry in _entries(root)),
    )
    return replace(lexicon, weights=_weights(weights)) if weights.exists() else lexicon


def load_lexicons(folder: Path) -> Mapping[str, Lexicon]:
    """The lexicons of a folder by id; an empty mapping where there is no such folder."""
    return {lexicon.id: lexicon for lexicon in map(load_lexicon, sorted(folder.glob("*.yaml")))}


@dataclass(frozen=True, slots=True)
class _Entry:
    phrase: Phrase
    node: Node


def _entries(root: Node) -> Iterator[_Entry]:
    for language in LANGUAGES:
        words = {name: _text(node) for name, node in root[language]["words"].items()}
        for role, phrases in root[language].items():
            if role != "words":
                for name, node in phrases.items():
                    pattern = _filled(_text(node), words)
                    yield _Entry(Phrase(f"{language}.{role}.{name}", language, Role(role), pattern), node)


def _filled(pattern: str, words: Mapping[str, str]) -> str:
    """The pattern with words put in; words may use words, but not for ever. Unknown names stay as they are."""
    for _ in range(_DEPTH):
        pattern = _WORD.sub(lambda match: words.get(match[1], match[0]), pattern)
    return pattern


def _problems(root: Node) -> Iterator[Problem]:
    if not isinstance(root.value, dict):
        yield Problem("P001", root.location, "not a mapping; expected a lexicon")
        return
    shape = list(_shape(root))
    yield from shape
    if not shape:
        yield from _pattern_problems(root)


def _shape(root: Node) -> Iterator[Problem]:
    for key in _KEYS:
        if key not in root:
            yield Problem("L001", root.location, f"no `{key}`; expected the keys {listed(_KEYS)}")
    for key, node in root.items():
        if key not in _KEYS:
            yield Problem("L002", node.key_location, f"unknown key `{key}`{suggestion(key, _KEYS)}")
        if key in LANGUAGES:
            yield from _language_shape(node)
    for pair in _text(root["simplified"]).split() if "simplified" in root else ():
        if len(pair) != 2:
            yield Problem("L003", root["simplified"].location, f"`{pair}` is not a pair; expected two characters")


def _language_shape(language: Node) -> Iterator[Problem]:
    if "words" not in language:
        yield Problem("L001", language.location, "no `words`; expected the words that patterns share")
    for role, node in language.items():
        if role not in ("words", *Role):
            yield Problem("L002", node.key_location, f"unknown role `{role}`{suggestion(role, tuple(Role))}")
        elif not isinstance(node.value, dict):
            yield Problem("L004", node.location, f"`{role}` is not a mapping; expected names and patterns")


def _pattern_problems(root: Node) -> Iterator[Problem]:
    for item in root["disguises"]:
        yield from _pattern_problem(_text(item["pattern"]), item["pattern"])
    for words in root["concepts"].values():
        if any(_pattern_problem(_any_of(words), words)):  # thousands of words: one by one only where one is wrong
            yield from (problem for word in words for problem in _pattern_problem(_text(word), word))
    for entry in _entries(root):
        for name in _WORD.findall(entry.phrase.pattern):
            yield Problem("L005", entry.node.location, f"unknown word `{{{name}}}`; expected one of `words`")
        yield from _pattern_problem(entry.phrase.pattern, entry.node)


def _pattern_problem(pattern: str, node: Node) -> Iterator[Problem]:
    try:
        empty = re2.compile(pattern, _quiet()).search("")
    except re2.error as error:
        reason = error.args[0].decode() if error.args and isinstance(error.args[0], bytes) else str(error)
        yield Problem("L006", node.location, f"not an RE2 pattern: {reason.lower()}; expected one")
    else:
        if empty:
            yield Problem("L007", node.location, "the pattern matches empty text; expected at least one character")


def _quiet() -> "re2.Options":
    options = re2.Options()
    options.log_errors = False
    return options


def _substitutions(node: Node) -> tuple[Substitution, ...]:
    return tuple(Substitution(_text(item["means"]), _text(item["pattern"])) for item in node)


def _any_of(words: Node) -> str:
    """The pattern that matches any of these; the first that fits wins."""
    return "|".join(_text(word) for word in words)


def _weights(path: Path) -> Weights:
    try:
        data = orjson.loads(path.read_bytes())
        solicits, explicit = (Linear(data[name]["weights"], data[name]["bias"]) for name in ("solicits", "explicit"))
        return Weights(solicits, explicit, data["ask_from"], data["no_to"])
    except (orjson.JSONDecodeError, KeyError, TypeError) as error:
        raise PolicyError(f"{path}:1:1: not a weights file: {error}; expected the output of the training") from error


def _digest(*paths: Path) -> str:
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in paths if path.exists())).hexdigest()


def _text(node: Node) -> str:
    return node.text if isinstance(node.text, str) and node.text else str(node.value)
