"""The benchmark of places, on a made-up file of the same form."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import places

ARTICLES = """<articles>
  <article docid="{first}"><feedid>1</feedid><text>A fair opened in Selma, Ala., near Yonder.</text>
    <toponyms>
      <toponym><start>17</start><end>22</end><gaztag geonameid="1"><name>Selma</name>
        <fcode>PPL</fcode><lat>32.41</lat><lon>-87.02</lon><country>United States</country>
        <admin1>Alabama</admin1></gaztag></toponym>
      <toponym><start>35</start><end>41</end></toponym>
    </toponyms>
  </article>
  <article docid="{second}"><feedid>1</feedid><text>Rain fell in Goma.</text>
    <toponyms>
      <toponym><start>13</start><end>17</end><gaztag geonameid="2"><name>Elsewhere</name>
        <fcode>PPL</fcode><lat>60.0</lat><lon>10.0</lon><country>Norway</country></gaztag></toponym>
    </toponyms>
  </article>
</articles>"""


@pytest.fixture
def reports(tmp_path: Path) -> list[places.Report]:
    path = tmp_path / "lgl.xml"
    path.write_text(ARTICLES.format(first=1, second=2), encoding="utf-8")
    return places.load(path)


def test_halves_go_by_id(reports: list[places.Report]) -> None:
    assert [report.split for report in reports] == ["dev", "held"]
    assert [t.quote for t in reports[0].toponyms] == ["Selma", "Yonder"]


def test_right_and_wrong_are_counted(reports: list[places.Report]) -> None:
    total = places.score(reports, {})
    assert (total.wanted, total.right, total.unresolved, total.unmarked) == (2, 1, 0, 1)
    assert total.by_country["Norway"] == [False]


def test_a_home_is_learned_from_the_other_documents_of_the_odd_half(
    reports: list[places.Report],
) -> None:
    assert places.homes(reports) == {"1": "Selma, Alabama"}
    assert places.homes(reports, reports[0]) == {}
