"""Orders that break a rule by one second or one word, each with a twin that keeps it by as little."""

from checker.generating.injections.chat import CHAT
from checker.generating.injections.dispatch import DISPATCH
from checker.generating.injections.injection import POLICY, Injection
from checker.generating.injections.requests import REQUESTS
from checker.generating.injections.seller import SELLER

__all__ = ["INJECTIONS", "POLICY", "Injection"]

INJECTIONS: tuple[Injection, ...] = (*REQUESTS, *CHAT, *SELLER, *DISPATCH)
