"""Which language does the reader have?"""

import os
from collections.abc import Mapping
from typing import get_args

from checker.reports.phrases import Lang


def reader_language(environment: Mapping[str, str] = os.environ) -> Lang:
    """The first of LC_ALL, LC_MESSAGES and LANG that is set, if it is ours; else English."""
    value = next((environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), "")
    return next((lang for lang in get_args(Lang) if value.lower().startswith(lang)), "en")
