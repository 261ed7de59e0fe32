"""What a chat message means: normalisation, phrases, conversations, annotations."""

from checker.conversation.annotation import annotate
from checker.conversation.thread import Mood, Reading, Turn, heard, readings

__all__ = ["Mood", "Reading", "Turn", "annotate", "heard", "readings"]
