#!/usr/bin/env python3
"""What a question costs as a fleet grows: in homes, in months, on one engine and another, side by side in one run.

scale.py homes N DAYS [ENGINE...]   every question, on each engine in turn
scale.py months N M [M...]          the questions that grow with what is kept, for N homes and so many months

Makes the rows with DuckDB (rows.sql), asks with `opensim-fleet ask QUESTION --json`, prints for each the wall time of the whole
program, rows, and the most that the engine had in memory. OPENSIM_FLEET is the program (target/release/opensim-fleet), OPENSIM_DUCKDB,
OPENSIM_SPARK, OPENSIM_CLICKHOUSE the engines', FOLDER where the fleet goes (target/fleet/scale; 25 bytes a row), MEMORY the MiB
that an engine may take, ROUNDS how often each is asked: the best counts;
QUESTIONS which of them.
"""
import datetime
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
PROGRAM = os.environ.get("OPENSIM_FLEET", str(ROOT / "target/release/opensim-fleet"))
DUCKDB = os.environ.get("OPENSIM_DUCKDB", "duckdb")
FOLDER = pathlib.Path(os.environ.get("FOLDER", ROOT / "target/fleet/scale"))
MEMORY = os.environ.get("MEMORY", "4096")
ROUNDS = int(os.environ.get("ROUNDS", "2"))
LAST = datetime.date(2026, 11, 30)
QUESTIONS = os.environ.get("QUESTIONS", "place below automatic worse cells shared partner trend site").split()
PROCESS = {"spark": "java"}
NEEDS = {"partner": ["--partner", "p0007"], "site": ["--site", "0" * 16]}


def month(first, sql):
    """The file of a month, written once by what `sql` gives for its path."""
    file = FOLDER / f"surveys/month={first:%Y-%m}" / "part-0.parquet"
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        whole = file.with_suffix(".tmp")
        subprocess.run([DUCKDB, "-bail", "-c", sql(whole)], check=True, stdout=subprocess.DEVNULL)
        whole.rename(file)
    return file


def made(homes, first, days):
    """A month made anew."""
    def sql(whole):
        text = (HERE / "rows.sql").read_text()
        for name, value in [("homes", homes), ("days", days), ("first", f"DATE '{first}'"), ("file", whole)]:
            text = text.replace(f":{name}", str(value))
        return text
    return month(first, sql)


def moved(pattern, first, following):
    """A month as another one moved in time: that is five times as quick as making it."""
    by = (first - LAST.replace(day=1)).days
    return month(first, lambda whole: f"""COPY (
        SELECT * REPLACE (day + ({by}) AS day, seen_at + INTERVAL ({by}) DAY AS seen_at) FROM '{pattern}'
        WHERE day + ({by}) < DATE '{following}') TO '{whole}'
        (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 3, ROW_GROUP_SIZE 122880)""")


def engine_peak(name):
    """The most that a running engine of a name has had in memory, MiB."""
    peak = 0
    for status in pathlib.Path("/proc").glob("[0-9]*/status"):
        try:
            said = dict(line.split(":", 1) for line in status.read_text().splitlines())
        except OSError:
            continue
        if said["Name"].strip() == name and "VmHWM" in said:
            peak = max(peak, int(said["VmHWM"].split()[0]) >> 10)
    return peak


def asked(question, *more):
    """Asks, and gives seconds, rows, and the engine's memory in MiB."""
    best = None
    for _ in range(ROUNDS):
        command = [PROGRAM, "--fleet", str(FOLDER), "ask", question, "--json", "--memory", MEMORY, "--max-time", "3600"]
        engine = more[more.index("--engine") + 1] if "--engine" in more else "duckdb"
        begun, peak = time.monotonic(), 0
        with tempfile.TemporaryFile() as out:
            with subprocess.Popen([*command, *NEEDS.get(question, []), *more], stdout=out) as run:
                while run.poll() is None:
                    peak = max(peak, engine_peak(PROCESS.get(engine, engine)))
                    time.sleep(0.05)
            took = time.monotonic() - begun
            if run.returncode not in (0, 9):
                return None
            out.seek(0)
            answer = json.load(out)
        rows = str(len(answer["rows"])) + (" of more" if answer.get("partial") else "")
        if best is None or took < best[0]:
            best = (took, rows, peak)
    return best


def line(*cells):
    print("| " + " | ".join(str(cell) for cell in cells) + " |", flush=True)


def told(got):
    return f"{got[0]:.2f} s, {got[1]} rows, {got[2]} MiB" if got else "failed"


def fleet():
    if not (FOLDER / "fleet.toml").exists():
        subprocess.run([PROGRAM, "--fleet", str(FOLDER), "init"], check=True, stdout=subprocess.DEVNULL)


def homes(count, days, engines):
    begun = time.monotonic()
    size = made(count, LAST - datetime.timedelta(days=days - 1), days).stat().st_size
    print(f"{count} homes, {days} days: {3 * count * days} rows, {size >> 20} MiB, made in {time.monotonic() - begun:.0f} s")
    line("question", *engines)
    for question in QUESTIONS:
        line(question, *(told(asked(question, "--engine", engine)) for engine in engines))


def months(count, many):
    line("months", "rows", "MiB", *QUESTIONS, "trend over all", "partner over all")
    first, have, size = LAST.replace(day=1), 0, 0
    pattern = made(count, first, LAST.day)
    for wanted in sorted(many):
        while have < wanted:
            following = (first + datetime.timedelta(days=31)).replace(day=1)
            size += moved(pattern, first, following).stat().st_size
            first = (first - datetime.timedelta(days=1)).replace(day=1)
            have += 1
        since = (first + datetime.timedelta(days=31)).replace(day=1)
        days = (LAST - since).days + 1
        over = ["--since", str(since)]
        got = [asked(question) for question in QUESTIONS] + [asked("trend", *over), asked("partner", *over)]
        line(wanted, 3 * count * days, size >> 20, *(f"{g[0]:.2f} s, {g[2]} MiB" if g else "failed" for g in got))


if __name__ == "__main__":
    what, numbers, engines = sys.argv[1], [], []
    for word in sys.argv[2:]:
        (numbers.append(int(word)) if word.isdigit() else engines.append(word))
    fleet()
    if what == "homes":
        homes(*numbers, engines or ["duckdb"])
    else:
        months(numbers[0], numbers[1:])
