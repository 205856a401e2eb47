# What people type. `just` alone lists the recipes.

_default:
    @just --list

# Make .venv from the lock file
setup:
    uv sync --locked

# Run the tests
test *arguments:
    uv run --locked python -m pytest {{arguments}}

# Lint, format check, types
check:
    uv run --locked ruff check
    uv run --locked ruff format --check
    uv run --locked mypy --strict src

# Put the code in the project's format
format:
    uv run --locked ruff check --fix
    uv run --locked ruff format

# Everything that must pass, in a fresh environment
ci:
    .ci/run

# Read a sample report
read file="src/dragoman/samples/river-dispute.txt":
    uv run --locked dragoman read {{file}}

# Print the figures of benchmarks/RESULTS.md anew
bench: bench-cases bench-labels bench-swap bench-seed bench-speed bench-memory

# Cases passed per construction, the held-back ones too
bench-cases:
    uv run --locked python -m benchmarks.cases

# Loaded wordings: found, of whom, by whom
bench-labels:
    uv run --locked python -m benchmarks.labels

# Parties exchanged and loaded words put in: the reading must stay
bench-swap:
    uv run --locked python -m benchmarks.swap

# The acceptance report against a careful reader's account of it
bench-seed:
    uv run --locked python -m benchmarks.seed

# Words per second beside the bare parser
bench-speed *arguments:
    uv run --locked python -m benchmarks.speed {{arguments}}

# Peak memory on one document of 5 MB
bench-memory *arguments:
    uv run --locked python -m benchmarks.memory {{arguments}}

# An archive killed 200 times, read beside a writer, and asked at ten million events
bench-archive:
    uv run --locked python -m benchmarks.kill
    uv run --locked python -m benchmarks.readers
    uv run --locked python -m benchmarks.query

# Workers, Spark, growth, beside other programs; needs idle cores
bench-scale:
    uv run --locked python -m benchmarks.scale speed
    uv run --locked python -m benchmarks.scale workers
    uv run --locked python -m benchmarks.scale spark
    uv run --locked python -m benchmarks.scale memory
    uv run --locked python -m benchmarks.scale cost
    uv run --locked python -m benchmarks.scale cost --real --sizes 200 1000
# Pictures of an archive of ten million events
bench-pictures *arguments:
    uv run --locked python -m benchmarks.pictures {{arguments}}

# Draw docs/pictures anew
pictures:
    uv run --locked python -m tools.plot.pictures

# Write docs/errors.md, docs/codebook.md and docs/labels.md anew and hold the documents to the program
# Copies of one text found, on ECB+ and on copies made; with --drawn N on so many reports drawn by chance
bench-stories *arguments:
    uv run --locked python -m benchmarks.stories {{arguments}}

# Events of several reports that are one happening, on ECB+ and MEANTIME
bench-occurrences *arguments:
    uv run --locked python -m benchmarks.occurrences {{arguments}}
    uv run --locked python -m benchmarks.occurrence_own {{arguments}}

# Write docs/errors.md, docs/codebook.md, docs/labels.md and the chapters on stories and panels anew and hold the documents to the program
docs:
    uv run --locked python -m tools.error_page
    uv run --locked python -m tools.codebook_page
    uv run --locked python -m tools.labels_page
    uv run --locked python -m tools.run_page
    uv run --locked python -m pytest tests/test_documents.py

# Build the documents as a site into build/site
site:
    uv run --locked python -m mkdocs build --strict -d build/site

# Build the wheel and the source archive
build:
    uv build
