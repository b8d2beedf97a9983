#!/usr/bin/env python3
"""Learns the parameters by which `depeche` tells an article from the page around it, and writes crates/intake/data/article.trees.

usage: train.py GOLD.jsonl [--half even|odd|all] [--folds 5] [--python PYTHON] [--out FILE]

Each line of GOLD.jsonl is {"id", "url", "page": path of an HTML file beside it, and either "body": the article's paragraphs, or "with" and
"without": pieces of text that belong to it and that do not}. The pages of one half, by the parity of the number in the page's name, are learnt
from; the other half is left alone, so that figures on it mean something. README.md beside this file tells the method."""
import argparse
import collections
import hashlib
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import urllib.parse

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
PACKAGES = ["lightgbm==4.7.0", "numpy==2.4.6"]
# A block that a gold page names outright, beside the blocks of a page that is known whole, which share this much among them.
NAMED, WHOLE, LEAST = 4.0, 60.0, 0.15
# What is read as plain text weighs less: there are two copies of each page.
AS_TEXT = 0.5
TREES = {
    "objective": "binary", "learning_rate": 0.12, "num_leaves": 15, "min_data_in_leaf": 20, "feature_fraction": 0.5, "bagging_fraction": 0.8,
    "bagging_freq": 1, "lambda_l2": 5, "max_bin": 63, "extra_trees": True, "verbose": -1, "seed": 7, "deterministic": True, "num_threads": 1,
}
FIRST, SECOND = 90, 80


def in_environment(arguments):
    """Runs this script again where its packages are."""
    with tempfile.TemporaryDirectory(prefix="article-training-") as folder:
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        python = pathlib.Path(folder) / "bin" / "python"
        subprocess.run([python, "-m", "pip", "install", "--quiet", *PACKAGES], check=True)
        return subprocess.run([python, __file__, *arguments, "--python", python]).returncode


def words(text):
    return re.findall(r"\w+", text.lower())


def on_one_line(text):
    return re.sub(r"\s+", " ", text).strip()


def labels(gold, texts):
    """For each block 1, 0 or None where gold does not say, and its weight."""
    if "body" not in gold:
        inside, outside = ([on_one_line(piece) for piece in gold[key]] for key in ("with", "without"))
        told = []
        for text in map(on_one_line, texts):
            label = 0 if any(piece in text for piece in outside) else 1 if any(piece in text for piece in inside) else None
            told.append((label, NAMED))
        return told
    body = "\n".join(gold["body"])
    lines = {" ".join(words(line)) for line in body.split("\n")}
    all_words = words(body)
    runs = {tuple(all_words[at:at + 4]) for at in range(len(all_words) - 3)}
    told = []
    for text in texts:
        own = words(text)
        if len(own) < 5:
            label = int(bool(own) and " ".join(own) in lines)
        else:
            label = int(sum(tuple(own[at:at + 4]) in runs for at in range(len(own) - 3)) * 2 >= len(own) - 3)
        told.append((label, len(own) ** 0.5))
    total = max(1.0, sum(weight for _, weight in told))
    return [(label, weight / total * WHOLE + LEAST) for label, weight in told]


def rows(binary, pages, text, scores=None):
    """What the program reads of the pages: the names of the features, and by page its blocks' texts and numbers."""
    command = [binary, *(["--text"] if text else [])]
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as given:
        if scores is not None:
            for page, values in scores.items():
                given.write(json.dumps({"id": page, "scores": values}) + "\n")
            given.flush()
            command += ["--scores", given.name]
        out = subprocess.run([*command, *pages], check=True, stdout=subprocess.PIPE).stdout.decode()
    names, *lines = map(json.loads, out.splitlines())
    return names, {line["id"]: line for line in lines}


class Learner:
    """Two sets of trees over the rows of some pages, as pages and as plain text."""

    def __init__(self, binary, gold, pages):
        import numpy
        self.numpy, self.binary, self.gold, self.pages = numpy, binary, gold, pages
        self.names, read = rows(binary, pages, False)
        self.read = {(page, False): line for page, line in read.items()}
        self.read |= {(page, True): line for page, line in rows(binary, pages, True)[1].items()}
        self.labels = {page: labels(gold[page], self.read[page, False]["texts"]) for page in pages}

    def array(self, lists):
        return self.numpy.array([[float("nan") if value is None else value for value in row] for row in lists], dtype=self.numpy.float32)

    def matrix(self, key, second):
        line = self.read[key]
        first = self.array(line["first"])
        return first if second is None or not len(first) else self.numpy.hstack([first, self.array(second[key])])

    def fit(self, pages, second=None):
        import lightgbm
        data, told, weights = [], [], []
        for page in pages:
            for text in (False, True):
                matrix = self.matrix((page, text), second)
                for row, (label, weight) in zip(matrix, self.labels[page]):
                    if label is not None:
                        data.append(row), told.append(label), weights.append(weight * (AS_TEXT if text else 1))
        data = lightgbm.Dataset(self.numpy.vstack(data), self.numpy.array(told), weight=self.numpy.array(weights))
        return lightgbm.train(TREES, data, num_boost_round=FIRST if second is None else SECOND)

    def scores(self, model, key, second=None):
        matrix = self.matrix(key, second)
        return model.predict(matrix).tolist() if len(matrix) else []

    def folds(self, count):
        """The pages in parts, those of one site together."""
        parts = collections.defaultdict(list)
        for page in self.pages:
            site = ".".join((urllib.parse.urlsplit(self.gold[page]["url"]).hostname or "").split(".")[-2:])
            parts[int(hashlib.sha256(site.encode()).hexdigest(), 16) % count].append(page)
        return [parts[number] for number in range(count)]

    def unseen(self, count, second=None):
        """Scores of every page by trees that did not learn from its site."""
        scores = {}
        for part in self.folds(count):
            model = self.fit([page for page in self.pages if page not in set(part)], second)
            for page in part:
                for text in (False, True):
                    scores[page, text] = self.scores(model, (page, text), second)
        return scores

    def second_rows(self, scores):
        """What the second trees read beside the first numbers, from first scores."""
        second = {}
        for text in (False, True):
            given = {page: scores[page, text] for page in self.pages}
            for page, line in rows(self.binary, self.pages, text, given)[1].items():
                second[page, text] = line["second"]
        return second


def told(learner, scores):
    """How well scores choose, the weighted share of blocks on the right side, and F1 by letters on the pages known whole."""
    for text in (False, True):
        right = total = 0.0
        f1 = []
        for page in learner.pages:
            both = chosen = wanted = 0
            for score, (label, weight), words in zip(scores[page, text], learner.labels[page], learner.read[page, text]["texts"]):
                if label is None:
                    continue
                right, total = right + weight * ((score > 0.5) == label), total + weight
                size = len(words)
                both, chosen, wanted = both + size * (label and score > 0.5), chosen + size * (score > 0.5), wanted + size * label
            if "body" in learner.gold[page]:
                f1.append(2 * both / max(1, chosen + wanted))
        print(f"{'as text' if text else 'as pages'}: right {right / total:.4f}, F1 of whole pages {sum(f1) / max(1, len(f1)):.4f}")


def trees(model):
    """The model's trees, a line each, as crates/intake/src/scoring/trees.rs reads them."""
    for tree in model.dump_model()["tree_info"]:
        splits, leaves = [], []

        def leaf(node):
            leaves.append(f"{node['leaf_value']:.5g}")
            return ~(len(leaves) - 1)

        def walk(node):
            if "leaf_value" in node:
                return leaf(node)
            at = len(splits)
            splits.append(None)
            # What is missing goes the default way; without a missing value in the data LightGBM reads NaN as zero.
            left_if_missing = node["default_left"] if node["missing_type"] == "NaN" else 0.0 <= node["threshold"]
            left, right = walk(node["left_child"]), walk(node["right_child"])
            splits[at] = f"{node['split_feature']},{node['threshold']:.7g},{'<' if left_if_missing else '>'},{left},{right}"
            return at

        walk(tree["tree_structure"])
        yield " ".join(splits) + " | " + " ".join(leaves)


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("gold", type=pathlib.Path)
    arguments.add_argument("--half", choices=["even", "odd", "all"], default="even")
    arguments.add_argument("--folds", type=int, default=5)
    arguments.add_argument("--python", help="an interpreter that has the packages; without it one is made and thrown away")
    arguments.add_argument("--out", type=pathlib.Path, default=ROOT / "crates/intake/data/article.trees")
    given = arguments.parse_args()
    if given.python is None:
        sys.exit(in_environment(sys.argv[1:]))
    if os.path.realpath(given.python) != os.path.realpath(sys.executable) or "VIRTUAL_ENV_CHILD" not in os.environ:
        os.environ["VIRTUAL_ENV_CHILD"] = "1"
        os.execv(given.python, [given.python, __file__, *sys.argv[1:]])
    subprocess.run(["cargo", "build", "--quiet", "--release", "-p", "depeche-intake", "--example", "training_rows"], check=True, cwd=ROOT)
    target = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
    gold = {}
    for line in given.gold.read_text(encoding="utf-8").splitlines():
        page = json.loads(line)
        path = given.gold.parent / page["page"]
        number = int(re.findall(r"\d+", path.name)[0])
        if given.half == "all" or ("even", "odd")[number % 2] == given.half:
            gold[str(path)] = page
    learner = Learner(target / "release/examples/training_rows", gold, sorted(gold))
    first_scores = learner.unseen(given.folds)
    print("first trees, on unseen sites")
    told(learner, first_scores)
    second = learner.second_rows(first_scores)
    print("both, on unseen sites")
    told(learner, learner.unseen(given.folds, second))
    first, both = learner.fit(learner.pages), learner.fit(learner.pages, second)
    features = " ".join(learner.names["first"] + learner.names["second"])
    digest = hashlib.sha256(given.gold.read_bytes()).hexdigest()[:16]
    head = f"# Made by training/article/train.py from {len(gold)} pages, the {given.half} ones of a gold file of SHA-256 {digest}…"
    lines = [head, f"features {features}", "first", *trees(first), "second", *trees(both)]
    given.out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{given.out}: {given.out.stat().st_size} bytes")


if __name__ == "__main__":
    main()
