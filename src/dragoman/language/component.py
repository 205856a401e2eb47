"""The way in for spaCy users: ``nlp.add_pipe("dragoman")``, then ``doc._.dragoman``."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from spacy.language import Language
from spacy.tokens import Doc

if TYPE_CHECKING:
    from dragoman.model import Reading


class DragomanComponent:
    """Leaves a Doc as it is and adds its :class:`~dragoman.model.Reading` as ``doc._.dragoman``.

    The reading goes by the Doc's own parse; offsets are of ``doc.text``; an empty Doc has None.
    ``doc._.published`` may be set to the date of publication before.
    """

    def __init__(self, name: str, model: str, published: str | None) -> None:
        self.name = name
        self._model = model
        self._published = dt.date.fromisoformat(published) if published else None

    def __call__(self, doc: Doc) -> Doc:
        """The Doc with its reading."""
        doc._.dragoman = self._read(doc) if doc.text.strip() else None
        return doc

    def _read(self, doc: Doc) -> Reading:
        from dragoman.ingest import document
        from dragoman.language.encoder import default_encoder
        from dragoman.language.parser import analysis_of
        from dragoman.pipeline import code_analysis
        from dragoman.register import default_register
        from dragoman.version import __version__

        published = doc._.published or self._published
        analysis = analysis_of(doc, document(doc.text, published=published), self._model)
        encoder = default_encoder()
        coder = f"dragoman {__version__}; {self._model}; {encoder.name}"
        return code_analysis(analysis, default_register(), coder, encoder.encode(analysis))


@Language.factory("dragoman", default_config={"published": None})
def create(nlp: Language, name: str, published: str | None) -> DragomanComponent:
    """The factory that spaCy calls; ``published`` is ``YYYY-MM-DD``.

    Raises ValueError when the pipeline lacks a tagger or a parser before it.
    """
    if not {"tagger", "parser"} <= set(nlp.pipe_names):
        raise ValueError("the dragoman component needs a tagger and a parser before it")
    for extension in ("dragoman", "published"):
        if not Doc.has_extension(extension):
            Doc.set_extension(extension, default=None)
    meta = nlp.meta
    model = f"{meta.get('lang')}_{meta.get('name')}-{meta.get('version')}"
    return DragomanComponent(name, model, published)
