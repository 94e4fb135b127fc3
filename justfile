# The words of the house. CI says the same ones.

# Everything that needs no database: style, types, imports, templates, migrations.
check:
    ruff check .
    ruff format --check .
    mypy
    lint-imports --no-cache
    djlint --lint --quiet wanowa
    djade --check $(git ls-files 'wanowa/**/*.html')
    python manage.py makemigrations --check --dry-run

# Every test.
test *arguments:
    pytest {{arguments}}

# The long proofs: many more steps of the state machine and of the races.
night:
    WANOWA_NIGHT=1 pytest tests/trust wanowa/collaborations

# Measure towns and journeys, with the framework's floor in the same run.
bench *arguments:
    python -m benchmarks.journeys {{arguments}}

# Resolve anew and write the pins: pyproject.toml and requirements.lock.
lock:
    python -m config.pins

# What a user downloads: the environment without development tools must stay under 350 MB.
size:
    #!/usr/bin/env bash
    set -euo pipefail
    folder=$(mktemp -d)
    trap 'rm -rf "$folder"' EXIT
    UV_PROJECT_ENVIRONMENT="$folder/base" uv sync --no-dev --quiet
    du -sm "$folder/base" | awk '{ print $1 " MB (350 at most)"; exit $1 >= 350 }'

demo *arguments:
    wanowa demo {{arguments}}

# Draw the map of the house again, after a folder, a verb or a lifecycle changed.
map:
    wanowa map > docs/reference/map.md

# Collect the words of every app that has a catalogue of a language (`just messages en`); say what waits for a translation.
messages *language:
    DJANGO_SETTINGS_MODULE=config.settings python -m config.messages {{language}}
