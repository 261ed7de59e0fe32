"""What the whole log can show for each order."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime

from checker.loading.logs.collection import Collection, Written
from checker.loading.logs.options import LogOptions
from checker.loading.logs.record import WHOLE, Coverage, Notice, Page, Place
from checker.loading.logs.sources import cancellation, export, order, returns, webhook
from checker.loading.logs.sources.canonical import SOURCE as CANONICAL
from checker.model.activity import Observable
from checker.model.history import Span

Observes = dict[Observable, Span]

LISTED = {cancellation.SOURCE: cancellation.SHOWS, returns.SOURCE: (Observable.RETURNS,)}
WRITTEN = {
    order.SOURCE: order.SHOWS,
    cancellation.SOURCE: cancellation.SHOWS,
    returns.SOURCE: (Observable.RETURNS,),
    export.SOURCE: export.SHOWS,
    "message": (Observable.MESSAGES,),
}


def united(one: Span, other: Span) -> Span:
    """Both spans as one where they meet; of two with a gap between them, the later."""
    early, late = sorted((one, other), key=lambda span: (span.start is not None, span.start))
    if early.end is not None and late.start is not None and early.end < late.start:
        return late
    ends = (early.end, late.end)
    return Span(early.start, None if None in ends else max(end for end in ends if end is not None))


def add(observes: Observes, more: Mapping[Observable, Span]) -> None:
    """Widens what is observed."""
    for name, span in more.items():
        observes[name] = united(observes[name], span) if name in observes else span


def shown_to_all(collection: Collection, options: LogOptions) -> Observes:
    """What the native files and the user say of every order; chats are not among it."""
    observes: Observes = dict.fromkeys(options.observes, WHOLE)
    for coverage in collection.coverage:
        if coverage.orders is None:
            add(observes, coverage.observes)
    for (source, _), pages in paged(collection).items():
        if source in LISTED and is_complete(pages):
            seen = [page.observed_at for page in pages if page.observed_at]
            add(observes, dict.fromkeys(LISTED[source], Span(end=min(seen) if seen else None)))
    add(observes, pushed(collection.pushes))
    return observes


def pushed(pushes: Mapping[str, tuple[datetime, datetime]]) -> Observes:
    """What webhooks show: the topics that occur at all, from the first push to the last."""
    if not pushes:
        return {}
    span = Span(min(first for first, _ in pushes.values()), max(last for _, last in pushes.values()))
    kinds = (int(name.partition(":")[2]) for name in pushes if name.partition(":")[2].isdecimal())
    return {name: span for kind in kinds for name in webhook.SHOWS.get(kind, ())}


def paged(collection: Collection) -> dict[tuple[str, str], list[Page]]:
    """The pages of each list, by what it lists and the file."""
    lists: dict[tuple[str, str], list[Page]] = defaultdict(list)
    for page in collection.pages:
        lists[page.source, page.path].append(page)
    return lists


def is_complete(pages: list[Page]) -> bool:
    """Whether the last page is there and, where a total is told, as many entries."""
    total = max((page.total or 0 for page in pages), default=0)
    return any(page.last for page in pages) and sum(page.listed for page in pages) >= total


def note_cut_lists(collection: Collection) -> None:
    """Says which lists lack pages."""
    for (source, path), pages in paged(collection).items():
        if not is_complete(pages):
            listed, total = sum(page.listed for page in pages), max((page.total or 0 for page in pages), default=0)
            count = f"{listed} of {total}" if total else f"{listed}, and more follow"
            what = source.partition(":")[0]
            notice = Notice(f"a list of {what} records is cut off ({count})", "fetch the pages after `next_page_token`")
            collection.note(Place(path), notice)


def shown_per_order(collection: Collection) -> dict[str, Observes]:
    """What records say of the orders that they are about, and canonical files of theirs."""
    observes: dict[str, Observes] = defaultdict(dict)
    for coverage in collection.coverage:
        for order_id in coverage.orders or ():
            add(observes[order_id], coverage.observes)
    for path, written in collection.canonical.items():
        declared = written.coverage if written.declares else [proven(collection, path, written)]
        _declare(observes, written, declared)
    return observes


def _declare(observes: dict[str, Observes], written: Written, declared: list[Coverage]) -> None:
    for coverage in declared:
        for order_id in written.orders if coverage.orders is None else coverage.orders:
            add(observes[order_id], coverage.observes)


def proven(collection: Collection, path: str, written: Written) -> Coverage:
    """What a canonical file without coverage rows shows, by the sources that its events name."""
    observes: Observes = {name: WHOLE for source in written.sources for name in WRITTEN.get(source, ())}
    add(observes, pushed({name: ends for name, ends in written.sources.items() if name.startswith("webhook:")}))
    strange = sorted(name for name in written.sources if name not in WRITTEN and not name.startswith("webhook:"))
    if strange and not observes:
        hint = "say it with a log_coverage row or --observes; until then nothing can be missing from this log"
        collection.note(Place(path), Notice(_unsaid(strange[0]), hint))
    return Coverage(observes)


def _unsaid(source: str) -> str:
    if source == CANONICAL:
        return "the rows name no `source`, so nothing tells what this log can show"
    return f"nothing tells what the source `{source}` can show"
