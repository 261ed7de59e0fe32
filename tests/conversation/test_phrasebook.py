"""Are phrases found, all of them, in both scripts?"""

from checker.conversation.normalisation import Normaliser
from checker.conversation.phrasebook import Passage, Phrasebook
from checker.model.lexicon import Lexicon, Phrase, Role


def passage(lexicon: Lexicon, text: str) -> Passage:
    plain = Normaliser(lexicon).plain(text)
    return Passage(plain.text.encode(), plain.simplified.encode())


def test_sieve_leaves_out_no_phrase_that_matches(lexicon: Lexicon) -> None:
    """The quick choice of phrases never loses one that a slow search would find."""
    book = Phrasebook(lexicon.phrases)
    everything = Phrasebook(p for p in lexicon.phrases)
    for text in ("煩請您取消訂單", "キャンセルしてください", "please cancel, the order is out of stock", "你好", ""):
        words = passage(lexicon, text)
        near = {entry.phrase.id for entries in book.near(words).values() for entry in entries}
        all_entries = (*everything._chinese, *everything._others)
        assert {entry.phrase.id for entry in all_entries if entry.found(words)} <= near


def test_chinese_phrases_see_both_scripts_and_quote_the_original(lexicon: Lexicon) -> None:
    """A pattern in simplified characters finds traditional text and quotes it as it was written."""
    book = Phrasebook([Phrase("zh.ask.order", "zh", Role.ASK, "请.{0,3}订单")])
    words = passage(lexicon, "請取消訂單")
    (entry,) = book.near(words)[Role.ASK]
    assert entry.sign(words).words == "請取消訂單"
