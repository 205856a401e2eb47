"""Feeds and pages polled over the network, by a client that goes to public addresses only.

An address goes one way: parsed (``addresses``), resolved and checked, allowed by ``robots``,
fetched from the very address that was checked (``connection``, ``client``), read (``articles``),
and remembered (``state``); ``polling`` puts them in order.
"""
