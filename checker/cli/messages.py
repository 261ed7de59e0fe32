"""How are chat messages read: does the seller steer the buyer to cancel, and by which words?"""

import json
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

import click

from checker.cli.terminal import complain, say
from checker.model.lexicon import Lexicon
from checker.model.report import DataProblem, ExitCode

BATCH = 1000


@click.group(short_help="Show how chat messages are read.")
def messages() -> None:
    """Show how chat messages are read."""


@messages.command()
@click.argument("file", type=click.File("rb"))
@click.option("--lexicon", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Another lexicon file.")
@click.option("--no-learned", is_flag=True, help="Patterns only, without the learned score.")
def judge(file: BinaryIO, lexicon: Path | None, no_learned: bool) -> int:
    """Judge every message of FILE (`-` for stdin): does it ask or steer the buyer to end the order?

    \b
    In, one a line:   {"id": "1", "sender": "seller", "text": "...", "conversation": "c7"}
    Out, one a line:  {"id": "1", "solicits": "explicit", "words": [...], "because": [...], "lang": "ja"}

    `sender` is buyer, seller or platform. Lines of one `conversation` are read in order: what the buyer asked for first
    is never held against the seller. Lines that cannot be used are told on stderr; with none usable the exit code is 2.
    """
    usable, bad = _judge(file, _chosen(lexicon, learned=not no_learned))
    if bad:
        complain(f"{bad} of {usable + bad} lines could not be used", label="note")
    return ExitCode.CLEAN if usable else ExitCode.COULD_NOT_CHECK


def _judge(file: BinaryIO, lexicon: Lexicon) -> tuple[int, int]:
    """Writes a line for every message; returns how many there were, and how many lines were none."""
    from checker.conversation import Mood, Turn, heard
    from checker.loading.logs.chat_lines import chat_lines

    moods: dict[str, Mood] = {}
    written: list[str] = []
    usable = bad = 0
    for line in chat_lines(file, file.name):
        if isinstance(line, DataProblem):
            bad += 1
            complain(f"{line.path}:{line.line}: {line.reason}; {line.hint}")
            continue
        usable += 1
        thread = line.conversation
        mood = Mood() if thread is None else moods.get(thread, Mood())
        reading, mood = heard(Turn(line.sender, line.text), mood, lexicon)
        if thread is not None:
            moods[thread] = mood
        row = {"id": line.id, "solicits": reading.solicits, "words": reading.words, "because": reading.because}
        written.append(_json({**row, "lang": line.lang or reading.language}))
        if len(written) == BATCH:
            say("".join(written))
            written.clear()
    say("".join(written))
    return usable, bad


def _json(row: dict[str, object]) -> str:
    """The row as a line of JSON in which nothing that a terminal would obey stands unescaped."""
    line = json.dumps(row, ensure_ascii=False)
    shown = line if line.isprintable() else "".join(c if c.isprintable() else json.dumps(c)[1:-1] for c in line)
    return shown + "\n"


def _chosen(path: Path | None, *, learned: bool) -> Lexicon:
    from checker.loading.lexicons import load_lexicon
    from checker.loading.policies import shipped_policies

    lexicon = load_lexicon(path or shipped_policies() / "lexicons" / "cancel_solicitation.yaml")
    return lexicon if learned else replace(lexicon, weights=None, digest=f"{lexicon.digest} without weights")


command = messages
