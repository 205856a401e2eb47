"""Temporal expressions: values against the publication date, and words that are none."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.mentions import times
from dragoman.model import Mention
from tests.mentions.conftest import Analyse

# Published on Thursday 12 June 2025: text, words, value.
THURSDAY = [
    # Weekdays: the nearest past one under a past verb, the publication's own day included
    ("The envoy met rebel leaders on Wednesday in Doha.", "Wednesday", "2025-06-11"),
    ("The envoy met rebel leaders on Thursday.", "Thursday", "2025-06-12"),
    ("The envoy met rebel leaders on Friday.", "Friday", "2025-06-06"),
    ("The envoy will meet rebel leaders on Thursday.", "Thursday", "2025-06-12"),
    ("The envoy will meet rebel leaders on Wednesday.", "Wednesday", "2025-06-18"),
    ("Both sides agreed to meet on Friday in Geneva.", "Friday", "2025-06-13"),
    ("The runoff is scheduled for Sunday.", "Sunday", "2025-06-15"),
    ("The army said it would withdraw by Friday.", "Friday", "2025-06-13"),
    ("Speaking on Saturday, he said that the deal is dead.", "Saturday", "2025-06-07"),
    ("Tuesday's shelling killed two farmers.", "Tuesday", "2025-06-10"),
    ("Last Wednesday the bridge collapsed.", "Last Wednesday", "2025-06-11"),
    ("Last Thursday the bridge collapsed.", "Last Thursday", "2025-06-05"),
    ("They will return next Monday.", "next Monday", "2025-06-16"),
    ("They left on Monday last week.", "Monday last week", "2025-06-02"),
    ("The convoy left Monday morning.", "Monday morning", "2025-06-09TMO"),
    ("The convoy left late on Tuesday.", "late on Tuesday", "2025-06-10"),
    ("A bomb went off at 3 p.m. on Monday.", "3 p.m. on Monday", "2025-06-09T15:00"),
    ("A bomb went off on Monday at 15:30 GMT.", "Monday at 15:30 GMT", "2025-06-09T15:30Z"),
    # Days relative to the publication
    ("He resigned yesterday.", "yesterday", "2025-06-11"),
    ("He resigns today.", "today", "2025-06-12"),
    ("He will resign tonight.", "tonight", "2025-06-12TNI"),
    ("Drones struck the port overnight.", "overnight", "2025-06-11TNI"),
    ("He resigned two days ago.", "two days ago", "2025-06-10"),
    # Weeks, months, years
    ("Talks collapsed this week.", "this week", "2025-W24"),
    ("Talks collapsed three weeks ago.", "three weeks ago", "2025-W21"),
    ("The truce began in May.", "May", "2025-05"),
    ("The truce began in August.", "August", "2024-08"),
    ("The truce will begin in August.", "August", "2025-08"),
    ("The truce began in May 2023.", "May 2023", "2023-05"),
    ("Elections were held last year.", "last year", "2024"),
    ("Elections were held a decade ago.", "a decade ago", "201"),
    ("The envoy arrived earlier this month.", "earlier this month", "2025-06"),
    # Calendar dates
    ("The council met on 3 June.", "3 June", "2025-06-03"),
    ("The council met on 30 June.", "30 June", "2024-06-30"),
    ("The council met on June 12, 2024.", "June 12, 2024", "2024-06-12"),
    ("The council met on Tuesday, June 10.", "Tuesday, June 10", "2025-06-10"),
    ("The council met on 2024-06-12.", "2024-06-12", "2024-06-12"),
    ("The council met on 25/06/2024.", "25/06/2024", "2024-06-25"),
    ("The council met on Sept. 3, 2001.", "Sept. 3, 2001", "2001-09-03"),
    ("Envoys gather from 3 to 5 May.", "from 3 to 5 May", "2025-05-03/2025-05-05"),
    ("Envoys met June 3-5.", "June 3-5", "2025-06-03/2025-06-05"),
    # Years and what is made of them
    ("The 1967 war redrew the map.", "1967", "1967"),
    ("He has led the party since 2014.", "2014", "2014"),
    ("In the 1990s the border was closed.", "the 1990s", "199"),
    ("Fighting raged in early 2020.", "early 2020", "2020"),
    ("Between 2010 and 2015 it grew.", "Between 2010 and 2015", "2010/2015"),
    ("Output fell in the second quarter of 2023.", "the second quarter of 2023", "2023-Q2"),
    ("Output fell in the first half of 2023.", "the first half of 2023", "2023-H1"),
    ("It was built in the 19th century.", "the 19th century", "18"),
    ("The strike began last summer.", "last summer", "2024-SU"),
    # Lengths and repetition
    ("He praised the 20 months of resistance.", "20 months", "P20M"),
    ("He began a three-day visit.", "three-day", "P3D"),
    ("Over the past three weeks, fifty were killed.", "the past three weeks", "P3W"),
    ("He served two and a half years.", "two and a half years", "P2.5Y"),
    ("He waited for several months.", "several months", "PXM"),
    ("The girl was twenty-one years old.", "twenty-one years old", "P21Y"),
    ("Every Friday villagers march.", "Every Friday", "XXXX-WXX-5"),
    ("Aid arrives every two weeks.", "every two weeks", "P2W"),
    ("In recent weeks raids multiplied.", "recent weeks", "PAST_REF"),
]

NOT_TIMES = [
    "You may go if the others march on.",
    "May I ask why?",
    "Prime Minister Theresa May resigned.",
    "The second attack was worse than the first.",
    "He sat down while the sun was out.",
    "USA Today named a new editor.",
    "The Sunday Times named a new editor.",
    "Soldiers killed 2014 people.",
    "The plan costs $2014 a head.",
    "It happens in room 2014 only.",
    "Less than a quarter of them voted.",
    "The score was 3:1 and the ratio 12:5.",
]


def found(analyse: Analyse, text: str, published: str | None = "2025-06-12") -> list[Mention]:
    return list(times.find(analyse(text, published)))


@pytest.mark.parametrize(("text", "words", "value"), THURSDAY)
def test_values(analyse: Analyse, text: str, words: str, value: str) -> None:
    read = [(m.span.quote, m.time.value) for m in found(analyse, text) if m.time]
    assert (words, value) in read


@pytest.mark.parametrize("text", NOT_TIMES)
def test_words_that_are_no_times(analyse: Analyse, text: str) -> None:
    assert [m.span.quote for m in found(analyse, text)] == []


def test_a_month_bounds_its_days_and_names_none(analyse: Analyse) -> None:
    (mention,) = found(analyse, "The truce began in May.")
    assert mention.time is not None
    assert mention.time.granularity == "month"
    assert (mention.time.first, mention.time.last) == (dt.date(2025, 5, 1), dt.date(2025, 5, 31))


def test_figures_in_either_order_stay_open(analyse: Analyse) -> None:
    (mention,) = found(analyse, "The council met on 12/06/2024.")
    assert mention.time is not None
    assert mention.time.value == "2024"
    assert mention.unresolved is not None
    assert "2024-06-12" in mention.unresolved and "2024-12-06" in mention.unresolved


def test_the_order_of_figures_is_learnt_from_the_report(analyse: Analyse) -> None:
    first, second = found(analyse, "It met on 12/06/2024 and again on 25/06/2024.")
    assert first.time is not None and first.time.value == "2024-06-12"
    assert second.time is not None and second.time.value == "2024-06-25"


def test_since_opens_the_end(analyse: Analyse) -> None:
    (mention,) = found(analyse, "He has led the party since 2014.")
    assert mention.time is not None
    assert (mention.time.first, mention.time.last) == (dt.date(2014, 1, 1), None)
    assert mention.rule.endswith("+since")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("They met on Wednesday.", "XXXX-WXX-3"),
        ("They met in May.", "XXXX-05"),
        ("They met on 3 June.", "XXXX-06-03"),
        ("They met yesterday.", "XXXX-XX-XX"),
        ("They met last week.", "XXXX-WXX"),
    ],
)
def test_without_a_publication_date_it_says_so(analyse: Analyse, text: str, value: str) -> None:
    (mention,) = found(analyse, text, None)
    assert mention.time is not None
    assert mention.time.value == value
    assert mention.time.first is None
    assert mention.unresolved is not None and "publication date" in mention.unresolved


def test_absolute_dates_need_no_publication_date(analyse: Analyse) -> None:
    (mention,) = found(analyse, "They met on 3 June 2021.", None)
    assert mention.time is not None
    assert mention.time.value == "2021-06-03"
    assert mention.unresolved is None


def test_the_following_day_follows_the_day_named_before(analyse: Analyse) -> None:
    mentions = found(analyse, "On June 3 troops came. The following day they left.")
    assert [m.time.value for m in mentions if m.time] == ["2025-06-03", "2025-06-04"]


def test_a_clock_without_a_day_names_none(analyse: Analyse) -> None:
    (mention,) = found(analyse, "The blast was heard at 3 p.m. by everyone.")
    assert mention.time is not None
    assert mention.time.value == "XXXX-XX-XXT15:00"
    assert mention.unresolved is not None


@pytest.mark.parametrize("text", ["They met on 31 June 2021.", "They met on 30 February."])
def test_no_date_that_the_calendar_lacks(analyse: Analyse, text: str) -> None:
    assert all(m.time is None or m.time.granularity != "day" for m in found(analyse, text))


@pytest.mark.parametrize("step", range(7))
def test_a_weekday_of_a_past_act_lies_in_the_week_up_to_publication(
    analyse: Analyse, step: int
) -> None:
    published = dt.date(2025, 6, 9) + dt.timedelta(days=step)
    names = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
    for number, name in enumerate(names, start=1):
        (mention,) = found(analyse, f"Soldiers left on {name}.", published.isoformat())
        assert mention.time is not None and mention.time.first is not None
        assert mention.time.first.isoweekday() == number
        assert 0 <= (published - mention.time.first).days <= 6


PIECES = st.sampled_from(
    [*(text for text, _, _ in THURSDAY), *NOT_TIMES, "\n\n", " ", "“", "5", "May", "é", "𝔊", "\t"]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, min_size=1, max_size=6), st.sampled_from(["2025-06-12", None]))
def test_offsets_are_the_texts_own(
    analyse: Analyse, pieces: list[str], published: str | None
) -> None:
    text = " ".join(pieces)
    mentions = found(analyse, text, published)
    for mention in mentions:
        span = mention.span
        assert text[span.start : span.end] == span.quote
        assert span.quote.strip() == span.quote
        assert mention.time is not None
        if mention.time.first is not None and mention.time.last is not None:
            assert mention.time.first <= mention.time.last
    for left, right in itertools.pairwise(mentions):
        assert left.span.end <= right.span.start
