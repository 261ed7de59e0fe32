"""What does a change of the rules do: to the text, to real orders, to what was waived, to a shop's own policy?"""
