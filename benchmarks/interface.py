"""The programs' interface under requests that somebody draws from its own description.

Schemathesis (Dygalo et al.) draws requests, fitting and unfitting, for every operation that the
description lists, over an archive of ten reports in this process. Faults are answers of 500 and
above, statuses and media types that the description does not list, bodies that break its schema.

Run: ``python -m benchmarks.interface [--cases 10000]``; exit code 1 where there is a fault. Needs
schemathesis, which no extra brings.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from benchmarks.drawn_reports import draw_reports
from dragoman.archive.ingest import Job, ingest
from dragoman.batches import code
from dragoman.web import Settings, create

HOST: Final = "testserver"
_SHOWN: Final = 20


def application(folder: Path) -> Any:
    """The pages over a new archive of ten drawn reports, read by the rules."""
    from dragoman.pipeline import Reader

    reader = Reader(encoder=False)
    job = Job(reader.coder, lambda batches: code(batches, reader))
    ingest(folder, draw_reports(10).documents, job, sources=["drawn"])
    return create(Settings(folder, reader=lambda: reader, hosts=(HOST,), pastes=10_000_000))


def measure(app: Any, cases: int) -> tuple[Counter[int], Counter[str]]:
    """Answers by status, and faults by operation with their first line."""
    import schemathesis
    from hypothesis import HealthCheck, Phase, given, settings
    from schemathesis.checks import not_a_server_error
    from schemathesis.specs.openapi.checks import (
        content_type_conformance,
        response_schema_conformance,
        status_code_conformance,
    )

    checks = [not_a_server_error, status_code_conformance, content_type_conformance,
              response_schema_conformance]  # fmt: skip
    schema = schemathesis.openapi.from_asgi("/api/openapi.json", app, headers={"host": HOST})
    operations = [found.ok() for found in schema.get_all_operations()]
    statuses, faults = Counter[int](), Counter[str]()
    each = -(-cases // len(operations))

    def tried(operation: Any) -> None:
        @settings(max_examples=each, deadline=None, database=None, derandomize=True,
                  phases=[Phase.generate], suppress_health_check=list(HealthCheck))  # fmt: skip
        @given(case=operation.as_strategy())
        def run(case: Any) -> None:
            response = case.call(headers={"host": HOST})
            statuses[response.status_code] += 1
            try:
                case.validate_response(response, checks=checks)
            except Exception as error:  # each fault is counted, none ends the run
                first = str(error).strip().splitlines()[:3]
                faults[f"{operation.label}: {' '.join(first)[:200]}"] += 1

        run()

    for operation in operations:
        tried(operation)
    return statuses, faults


def main(arguments: Sequence[str] | None = None) -> int:
    """Print answers by status and the faults found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=10_000)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        from starlette.testclient import TestClient

        app = application(Path(folder) / "archive")
        with TestClient(app):
            statuses, faults = measure(app, options.cases)
    print(f"requests: {statuses.total()}; by status {dict(sorted(statuses.items()))}")
    print(f"answers of 500 and above: {sum(n for s, n in statuses.items() if s >= 500)}")
    print(f"faults: {faults.total()}")
    for told, count in faults.most_common(_SHOWN):
        print(f"  {count} × {told}")
    return 1 if faults or any(status >= 500 for status in statuses) else 0


if __name__ == "__main__":
    sys.exit(main())
