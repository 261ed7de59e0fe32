"""Where does a store keep what, and under which names?"""

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from checker.model.error import EventLogError

FORMAT = "order-histories/1"


@dataclass(frozen=True, slots=True)
class Store:
    """A folder of buckets. Every order is whole in one bucket; of one bucket the events stand order by order.

    `digest` is that of the log it was made from, `lexicons` are the digests of those that read its messages.
    `additions` says of each bucket which addition wrote it, `last` which one was the last; in a store that cannot grow
    there are none.
    """

    root: Path
    buckets: int
    orders: int
    events: int
    digest: str
    lexicons: Mapping[str, str]
    additions: tuple[int, ...] = ()
    last: int | None = None

    def orders_file(self, bucket: int) -> Path:
        """One row per order: its id, its facts, what its log shows."""
        return self.root / "orders" / self.file_name(bucket)

    def events_file(self, bucket: int) -> Path:
        """One row per event; `order` is the row of its order in the bucket."""
        return self.root / "events" / self.file_name(bucket)

    def records_file(self, bucket: int) -> Path:
        """One row per record that the orders were made from; only in a store that can grow."""
        return self.root / "records" / self.file_name(bucket)

    @property
    def context_file(self) -> Path:
        """What is known of more than one order; only in a store that can grow."""
        return self.root / "records" / f"context-{self.last}.json"

    @property
    def account_file(self) -> Path:
        """What became of the records."""
        return self.root / "account.json" if self.last is None else self.root / "records" / f"account-{self.last}.json"

    def file_name(self, bucket: int) -> str:
        """How the files of a bucket are called, each in its folder."""
        return f"{bucket:05}-{self.additions[bucket]}.parquet" if self.additions else f"{bucket:05}.parquet"


def bucket_of_order(order_id: str, buckets: int) -> int:
    """The bucket of an order: the same in every run and on every machine."""
    return zlib.crc32(order_id.encode()) % buckets


def is_store(path: Path) -> bool:
    """Whether a folder holds a store."""
    return (path / "store.json").is_file()


def open_store(path: Path) -> Store:
    """The store in a folder.

    Raises: EventLogError where it is none, or not finished, or of another version.
    """
    try:
        return described(path, (path / "store.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise EventLogError(
            f"{path.as_posix()}: is no finished store of orders; `checker convert --out {path.name}/` makes one"
        ) from None


def described(path: Path, text: str) -> Store:
    """The store of which `store.json` says so.

    Raises: EventLogError where it is of another version; ValueError where it is no JSON.
    """
    said = json.loads(text)
    if said.pop("format", None) != FORMAT:
        raise EventLogError(f"{path.as_posix()}: was made by another version of checker; convert the log again")
    return Store(path, **said | {"additions": tuple(said.get("additions", ()))})
