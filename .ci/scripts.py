"""Extracts the shell scripts from files for CI services, for shellcheck.

    python .ci/scripts.py FOLDER FILE…

Writes one file per script to FOLDER, named after its position. GitHub scripts are under `run`; GitLab scripts are under
`before_script`, `script`, and `after_script`, with entries that run one after another in one shell.
"""

import sys
from pathlib import Path

from ruamel.yaml import YAML

KEYS = ("run", "before_script", "script", "after_script")


def scripts(value, place):
    """The scripts in a value, each with its position. Skips GitHub steps that choose a shell other than bash."""
    if isinstance(value, dict):
        for key, below in value.items():
            if key in KEYS and isinstance(below, str):
                if value.get("shell", "bash") == "bash":
                    yield f"{place}.{key}", below
            elif key in KEYS and isinstance(below, list):
                yield f"{place}.{key}", "\n".join(str(line) for line in below)
            else:
                yield from scripts(below, f"{place}.{key}")
    elif isinstance(value, list):
        for number, below in enumerate(value):
            yield from scripts(below, f"{place}.{number}")


folder = Path(sys.argv[1])
for name in sys.argv[2:]:
    document = YAML(typ="safe", pure=True).load(Path(name))
    for place, script in scripts(document, Path(name).stem):
        # Both services run bash with these options.
        (folder / place.replace("/", "-").replace(" ", "-")).write_text(f"set -eo pipefail\n{script}\n")
