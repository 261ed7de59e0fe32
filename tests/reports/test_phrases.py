"""Is the catalogue of phrases complete?"""

from string import Formatter
from typing import get_args

import pytest

from checker.model.activity import Activity, Observable
from checker.model.condition import StateRelation
from checker.model.deadline import Unit
from checker.model.event import Actor
from checker.model.finding import Reason, Verdict
from checker.model.policy import Change, Confidence, EffectiveBasis
from checker.model.rule import Bearer, Severity, Subject
from checker.model.waiver import Lapse
from checker.reports.phrases import Lang, catalogue, listed, named, phrase
from checker.reports.wording import TELLERS

KEYS = [(section, key) for section, phrases in catalogue().items() for key in phrases]
ENUMS = {
    "verdict": Verdict,
    "actor": Actor,
    "subject": Subject,
    "activity": Activity,
    "did": Activity,
    "observable": Observable,
    "settled_by": Observable,
    "confidence": Confidence,
    "basis": EffectiveBasis,
    "change": Change,
    "duration": Unit,
    "condition": StateRelation,
    "reason": Reason,
    "lapse": Lapse,
}


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize(("section", "key"), KEYS)
def test_languages(section, key):
    """Every phrase is there in all three languages, says something, and has the same placeholders in each."""
    texts = catalogue()[section][key]
    assert set(texts) == set(get_args(Lang))
    assert all(text or (section, key) == ("span", "join") for text in texts.values())
    assert fields(texts["en"]) == fields(texts["ja"]) == fields(texts["zh"])


@pytest.mark.parametrize("section", ENUMS)
def test_enums(section):
    """Every member of an enum has its phrase."""
    assert {member.value for member in ENUMS[section]} <= set(catalogue()[section])


def test_severities_and_bearers():
    """Severities and bearers have names."""
    assert {severity.name.lower() for severity in Severity} == set(catalogue()["severity"])
    assert {bearer.value for bearer in Bearer} <= set(catalogue()["actor"])


def test_every_undetermined_reason_can_be_settled(made):
    """Each reason that leaves a finding undetermined says which data would settle it, and no other does."""
    undetermined = {r.value for r, f in made.every_reason().items() if f.verdict is Verdict.UNDETERMINED}
    assert undetermined == set(catalogue()["settle"])


def test_placeholders_are_known():
    """A sentence names nothing that a finding cannot tell, except the two values of what came after."""
    wanted = {name for key, texts in catalogue()["reason"].items() if key != "then" for name in fields(texts["en"])}
    assert wanted == set(TELLERS)


def test_values_are_not_phrases():
    """Braces in what is filled in stay as they are."""
    assert phrase("en", "mark", "assumed", names="{0} {names}") == "assumed by the shop: {0} {names}"


def test_unknown_names():
    """A name that the catalogue lacks is shown as it is."""
    assert named("ja", "field", "warehouse") == "warehouse"


def test_lists():
    """Lists end in the language's own way."""
    assert listed("en", ["a", "b", "c"], "or") == "a, b or c"
    assert listed("ja", ["a", "b", "c"], "and") == "a、bとc"
    assert listed("zh", ["a"], "and") == "a"
    assert listed("en", [], "and") == ""
