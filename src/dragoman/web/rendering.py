"""Templates: every value is escaped; none is passed through as it is."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined

from dragoman.export import wording
from dragoman.version import __version__

_STATIC: Final = files("dragoman.web") / "static"


class Templates:
    """The templates of ``web/templates``."""

    def __init__(self) -> None:
        self._environment = Environment(
            loader=PackageLoader("dragoman.web"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            finalize=lambda value: "" if value is None else value,
        )
        self._environment.filters.update(
            words=words,
            claim=claim,
            head=head,
            day=day,
            number=number,
            percent=percent,
            web=web_address,
            zipped=zipped,
            ordered=ordered,
        )
        self._environment.globals.update(
            static=static, link=link, version=__version__, statuses=STATUSES
        )

    def render(self, name: str, /, **context: Any) -> str:
        """The page as text. Raises jinja2's errors for what a template lacks."""
        return self._environment.get_template(name).render(**context)


# What a status says of an event to somebody who has not read the codebook.
STATUSES: Final[Mapping[str, str]] = {
    "asserted": "said to have happened",
    "denied": "said not to have happened",
    "planned": "said to be planned",
    "demanded": "asked for",
    "possible": "said to be possible",
    "hypothetical": "supposed, not said to be so",
}


def words(value: object) -> str:
    """A value on one line, with what could turn its direction or hide in it made visible."""
    return "" if value is None else wording.safe(str(value))


def claim(whose: str, publisher: str | None) -> str:
    """On whose word something stands, as people say it: ``according to Mwape, in the Post``."""
    *names, _ = map(words, whose.split(wording.ARROW))
    report = words(publisher) or wording.REPORT
    if not names:
        return f"{report} itself"
    return f"according to {', as told by '.join(names)}, in {report}"


def head(text: str, most: int) -> str:
    """The beginning of a text, up to the end of a word."""
    plain = " ".join(text[: most * 4].split())
    if len(plain) <= most:
        return plain
    return (plain[: most - 1].rpartition(" ")[0] or plain[: most - 1]).rstrip(",;:") + "…"


def day(value: dt.date | dt.datetime | None) -> str:
    """A date as people in many countries read it alike: ``5 March 2024``."""
    return f"{value.day} {value:%B %Y}" if value else "no date"


def number(value: float | None) -> str:
    """A count with its thousands apart."""
    return "" if value is None else f"{value:,}"


def zipped(values: Iterable[str]) -> list[tuple[str, str]]:
    """Options that are shown as they are sent."""
    return [(value, value) for value in values]


_ORDERS: Final[Mapping[str, str]] = {
    "-date": "newest first",
    "date": "oldest first",
    "-published": "published last first",
    "published": "published first first",
    "type": "by type",
    "-confidence": "surest first",
    "confidence": "least sure first",
    "-intensity": "most cooperative first",
    "intensity": "most hostile first",
}


def ordered(values: Iterable[str]) -> list[tuple[str, str]]:
    """Orders with what they are called."""
    return [(value, _ORDERS[value]) for value in values]


def percent(value: float) -> str:
    """A share of 1 in hundredths."""
    return f"{round(value * 100)} %"


def web_address(value: str | None) -> str | None:
    """The address if a browser may follow it: http or https; else None."""
    try:
        parts = urlsplit(value or "")
    except ValueError:
        return None
    return value if parts.scheme.lower() in ("http", "https") and parts.netloc else None


def link(path: str, parameters: Mapping[str, Any] | None = None, /, **more: Any) -> str:
    """An address here with its query; what is None, False or empty is left out."""
    held = {name.rstrip("_"): value for name, value in {**(parameters or {}), **more}.items()}
    kept = {
        name: "1" if value is True else str(value)
        for name, value in held.items()
        if value is not None and value is not False and value != ""
    }
    return f"{path}?{urlencode(kept)}" if kept else path


@cache
def static(name: str) -> str:
    """The address of a file of ours, another one whenever its content is."""
    content = (_STATIC / name).read_bytes()
    return f"/static/{name}?v={hashlib.sha256(content).hexdigest()[:10]}"
