from __future__ import annotations

import datetime as dt
from pathlib import Path

from benchmarks.petrarch import Coding, records

TEXT = """<Validation>
<!-- <Sentence id="commented"></Sentence> -->
<Sentence category="A" date="20080804" id="one"/>
<EventCoding eventcode="042" sourcecode="HOB" targetcode="gon" />
<Text>
Bilbo went
to Gondor.
</Text>
<Parse></Parse>
<Sentence date = "080804" id ="two"><EventCoding noevents = "True"></EventCoding>
<Text>Nothing happened.</Text></Sentence>
<Sentence id="three"><EventCoding error="discard"></EventCoding><Text>Cricket.</Text></Sentence>
"""


def test_records_are_read_from_either_form(tmp_path: Path) -> None:
    path = tmp_path / "records.xml"
    path.write_text(TEXT, encoding="utf-8")
    one, two = records(path)
    assert one.text == "Bilbo went to Gondor."
    assert one.codings == (Coding("HOB", "GON", "042"),)
    assert (two.codings, two.published) == ((), dt.date(2008, 8, 4))
