"""Mailboxes (mbox) and single mails: a message is a report, such as an alert or a newsletter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr
from typing import Final

from dragoman.errors import Problem, problem
from dragoman.ingest import dates, html
from dragoman.ingest.decoding import decode
from dragoman.ingest.detection import MAILBOX
from dragoman.ingest.documents import from_text
from dragoman.ingest.items import Item, Options, Rejected
from dragoman.ingest.sources import Source

_QUOTED: Final = re.compile(rb">+From ")


def read(source: Source, options: Options) -> Iterator[Item]:
    """A document for each message of a mailbox, numbered from 1."""
    with source.open() as file:
        number = 0
        lines: list[bytes] = []
        for line in file:
            if MAILBOX.match(line) and not (lines and lines[-1].strip()):
                if lines:
                    number += 1
                    yield from message(b"".join(lines), options, f"{source.name}:{number}")
                lines = []
                continue
            # A mark is put before lines of the body that look like a head.
            lines.append(line[1:] if _QUOTED.match(line) else line)
        if any(line.strip() for line in lines):
            yield from message(b"".join(lines), options, f"{source.name}:{number + 1}")
        elif number == 0:
            yield Rejected(source.name, problem("DR026"))


def read_one(source: Source, options: Options) -> Iterator[Item]:
    """The document of one mail."""
    yield from message(source.read(), options, source.name)


def message(data: bytes, options: Options, origin: str) -> Iterator[Item]:
    """The document of a mail's bytes: its plain text, else its HTML."""
    try:
        mail = message_from_bytes(data, policy=policy.default)
        assert isinstance(mail, EmailMessage)
        body = mail.get_body(("plain", "html"))
        payload = body.get_payload(decode=True) if body else None
        subject, sender = _header(mail, "subject"), parseaddr(_header(mail, "from") or "")
        date = _header(mail, "date")
        kind, charset = (body.get_content_type(), body.get_content_charset()) if body else ("", "")
    except Exception as error:  # mails are anybody's bytes, and the parser raises many kinds
        yield Rejected(origin, problem("DR128", why=str(error) or type(error).__name__))
        return
    day = dates.read(date, None, options.zone)
    if isinstance(day, Problem):
        yield Rejected(origin, day, document_kept=True)
        date = None
    elif day is not None:
        date = day.isoformat()
    stated = {"title": subject, "publisher": sender[0] or sender[1] or None}
    if not isinstance(payload, bytes) or not payload.strip():
        yield Rejected(origin, problem("DR026"))
    elif kind == "text/html":
        own = {**stated, "published": date}
        yield from html.page(payload, options, origin, own, charset=charset)
    else:
        named = options.encoding or charset
        decoded = html.characters(payload, named) if named else decode(payload)
        if isinstance(decoded, Problem):
            yield Rejected(origin, decoded)
            return
        text = decoded.text.replace("\r\n", "\n")
        published = day if not isinstance(day, Problem) else None
        yield from from_text(text, options, origin, stated, published, decoded.meta)


def _header(mail: EmailMessage, name: str) -> str | None:
    value = mail.get(name)
    return " ".join(str(value).split()) or None if value is not None else None
