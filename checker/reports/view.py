"""For whom is a report written?"""

from dataclasses import dataclass

from checker.reports.phrases import Lang


@dataclass(frozen=True, slots=True)
class View:
    """What a format may know of its reader.

    `width` and `colour` matter to terminals only. `show_messages` lets texts that people wrote through; without it
    they are left out. `command` are the words that found the logs, for hints to repeat. `root` is the folder that paths
    of files for machines are relative to; "" where paths are relative already.
    """

    lang: Lang = "en"
    width: int = 100
    colour: bool = False
    show_messages: bool = False
    command: str = "LOG..."
    root: str = ""
