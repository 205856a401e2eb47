"""In what language a report is written, by py3langid where it is installed."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final

_SAMPLE: Final = 2_000
_WORDS: Final = 12
"""Fewer words than this tell nothing."""
SURE: Final = 0.95
"""How sure it must be that the text is not English."""


def language_of(text: str) -> str | None:
    """The ISO 639-1 code of a text's language where that is surely not English; else None.

    Judged by the first 2,000 code points; None as well for less than twelve words and where the
    library is not installed.
    """
    sample = text[:_SAMPLE]
    if len(sample.split()) < _WORDS and sample.isascii():
        return None
    identifier = _identifier()
    if identifier is None:
        return None
    ranked = identifier.rank(sample)
    # Which other language it is may be unsure (one of two neighbours) where English it is not.
    return str(ranked[0][0]) if dict(ranked)["en"] <= 1 - SURE else None


@lru_cache(maxsize=1)
def _identifier() -> Any:
    try:
        from py3langid.langid import MODEL_FILE, LanguageIdentifier
    except ImportError:
        return None
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
