"""Is a text cut into the words and concepts that it holds?"""

from checker.conversation.normalisation import Normaliser
from checker.conversation.tokens import Cutter, Tokens
from checker.model.lexicon import Lexicon


def cut_up(text: str, lexicon: Lexicon) -> Tokens:
    return Cutter(lexicon).tokens(Normaliser(lexicon).plain(text))


def test_words_of_one_concept_are_one(lexicon: Lexicon) -> None:
    """Cancelling is one concept in every language, so what is learned in one serves the others."""
    found = {cut_up(text, lexicon).meant for text in ("キャンセル", "取消", "cancel")}
    assert found == {("^", "<cancel>", "$")}


def test_words_stay_beside_their_meaning(lexicon: Lexicon) -> None:
    """Latin words stay whole, Chinese and Japanese characters stand alone, stops count for nothing."""
    assert cut_up("OK, 没 abc12!", lexicon).written == ("^", "ok", "没", "abc", "12", "$")


def test_concepts_stand_sentence_by_sentence(lexicon: Lexicon) -> None:
    """Two concepts belong together only within a sentence."""
    found = cut_up("Please cancel. We ship!", lexicon)
    assert found.sentences == ("please cancel", "we ship")
    assert found.concepts[:2] == (("<please>", "<cancel>"), ("<seller>", "<ship>"))
