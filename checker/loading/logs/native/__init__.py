"""Canonical rows by columns: those that are plain never become objects, and give what the readers in Python give."""
