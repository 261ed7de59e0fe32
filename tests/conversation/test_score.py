"""Is the learned score the sum of what it shows?"""

from dataclasses import replace

from checker.conversation.normalisation import Normaliser
from checker.conversation.score import Scorer
from checker.model.lexicon import Lexicon, Weights


def test_words_of_one_concept_are_one(lexicon: Lexicon) -> None:
    """Cancelling is one concept in every language, so what is learned in one serves the others."""
    scorer, normaliser = Scorer(lexicon), Normaliser(lexicon)
    ja, zh, en = (scorer.runs(normaliser.plain(text)) for text in ("キャンセル", "取消", "cancel"))
    assert ja == zh == en == {"^", "<cancel>", "$", "^ <cancel>", "<cancel> $", "^ <cancel> $"}


def test_score_is_the_sum_of_its_runs(lexicon: Lexicon) -> None:
    """Bias plus the weights of the runs present, and the strongest runs explain it."""
    weights = Weights({"<cancel>": 2.0, "<please> <cancel>": 1.5, "^": -0.25}, bias=-1.0, ask_from=1.0, no_to=-2.0)
    scorer = Scorer(replace(lexicon, weights=weights))
    score = scorer.score(Normaliser(lexicon).plain("please cancel"))
    assert score.value == 2.25
    assert score.runs == ("<cancel>", "<please> <cancel>")


def test_without_weights_nothing_is_said(lexicon: Lexicon) -> None:
    """The score can be switched off."""
    scorer = Scorer(replace(lexicon, weights=None))
    assert scorer.score(Normaliser(lexicon).plain("please cancel")).value == 0.0
