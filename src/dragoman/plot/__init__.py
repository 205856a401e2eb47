"""Pictures of an archive or of a few readings, as Vega-Lite specifications and files.

``spec(kind, source, …)`` is a pure function of what the archive holds; ``draw`` makes a file of
it without a browser, ``bundle`` is the JavaScript that shows it in one, under a strict content
security policy. What they stand on is an extra: ``pip install 'dragoman[plot]'``.
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING, Final, Literal, get_args

from dragoman.errors import DragomanError, problem

_MISSING = [name for name in ("deltalake", "duckdb", "vl_convert") if find_spec(name) is None]
if _MISSING:
    raise DragomanError(problem("DR240", missing=", ".join(_MISSING)))

from dragoman.archive.filters import Filter  # noqa: E402
from dragoman.plot import disputed, dyad, mapping, network, sources, timeline  # noqa: E402
from dragoman.plot.drawing import Form, bundle, draw, page  # noqa: E402
from dragoman.plot.grammar import Shade, Spec, theme  # noqa: E402
from dragoman.plot.loose import Loose  # noqa: E402
from dragoman.plot.small import PARTS, Part, small  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dragoman.plot.asking import Asked

Kind = Literal["timeline", "network", "map", "dyad", "source", "disputed"]
ALL: Final = Filter()
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)

__all__ = [
    "KINDS", "PARTS", "Filter", "Form", "Kind", "Loose", "Part", "Shade", "Spec", "bundle", "draw",
    "page", "small", "spec",
]  # fmt: skip


def spec(
    kind: Kind,
    source: Asked,
    asked: Filter = ALL,
    *,
    who: Sequence[str] = (),
    most: int | None = None,
    shade: Shade = "light",
) -> Spec:
    """The Vega-Lite specification of a picture, data included, without any address.

    ``source`` is an ``Archive``, or ``Loose(readings)``. ``asked`` keeps events as in queries.
    ``who``: the two actors of a dyad, the speaker or outlet of a source (ids or names). ``most``:
    how many actors, places or occurrences are drawn; the picture says how many are not. Where
    nothing is found, the picture is a sentence that says what to do. Raises DragomanError for an
    unknown kind and for too few or too many of ``who``.
    """
    look = theme(shade)
    if kind == "timeline":
        return timeline.spec(source, asked, look)
    if kind == "network":
        return network.spec(source, asked, look, most)
    if kind == "map":
        return mapping.spec(source, asked, look, most)
    if kind == "dyad":
        one, other = _named(kind, who, 2, "two actors")
        return dyad.spec(source, asked, one, other, look)
    if kind == "source":
        (speaker,) = _named(kind, who, 1, "one speaker or outlet")
        return sources.spec(source, asked, speaker, look, most)
    if kind == "disputed":
        return disputed.spec(disputed.told(source, asked), look, most)
    raise DragomanError(problem("DR241", kind=kind, known=", ".join(KINDS)))


def _named(kind: Kind, who: Sequence[str], count: int, wanted: str) -> Sequence[str]:
    if len(who) != count:
        raise DragomanError(problem("DR243", kind=kind, wanted=wanted, count=len(who)))
    return who
