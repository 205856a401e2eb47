"""HTML pages."""

from __future__ import annotations

from pathlib import Path

from dragoman.ingest import Options, markup
from tests.ingest.helpers import documents, items, notices, rejected

PAGE = """<!DOCTYPE html><html><head><title>Ghana recalls envoy | Coast Wire</title>
<meta property="og:site_name" content="Coast Wire">
<meta property="article:published_time" content="2021-05-04T10:00:00Z">
<link rel="canonical" href="https://coast.example/ghana">
<script>var text = "hidden words";</script></head><body>
<nav><a href="/">Home</a> <a href="/sport">Sport</a></nav>
<article><h1>Ghana recalls envoy</h1>
<p>Ghana recalled its ambassador from Togo on Monday, the foreign ministry said in a statement
that was read out on state television.</p>
<p>A spokesman said that talks about the border crossing at Aflao would go on all the same, and
that nobody in Accra wanted the quarrel to last.</p>
<p>Togo&rsquo;s government called the step &ldquo;hasty&rdquo; and asked for a meeting in Lomé.</p>
</article><footer>Cookies</footer></body></html>"""


def test_an_article_with_its_title_date_and_publisher(tmp_path: Path) -> None:
    (document,) = documents(items(tmp_path, "a.html", PAGE))
    assert document.title is not None
    assert document.title.startswith("Ghana recalls envoy")
    assert str(document.published) == "2021-05-04"
    assert document.publisher == "Coast Wire"
    assert document.url == "https://coast.example/ghana"
    assert "recalled its ambassador" in document.text
    assert "hidden words" not in document.text
    assert "Cookies" not in document.text


def test_a_page_is_known_by_its_content_whatever_its_name(tmp_path: Path) -> None:
    (document,) = documents(items(tmp_path, "a.txt", PAGE))
    assert "Lomé" in document.text
    assert "<p>" not in document.text


def test_a_page_without_an_article_is_read_whole_and_says_so(tmp_path: Path) -> None:
    found = items(tmp_path, "a.html", "<html><body><b>Ghana voted.</b></body></html>")
    assert documents(found)[0].text == "Ghana voted."


def test_what_nests_deeper_than_a_tree_holds_is_kept(tmp_path: Path) -> None:
    words = [f"Word{n}" for n in range(1000)]
    body = "".join(f"<div>{word}" for word in words) + "</div>" * 1000
    found = items(tmp_path, "a.html", f"<html><body>{body}</body></html>")
    text = documents(found)[0].text
    assert sum(word in text.split() for word in words) == 1000
    assert "DR122" in notices(found)


def test_the_encoding_a_page_declares_is_believed(tmp_path: Path) -> None:
    data = PAGE.replace("<head>", '<head><meta charset="iso-8859-1">').encode("cp1252", "replace")
    (document,) = documents(items(tmp_path, "a.html", data))
    assert "Lomé" in document.text
    assert document.meta["encoding"].startswith("cp1252")


def test_a_broken_character_loses_no_page(tmp_path: Path) -> None:
    page = PAGE.replace("<head>", '<head><meta charset="utf-8">')
    data = page.encode().replace(b"quarrel", b"quar\xc3rel")
    found = items(tmp_path, "a.html", data)
    assert "quar\ufffdrel" in documents(found)[0].text
    assert "DR133" in notices(found)


def test_an_empty_page_is_rejected(tmp_path: Path) -> None:
    assert rejected(items(tmp_path, "a.html", "<html><body></body></html>")) == [
        ("a.html", "DR026")
    ]


def test_scripts_and_broken_declarations_are_no_text() -> None:
    text, depth = markup.text_of("<p>One<script>two</script> three<![x[ four<p>five &amp; six")
    assert "two" not in text
    assert "One three" in text
    assert depth == 1


def test_a_foreign_page_is_told_and_left_out(tmp_path: Path) -> None:
    spanish = (
        "El presidente dijo el lunes que las conversaciones con los sindicatos seguirían esta "
        "semana y que el gobierno no aceptaría condiciones previas de ninguna de las partes."
    )
    assert rejected(items(tmp_path, "a.txt", spanish)) == [("a.txt", "DR028")]
    kept = items(tmp_path, "a.txt", spanish, Options(any_language=True))
    assert documents(kept)[0].text == spanish
