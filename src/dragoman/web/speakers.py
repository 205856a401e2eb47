"""What a speaker or an outlet asserts, denies, and how it calls others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, Literal

from dragoman.archive import Archive
from dragoman.web.asking import names, whole

Row = dict[str, Any]
_MOST: Final = 40
_SHOWN: Final = 12  # events of each status
# A speaker's words by id, or by name where no register knows it.
_OF_SPEAKER: Final = "(s.speaker = ? OR lower(s.said_by) = lower(?))"


@dataclass(frozen=True, slots=True)
class Source:
    """A speaker (``kind`` "speaker") or a publisher ("outlet"), by id or name."""

    kind: Literal["speaker", "outlet"]
    who: str
    name: str
    statements: int
    documents: int
    statuses: tuple[tuple[str, int, tuple[Row, ...]], ...]
    acts: tuple[Row, ...]
    labels: tuple[Row, ...]
    beside: tuple[Row, ...]


def listed(archive: Archive, kind: Literal["speaker", "outlet"], words: str = "") -> list[Row]:
    """Speakers or outlets with how much stands on their word, the most quoted first."""
    if kind == "outlet":
        sql = (
            "SELECT publisher AS who, publisher AS name, count(*) AS n, "
            "count(*) AS documents FROM documents WHERE publisher IS NOT NULL "
            "AND contains(lower(publisher), lower(?)) GROUP BY publisher "
            f"ORDER BY n DESC, who LIMIT {_MOST}"
        )
    else:
        sql = (
            "SELECT coalesce(speaker, said_by) AS who, min(said_by) AS name, count(*) AS n, "
            "count(DISTINCT reading) AS documents FROM statements "
            "WHERE (speaker IS NOT NULL OR source IS NOT NULL) "
            "AND contains(lower(said_by), lower(?)) "
            f"GROUP BY coalesce(speaker, said_by) ORDER BY n DESC, who LIMIT {_MOST}"
        )
    rows: list[Row] = archive.ask(sql, [words]).to_pylist()
    return rows


def speaker(archive: Archive, who: str) -> Source:
    """What stands on somebody's word."""
    chosen = (
        "SELECT e.* FROM events e JOIN statements s ON s.reading = e.reading "
        f"AND s.id = e.according_to[-1] WHERE {_OF_SPEAKER}"
    )
    values = (who, who)
    counted = archive.ask(
        "SELECT count(*) AS n, count(DISTINCT reading) AS d, min(said_by) AS name "
        f"FROM statements s WHERE {_OF_SPEAKER}",
        values,
    ).to_pylist()[0]
    acts = archive.ask(
        f"SELECT act, count(*) AS n FROM statements s WHERE {_OF_SPEAKER} "
        "GROUP BY act ORDER BY n DESC, act",
        values,
    )
    through = archive.ask(
        f"SELECT publisher AS who, count(*) AS n FROM statements s WHERE {_OF_SPEAKER} "
        "AND publisher IS NOT NULL GROUP BY publisher ORDER BY n DESC, who LIMIT 12",
        values,
    )
    labels = (
        f"{_LABELS} JOIN statements s ON s.reading = m.reading AND s.id = m.used_by[-1] "
        f"WHERE m.label IS NOT NULL AND {_OF_SPEAKER}"
    )
    named = names(archive, [who]).get(who) or counted["name"] or who
    return Source(
        "speaker",
        who,
        named,
        counted["n"],
        counted["d"],
        _statuses(archive, chosen, values),
        tuple(acts.to_pylist()),
        _labels(archive, labels, values),
        tuple(through.to_pylist()),
    )


def outlet(archive: Archive, who: str) -> Source:
    """What an outlet says in its own voice, and whom it quotes."""
    of = "lower(publisher) = lower(?)"
    chosen = f"SELECT e.* FROM events e WHERE own_voice AND {of}"
    counted = archive.ask(
        f"SELECT count(*) AS d, min(publisher) AS name FROM documents WHERE {of}", [who]
    ).to_pylist()[0]
    said = archive.ask(f"SELECT count(*) AS n FROM statements WHERE {of}", [who])
    quoted = archive.ask(
        "SELECT coalesce(speaker, said_by) AS who, min(said_by) AS name, count(*) AS n "
        f"FROM statements WHERE {of} AND (speaker IS NOT NULL OR source IS NOT NULL) "
        "GROUP BY coalesce(speaker, said_by) ORDER BY n DESC, who LIMIT 12",
        [who],
    )
    own = "len(m.used_by) = 0 AND lower(m.publisher) = lower(?)"
    labels = f"{_LABELS} WHERE m.label IS NOT NULL AND {own}"
    return Source(
        "outlet",
        who,
        counted["name"] or who,
        said["n"][0].as_py(),
        counted["d"],
        _statuses(archive, chosen, (who,)),
        (),
        _labels(archive, labels, (who,)),
        tuple(quoted.to_pylist()),
    )


_LABELS: Final = (
    "SELECT m.label AS wording, m.category AS category, "
    "coalesce(a.name, m.place.name, m.neutral) AS meant, m.actor AS actor, m.reading AS reading "
    "FROM mentions m LEFT JOIN actors a ON a.reading = m.reading AND a.id = m.actor"
)


def _labels(archive: Archive, chosen: str, values: tuple[Any, ...]) -> tuple[Row, ...]:
    sql = (
        "SELECT lower(wording) AS wording, min(category) AS category, meant, min(actor) AS actor, "
        f"count(*) AS n, count(DISTINCT reading) AS documents, min(reading) AS reading "
        f"FROM ({chosen}) GROUP BY lower(wording), meant ORDER BY n DESC, wording LIMIT {_MOST}"
    )
    return tuple(archive.ask(sql, values).to_pylist())


_STATUS_ORDER: Final = ("asserted", "denied", "demanded", "planned", "possible", "hypothetical")


def _statuses(
    archive: Archive, chosen: str, values: tuple[Any, ...]
) -> tuple[tuple[str, int, tuple[Row, ...]], ...]:
    counted = archive.ask(f"SELECT status, count(*) AS n FROM ({chosen}) GROUP BY status", values)
    counts = {row["status"]: row["n"] for row in counted.to_pylist()}
    sql = (
        f"SELECT reading, position AS place, earliest, initiator FROM ({chosen}) "
        "QUALIFY row_number() OVER (PARTITION BY status "
        "ORDER BY published DESC NULLS LAST, document_id, position) "
        f"<= {_SHOWN} ORDER BY published DESC NULLS LAST, document_id, position"
    )
    rows = whole(archive, "events", archive.ask(sql, values).to_pylist())
    return tuple(
        (status, counts[status], tuple(row for row in rows if row["status"] == status))
        for status in _STATUS_ORDER
        if status in counts
    )
