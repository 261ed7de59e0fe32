"""What a chat message means: normalisation, phrases, conversations, annotations."""

from checker.conversation.annotation import annotate
from checker.conversation.thread import heard, readings
from checker.conversation.turn import Mood, Reading, Turn

__all__ = ["Mood", "Reading", "Turn", "annotate", "heard", "readings"]
