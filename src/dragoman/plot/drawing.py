"""From a specification to a file: PNG, SVG, a page of its own, or the specification itself."""

from __future__ import annotations

import base64
import hashlib
import html
import json
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any, Final, Literal

import vl_convert

from dragoman.errors import DragomanError, problem
from dragoman.plot.grammar import Shade, Spec, theme

Form = Literal["png", "svg", "html", "json"]
_LITE: Final = "6.4"
_SCALE: Final = 2.0
# What would end a script element or a JavaScript line; inside JSON each is the same character.
_ESCAPED: Final = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026",
                   "\u2028": "\\u2028", "\u2029": "\\u2029"}  # fmt: skip


def draw(spec: Spec, form: Form, *, scale: float = _SCALE) -> bytes:
    """The picture as the bytes of a file; ``scale`` is that of a PNG, 1 for a dot a unit. Nothing
    is loaded from anywhere.

    Raises DragomanError where it cannot be drawn.
    """
    if form == "json":
        return (json.dumps(spec, ensure_ascii=False) + "\n").encode()
    if form == "html":
        return page([spec]).encode()
    held: dict[str, Any] = {"vl_version": _LITE, "allowed_base_urls": []}
    try:
        if form == "svg":
            return vl_convert.vegalite_to_svg(spec, **held).encode()
        return vl_convert.vegalite_to_png(spec, scale=scale, **held)
    except ValueError as error:
        told = (str(error).strip() or "no reason given").splitlines()[0][:300]
        raise DragomanError(problem("DR242", why=told)) from error


@cache
def bundle() -> str:
    """The JavaScript that shows specifications in a browser: Vega, Vega-Lite and our ``embed.js``.

    It defines ``dragomanPlot(element, spec)`` and draws every ``.dragoman-plot`` of the page. It
    needs no ``unsafe-eval`` and no ``unsafe-inline``.
    """
    return vl_convert.javascript_bundle(_data("embed.js"), vl_version=_LITE)


def style(shade: Shade = "light") -> str:
    """The CSS of a page with pictures, the tooltips' too."""
    look = theme(shade)
    text = _data("page.css")
    for name, value in (("PAPER", look.paper), ("INK", look.ink), ("RULE", look.rule),
                        ("FONT", look.font)):  # fmt: skip
        text = text.replace(name, value)
    return text


def page(specs: Sequence[Spec], title: str | None = None, shade: Shade = "light") -> str:
    """One HTML file with these pictures that needs nothing else, on the network or elsewhere; its
    content security policy allows its own script and style by their hashes and nothing more.
    """
    script, css = bundle(), style(shade)
    policy = (
        f"default-src 'none'; script-src {_hash(script)}; style-src {_hash(css)}; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )
    told = html.escape(title or _title(specs), quote=True)
    held = "\n".join(
        f'<script type="application/json" id="spec-{n}">{_inside(spec)}</script>\n'
        f'<div class="dragoman-plot" data-spec="spec-{n}" role="img" '
        f'aria-label="{html.escape(str(spec.get("description", "")), quote=True)}"></div>'
        for n, spec in enumerate(specs)
    )
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{told}</title>\n<style>{css}</style>\n</head>\n"
        f'<body class="{shade}">\n{held}\n'
        f"<script>{script}</script>\n</body>\n</html>\n"
    )


def _title(specs: Sequence[Spec]) -> str:
    return str(specs[0]["title"]["text"]) if specs else "Pictures"


def _inside(spec: Spec) -> str:
    text = json.dumps(spec, ensure_ascii=False)
    return "".join(_ESCAPED.get(character, character) for character in text)


def _hash(text: str) -> str:
    found = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return f"'sha256-{found}'"


def _data(name: str) -> str:
    return (files("dragoman.plot") / "data" / name).read_text("utf-8")
