"""What the documents say can be done can be done."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import typer.main

from dragoman.cli import app
from dragoman.ontologies import cameo, plover
from tools import codebook_page, error_page

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("benchmarks/*.md")])
PYTHON = ROOT / "docs" / "python.md"
COMMANDS: Any = typer.main.get_command(app)


def blocks(page: Path, language: str) -> list[str]:
    text = page.read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.M | re.S)


def commands() -> list[str]:
    lines = [line for page in PAGES for block in blocks(page, "sh") for line in block.splitlines()]
    return [match[1] for line in lines if (match := re.search(r"\b(dragoman [^>|]*)", line))]


def spoken() -> list[str]:
    """What stands between backticks in running text and is a command or names an option."""
    found = set()
    for page in [ROOT / "README.md", ROOT / "CHANGELOG.md", *ROOT.glob("docs/*.md")]:
        text = re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.M | re.S)
        found |= set(re.findall(r"`([^`]+)`", text))
    ours = (span for span in found if not span.startswith(("python ", "mypy ", "pip ")))
    return sorted(span for span in ours if re.match(r"dragoman [a-z]|--[a-z]", span))


def options_of(command: Any) -> set[str]:
    return {name for parameter in command.params for name in parameter.opts}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    targets = re.findall(r"\]\((?!https?:)([^)#]+)", text)
    assert [target for target in targets if not (page.parent / target).exists()] == []


@pytest.mark.parametrize("line", commands())
def test_commands_are_the_programs(line: str) -> None:
    command: Any = COMMANDS
    words = shlex.split(line)[1:]
    while words and hasattr(command, "commands"):
        assert words[0] in command.commands, line
        command = command.commands[words.pop(0)]
    used = {word.split("=")[0] for word in words if word.startswith("--")}
    assert used <= options_of(command), line


@pytest.mark.parametrize("span", spoken())
def test_commands_in_the_text_are_the_programs(span: str) -> None:
    command: Any = COMMANDS
    words = span.split()
    if words[0] == "dragoman":
        # "archive info|verify" stands for each of them.
        for word in words[1:]:
            if not hasattr(command, "commands"):
                break
            names = word.split("|")
            assert set(names) <= set(command.commands), span
            command = command.commands[names[0]]
        known = options_of(command)
    else:
        known = every_option(COMMANDS)
    used = set(re.findall(r"(?<![\w-])--[a-z][\w-]*", span))
    assert used <= known, span


def every_option(command: Any) -> set[str]:
    inner = getattr(command, "commands", {}).values()
    return options_of(command).union(*map(every_option, inner))


@pytest.mark.parametrize("line", commands())
def test_named_samples_are_there(line: str) -> None:
    named = [word for word in shlex.split(line) if word.startswith("src/")]
    assert all((ROOT / word).is_file() for word in named), line


def test_options_of_read_are_documented() -> None:
    text = "".join(
        (ROOT / "docs" / name).read_text(encoding="utf-8") for name in ("reading.md", "formats.md")
    )
    options = options_of(COMMANDS.commands["read"])
    assert [name for name in sorted(options) if name.startswith("--") and name not in text] == []


def test_python_examples_run() -> None:
    scope: dict[str, object] = {}
    for block in blocks(PYTHON, "python"):
        exec(compile(block, str(PYTHON), "exec"), scope)


def test_page_of_messages_is_the_catalogue() -> None:
    assert error_page.PAGE.read_text(encoding="utf-8") == error_page.render(), (
        "write it anew: python -m tools.error_page"
    )


def test_codebook_is_the_ontologies() -> None:
    assert codebook_page.PAGE.read_text(encoding="utf-8") == codebook_page.render(), (
        "write it anew: python -m tools.codebook_page"
    )


def test_codebook_names_every_entry() -> None:
    page = codebook_page.PAGE.read_text(encoding="utf-8")
    names = [f"### {name}\n" for name in plover().types]
    names += [f"| `{mode}` |" for name in plover().types for mode in plover().modes(name)]
    names += [f"| `{name}` |" for name in (*plover().contexts, *plover().auxiliary)]
    names += [f"| {code} |" for code in cameo().codes]
    assert [name for name in names if name not in page] == []
