#!/usr/bin/env python3
"""Learns the weights by which `depeche` makes a score of what an alignment of two names shows, and writes crates/names/src/weights.rs.

usage: train.py PAIRS.tsv[:GROUP-COLUMN[:WEIGHT]] … [--half even|odd|all] [--python PYTHON] [--out FILE]

Each file has a header and the columns label (1 the same, 0 not), name1, name2, perhaps schema. Pairs with the same value in the group column (name2 unless told
otherwise) go to one half; the half that is not learnt from is what the figures are told of. README.md beside this file tells the method."""
import argparse
import csv
import hashlib
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PACKAGES = ["numpy==2.3.5", "scikit-learn==1.7.2"]
STRENGTH = {"person": 0.3, "body": 0.5}
NOTHING = "rare_same rare_near rare_weak common_same common_near common_weak patronymic_like initials".split()


def in_environment(arguments):
    with tempfile.TemporaryDirectory(prefix="names-training-") as folder:
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        python = pathlib.Path(folder) / "bin" / "python"
        subprocess.run([python, "-m", "pip", "install", "--quiet", *PACKAGES], check=True)
        return subprocess.run([python, __file__, *arguments, "--python", python]).returncode


def read(given):
    """The pairs of a file: kind, label, half, weight, features of each pair of readings."""
    path, group, weight = (given.split(":") + ["", ""])[:3]
    group, weight = group or "name2", weight or "1"
    rows = list(csv.DictReader(open(path, encoding="utf8"), delimiter="\t", quoting=csv.QUOTE_NONE))
    command = ["cargo", "run", "--release", "--quiet", "-p", "depeche-names", "--example", "features", "--", str(pathlib.Path(path).resolve())]
    out = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout.decode().splitlines()
    names = {"person": out[0].split("\t"), "body": out[1].split("\t")}
    pairs = [None] * len(rows)
    for line in out[2:]:
        number, kind, *values = line.split("\t")
        row = rows[int(number)]
        half = int(hashlib.md5(row[group].encode()).hexdigest(), 16) % 2
        if pairs[int(number)] is None:
            pairs[int(number)] = (kind, int(row["label"]), half, float(weight), [], path)
        pairs[int(number)][4].append([float(value) for value in values])
    return names, [pair for pair in pairs if pair]


def figure(labels, scores, threshold=0.5):
    right = sum(score >= threshold and label for label, score in zip(labels, scores))
    wrong = sum((score >= threshold) != bool(label) for label, score in zip(labels, scores))
    return 2 * right / max(1, 2 * right + wrong)


class Learner:
    def __init__(self, names, pairs, strength):
        import numpy
        from sklearn.linear_model import LogisticRegression
        from sklearn.preprocessing import StandardScaler
        self.names, self.numpy = names, numpy
        # Pairs that have nothing in common teach nothing: that they are one is known from elsewhere.
        learnt = [pair for pair in pairs if self.something(pair[4][0])]
        rows = numpy.array([pair[4][0] for pair in learnt])
        labels = numpy.array([pair[1] for pair in learnt])
        scale = StandardScaler().fit(rows)
        model = LogisticRegression(C=strength, max_iter=5000).fit(scale.transform(rows), labels, sample_weight=[pair[3] for pair in learnt])
        self.weights = model.coef_[0] / scale.scale_
        self.bias = model.intercept_[0] - (self.weights * scale.mean_).sum()
        # 0.5 stands where F1 is the highest on what was learnt from.
        logits = numpy.array([self.logit(pair) for pair in pairs])
        labels = numpy.array([pair[1] for pair in pairs])
        weights = numpy.array([pair[3] for pair in pairs])
        def value(threshold):
            taken = logits >= threshold
            right = (weights * (taken & (labels == 1))).sum()
            return 2 * right / (2 * right + (weights * (taken != (labels == 1))).sum())
        self.bias -= max(numpy.linspace(-1.5, 1.5, 61), key=value)

    def something(self, row):
        wanted = [self.names.index(name) for name in NOTHING if name in self.names]
        return not wanted or sum(row[at] for at in wanted) > 0

    def logit(self, pair):
        return max((self.numpy.dot(row, self.weights) + self.bias if self.something(row) else -9) for row in pair[4])

    def scores(self, pairs):
        return [1 / (1 + 2.718281828 ** -self.logit(pair)) for pair in pairs]


def constants(name, learner, doc):
    lines = "".join(f"    {weight:.5f}, // {feature}\n" for feature, weight in zip(learner.names, learner.weights))
    constant = f"/// {doc}\npub(crate) const {name}: [f32; {len(learner.names)}] = [\n{lines}];\n"
    return constant + f"/// What is added to their sum.\npub(crate) const {name}_BIAS: f32 = {learner.bias:.5f};\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+")
    parser.add_argument("--half", choices=["even", "odd", "all"], default="even")
    parser.add_argument("--python")
    parser.add_argument("--out", type=pathlib.Path, default=ROOT / "crates/names/src/weights.rs")
    options = parser.parse_args()
    if not options.python:
        return in_environment(sys.argv[1:])
    pairs, names = [], {}
    for given in options.files:
        names, read_pairs = read(given)
        pairs += read_pairs
    text = "//! The weights of what an alignment shows, learnt by `training/names/train.py`: do not edit.\n\n"
    wanted = {"even": 0, "odd": 1}.get(options.half)
    for kind, doc in (("person", "Weights of the features of persons."), ("body", "Weights of the features of bodies.")):
        own = [pair for pair in pairs if pair[0] == kind]
        for halves, learn in (("even", 0), ("odd", 1)):
            learner = Learner(names[kind], [pair for pair in own if pair[2] == learn], STRENGTH[kind])
            for path in sorted({pair[5] for pair in own}):
                told = []
                for which in (learn, 1 - learn):
                    part = [pair for pair in own if pair[2] == which and pair[5] == path]
                    told.append(f"{figure([pair[1] for pair in part], learner.scores(part)):.4f}" if part else "none")
                print(f"{kind}, learnt from {halves}: {pathlib.Path(path).name}: fitted {told[0]}, held out {told[1]}")
        learner = Learner(names[kind], [pair for pair in own if wanted in (None, pair[2])], STRENGTH[kind])
        text += constants(kind.upper(), learner, doc)
    options.out.write_text(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
