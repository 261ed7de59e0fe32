"""The nouns: frozen values with no behaviour beyond their own fields. Standard library only."""
