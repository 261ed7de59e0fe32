"""What do plain rows say as records? For orders that need a closer look, and for what a file says of all of its own."""

from collections.abc import Iterator, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from checker.loading.logs.collection import Written
from checker.loading.logs.documents import Around
from checker.loading.logs.native.facts import OBSERVES
from checker.loading.logs.native.places import first_sources
from checker.loading.logs.reading import canonical_record, json_line
from checker.loading.logs.record import Place, Record
from checker.loading.logs.sources.canonical import COLUMNS, FACTS_ROW

BATCH_ROWS = 4096


def records_again(rows: pa.Table, paths: Sequence[str], known: Around) -> Iterator[Record]:
    """The records that the readers of single rows make of these."""
    for batch in rows.to_batches(BATCH_ROWS):
        for row in batch.to_pylist():
            place, line = Place(paths[row["file"]], row["number"]), row["line"]
            if line is None:
                yield canonical_record({name: row[name] for name in COLUMNS if row[name] is not None}, place)
            else:
                yield from (item for item in json_line(place, line.encode(), known) if isinstance(item, Record))


def learn(about: Written, rows: pa.Table, paths: Sequence[str], known: Around) -> None:
    """Takes in what these rows of one file tell of it: its sources, and whether anything is declared."""
    is_facts = pc.equal(rows["type"], FACTS_ROW)
    events = rows.filter(pc.invert(is_facts))
    seen = pa.table({"source": first_sources(events), "at": pc.coalesce(events["observed_at"], events["ts"])})
    for row in seen.group_by("source", use_threads=False).aggregate([("at", "min"), ("at", "max")]).to_pylist():
        about.saw(row["source"], row["at_min"])
        about.saw(row["source"], row["at_max"])
    if not about.declares:
        facts = rows.filter(is_facts)
        may_declare = pc.match_substring(pc.coalesce(facts["line"], facts["facts"]), OBSERVES)
        about.declares = any(r.coverage for r in records_again(facts.filter(may_declare), paths, known))
