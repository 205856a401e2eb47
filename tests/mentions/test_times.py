"""Temporal expressions: values against the publication date, and words that are none."""

from __future__ import annotations

import dataclasses
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
    ("After 15 years the exile returned.", "15 years", "P15Y"),
    ("The past decade was quiet.", "The past decade", "P10Y"),
    ("They ended a decades-long quarrel.", "decades-long", "PXY"),
    ("Every Friday at 3 p.m. villagers march.", "Every Friday at 3 p.m.", "XXXX-WXX-5T15:00"),
    ("The line carries 40,000 barrels a day.", "a day", "P1D"),
    # Weeks of months, ranges of weekdays, fiscal years
    ("Talks began in the last week of May.", "the last week of May", "2025-05-25/2025-05-31"),
    ("They met the week before last.", "the week before last", "2025-W22"),
    ("Envoys met from Monday to Wednesday.", "from Monday to Wednesday", "2025-06-09/2025-06-11"),
    ("The budget of fiscal 2024 was cut.", "fiscal 2024", "FY2024"),
    ("The 2023-24 fiscal year began badly.", "The 2023-24 fiscal year", "FY2023/FY2024"),
    ("Both met on the third of May.", "the third of May", "2025-05-03"),
    ("Both met two days before May 4.", "two days before May 4", "2025-05-02"),
    # A time of day has its day beside it, or from elsewhere in the sentence
    (
        "It fell on Tuesday, at around 10:30 p.m.",
        "Tuesday, at around 10:30 p.m.",
        "2025-06-10T22:30",
    ),
    ("On June 3 he spoke at 3 p.m. in Paris.", "3 p.m.", "2025-06-03T15:00"),
    # Other calendars
    ("Both met on 14 Muharram 1445.", "14 Muharram 1445", "2023-08-01"),
    ("The truce began on 1 Ramadan.", "1 Ramadan", "2025-03-01"),
    ("The truce held during Ramadan.", "Ramadan", "2025-03-01/2025-03-29"),
    ("Both met on Khordad 22, 1404.", "Khordad 22, 1404", "2025-06-12"),
    ("In the Iranian year 1403 output fell.", "the Iranian year 1403", "2024-03-20/2025-03-20"),
    ("Families gathered for Nowruz 2024.", "Nowruz 2024", "2024-03-20"),
    ("Crowds gathered for Ashura 2023.", "Ashura 2023", "2023-07-28"),
    ("They will meet before Nowruz.", "Nowruz", "2026-03-21"),
    # Ends and beginnings, months with a noun, halves, lengths in one word
    ("By the end of the year they will leave.", "the end of the year", "2025"),
    ("At the beginning of the month the pass was shut.", "the beginning of the month", "2025-06"),
    ("In the early hours of Monday a mine went off.", "the early hours of Monday", "2025-06-09"),
    ("The vote is scheduled for August.", "August", "2025-08"),
    ("The March protests shook the capital.", "March", "2025-03"),
    ("The vote takes place in January.", "January", "2026-01"),
    ("Rebels seize a mine in May.", "May", "2025-05"),
    ("Years ago he led the guard.", "Years ago", "PAST_REF"),
    ("Ten years ago this month he fled.", "Ten years ago this month", "2015-06"),
    ("A year ago today he fled.", "A year ago today", "2024-06-12"),
    ("In the near future aid may stop.", "the near future", "FUTURE_REF"),
    ("In the past he led the guard.", "the past", "PAST_REF"),
    ("He was held for a year and a half.", "a year and a half", "P1.5Y"),
    ("Talks took six and a half hours.", "six and a half hours", "PT6.5H"),
    ("The weeklong blockade ended.", "weeklong", "P1W"),
    ("They ended a century-old quarrel.", "century-old", "P100Y"),
    ("Villages emptied over the years.", "the years", "PXY"),
    # Days known by their figures
    ("The 9/11 attacks changed the law.", "9/11", "2001-09-11"),
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
    "Police said that March would stay in custody.",
    "Black September claimed the attack.",
    "The clinic is open 24/7.",
    "They won 3-1 and then lost 4/5.",
    "Call 202-555-2014 for help.",
    "Some 1,500 people fled.",
    "Militias killed 2000 people.",
    "He led Friday prayers in Tehran.",
    "The Friday prayer leader spoke.",
    "The 15 Khordad Foundation offered money.",
    "Mehr News quoted him.",
    "The post-war order fell apart.",
    "The March on the capital ended.",
    "A hundred joined the march on the palace.",
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


def test_friday_prayers_date_what_comes_after_them(analyse: Analyse) -> None:
    (mention,) = found(analyse, "Thousands marched after Friday prayers.")
    assert mention.time is not None and mention.time.value == "2025-06-06"


def test_ages_are_lengths_and_no_dates(analyse: Analyse) -> None:
    (mention,) = found(analyse, "A 20-year-old man was shot.")
    assert mention.time is not None
    assert (mention.time.type, mention.time.value) == ("DURATION", "P20Y")
    assert (mention.time.first, mention.time.last) == (None, None)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("They met twice a week.", "time.set.period+2X"),
        ("They met three times a month.", "time.set.period+3X"),
        ("They met every two weeks.", "time.set.period+every"),
        ("They met every other Friday.", "time.set.weekday+every-other"),
        ("They met on 14 Muharram 1445.", "time.hijri.date+umm-al-qura"),
        ("They met on 22 Khordad 1404.", "time.solar.date+solar-hijri"),
    ],
)
def test_the_rule_keeps_how_often_and_which_calendar(
    analyse: Analyse, text: str, rule: str
) -> None:
    (mention,) = found(analyse, text)
    assert mention.rule == rule


def test_a_hijri_date_may_lie_a_day_off(analyse: Analyse) -> None:
    (mention,) = found(analyse, "They met on 14 Muharram 1445.", None)
    assert mention.time is not None and mention.unresolved is None
    assert mention.time.first == dt.date(2023, 7, 31)
    assert mention.time.last == dt.date(2023, 8, 2)


def test_a_hijri_year_beyond_the_tables_is_said(analyse: Analyse) -> None:
    (mention,) = found(analyse, "They met on 14 Muharram 1245.", None)
    assert mention.time is not None and mention.time.first is None
    assert mention.unresolved is not None and "tables" in mention.unresolved


def test_a_feast_without_any_year_names_no_day(analyse: Analyse) -> None:
    (mention,) = found(analyse, "Crowds gathered for Ashura.", None)
    assert mention.time is not None and mention.time.value == "XXXX-XX-XX"
    assert mention.unresolved is not None


HIJRI = [
    "Muharram", "Safar", "Rabi al-Awwal", "Rabi al-Thani", "Jumada al-Ula", "Jumada al-Akhira",
    "Rajab", "Shaban", "Ramadan", "Shawwal", "Dhu al-Qadah", "Dhu al-Hijjah",
]  # fmt: skip
SOLAR = [
    "Farvardin", "Ordibehesht", "Khordad", "Tir", "Mordad", "Shahrivar", "Mehr", "Aban", "Azar",
    "Dey", "Bahman", "Esfand",
]  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(st.dates(dt.date(1925, 1, 1), dt.date(2070, 1, 1)))
def test_dates_come_back_from_the_other_calendars(analyse: Analyse, date: dt.date) -> None:
    from hijridate import Gregorian
    from persiantools.jdatetime import JalaliDate

    hijri, solar = Gregorian.fromdate(date).to_hijri(), JalaliDate(date)
    for names, day in ((HIJRI, hijri), (SOLAR, solar)):
        name = names[day.month - 1]
        (mention,) = found(analyse, f"They met on {day.day} {name} {day.year} again.", None)
        assert mention.time is not None and mention.time.value == date.isoformat()


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("On June 3 troops came. Two days later they left.", ["2025-06-03", "2025-06-05"]),
        ("On June 3 troops came. That night they left.", ["2025-06-03", "2025-06-03TNI"]),
        ("On June 3 troops came. Hours later they left.", ["2025-06-03", "2025-06-03TXX"]),
        ("On June 3 troops came. In the evening they left.", ["2025-06-03", "2025-06-03TEV"]),
        ("On June 3 troops came. Later that day they left.", ["2025-06-03", "2025-06-03"]),
        ("War came in 1967. By the end of the year it was over.", ["1967", "1967"]),
        ("In 1967 war came. The following year it ended.", ["1967", "1968"]),
    ],
)
def test_times_count_from_the_time_named_before(
    analyse: Analyse, text: str, values: list[str]
) -> None:
    assert [m.time.value for m in found(analyse, text) if m.time] == values


def test_a_length_after_something_is_not_dated(analyse: Analyse) -> None:
    (mention,) = found(analyse, "He fled two days after the raid.")
    assert mention.time is not None and mention.time.first is None
    assert mention.unresolved is not None


@pytest.mark.parametrize(
    ("publisher", "value", "rule"),
    [
        ("BBC News", "2021-04-03", "time.date.slashed+by-publisher"),
        ("The New York Times", "2021-03-04", "time.date.slashed+by-publisher"),
        ("A village paper", "2021", "time.date.slashed"),
    ],
)
def test_the_publisher_orders_figures(
    analyse: Analyse, publisher: str, value: str, rule: str
) -> None:
    parsed = analyse("They met on 03/04/2021.")
    document = dataclasses.replace(parsed.document, publisher=publisher)
    (mention,) = times.find(dataclasses.replace(parsed, document=document))
    assert mention.time is not None and mention.time.value == value
    assert mention.rule == rule
    assert (mention.unresolved is None) == (value != "2021")


def test_a_fiscal_year_has_the_widest_bounds(analyse: Analyse) -> None:
    (mention,) = found(analyse, "The budget of fiscal 2024 was cut.")
    assert mention.time is not None and mention.unresolved is not None
    assert mention.time.first == dt.date(2023, 4, 1)
    assert mention.time.last == dt.date(2025, 3, 31)
