"""Takes the shell scripts out of files for CI services, so that shellcheck can look at them.

    python .ci/scripts.py FOLDER FILE…

Writes one file a script into FOLDER, named by where it stands. Those of GitHub stand under `run`; those of GitLab under
`before_script`, `script` and `after_script`, whose entries run one after the other in one shell.
"""

import sys
from pathlib import Path

from ruamel.yaml import YAML

KEYS = ("run", "before_script", "script", "after_script")


def scripts(value, place):
    """The scripts in a value, each with its place. A step of GitHub may choose a shell that is not ours to check."""
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
        # The first line is how both services call bash.
        (folder / place.replace("/", "-").replace(" ", "-")).write_text(f"set -eo pipefail\n{script}\n")
