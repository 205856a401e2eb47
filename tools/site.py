"""What the site takes from elsewhere: figures, contributing, changes, and the notebook as a page.
A hook of mkdocs.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parents[1]
OUTSIDE: Final = {
    "../benchmarks/RESULTS.md": "results.md",
    "../CONTRIBUTING.md": "contributing.md",
    "../CHANGELOG.md": "changes.md",
    "../NOTICE": "notice.md",
}
NOTEBOOK: Final = "notebooks/figure.ipynb"
AS_PAGE: Final = "figure.md"
_OTHER: Final = re.compile(r"\[([^\]]+)\]\(\.\./[^)]*\)")
_LINK: Final = re.compile(r"\]\((\.\./[^)#\s]+)(#[^)\s]*)?\)")


def on_files(files: Any, config: Any) -> Any:
    """Their text as pages of the site."""
    from mkdocs.structure.files import File

    for source, name in OUTSIDE.items():
        text = (ROOT / "docs" / source).read_text("utf-8")
        text = f"# Notice\n```text\n{text}```\n" if name == "notice.md" else _inside(text)
        files.append(File.generated(config, name, content=text))
    files.append(File.generated(config, AS_PAGE, content=_notebook(ROOT / "docs" / NOTEBOOK)))
    return files


def on_page_markdown(markdown: str, page: Any, config: Any, files: Any) -> str:
    """Links to them lead there; what the site does not have is named without a link."""
    if page.file.src_uri != AS_PAGE:
        markdown = markdown.replace(f"]({NOTEBOOK})", f"]({AS_PAGE})")
    markdown = _LINK.sub(
        lambda m: f"]({OUTSIDE[m[1]]}{m[2] or ''})" if m[1] in OUTSIDE else m[0], markdown
    )
    return _OTHER.sub(r"\1", markdown)


def _notebook(path: Path) -> str:
    """Its cells as they stand, and itself to be had."""
    parts = []
    for cell in json.loads(path.read_text("utf-8"))["cells"]:
        source = "".join(cell["source"])
        parts.append(f"```python\n{source}\n```" if cell["cell_type"] == "code" else source)
    return "\n\n".join([*parts, f"[The notebook itself]({NOTEBOOK})", ""])


def _inside(text: str) -> str:
    """Links out of those files, which stand elsewhere: to documents as the site has them, to others
    as words.
    """
    text = re.sub(r"\]\((?:\.\./)?docs/([\w-]+\.md)", r"](\1", text)
    return re.sub(r"\[([^\]]+)\]\((?!https?:|[\w-]+\.md|#)[^)]*\)", r"\1", text)
