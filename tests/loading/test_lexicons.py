"""Does a lexicon load whole or tell every mistake?"""

from pathlib import Path

import pytest

from checker.loading.lexicons import load_lexicon, load_lexicons
from checker.model.error import PolicyError
from checker.model.lexicon import Linear, Role

GOOD = """\
lexicon: tiny
simplified: 請请
spelled: [cancel]
disguises: [{means: cancel, pattern: cxl}]
concepts: {<cancel>: [cancel, 'call(?:ed)? off']}
ja: {words: {}, ask: {a: キャンセル}}
zh: {words: {act: 取消}, ask: {b: '请{act}'}}
en: {words: {}, mask: {c: noise}}
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "tiny.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def problems(folder: Path, text: str) -> list[str]:
    with pytest.raises(PolicyError) as caught:
        load_lexicon(written(folder, text))
    return [problem.split(":", 1)[1] for problem in caught.value.problems]


def test_words_are_filled_into_patterns(tmp_path: Path) -> None:
    """A phrase carries its language, its role and a whole pattern."""
    lexicon = load_lexicon(written(tmp_path, GOOD))
    assert [(p.id, p.role, p.pattern) for p in lexicon.phrases] == [
        ("ja.ask.a", Role.ASK, "キャンセル"),
        ("zh.ask.b", Role.ASK, "请取消"),
        ("en.mask.c", Role.MASK, "noise"),
    ]
    assert lexicon.weights is None
    assert [(c.means, c.pattern) for c in lexicon.concepts] == [("<cancel>", "cancel|call(?:ed)? off")]


def test_weights_beside_the_file_are_read(tmp_path: Path) -> None:
    """The learned weights stand in a file of the same name, and change the digest."""
    bare = load_lexicon(written(tmp_path, GOOD))
    linear = '{"weights": {"a": 1.5}, "bias": -1}'
    weights = f'{{"solicits": {linear}, "explicit": {linear}, "ask_from": 1, "no_to": -2}}'
    (tmp_path / "tiny.weights.json").write_text(weights, encoding="utf-8")
    lexicon = load_lexicons(tmp_path)["tiny"]
    assert lexicon.weights is not None
    assert lexicon.weights.solicits == Linear({"a": 1.5}, -1)
    assert lexicon != bare


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("mask: {c", "masks: {c", "8:17: unknown role `masks`; did you mean `mask`? [L002]"),
        ("'请{act}'", "'请{acts}'", "7:33: unknown word `{acts}`; expected one of `words` [L005]"),
        ("'call(?:ed)? off'", "'call(ed off'", "5:31: not an RE2 pattern: missing ): call(ed off; expected one [L006]"),
        ("{c: noise}", "{c: 'no(ise'}", "8:27: not an RE2 pattern: missing ): no(ise; expected one [L006]"),
        ("{c: noise}", "{c: 'x*'}", "8:27: the pattern matches empty text; expected at least one character [L007]"),
        ("simplified: 請请", "simplified: 請请x", "2:13: `請请x` is not a pair; expected two characters [L003]"),
    ],
)
def test_mistakes_are_told_with_their_place(tmp_path: Path, old: str, new: str, said: str) -> None:
    """Every mistake names the line, the column and what was expected."""
    assert problems(tmp_path, GOOD.replace(old, new)) == [said]


def test_missing_parts_are_told(tmp_path: Path) -> None:
    """A file that is no lexicon says which parts it lacks."""
    said = problems(tmp_path, "lexicon: tiny\n")
    assert said[0].startswith("1:1: no `simplified`; expected the keys")


def test_broken_weights_are_told(tmp_path: Path) -> None:
    """A damaged weights file stops the loading."""
    path = written(tmp_path, GOOD)
    (tmp_path / "tiny.weights.json").write_text("{", encoding="utf-8")
    with pytest.raises(PolicyError, match="not a weights file"):
        load_lexicon(path)
