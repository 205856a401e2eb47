"""Actors of a user's own: YAML files and PETRARCH dictionaries laid over the register."""
