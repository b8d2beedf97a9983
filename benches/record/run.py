#!/usr/bin/env python3
"""Codes synthetic dispatches, and ingests the same ones, in one run, and asks the record that comes of it.

usage: run.py [--count 100000] [--seed 1] [--models DIR] [--keep FOLDER]

Prints the speed of `code` and that of `ingest` as a share of it, dispatches a second for each tenth of the way, bytes a dispatch, peak memory, and how long answers of a page take: through one opened
reader, as a server asks, and as a whole process.

The two take turns, one stopped while the other runs: the next turn is of the one that has read less of the dispatches, so that both do the same part of the work in each phase of a machine that is now faster and now slower."""
import argparse
import json
import os
import pathlib
import signal
import subprocess
import tempfile
import threading
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
# Seconds of a turn: `ingest` writes what it has whenever its turn comes, for its clock runs on, and batches should not be small for that.
TURN = 30


def timed(command, environment, line=None, **options):
    """Seconds and peak kilobytes of a command; `line` is called with each line that it writes."""
    begun = time.monotonic()
    process = subprocess.Popen([str(part) for part in command], stdout=subprocess.PIPE if line else subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment, text=True, **options)
    if line:
        for told in process.stdout:
            line(told)
    _, status, usage = os.wait4(process.pid, 0)
    check(process, status, command)
    return time.monotonic() - begun, usage.ru_maxrss


def check(process, status, command):
    """Takes note that a process has ended; where it failed, so does the run."""
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{command[0]} {command[1]} failed: {process.returncode}")


class Turned:
    """A command that runs when it is its turn, with a clock that stands still meanwhile."""

    def __init__(self, command, environment, line=None):
        self.command, self.ran, self.since, self.memory, self.processor, self.position = command, 0.0, time.monotonic(), 0, 0.0, 0
        self.process = subprocess.Popen([str(part) for part in command], stdout=subprocess.PIPE if line else subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment, text=True)
        self.reader = threading.Thread(target=lambda: [line(told, self.clock()) for told in self.process.stdout]) if line else None
        if self.reader:
            self.reader.start()
        self.pause()

    def clock(self):
        since = self.since
        return self.ran + (time.monotonic() - since if since is not None else 0)

    def pause(self):
        self.process.send_signal(signal.SIGSTOP)
        self.ran, self.since = self.clock(), None

    def read(self, path):
        """How many bytes of a file it has read so far."""
        descriptors = pathlib.Path(f"/proc/{self.process.pid}/fd")
        for descriptor in descriptors.iterdir():
            if os.path.realpath(descriptor) == str(path):
                told = descriptors.with_name("fdinfo").joinpath(descriptor.name).read_text()
                self.position = int(dict(line.split(":", 1) for line in told.splitlines())["pos"])
                return self.position
        # Not opened yet, or closed behind its end.
        return path.stat().st_size if self.position else 0

    def ends_within(self, seconds):
        """Runs it for a turn; whether that was its last."""
        self.since = begun = time.monotonic()
        self.process.send_signal(signal.SIGCONT)
        while time.monotonic() - begun < seconds:
            ended, status, usage = os.wait4(self.process.pid, os.WNOHANG)
            if ended:
                self.ran, self.since, self.memory = self.clock(), None, usage.ru_maxrss
                self.processor = usage.ru_utime + usage.ru_stime
                check(self.process, status, self.command)
                if self.reader:
                    self.reader.join()
                return True
            time.sleep(0.01)
        self.pause()
        return False


def in_turns(commands, path):
    """Runs commands that read a file to their ends, in turns. Where one fails, none is left standing still."""
    left = list(commands)
    try:
        while left:
            behind = min(left, key=lambda command: command.read(path))
            if behind.ends_within(TURN):
                left.remove(behind)
    finally:
        for command in commands:
            if command.process.returncode is None:
                command.process.kill()


def tenths(told, count):
    """When each tenth of `count` was done, by what is told in lumps: so many at a time."""
    times, (before, least) = [0.0], (0.0, 0)
    for clock, kept in told:
        while len(times) <= 10 and kept >= count * len(times) / 10:
            times.append(before + (clock - before) * (count * len(times) / 10 - least) / max(kept - least, 1))
        before, least = clock, kept
    return times


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
        code = Turned([depeche, "code", "--from", "jsonl", lines], environment)
        told = []

        def count(line, clock):
            if '"outcome"' in line:
                # What is acknowledged together was written together.
                kept = told[-1][1] if told else 0
                if told and clock - told[-1][0] < 0.2:
                    told.pop()
                told.append((clock, kept + 1))

        ingest = Turned([depeche, "ingest", "--db", record, "--from", "jsonl", "--to", "jsonl", lines], environment, count)
        in_turns([code, ingest], lines.resolve())
        print(f"code {given.count / code.ran:,.0f}/s, ingest {given.count / ingest.ran:,.0f}/s: {code.ran / ingest.ran:.0%}; by processor time {code.processor / ingest.processor:.0%}")
        times = tenths(told, given.count)
        rates = [given.count / 10 / max(after - before, 1e-6) for before, after in zip(times, times[1:])]
        print("by tenths, a second: " + " ".join(f"{rate:,.0f}" for rate in rates) + f"; last beside second {rates[-1] / rates[1]:.0%}")
        print(f"{record.stat().st_size / given.count:,.0f} bytes a dispatch, {ingest.memory / 1024:,.0f} MB at the most")
        timed([target / "examples" / "ask", record], environment, lambda line: print("{question:30} {found!s:>5} found, p50 {p50:7.2f} ms, p95 {p95:7.2f} ms".format(**json.loads(line))))
        for question in (["timeline", "--limit", "100"], ["timeline", "--limit", "100", "--actor", "USA"], ["search", "president"]):
            times = sorted(timed([depeche, "query", "--db", record, *question], environment)[0] * 1000 for _ in range(20))
            print(f"{'process: ' + ' '.join(question):40} p50 {times[10]:7.2f} ms, p95 {times[19]:7.2f} ms")


main()
