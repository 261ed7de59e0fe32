"""Features run as tests, read in three languages, and proven to bite; pytest lives only here."""
