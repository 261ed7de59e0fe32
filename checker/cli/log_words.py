"""What must the reader of a log be told on the command line?"""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import click

from checker.model.activity import Observable
from checker.model.policy import Policy

Command = Callable[..., Any]
_NAMES = ("market", "timezone", "shop", "shipping", "date_order", "observes", "quarantine")


def log_options(command: Command) -> Command:
    """The command with the words about its log files."""
    words = (
        click.option("--market", metavar="CODE", help="Market of orders that name none.  [default: the policy's]"),
        click.option("--timezone", metavar="ZONE", help="Zone of times without offset.  [default: the policy's]"),
        click.option("--shop", metavar="ID", help="The shop of every order that names none."),
        click.option("--shipping", type=click.Choice(["local", "cross_border"]), help="How this shop ships."),
        click.option("--date-order", type=click.Choice(["dmy", "mdy", "ymd"]), help="How ambiguous dates are meant."),
        click.option(
            "--observes",
            multiple=True,
            type=click.Choice([name.value for name in Observable]),
            help="The log shows this completely, beyond what its format proves (repeatable).",
        ),
        click.option(
            "--quarantine",
            type=click.Path(dir_okay=False, path_type=Path),
            metavar="FILE",
            help="Write every record that could not be used to this file.",
        ),
    )
    for word in reversed(words):
        command = word(command)
    return command


def log_words(words: dict[str, Any]) -> dict[str, Any]:
    """The fields of LogOptions that the words say, those left open left out; takes them out of `words`."""
    said = {name: value for name in _NAMES if (value := words.pop(name)) is not None}
    if "shop" in said:
        said["shop_id"] = said.pop("shop")
    return said | {"observes": tuple(map(Observable, said["observes"]))}


def placed(said: dict[str, Any], policies: Iterable[Policy]) -> dict[str, Any]:
    """What was said, with the market and the zone of the policies where nothing was said and they have only one."""
    markets = {policy.market.id: policy.market for policy in policies}.values()
    codes = {code for market in markets for code in market.orders.get("market", ())}
    zones = {market.timezone for market in markets}
    known = {"market": codes.pop() if len(codes) == 1 else None}
    return known | ({"timezone": zones.pop()} if len(zones) == 1 else {}) | said
