"""Ontologies of a user's own: one folder of types, codes, triggers, examples and dictionaries."""
