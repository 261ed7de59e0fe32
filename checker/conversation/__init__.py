"""What a chat message means: normalisation, phrases, conversations, annotations."""

from checker.conversation.annotation import annotate
from checker.conversation.thread import Reading, Turn, readings

__all__ = ["Reading", "Turn", "annotate", "readings"]
