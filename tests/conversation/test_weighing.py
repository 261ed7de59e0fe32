"""What can the learned score do to what phrases found?"""

from dataclasses import replace

from checker.conversation import Mood, Turn, heard
from checker.model.event import Actor
from checker.model.lexicon import Lexicon, Linear, Solicits, Weights

SILENT = Linear({}, 0.0)
UNSURE = Weights(Linear({}, 0.0), SILENT, ask_from=1.0, no_to=-1.0)


def read(text: str, lexicon: Lexicon, weights: Weights, mood: Mood | None = None) -> tuple[str | None, tuple[str, ...]]:
    taught = replace(lexicon, weights=weights, digest=repr(weights))
    reading, _ = heard(Turn(Actor.SELLER, text), mood or Mood(), taught)
    return reading.solicits, reading.because


def test_between_its_thresholds_it_says_nothing(lexicon: Lexicon) -> None:
    """Phrases decide where the score is unsure."""
    assert read("please cancel the order", lexicon, UNSURE)[0] == "explicit"
    assert read("good morning", lexicon, UNSURE) == ("no", ())


def test_it_takes_back_what_phrases_found(lexicon: Lexicon) -> None:
    """A score far enough below takes all asks back and says by which features."""
    weights = replace(UNSURE, solicits=Linear({"<cancel>": -3.0}, 0.0))
    solicits, because = read("please cancel the order", lexicon, weights)
    assert solicits == "no"
    assert because[-1] == "-learned:<cancel>"


def test_it_adds_what_no_phrase_found(lexicon: Lexicon) -> None:
    """A score far enough above is an ask of its own; the second score tells its strength."""
    weights = replace(UNSURE, solicits=Linear({"morning": 3.0}, 0.0))
    assert read("good morning", lexicon, weights) == ("indirect", ("+learned:morning",))
    louder = replace(weights, explicit=Linear({"morning": 1.0}, 0.0))
    assert read("good morning", lexicon, louder)[0] == "explicit"


def test_the_sentence_that_decided_is_quoted(lexicon: Lexicon) -> None:
    """Of a long letter the sentence with the highest score stands in the evidence."""
    taught = replace(lexicon, weights=replace(UNSURE, solicits=Linear({"morning": 3.0}, 0.0)), digest="letter")
    letter = Turn(Actor.SELLER, "We hope you are well. It is a good morning. Yours sincerely")
    assert heard(letter, Mood(), taught)[0].words == ("it is a good morning",)


def test_it_hears_the_conversation(lexicon: Lexicon) -> None:
    """What the buyer said last counts under its own name, and so does that the message answers it."""
    weights = replace(UNSURE, solicits=Linear({"buyer: how": 1.0, "[answer]": 1.0}, 0.0))
    _, mood = heard(Turn(Actor.BUYER, "how?"), Mood(), lexicon)
    assert read("good morning", lexicon, weights, mood)[0] == "indirect"
    assert read("good morning", lexicon, weights)[0] == Solicits.NO
