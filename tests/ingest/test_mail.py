"""Mailboxes and mails."""

from __future__ import annotations

from pathlib import Path

from tests.ingest.helpers import documents, items, rejected

MAIL = """From: Coast Wire <alerts@coast.example>
Subject: =?utf-8?q?Lom=C3=A9?= talks
Date: Tue, 04 May 2021 10:00:00 +0000
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

Ghana and Togo met in Lomé.

>From there they went on to Accra.
"""
HTML = """From: hill@hill.example
Subject: Alert
Date: Sun, 26 Nov 2017 10:00:00 +0000
Content-Type: text/html

<html><body><p>Nepal voted on Sunday.</p></body></html>
"""


def test_each_message_of_a_mailbox_is_a_report(tmp_path: Path) -> None:
    box = f"From a@b Tue May  4 10:00:00 2021\n{MAIL}\nFrom c@d Sun Nov 26 10:00:00 2017\n{HTML}"
    first, second = documents(items(tmp_path, "a.mbox", box))
    assert first.text.startswith("Ghana and Togo met in Lomé.")
    assert "\nFrom there they went on" in first.text
    assert (first.title, first.publisher) == ("Lomé talks", "Coast Wire")
    assert str(first.published) == "2021-05-04"
    assert (second.text, str(second.published)) == ("Nepal voted on Sunday.", "2017-11-26")


def test_one_mail(tmp_path: Path) -> None:
    (document,) = documents(items(tmp_path, "a.eml", HTML))
    assert document.title == "Alert"


def test_a_mail_without_text(tmp_path: Path) -> None:
    assert rejected(items(tmp_path, "a.eml", "Subject: empty\n\n")) == [("a.eml", "DR026")]


def test_prose_that_begins_like_a_head_is_prose(tmp_path: Path) -> None:
    body = "Ghana voted.\nFrom Accra Tue reports came in 2021\n\nFrom there, nothing."
    box = f"From a@b Tue May  4 10:00:00 2021\nSubject: One\n\n{body}\n"
    (document,) = documents(items(tmp_path, "a", box))
    assert document.text.strip() == body


def test_a_day_that_is_none_is_told_and_the_mail_read(tmp_path: Path) -> None:
    found = items(tmp_path, "a.eml", MAIL.replace("Tue, 04 May 2021 10:00:00 +0000", "yesterday"))
    assert rejected(found) == [("a.eml", "DR040")]
    assert documents(found)[0].published is None
