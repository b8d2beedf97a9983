#!/usr/bin/env python3
"""Serves a record and asks it as fifty people at once would, and as one who opens the room for the first time.

usage: run.py RECORD [--seconds 10] [--port 8098]

Needs `wrk` and, for the first view, what `cargo xtask room-check` installs. Prints the answers a second and their percentiles for questions drawn at random, each single question cold, and the first view."""
import argparse
import os
import pathlib
import subprocess
import time
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
COLD = [
    "record", "happenings", "happenings?actor=USA", "happenings?topic=sanctions", "happenings?source=Reuters", "density", "density?actor=USA", "actors", "actors?actor=USA", "actors/USA", "offices",
    "offices?actor=USA", "commitments", "commitments?actor=USA", "series?by=year", "series?by=month", "series?between=USA,RUS&by=month", "network", "network?level=actor", "places", "stories", "disagreements",
    "search?text=president", "suggest?text=pres",
]


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("record", type=pathlib.Path)
    arguments.add_argument("--seconds", type=int, default=10)
    arguments.add_argument("--port", type=int, default=8098)
    given = arguments.parse_args()
    depeche = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "release/depeche"
    server = subprocess.Popen([depeche, "serve", "--db", given.record, "--address", f"127.0.0.1:{given.port}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    base = f"http://127.0.0.1:{given.port}"
    try:
        for _ in range(100):
            try:
                urllib.request.urlopen(f"{base}/healthz").read()
                break
            except OSError:
                time.sleep(0.1)
        for question in COLD:
            begun = time.monotonic()
            with urllib.request.urlopen(f"{base}/api/v1/{question}") as answer:
                size = len(answer.read())
            print(f"cold: {question:34} {(time.monotonic() - begun) * 1000:7.1f} ms, {size / 1024:7.1f} KiB", flush=True)
        subprocess.run(["wrk", "-t2", "-c50", f"-d{given.seconds}s", "-s", HERE / "filters.lua", base], check=True)
        subprocess.run(["node", HERE / "first_view.mjs", base], check=True)
    finally:
        server.terminate()


main()
