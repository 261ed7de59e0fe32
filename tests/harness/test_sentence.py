"""Does every sentence mean the same in three languages?"""

import itertools

import pytest
from gherkin.dialect import Dialect
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.harness.catalogue import DIALECT, LANGUAGES, Sentence, catalogue, kind_of
from checker.harness.checks import ACTUAL
from checker.harness.sentence import SLOT, Said, read_detail, read_sentence, write_sentence
from checker.harness.setup import STEPS
from checker.model.activity import Activity, Observable
from checker.model.event import Actor
from checker.model.finding import Reason, Verdict
from checker.model.rule import Severity

WORDS = catalogue().words
VALUES = {
    "at": st.sampled_from(["2025-12-01 10:00", "2025-12-01 24:00", "2025-12-01 10:00:00.000001", "<when>"]),
    "token": st.sampled_from(["R1", "seller_asks", "a.b@2025-10-28", "<which>"]),
    "text": st.sampled_from(['"発送, が、遅い，"', '""', '"(a)"']),
    "count": st.sampled_from(["0", "12", "<n>"]),
    "zone": st.sampled_from(["Asia/Tokyo", "UTC"]),
    "day": st.just("2025-10-28"),
    "quantity": st.sampled_from(["48 hours", "2.5 percent", "3 working_days", "<long>"]),
}


def value(kind: str) -> st.SearchStrategy[str]:
    return VALUES[kind] if kind in VALUES else st.sampled_from([*WORDS[kind], "<x>"])


def said(sentence: Sentence) -> st.SearchStrategy[Said]:
    slots = [slot for slot in SLOT.findall(sentence.templates["en"]) if slot != "details"]
    values = st.fixed_dictionaries({slot: value(kind_of(slot)) for slot in slots})
    if "{details}" not in sentence.templates["en"]:
        return values.map(lambda found: Said(sentence, found))
    details = st.lists(st.sampled_from(list(catalogue().sentences["detail"].values())).flatmap(said), max_size=3)
    return st.builds(lambda found, more: Said(sentence, found, tuple(more)), values, details)


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(list(catalogue().steps())).flatmap(said), st.sampled_from(LANGUAGES))
def test_what_is_written_reads_back(sentence: Said, language: str) -> None:
    """Every sentence with every word, in each language, is read as what it says."""
    assert read_sentence(write_sentence(sentence, language), language) == sentence


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_begins_with_a_keyword(language: str) -> None:
    """Chinese and Japanese keywords need no space after them, so the parser would cut such a sentence in two."""
    dialect = Dialect.for_name(DIALECT[language])
    assert dialect is not None
    kinds = ("given", "when", "then", "and", "but")
    keywords = [word.strip() for kind in kinds for word in getattr(dialect, f"{kind}_keywords") if word != "* "]
    firsts = [words[language] for kind in ("actor", "activity") for words in WORDS[kind].values()]
    beginnings = [sentence.templates[language] for sentence in catalogue().steps()] + firsts
    wanted = [keyword if language != "en" else f"{keyword} " for keyword in keywords]
    assert [text for text, word in itertools.product(beginnings, wanted) if text.startswith(word)] == []


@pytest.mark.parametrize("kind", sorted(WORDS))
@pytest.mark.parametrize("language", LANGUAGES)
def test_words_of_a_kind_differ(kind: str, language: str) -> None:
    """Two names with one word could not be told apart on reading."""
    words = [word[language] for word in WORDS[kind].values()]
    assert sorted(set(words)) == sorted(words)


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("actor", list(Actor)),
        ("activity", list(Activity)),
        ("observable", list(Observable)),
        ("verdict", list(Verdict)),
        ("reason", list(Reason)),
        ("severity", [grade.name.lower() for grade in Severity]),
    ],
)
def test_the_model_has_a_word_for_everything(kind: str, names: list[str]) -> None:
    """A new member of the model needs its three words."""
    assert list(WORDS[kind]) == names


def test_every_sentence_has_its_function() -> None:
    """One function per abstract step, and no function without a sentence."""
    assert set(STEPS) == set(catalogue().sentences["world"])
    assert {*ACTUAL, "no_finding"} == set(catalogue().sentences["check"])


def test_both_kinds_of_brackets_and_commas_are_read() -> None:
    """What an input method happens to give is understood."""
    full = read_sentence("2025-12-01 10:00 买家申请取消（申请号 R1，只精确到日）", "zh")
    assert full is not None
    assert read_sentence("2025-12-01 10:00 买家申请取消(申请号 R1, 只精确到日)", "zh") == full


def test_a_comma_inside_quotes_parts_nothing() -> None:
    """The text of a message or label is taken as it stands."""
    found = read_sentence('at 2025-12-01 10:00 the buyer asks to cancel (giving "late, very", request R1)', "en")
    assert found is not None
    assert [detail.values for detail in found.details] == [{"text": '"late, very"'}, {"token": "R1"}]
    assert read_detail('giving "late', "en") is None
