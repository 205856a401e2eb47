"""In what language a report is."""

from __future__ import annotations

import pytest

from dragoman.ingest.english import language_of

# ruff: noqa: E501
FOREIGN = {
    "de": "Der Minister sagte am Montag, die Gespräche mit den Nachbarn würden in dieser Woche weitergehen.",
    "fr": "Le ministre a déclaré lundi que les discussions avec les pays voisins reprendraient cette semaine.",
    "pt": "O ministro disse na segunda-feira que as conversas com os vizinhos continuam durante esta semana.",
    "ru": "Министр заявил в понедельник, что переговоры с соседями продолжатся на этой неделе в столице.",
    "ar": "قال الوزير يوم الاثنين إن المحادثات مع دول الجوار ستستمر هذا الأسبوع في العاصمة على أعلى مستوى.",
    "zh": "部长星期一说，与邻国的会谈将于本周在首都继续举行，双方尚未就停火条件达成协议。",
}  # fmt: skip


@pytest.mark.parametrize(("language", "text"), FOREIGN.items())
def test_another_language_is_known(language: str, text: str) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize(
    "text",
    [
        "The minister said on Monday that talks with Côte d'Ivoire would go on in Yamoussoukro.",
        "Erdoğan, Aliyev, Pashinyan and Kılıçdaroğlu were named in the statement read in Nakhchivan.",
        "Ghana voted.",
        "",
        "1 2 3 4 5 6 7 8 9 10 11 12 13",
    ],
)
def test_english_and_what_is_too_little_to_tell_is_read(text: str) -> None:
    assert language_of(text) is None
