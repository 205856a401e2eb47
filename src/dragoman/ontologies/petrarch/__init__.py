"""PETRARCH's dictionaries: verbs with patterns, actors with dates, agents.

Formats: Schrodt, Beieler and Idris, *PETRARCH* (2014), and its successor's verb files.
"""
