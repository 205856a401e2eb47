"""Every message Dragoman gives a user, in one numbered catalogue.

A message says what is wrong and what to do next; where it is wrong is told beside it. The numbers
stay: a retired one is not given out again. ``docs/errors.md`` lists them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

# code -> (what is wrong, what to do next)
CATALOGUE: Final[Mapping[str, tuple[str, str]]] = {
    # Naming what to read
    "DR001": ("there is no file or folder of that name", "Check the spelling and the folder."),
    "DR002": ("no file matches this pattern", "Check the pattern; ** stands for any folders."),
    "DR003": (
        "the folder holds no file of a known kind",
        "Known kinds: {suffixes}. Name a file itself to read it whatever its name ends in.",
    ),
    "DR004": ("the file cannot be read: {why}", "Check that it is there and may be read."),
    "DR005": (
        "{count} files were skipped, their kind is not known ({suffixes})",
        "Name a file itself to read it as text, or convert it to one of: {known}.",
    ),
    # Bytes and characters
    "DR010": (
        "this is not text: it looks like {kind}",
        "Extract its text first, then read that.",
    ),
    "DR011": (
        "the characters cannot be made out: {why}",
        "Save it as UTF-8, or name the encoding with --encoding.",
    ),
    "DR012": (
        "this is UTF-8 with a broken character at byte {position}",
        "Mend that character, or name the encoding with --encoding.",
    ),
    "DR013": (
        "not UTF-8; read as {encoding}, which is a guess",
        "Name the encoding with --encoding if names look wrong.",
    ),
    "DR014": ("no encoding is called {encoding!r}", "Try utf-8, cp1252, utf-16 or latin-1."),
    "DR015": (
        "half a character (a lone surrogate) stands at position {position} of the {field}",
        "Replace it, by U+FFFD say; no UTF-8 file or table can hold it.",
    ),
    "DR016": ("a NUL character stands in row {row}", "Remove the NUL characters from the file."),
    # Records
    "DR020": (
        "the record has no text (its fields: {fields})",
        "Name the field that holds it with --text-field.",
    ),
    "DR021": ("broken JSON: {why}", "Mend the line; each must be one JSON value."),
    "DR022": ("the JSON is nested too deeply", "Flatten the record to plain fields."),
    "DR023": (
        "a JSON {kind} where a record was expected",
        'Write each report as an object, such as {{"text": "…"}}.',
    ),
    "DR024": (
        "field {field!r} holds {kind}, not text",
        "Name the field that holds the text with --text-field.",
    ),
    "DR025": (
        "the JSON holds no list of records",
        "Give a list of objects, an object with a text, or an object with one list of objects.",
    ),
    "DR026": ("there is no text", "Give a report with at least one word."),
    "DR027": (
        "id {id!r} was already given to {other}, a different report",
        "Make the ids unique, or leave --id-field out.",
    ),
    "DR028": (
        "the report is in another language than English ({language})",
        "Translate it first; --any-language reads it all the same, and badly.",
    ),
    "DR030": (
        "the row has {found} fields, the header has {expected}",
        "Quote fields that hold the delimiter, or add what is missing.",
    ),
    "DR031": (
        "quotation marks do not pair up in lines {first} to {last}: {why}",
        "Double the marks inside a quoted field; if no field is quoted, use --no-quotes.",
    ),
    "DR032": (
        "no column holds the text (the columns: {fields})",
        "Name it with --text-field.",
    ),
    "DR033": ("no column is called {field!r} (the columns: {fields})", "Check its spelling."),
    "DR034": ("this is not a Parquet file that can be read: {why}", "Write the file again."),
    "DR040": (
        "{value!r} is not a date; the report was read without one",
        "Write dates as YYYY-MM-DD, or tell their form with --date-format.",
    ),
    "DR041": (
        "{value!r} may be read day first or month first; the report was read without a date",
        "Tell the form with --date-format, such as %d/%m/%Y.",
    ),
    # Pages, feeds, mails, office documents, archives
    "DR120": (
        "{what} need further packages",
        "Install them with: pip install 'dragoman[{extra}]'.",
    ),
    "DR121": ("{size} bytes are too many (the limit is {most})", "Split the file."),
    "DR122": (
        "no article was found on the page; all its text was read",
        "Extract the article first if menus and notices are read as news.",
    ),
    "DR123": (
        "the feed defines entities of its own, which is refused",
        "Take the DOCTYPE out; feeds need none.",
    ),
    "DR124": (
        "this is no feed that can be read: {why}",
        "Check the address it came from; other XML is not read.",
    ),
    "DR125": (
        "the feed is not well formed ({why}); {count} entries were read",
        "Check that none is missing.",
    ),
    "DR126": (
        "the WARC file breaks off here: {why}",
        "All whole records before this one were read; fetch the file again.",
    ),
    "DR127": (
        "{count} records were passed over that hold no page ({kinds})",
        "Nothing need be done; requests, redirects and pictures are no reports.",
    ),
    "DR128": ("the mail cannot be parsed: {why}", "Save it again as .eml."),
    "DR129": ("this is no {kind} document that can be read: {why}", "Save it again, unlocked."),
    "DR130": ("the archive cannot be unpacked: {why}", "Unpack it yourself, and read the files."),
    "DR131": (
        "it unpacks to {size} bytes or more (the limits are {most} bytes and {ratio} to 1)",
        "Unpack it yourself if you trust it, and read the files.",
    ),
    "DR132": (
        "archives lie more than {depth} deep in each other",
        "Unpack the outer ones, and read the files.",
    ),
    "DR133": (
        "{count} broken characters on the page were read as U+FFFD",
        "Fetch the page again, or name its encoding with --encoding.",
    ),
    "DR134": (
        "no time zone is called {value!r}",
        "Name one of the IANA zones, such as Africa/Accra or UTC.",
    ),
    "DR135": (
        "{count} pages of {all} gave no text: pictures, or broken ({pages})",
        "Run character recognition over the file first if they hold the report.",
    ),
    "DR136": (
        "the page was sent in a coding that cannot be undone ({coding})",
        "Fetch it again without compression, or with gzip.",
    ),
    # Watching feeds and pages
    "DR140": (
        "the address is refused: {why}",
        "Give a plain http or https address, such as https://news.example/feed.xml.",
    ),
    "DR141": (
        "{host} stands for {ip}, which is not asked ({kind})",
        "Leave the address out; --allow-private opens private and loopback addresses.",
    ),
    "DR142": ("it redirects more than {most} times", "Give the address that it ends at."),
    "DR143": ("more than {most} bytes came", "Leave the address out; no report is so long."),
    "DR144": ("the answer did not come in time", "It is asked again; --timeout gives it longer."),
    "DR145": ("no answer could be had: {why}", "It is asked again; else check the address."),
    "DR146": (
        "the server answered {status} ({meaning})",
        "Look at the address in a browser; it may have moved, or want a login.",
    ),
    "DR147": (
        "robots.txt of {host} does not let it be fetched ({why})",
        "Ask the publisher, or get the reports in another way.",
    ),
    "DR148": (
        "the state of watching ({path}) cannot be {done}: {why}",
        "Mend or remove it: without it, all is fetched once more; --state names another.",
    ),
    "DR149": ("no report can be read there: {why}", "Give a feed, or the page of an article."),
    # Asking for output
    "DR050": ("{value!r} is not a date", "Write it as YYYY-MM-DD."),
    "DR051": ("a CSV file holds one kind of record", "Choose events, statements or mentions."),
    "DR052": ("no event is called {id!r} (there are: {known})", "Use an id of the table."),
    "DR053": ("{path} cannot be written: {why}", "Choose another place with --output."),
    "DR054": ("--output is one of the files to read", "Choose another name."),
    "DR055": ("--explain writes plain text", "Leave --format out, or ask for one of the two."),
    # Reading
    "DR060": (
        "the model {model!r} cannot be loaded: {why}",
        "Install it in this environment, or leave --model out.",
    ),
    "DR061": (
        "the report could not be read: {why}",
        "This is a fault of the program; please report it with the text, if you may share it.",
    ),
    "DR070": (
        "the register has nobody of that name: {name!r}",
        "Try a surname, or an English spelling.",
    ),
    # Tables and records of a reading
    "DR080": (
        "two readings have the document id {id}",
        "A document stands once in the tables; drop one of them.",
    ),
    "DR081": (
        "the record has schema version {found!r}, this program reads {expected!r}",
        "Read it with the version of Dragoman that wrote it, or read the report again.",
    ),
    "DR082": ("the record does not fit the schema: {why}", "See the output of: dragoman schema."),
    # Ontologies of one's own
    "DR090": (
        "the ontology {folder} has {count} faults",
        "Mend each as told beside it, then look again with: dragoman ontology check.",
    ),
    "DR091": ("{folder} is no folder with an ontology", "Name a folder with one of: {known}."),
    "DR092": ("broken YAML: {why}", "Mend the file at that line."),
    "DR093": (
        "no part of an ontology is called {name!r}",
        "Rename the file or take it out; there are: {known}.",
    ),
    "DR094": ("the field {field!r} is missing", "Add it: {wanted}."),
    "DR095": ("no field is called {field!r}", "Check its spelling; there are: {known}."),
    "DR096": ("{field} is {value!r}", "Write {wanted}."),
    "DR097": ("{field}: no {what} is called {name!r}", "{hint}."),
    "DR098": (
        "the name {name!r} stands twice",
        "Rename or drop this one; the other is in {file}, line {line}.",
    ),
    "DR099": ("the trigger can never fire: {why}", "{remedy}."),
    "DR100": (
        "this line of the dictionary is not used: {why}",
        "Mend the line, or write a trigger for it in triggers.yaml.",
    ),
    "DR101": (
        "this line of the dictionary is used in part: {why}",
        "If that part matters, write a trigger for it in triggers.yaml.",
    ),
    "DR102": (
        "{count} of {total} examples are read otherwise than they say",
        "Mend the triggers, or the examples if the reading is right.",
    ),
    # Actors of one's own
    "DR110": (
        "the files of actors have {count} faults",
        "Mend each as told beside it, then look again with: dragoman actors check FILE.",
    ),
    "DR111": ("the file of actors cannot be read: {why}", "Check its name and folder."),
    "DR112": (
        "the words {text!r} already mean {others}",
        "Give 'instead: true' to have them mean this actor alone, 'also: true' for either.",
    ),
    "DR113": (
        "two holders of one post ({post}) overlap: {one} and {two}",
        "Mend a date, or end the earlier term.",
    ),
    "DR114": ("it ends {last}, before it begins {first}", "Mend one of the two dates."),
    "DR115": ("the register is at fault: {why}", "Mend that row."),
    "DR116": (
        "{count} faults in the register or the files",
        "Mend each as told above, then check again.",
    ),
    "DR117": (
        "nobody is known to have held an office of {name!r}{office}",
        "Try an id that dragoman actors lookup prints, or leave --office out.",
    ),
    "DR118": (
        "this line of the dictionary is not used: {why}",
        "Mend the line, or add the actor in a YAML file of actors.",
    ),
    "DR119": (
        "this line of the dictionary is used in part: {why}",
        "If that part matters, add it in a YAML file of actors.",
    ),
    # Archives
    "DR200": (
        "{folder} holds no archive",
        "Check the folder, or make one with: dragoman ingest SOURCE --archive DIR.",
    ),
    "DR201": (
        "the archive has schema {found}, this program reads {expected}",
        "Bring it up to date with: dragoman archive migrate {folder}.",
    ),
    "DR202": (
        "the archive has no version {version} (it has 0 to {newest})",
        "See them with: dragoman archive history.",
    ),
    "DR203": (
        "the archive had no version yet on {moment} (the first is of {first})",
        "See them with: dragoman archive history.",
    ),
    "DR204": (
        "the SQL is not one SELECT: {found}",
        "Write one SELECT over documents, actors, mentions, statements and events.",
    ),
    "DR205": (
        "the query took longer than {seconds} s and was stopped",
        "Ask for less, or give it more time with --timeout.",
    ),
    "DR206": ("the query cannot be run: {why}", "Mend it; docs/archive.md has examples."),
    "DR207": (
        "a file of the archive is gone or broken: {path}",
        "If compact ran meanwhile, ask again; else restore it and run: dragoman archive verify.",
    ),
    "DR208": ("the archive has {count} faults", "Restore it, or ingest what is concerned again."),
    "DR209": (
        "other writers kept changing {table}",
        "Try again; what was committed before is kept.",
    ),
    "DR210": (
        "no way leads from schema {found} to {expected}",
        "Use the version of Dragoman that wrote the archive, or ingest the sources anew.",
    ),
    "DR211": (
        "archives need packages that are not installed: {missing}",
        "Install them with: pip install 'dragoman[archive]'.",
    ),
    "DR212": ("{value!r} is not {wanted}", "Write {example}."),
    "DR213": (
        "--version and --as-of both name a version",
        "Give one of the two.",
    ),
    "DR214": (
        "a binary format goes into a file",
        "Name the file with --output.",
    ),
    # Many documents
    "DR180": (
        "the report ended the process that read it ({how}, {times} times)",
        "Leave it out, or report this fault with the text, if you may share it.",
    ),
    "DR181": (
        "the report was not read within {seconds} s",
        "Give it more time with --time-limit, or part it.",
    ),
    "DR182": (
        "the processes that read cannot start: {why}",
        "See whether dragoman read works without --workers, and whether memory is left.",
    ),
    "DR183": (
        "this engine needs packages that are not installed: {missing}",
        "Install them with: pip install 'dragoman[spark]'.",
    ),
    "DR184": (
        "Spark cannot start: {why}",
        "It needs Java 17 or later, found by JAVA_HOME or PATH.",
    ),
    "DR185": (
        "the Delta table {path} cannot be read: {why}",
        "Write it out as Parquet, and name that.",
    ),
    "DR186": ("{option} goes with {other} only", "Give both, or leave {option} out."),
    "DR187": ("Spark gave up: {why}", "Run it again: what was committed is kept."),
    "DR188": ("{option} does not go with {other}", "Leave one of the two out."),
    # Pictures
    "DR240": (
        "pictures need packages that are not installed: {missing}",
        "Install them with: pip install 'dragoman[plot]'.",
    ),
    "DR241": ("no picture is called {kind!r}", "Ask for one of: {known}."),
    "DR242": (
        "the picture could not be drawn: {why}",
        "This is a fault of the program; please report it with the picture as JSON (-o x.json).",
    ),
    "DR243": (
        "a {kind} is of {wanted}, {count} were named",
        "Name them with --who, by id (state:PER) or name.",
    ),
    "DR244": (
        "the kind of file cannot be told from {name!r}",
        "End its name in .png, .svg, .html or .json, or name the format with --format.",
    ),
    "DR245": (
        "pictures are drawn of an archive or of reports, not of {found}",
        "Give either --archive DIR or files, and not both.",
    ),
    "DR246": ("a page of several pictures is no {form}", "End the name of the file in .html."),
    # Exports
    "DR170": ("no format is called {name!r}", "Use one of: {known}."),
    "DR171": (
        "{name} cannot say on whose word an event stands, so it takes no claims",
        "Leave out --claims, or use a format that can: docs/exports.md lists them.",
    ),
    "DR172": ("{name} is written to a stream of {kind}", "Open the file that way."),
    "DR173": ("there is nothing to export", "Name files to read, or an archive with --archive."),
    "DR174": (
        "files are read, an archive is asked: {what} needs the one and not the other",
        "Give either files, or --archive with its filters.",
    ),
    "DR175": ("{name} has its own kinds of records", "Leave out --show."),
    # Pages
    "DR220": (
        "the pages need packages that are not installed: {missing}",
        "Install them: pip install 'dragoman[web]'.",
    ),
    "DR221": (
        "this is not the address that the pages stand at ({host})",
        "Open the address that `dragoman serve` printed, or allow this one with --allow-host.",
    ),
    "DR222": ("{name} cannot be {value!r}", "Write {example}."),
    "DR223": (
        "this form was sent by another site",
        "Open the page here and send it from there.",
    ),
    "DR224": ("the request is larger than {limit} bytes", "Send less, or use `dragoman ingest`."),
    "DR225": (
        "the token is missing or wrong",
        "Open the address with ?token=… that `dragoman serve` printed.",
    ),
    "DR226": (
        "too many reports were pasted in a short time",
        "Wait {seconds} seconds, or read files with `dragoman read`.",
    ),
    "DR227": (
        "the text has {count} characters; the box takes {limit}",
        "Paste a part of it, or read the file with `dragoman read`.",
    ),
    "DR228": ("there is no {what} here", "Go back to the list and choose another."),
    "DR229": ("port {port} of {host} cannot be used: {why}", "Choose another with --port."),
    "DR230": ("the archive is busy with other questions", "Try again in a moment."),
    "DR231": ("there is no text to read", "Paste the text of a report into the box."),
    "DR232": (
        "no format is called {name!r}",
        "Use one of: {known}.",
    ),
    # Loaded wordings
    "DR150": ("no category of wordings is called {name!r}", "Use one of: {known}."),
    # Panels
    "DR151": ("{what} {value!r} is not known", "Use one of: {known}."),
    "DR152": (
        "nobody in this version of the archive is called {name!r}",
        "Give the id that dragoman query shows for the actor, such as state:PER.",
    ),
    "DR153": (
        "the panel would have {count} rows (at most {limit})",
        "Ask for a shorter time, a longer period, or name the actors with --among.",
    ),
    "DR154": (
        "this version of Dragoman does not find occurrences",
        "Leave --one-per occurrence out.",
    ),
    "DR155": (
        "countries are not known by the name {name!r}",
        "Write the code of ISO 3166-1 with three letters, such as PER.",
    ),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """A message of the catalogue, filled in: its number, what is wrong, what to do next."""

    code: str
    what: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.code} {self.what}. {self.remedy}"


def problem(code: str, **values: object) -> Problem:
    """The message ``code`` with its blanks filled. Raises KeyError for an unknown code."""
    what, remedy = CATALOGUE[code]
    return Problem(code, what.format(**values), remedy.format(**values))


class DragomanError(Exception):
    """Something the caller can mend; ``problem`` says what and how, ``details`` line by line."""

    def __init__(self, problem: Problem, details: tuple[str, ...] = ()) -> None:
        super().__init__("\n".join((str(problem), *details)))
        self.problem = problem
        self.details = details


class SchemaError(DragomanError, ValueError):
    """A record or table that does not fit the schema."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A message about one line of a file; ``entry`` names the record that the line belongs to."""

    file: str
    line: int
    entry: str
    problem: Problem

    def __str__(self) -> str:
        where = f"{self.file}, line {self.line}"
        return (
            f"{where}: {self.entry}: {self.problem}" if self.entry else f"{where}: {self.problem}"
        )


class OntologyError(DragomanError, ValueError):
    """An ontology folder that cannot be used; ``faults`` holds everything that is wrong in it."""

    def __init__(self, folder: object, faults: tuple[Fault, ...]) -> None:
        super().__init__(
            problem("DR090", folder=folder, count=len(faults)), tuple(map(str, faults))
        )
        self.faults = faults


class ActorsError(DragomanError, ValueError):
    """Files of actors that cannot be used; ``faults`` holds everything that is wrong in them."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(problem("DR110", count=len(faults)), tuple(map(str, faults)))
        self.faults = faults
