"""`clickhouse local` by way of chdb, which is the same engine as a Python module: for computers without the program.

Takes what opensim-fleet calls `clickhouse` with, and nothing else.
"""

import sys

from chdb import session


def main(arguments):
    settings = dict(a[2:].split("=", 1) for a in arguments if a.startswith("--"))
    script = settings.pop("queries-file")
    form = settings.pop("output-format")
    state = settings.pop("path")
    with open(script, encoding="utf-8") as file:
        statements = [s for s in file.read().split(";\n") if s.strip()]
    engine = session.Session(state)
    for name, value in settings.items():
        engine.query(f"SET {name} = '{value}'")
    for statement in statements:
        sys.stdout.write(engine.query(statement, form).data() or "")
    sys.stdout.flush()


main(sys.argv[1:])
