from __future__ import annotations

import datetime as dt
import itertools
import random
from importlib.resources import files

import pytest

from dragoman.corpus.candidates import candidates
from dragoman.corpus.credits import credit_of
from dragoman.corpus.shingles import is_short
from dragoman.corpus.stories import Copy, Story, stories
from dragoman.corpus.texts import collect, count_shared
from dragoman.model import Document

DAY = dt.date(2024, 3, 4)
SAMPLES = {
    name: files("dragoman").joinpath(f"samples/{name}.txt").read_text(encoding="utf-8")
    for name in ("river-dispute", "miners-march", "fishermen-freed")
}
RIVER, MINERS, FISHERMEN = SAMPLES.values()
FOOT = (
    "Sign up for our morning letter to have the news from the region sent to you before breakfast. "
    "This paper is printed on Mondays, Wednesdays and Fridays by a society of its readers. Letters "
    "to the editor should bear a name and a street and may be shortened. Advertisements are taken "
    "at the desk by the river gate until noon. All words and pictures here belong to the society "
    "and may be used by schools."
)


def doc(name: str, text: str, publisher: str | None = None, day: int | None = 0) -> Document:
    published = None if day is None else DAY + dt.timedelta(day)
    return Document(name, text, published, publisher)


def only(*documents: Document) -> Story:
    found = stories(documents)
    assert len(found) == 1
    return found[0]


def copies(*documents: Document) -> dict[str, Copy]:
    return {copy.id: copy for copy in only(*documents).documents}


def cut(text: str, part: float) -> str:
    words = text.split(" ")
    return " ".join(words[: int(len(words) * part)])


def corrected(text: str) -> str:
    words = text.split(" ")
    for place in range(20, len(words), 40):
        words[place] = "otherwise"
    return " ".join(words)


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        (lambda text: text, "whole"),
        (lambda text: text.upper().replace(",", " —"), "whole"),
        (lambda text: text.replace('"', "”").replace("'", "’"), "whole"),
        (lambda text: f"LUSAKA, Sept 17 (Reuters) - {text}\n(Reporting by our desk)", "whole"),
        (lambda text: f"What the river is worth to both of its sides\n\n{text}", "whole"),
        (lambda text: cut(text, 0.6), "truncated"),
        (lambda text: f"In short\n\n{cut(text, 0.4)}", "truncated"),
        (lambda text: text.replace(text.split("\n\n")[1] + "\n\n", ""), "truncated"),
        (corrected, "edited"),
        (lambda text: corrected(cut(text, 0.7)), "edited"),
        (lambda text: f"{text}\n\n{MINERS}", "edited"),
    ],
)
def test_kinds(change, kind: str) -> None:  # type: ignore[no-untyped-def]
    found = copies(doc("a", RIVER, "Wire"), doc("b", change(RIVER), "Post", 1))
    assert (found["a"].kind, found["a"].source) == ("first", None)
    assert (found["b"].kind, found["b"].source) == (kind, "a")
    assert 0.5 <= found["b"].share <= 1 or kind == "edited"


def test_the_first_is_the_earliest() -> None:
    story = only(doc("c", RIVER, "C", 2), doc("a", cut(RIVER, 0.7), "A", 1), doc("b", RIVER, "B"))
    assert [copy.id for copy in story.documents] == ["b", "a", "c"]
    assert story.id == "story:b"


def test_on_one_day_the_agency_then_the_longer_comes_first() -> None:
    credit = f"LUSAKA (AFP) - {RIVER} He had no more to say on that day, our desk adds."
    story = only(
        doc("a", credit, "Post"), doc("b", cut(RIVER, 0.5), "Times"), doc("c", RIVER, "AFP")
    )
    assert [copy.id for copy in story.documents] == ["c", "a", "b"]
    assert [copy.credit for copy in story.documents] == [None, "Agence France-Presse", None]
    story = only(doc("b", cut(RIVER, 0.5), "Times"), doc("c", RIVER, "Post"))
    assert [copy.id for copy in story.documents] == ["c", "b"]


def test_a_publisher_in_a_dateline_is_credited() -> None:
    copy = f"LUSAKA, Sept 17 (Evening Wire) - {RIVER}"
    story = only(doc("a", copy, "Post"), doc("b", RIVER, "EVENING WIRE"), doc("c", copy, "Times"))
    assert [one.id for one in story.documents] == ["b", "a", "c"]
    assert [one.credit for one in story.documents] == [None, "EVENING WIRE", "EVENING WIRE"]
    story = only(doc("a", copy, "Post"), doc("b", RIVER, "Herald"))
    assert [one.credit for one in story.documents] == [None, None]


def test_undated_ones_come_last() -> None:
    story = only(doc("a", RIVER, "A", None), doc("b", RIVER, "B", 5))
    assert [copy.id for copy in story.documents] == ["b", "a"]


def test_who_copied_from_whom() -> None:
    wrong = corrected(RIVER)
    found = copies(
        doc("a", RIVER, "A", 0),
        doc("b", wrong, "B", 1),
        doc("c", f"Once more\n\n{wrong}", "C", 2),
        doc("d", cut(RIVER, 0.5), "D", 2),
    )
    assert {name: copy.source for name, copy in found.items()} == {
        "a": None, "b": "a", "c": "b", "d": "a",
    }  # fmt: skip
    assert found["c"].kind == "whole"


def test_halves_of_a_text_that_came_later_have_no_source() -> None:
    half = len(RIVER) // 2
    found = copies(
        doc("a", RIVER[:half], "A"), doc("b", RIVER[half:], "B", 1), doc("c", RIVER, "C", 2)
    )
    assert {name: copy.source for name, copy in found.items()} == {"a": None, "b": None, "c": "a"}


def test_the_order_of_documents_makes_no_difference() -> None:
    documents = [
        doc("a", RIVER, "A"), doc("b", cut(RIVER, 0.6), "B"), doc("c", corrected(RIVER), "C", 1),
        doc("d", MINERS, "A"), doc("e", MINERS, "B"), doc("f", FISHERMEN, "C", None),
        doc("g", f"{FISHERMEN} {MINERS}", "D", 2),
    ]  # fmt: skip
    wanted = stories(documents)
    for seed in range(10):
        random.Random(seed).shuffle(documents)
        assert stories(documents) == wanted


def test_different_reports_are_no_story() -> None:
    assert stories(doc(name, text) for name, text in SAMPLES.items()) == ()
    assert stories([]) == ()
    assert stories([doc("a", RIVER)]) == ()


@pytest.mark.parametrize("publisher", ["Post", None])
@pytest.mark.parametrize("dated", [True, False])
def test_a_foot_in_common_is_no_story(publisher: str | None, dated: bool) -> None:
    bodies = [cut(text, 0.3) for text in SAMPLES.values()]
    documents = [
        doc(f"d{n}", f"{body}\n\n{FOOT}", publisher, n if dated else None)
        for n, body in enumerate(bodies)
    ]
    assert stories(documents) == ()


def test_a_foot_hides_no_copy() -> None:
    documents = [
        doc(f"d{n}", f"{text}\n\n{FOOT}", "Post", n) for n, text in enumerate(SAMPLES.values())
    ]
    documents += [doc("x", cut(RIVER, 0.6), "Wire"), doc("y", f"{MINERS} {FOOT}", "Times", 3)]
    pairs = {frozenset(copy.id for copy in story.documents) for story in stories(documents)}
    assert pairs == {frozenset({"x", "d0"}), frozenset({"y", "d1"})}


def test_lists_of_figures_are_no_story() -> None:
    towns = ["Accra", "Bamako", "Cairo", "Dakar", "Gaborone", "Harare", "Kigali", "Lagos", "Tunis"]

    def weather(seed: int) -> str:
        draw = random.Random(seed)
        return "Weather\n" + "\n".join(
            f"{town}: sunny, {draw.randint(10, 39)} by day, {draw.randint(0, 20)} by night"
            for town in towns * 3
        )

    assert stories(doc(f"d{n}", weather(n), "Post", n) for n in range(6)) == ()


def test_a_form_that_is_filled_in_daily_is_no_story() -> None:
    form = (
        "The central bank set the price of gold at {n} an ounce {day}, up from {m} a day before. "
        "The price holds for mints, jewellers and customs until the next notice and is found each "
        "morning from the offers of five houses, of which the highest and the lowest are left out."
    )
    days = [f"on the {day}th" for day in range(4, 12)]
    texts = [form.format(n=1800 + 7 * n, m=1793 + 7 * n, day=day) for n, day in enumerate(days)]
    assert stories(doc(f"d{n}", text, "Bank", n) for n, text in enumerate(texts)) == ()


def test_a_report_that_its_publisher_updates_is_a_story() -> None:
    news = [text.split("\n\n")[1] for text in (MINERS, FISHERMEN)]
    updated = [f"{one}\n\n{RIVER}" for one in news]
    documents = [doc("a", RIVER, "Wire"), doc("b", updated[0], "Wire", 1)]
    documents += [doc("c", updated[1], "Wire", 2), doc("d", cut(RIVER, 0.7), "Post", 2)]
    assert {copy.id for copy in only(*documents).documents} == {"a", "b", "c", "d"}


def test_short_texts_are_no_story() -> None:
    brief = "Two killed as ferry sinks off the coast, police say; more to follow shortly."
    assert is_short(brief) and not is_short(RIVER)
    assert stories([doc("a", brief, "A"), doc("b", brief, "B")]) == ()


def test_a_digest_does_not_make_two_stories_one() -> None:
    digest = f"{cut(RIVER, 0.8)}\n\n{cut(FISHERMEN, 0.8)}"
    documents = [doc("a", RIVER, "A"), doc("b", cut(RIVER, 0.9), "B"), doc("c", FISHERMEN, "C")]
    documents += [doc("d", cut(FISHERMEN, 0.9), "D"), doc("e", digest, "E", 1)]
    found = [{copy.id for copy in story.documents} for story in stories(documents)]
    assert len(found) == 2
    assert {"a", "b"} <= found[0] | found[1] and not any({"a", "c"} <= ids for ids in found)


def test_after_a_month_only_the_same_text_is_a_copy() -> None:
    assert stories([doc("a", RIVER, "A"), doc("b", cut(RIVER, 0.6), "B", 60)]) == ()
    assert stories([doc("a", RIVER, "A"), doc("b", RIVER, "B", 400)])


def test_a_preamble_is_no_part_of_the_text() -> None:
    head = "date 2024-03-04 read by nobody but the machine that put it there"
    one = Document("a", f"{head} {RIVER}", DAY, preamble=len(head))
    assert [copy.kind for copy in only(one, doc("b", RIVER)).documents] == ["first", "whole"]


def test_many_copies_cost_no_more_than_their_number() -> None:
    words = RIVER.split(" ")
    documents = []
    for n in range(300):
        changed = list(words)
        changed[n % len(words)] = f"word{n}"
        documents.append(doc(f"d{n:03d}", " ".join(changed), f"p{n}", n % 3))
    texts = collect(documents)
    count_shared(texts)
    pairs = list(candidates(texts))
    assert len(set(pairs)) == len(pairs) < 300 * 40
    assert len(only(*documents).documents) == 300


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        ("LIMA, March 4 (Reuters) - Envoys met.", "Reuters"),
        ("LIMA, Peru (AP) — Envoys met.", "Associated Press"),
        ("By Associated Press\nEnvoys met.", "Associated Press"),
        ("AFP\nEnvoys met.", "Agence France-Presse"),
        ("Envoys met.\n\nSource: Xinhua", "Xinhua"),
        (
            "Envoys met.\nCopyright 2024 The Associated Press. All rights reserved.",
            "Associated Press",
        ),
        ("Envoys met. © Agence France-Presse", "Agence France-Presse"),
        ("Envoys met. -TASS", "TASS"),
        ("Envoys met, a clerk told Reuters on Monday.", None),
        ("Envoys met, he said in an interview with Reuters.", None),
        ("The Armed Peoples' Party (APP) met on Monday.", None),
        ("Envoys met.", None),
        ("", None),
    ],
)
def test_credits(text: str, agency: str | None) -> None:
    assert credit_of(text) == agency


def test_every_document_is_in_one_story_at_most() -> None:
    documents = [
        doc(f"{name}{part}", cut(text, part / 10), f"p{part}", part % 4)
        for (name, text), part in itertools.product(SAMPLES.items(), range(3, 11))
    ]
    found = [copy.id for story in stories(documents) for copy in story.documents]
    assert len(found) == len(set(found)) == len(documents)
    assert len(stories(documents)) == 3
