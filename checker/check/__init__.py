"""What do the policies say: of a log that fits into memory, and of a store of millions of orders?"""

from checker.check.log import check, market_of, orders_of, read_messages

__all__ = ["check", "market_of", "orders_of", "read_messages"]
