"""Whole order histories on disk, in buckets by hash of the order id, as columns that need no merging when read."""

from checker.engines.store.account import last_event_at, read_account, write_account
from checker.engines.store.addition import adding
from checker.engines.store.histories import histories_from, histories_in
from checker.engines.store.layout import Store, described, is_store, open_store
from checker.engines.store.read import TO_JUDGE, Wanted, bucket_from, read_bucket
from checker.engines.store.write import StoreWriter

__all__ = [
    "TO_JUDGE",
    "Store",
    "StoreWriter",
    "Wanted",
    "adding",
    "bucket_from",
    "described",
    "histories_from",
    "histories_in",
    "is_store",
    "last_event_at",
    "open_store",
    "read_account",
    "read_bucket",
    "write_account",
]
