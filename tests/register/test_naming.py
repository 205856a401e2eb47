from __future__ import annotations

import pytest

from dragoman.register.naming import slug, spellings, surnames


@pytest.mark.parametrize(
    ("name", "country", "expected"),
    [
        ("Masoud Pezeshkian", "IRN", ("Pezeshkian",)),
        ("Xi Jinping", "CHN", ("Xi",)),
        ("Charles III", "GBR", ()),
        ("Salman", "SAU", ("Salman",)),
        ("Ferdinand Marcos Jr.", "PHL", ("Marcos",)),
        ("Ursula von der Leyen", None, ("Leyen", "von der Leyen")),
    ],
)
def test_surnames(name: str, country: str | None, expected: tuple[str, ...]) -> None:
    assert surnames(name, country) == expected


def test_surname_with_article() -> None:
    assert {"al-Assad", "Assad", "Al-Assad"} <= set(surnames("Bashar al-Assad", "SYR"))


@pytest.mark.parametrize(
    ("name", "country", "variant"),
    [
        ("Kim Jong Un", "PRK", "Kim Jong-un"),
        ("Tsai Ing-wen", "TWN", "Tsai Ing-Wen"),
        ("Bashar al-Assad", "SYR", "Bashar Assad"),
        ("Abdel Fattah el-Sisi", "EGY", "Abdel Fattah al-Sisi"),
        ("Ferdinand Marcos Jr.", "PHL", "Ferdinand Marcos Jr"),
        ("A. P. J. Abdul Kalam", "IND", "A.P.J. Abdul Kalam"),
    ],
)
def test_spellings(name: str, country: str, variant: str) -> None:
    assert variant in set(spellings(name, country))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Recep Tayyip Erdoğan", "recep-tayyip-erdogan"),
        ("Robert O'Brien", "robert-obrien"),
        ("Zoran Đinđić", "zoran-dindic"),
        ("Jonas Gahr Støre", "jonas-gahr-store"),
    ],
)
def test_slug(name: str, expected: str) -> None:
    assert slug(name) == expected
