#!/usr/bin/env python3
"""Extracts the same pages with `depeche extract` and with its peers, each on one thread, and compares speed, memory and, with a gold, quality.

usage: run.py PAGES [--gold GOLD.jsonl --scorer score_extract.py] [--venv DIR] [--rounds 1] [--only NAME …]

PAGES is a folder of HTML files, gzipped or not. Processor time is that of the whole process, reading and start-up included.
Without --venv, trafilatura is installed from PyPI into a throw-away environment. With several rounds all take turns, and of each
the best time counts, which evens out what else the machine does."""
import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
TRAFILATURA = "trafilatura==2.3.1"
NAMES = ("depeche", "trafilatura (PyPI)", "trafilatura (crate)", "dom_smoothie")


def run(*command, **options):
    return subprocess.run([str(part) for part in command], check=True, **options)


def measured(command, out=None):
    """Processor seconds and peak memory in MiB of one process, what it printed, and how it ended."""
    with tempfile.TemporaryFile() as errors:
        child = subprocess.Popen([str(part) for part in command], stdout=out or subprocess.PIPE, stderr=errors)
        printed = child.stdout.read().decode() if out is None else ""
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        errors.seek(0)
        told = errors.read().decode(errors="replace")
    scale = 1 << 20 if sys.platform == "darwin" else 1 << 10
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / scale, printed, child.returncode, told


def ours(depeche, pages, out):
    """A run over all pages. It ends with 1 where a page was refused, which is no failure of the run; anything else is."""
    with open(out, "wb") as written:
        seconds, memory, _, code, told = measured((depeche, "extract", "--jobs", "1", pages), written)
    if code not in (0, 1):
        sys.exit(f"depeche ended with {code}:\n{told[-2000:]}")
    return seconds, memory


def slowest(depeche, files):
    """The processor time of the slowest page, each in a process of its own, start-up included."""
    with open(os.devnull, "wb") as nowhere:
        return max((measured((depeche, "extract", "--jobs", "1", file), nowhere)[0], file.name) for file in files)


def peer(command, out):
    seconds, memory, printed, code, told = measured((*command, out))
    if code != 0:
        sys.exit(f"{command[0]} ended with {code}:\n{told[-2000:]}")
    return seconds, memory, json.loads(printed.splitlines()[-1])


def found(out):
    """In how many pages there was a text."""
    with open(out, encoding="utf-8") as lines:
        return sum(1 for line in lines if json.loads(line)["dispatch"]["text"].strip())


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("pages", type=pathlib.Path)
    arguments.add_argument("--gold", type=pathlib.Path)
    arguments.add_argument("--scorer", type=pathlib.Path)
    arguments.add_argument("--venv", type=pathlib.Path)
    arguments.add_argument("--rounds", type=int, default=1)
    arguments.add_argument("--only", nargs="+", choices=NAMES, default=NAMES)
    given = arguments.parse_args()
    if (given.gold is None) != (given.scorer is None):
        arguments.error("--gold and --scorer go together")
    files = sorted(path for path in given.pages.iterdir() if path.is_file())
    if not files:
        arguments.error(f"there is no file in {given.pages}")
    with tempfile.TemporaryDirectory(prefix="extract-bench-") as folder:
        folder = pathlib.Path(folder)
        out = {name: folder / f"{number}.jsonl" for number, name in enumerate(NAMES)}
        python = given.venv / "bin" / "python" if given.venv else None
        if python is None and NAMES[1] in given.only:
            run(sys.executable, "-m", "venv", folder / "venv")
            python = folder / "venv" / "bin" / "python"
            run(python, "-m", "pip", "install", "--quiet", TRAFILATURA)
        target = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
        peers_target = target / "peers"
        run("cargo", "build", "--quiet", "--release", "--package", "depeche-cli", cwd=ROOT)
        run("cargo", "build", "--quiet", "--release", "--target-dir", peers_target, cwd=HERE / "peers")
        depeche, peers = target / "release" / "depeche", peers_target / "release" / "extract-peers"
        commands = {
            NAMES[1]: (python, HERE / "trafilatura_speed.py", given.pages),
            NAMES[2]: (peers, "trafilatura", given.pages),
            NAMES[3]: (peers, "dom_smoothie", given.pages),
        }
        rows = {}
        for number in range(given.rounds):
            for name in given.only:
                if name == NAMES[0]:
                    seconds, memory = ours(depeche, given.pages, out[name])
                    longest = rows[name][2] if number else slowest(depeche, files)
                else:
                    seconds, memory, told = peer(commands[name], out[name])
                    longest = (told["slowest_seconds"], told["slowest_page"])
                if number:
                    best = rows[name]
                    seconds, memory, longest = min(seconds, best[0]), max(memory, best[1]), min(longest, best[2])
                rows[name] = (seconds, memory, longest)
        print(f"{len(files)} pages, {sum(file.stat().st_size for file in files) / 1e6:.0f} MB as they lie there")
        print(f"{'':20} | with text | pages/CPU s | peak MiB | slowest page")
        for name, (seconds, memory, (longest, page)) in rows.items():
            print(f"{name:20} | {found(out[name]):9} | {len(files) / seconds:11.1f} | {memory:8.0f} | {longest:.3f} s {page}")
        if given.scorer:
            for name in given.only:
                print(f"\n{name}:", flush=True)
                run(sys.executable, given.scorer, given.gold, out[name])


main()
