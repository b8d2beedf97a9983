#!/usr/bin/env python3
"""Codes synthetic dispatches, and ingests the same ones, in one run, and asks the record that comes of it.

usage: run.py [--count 100000] [--seed 1] [--models DIR] [--keep FOLDER]

Prints the speed of `code` and that of `ingest` as a share of it, dispatches a second for each tenth of the way, bytes a dispatch, peak memory, and how long answers of a page take: through one opened
reader, as a server asks, and as a whole process."""
import argparse
import json
import os
import pathlib
import subprocess
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent


def timed(command, environment, line=None, **options):
    """Seconds and peak kilobytes of a command; `line` is called with each line that it writes."""
    begun = time.monotonic()
    process = subprocess.Popen([str(part) for part in command], stdout=subprocess.PIPE if line else subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment, text=True, **options)
    if line:
        for told in process.stdout:
            line(told)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{command[0]} {command[1]} failed: {process.returncode}")
    return time.monotonic() - begun, usage.ru_maxrss


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--count", type=int, default=100_000)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--models", type=pathlib.Path)
    arguments.add_argument("--keep", type=pathlib.Path, help="a folder for the dispatches and the record, which are thrown away otherwise")
    given = arguments.parse_args()
    subprocess.run(["cargo", "build", "--quiet", "--release", "-p", "depeche-cli", "-p", "depeche-store", "--bins", "--examples"], check=True, cwd=ROOT)
    target = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "release"
    environment = os.environ | ({"DEPECHE_MODELS": str(given.models)} if given.models else {})
    with tempfile.TemporaryDirectory(prefix="record-bench-") as folder:
        folder = given.keep or pathlib.Path(folder)
        folder.mkdir(parents=True, exist_ok=True)
        lines, record = folder / "dispatches.jsonl", folder / "record.depeche"
        with open(lines, "w", encoding="utf-8") as out:
            subprocess.run([HERE / "make_dispatches.py", "--count", str(given.count), "--seed", str(given.seed)], check=True, stdout=out)
        for old in folder.glob("record.depeche*"):
            old.unlink()
        depeche = target / "depeche"
        code, _ = timed([depeche, "code", "--from", "jsonl", lines], environment)
        begun, kept, tenths = time.monotonic(), 0, [time.monotonic()]

        def count(line):
            nonlocal kept
            kept += '"outcome"' in line
            while kept >= given.count * len(tenths) / 10:
                tenths.append(time.monotonic())

        ingest, memory = timed([depeche, "ingest", "--db", record, "--from", "jsonl", "--to", "jsonl", lines], environment, count)
        print(f"code {given.count / code:,.0f}/s, ingest {given.count / ingest:,.0f}/s: {code / ingest:.0%}")
        rates = [given.count / 10 / max(after - before, 1e-6) for before, after in zip(tenths, tenths[1:])]
        print("by tenths, a second: " + " ".join(f"{rate:,.0f}" for rate in rates) + f"; last beside second {rates[-1] / rates[1]:.0%}")
        print(f"{record.stat().st_size / given.count:,.0f} bytes a dispatch, {memory / 1024:,.0f} MB at the most")
        timed([target / "examples" / "ask", record], environment, lambda line: print("{question:30} {found!s:>5} found, p50 {p50:7.2f} ms, p95 {p95:7.2f} ms".format(**json.loads(line))))
        for question in (["timeline", "--limit", "100"], ["timeline", "--limit", "100", "--actor", "USA"], ["search", "president"]):
            times = sorted(timed([depeche, "query", "--db", record, *question], environment)[0] * 1000 for _ in range(20))
            print(f"{'process: ' + ' '.join(question):40} p50 {times[10]:7.2f} ms, p95 {times[19]:7.2f} ms")


main()
