"""With what does a new feature begin?"""

from datetime import datetime
from difflib import get_close_matches
from pathlib import Path

import click

from checker.cli.language import reader_language
from checker.cli.reader import lang_option
from checker.cli.terminal import complain, say
from checker.model.error import UsageError
from checker.model.report import ExitCode


@click.group(name="new", short_help="Begin a policy's next version, or a rule's feature.")
def command() -> None:
    """Begin something new."""


@command.command()
@click.argument("rule")
@click.option("--policy-files", multiple=True, type=click.Path(exists=True, path_type=Path), metavar="DIR")
@lang_option
def feature(rule: str, policy_files: tuple[Path, ...], lang: str | None) -> int:
    """Print a feature of a rule: the usual case, around the due time, pending, hidden from the log.

    RULE is an id, or `policy.rule` or `policy.rule@day` where several policies have it; without a day the latest.
    Every claim is what the policy says today: compare each with the source, then keep or mend it.
    """
    from checker.harness.pool import pool
    from checker.harness.skeleton import skeleton

    name, _, day = rule.partition("@")
    policies = [p for p in pool(policy_files, Path()) if day in ("", p.effective.isoformat())]
    found = {f"{p.id}.{r.head.id}": (p, r) for p in policies for r in p.rules}
    chosen = [full for full in found if full == name or full.endswith(f".{name}")]
    if len(chosen) != 1:
        near = chosen or get_close_matches(name, [full.rpartition(".")[2] for full in found], n=1)
        raise UsageError(
            f"{'several rules' if chosen else 'no rule'} `{rule}`; expected one of {', '.join(near) or '-'}"
        )
    policy, wanted = found[chosen[0]]
    say(skeleton(policy, wanted, lang or reader_language()))
    return ExitCode.CLEAN


@command.command()
@click.argument("old")
@click.option("--effective", type=click.DateTime(["%Y-%m-%d"]), required=True, help="First local day in force.")
@click.option("--into", type=click.Path(file_okay=False, path_type=Path), help="Another folder than the old version's.")
def version(old: str, effective: datetime, into: Path | None) -> int:
    """Write the next version of a policy: a copy of OLD with its dates, and the list of places to fill.

    OLD is a policy file, or a shipped version such as tiktok_shop.vn.order_fulfilment@2023-01-12.
    """
    from checker.cli.version_names import version_file
    from checker.loading.policies.next_version import blanks, next_version

    source = version_file(old)
    target = (into or source.parent) / f"{effective.date().isoformat()}.yaml"
    if target.exists():
        raise UsageError(f"`{target}` exists; expected a day without a version")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(next_version(source, effective.date()), encoding="utf-8")
    places = (f"{blank.location.path}:{blank.location.line}: {blank.name}: {blank.now}\n" for blank in blanks(target))
    say("".join(places))
    complain(f"{target}; compare each place with the source, then: checker lint {target}", label="written")
    return ExitCode.CLEAN


@command.command()
@lang_option
def snippets(lang: str | None) -> int:
    """Print the sentences as snippets for VS Code and editors that read its form."""
    import json

    from checker.harness.phrase_book import snippets as told

    say(json.dumps(told(lang or reader_language()), ensure_ascii=False, indent=2) + "\n")
    return ExitCode.CLEAN
