"""In what language a report is written, by py3langid where it is installed."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final

_SAMPLE: Final = 2_000
_WORDS: Final = 12
_LETTERS: Final = 30
"""Fewer words, and in other scripts fewer letters, tell nothing."""
SURE: Final = 0.95


def language_of(text: str) -> str | None:
    """The ISO 639-1 code of a text's language where that is surely not English; else None.

    Judged by the first 2,000 code points; None as well for less than twelve words (in other
    scripts, 30 letters) and where the library is not installed.
    """
    sample = text[:_SAMPLE]
    letters = [character for character in sample if character.isalpha()]
    latin = 2 * sum(letter < "\u0250" for letter in letters) >= len(letters)
    # Some other scripts put no spaces between words.
    if len(sample.split()) < _WORDS and (latin or len(letters) < _LETTERS):
        return None
    identifier = _identifier()
    if identifier is None:
        return None
    language, chance = identifier.classify(sample)
    if language == "en":
        return None
    # Of two neighbours it may be unsure which; in another script it is not English in any case.
    return str(language) if chance >= SURE or not latin else None


@lru_cache(maxsize=1)
def _identifier() -> Any:
    try:
        from py3langid.langid import MODEL_FILE, LanguageIdentifier
    except ImportError:
        return None
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
