"""Arguments in, exit code out; one file per command."""

from checker.cli.app import main

__all__ = ["main"]
