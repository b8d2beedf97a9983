#!/usr/bin/env python3
"""Learns how far an event is to be trusted, and writes crates/coder/src/confidence/weights.rs.

usage: train.py [--by-id GOLD.jsonl ...] [--by-line GOLD.jsonl ...] [--half even|odd|all] [--weight FILE=N] [--binary DEPECHE] [--out FILE]

Each line of a gold file is {"id", "text", "language"?, "published"?, "events": [{"type", "alt_types"?, "trigger"?, "also"?, "optional"?}]}.
One half of each file, of its texts in order of their ids or of its lines, is learnt from; on the other the result is only tried. README.md
beside this file tells the method. It needs a built `depeche` and its models, and nothing but Python's own library."""
import argparse
import json
import math
import pathlib
import re
import subprocess
import tempfile
import tomllib
import zlib

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
FOLDS = 5
PENALTIES = [30, 100, 300]
# A feature is penalised as if it varied at least so much: one that few events have is no better known for being rare.
RAREST = 0.03
# A trigger farther than so many characters from gold's, in a text longer than so many, tells of something else.
FARTHEST, LONG = 250, 600


def places(event, text):
    return [(found.start(), found.end()) for phrase in [event.get("trigger"), *(event.get("also") or [])] if phrase for found in re.finditer(re.escape(phrase), text)]


def distance(gold, event, text):
    at, here = event["trigger"]["start"], places(gold, text)
    if not here:
        return 0
    return min(0 if first <= at <= last else min(abs(at - first), abs(at - last)) for first, last in here)


def folded(name, gold):
    # Gold without a mode is of the older kind that has one type for giving way.
    return "YIELD" if name in ("CONCEDE", "RETREAT") and "mode" not in gold else name


def pair(gold, events, text, taken):
    """A largest one-to-one matching of events with gold that is not taken; which gold each event has, by place."""
    edges = {}
    for at, event in enumerate(events):
        near = []
        for place, told in enumerate(gold):
            types = {folded(name, told) for name in [told["type"], *(told.get("alt_types") or [])]}
            far = distance(told, event, text)
            if place not in taken and folded(event["type"], told) in types and (len(text) <= LONG or far <= FARTHEST):
                near.append((bool(told.get("optional")), far, place))
        edges[at] = [place for _, _, place in sorted(near)]
    owner = {}

    def grow(at, seen):
        for place in edges[at]:
            if place not in seen:
                seen.add(place)
                if place not in owner or grow(owner[place], seen):
                    owner[place] = at
                    return True
        return False

    for at in sorted(edges, key=lambda at: min((distance(gold[place], events[at], text) for place in edges[at]), default=0)):
        grow(at, set())
    return {at: place for place, at in owner.items()}


def hidden(word, is_noun, fold):
    # A reflexive verb is hidden with its plain form.
    last = re.split("[ ']", word)[-1]
    return zlib.crc32(f"{int(is_noun)}{last}".encode()) % FOLDS == fold


def mask(fold, folder):
    """Lays frames into a folder that lack the words of one fold; they replace those of the same id when the folder is laid over our packs."""
    for path in sorted((ROOT / "packs").glob("*/frames/*.toml")):
        lacking = []
        for frame in tomllib.loads(path.read_text(encoding="utf-8")).get("frame", []):
            for key, word in (("verbs", lambda entry: entry), ("nouns", lambda entry: entry), ("phrases", lambda entry: entry[0])):
                if key in frame:
                    frame[key] = [entry for entry in frame[key] if not hidden(word(entry), key == "nouns", fold)]
            if not any(frame.get(key) for key in ("verbs", "nouns", "adjectives", "phrases")):
                frame["nouns"] = ["(hidden)"]
            # Its examples are of the words that it lacks, and would be run.
            frame["examples"] = ["- => nothing"]
            lacking.append("[[frame]]\n" + "".join(f"{key} = {toml(value)}\n" for key, value in frame.items()))
        target = pathlib.Path(folder) / path.relative_to(ROOT / "packs")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text("\n".join(lacking), encoding="utf-8")


def toml(value):
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {toml(inner)}" for key, inner in value.items()) + " }"
    return json.dumps(value, ensure_ascii=False)


def code(binary, texts, *more):
    """Every event that is coded, with its explanation, by text."""
    lines = "".join(json.dumps({key: text.get(key) for key in ("id", "text", "language", "published")}) + "\n" for text in texts)
    command = [binary, "code", "--from", "jsonl", "-", "--explain", "--min-confidence", "0", "--layers", "events", *more]
    done = subprocess.run(command, input=lines.encode(), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if len(done.stdout.splitlines()) != len(texts):
        raise SystemExit(done.stderr.decode())
    return {coded["id"]: coded["events"] for coded in map(json.loads, done.stdout.splitlines())}


class Row:
    """An event: its features, whether it is right, what it weighs, and where it is from."""

    def __init__(self, event, right, weight, text):
        self.features, self.right, self.weight, self.text = event["explain"]["features"], right, weight, text
        self.word = event["explain"].get("back_off", {}).get("word", "")


def read(binary, path, weight, by_id, half):
    texts = [json.loads(line) for line in open(path, encoding="utf-8") if line.strip()]
    if by_id:
        texts.sort(key=lambda text: text["id"])
    sides = {"even": (texts[::2], texts[1::2]), "odd": (texts[1::2], texts[::2]), "all": (texts, texts)}[half]
    coded = code(binary, texts)
    halves = [Half(path, side, coded, weight) for side in sides]
    for fold in range(FOLDS):
        with tempfile.TemporaryDirectory(prefix="backoff-training-") as folder:
            mask(fold, folder)
            coded = code(binary, texts, "--pack", folder)
            for known, side in zip(halves, sides):
                masked = Half(path, side, coded, weight)
                known.masked += [row for row in masked.placed if hidden(row.word, "noun" in row.features, fold)]
                known.lacking.append(masked)
    return halves


class Half:
    """Half of a gold file: rows of named events and of placed ones, and how many events gold has."""

    def __init__(self, path, texts, coded, weight):
        self.name, self.named, self.placed, self.masked, self.lacking, self.gold = pathlib.Path(path).stem, [], [], [], [], 0
        for number, text in enumerate(texts):
            gold, events = text["events"], coded.get(text["id"], [])
            self.gold += sum(not told.get("optional") for told in gold)
            taken = set()
            for rows, is_placed in ((self.named, False), (self.placed, True)):
                own = [event for event in events if ("back_off" in event["explain"]) == is_placed]
                pairs = pair(gold, own, text["text"], taken)
                taken |= set(pairs.values())
                for at, event in enumerate(own):
                    if at in pairs and gold[pairs[at]].get("optional"):
                        continue
                    rows.append(Row(event, at in pairs, weight, (self.name, number)))


def share(weights, row):
    total = sum(weights.get(name, 0.0) * value for name, value in row.features.items())
    return min(max(1 / (1 + math.exp(-total)), 0.01), 0.99)


def solve(matrix, vector):
    """Gauss's elimination for a positive definite system."""
    size = len(vector)
    rows = [[*matrix[at], vector[at]] for at in range(size)]
    for at in range(size):
        best = max(range(at, size), key=lambda other: abs(rows[other][at]))
        rows[at], rows[best] = rows[best], rows[at]
        for other in range(at + 1, size):
            factor = rows[other][at] / rows[at][at]
            if factor:
                rows[other] = [left - factor * right for left, right in zip(rows[other], rows[at])]
    answer = [0.0] * size
    for at in reversed(range(size)):
        answer[at] = (rows[at][size] - sum(rows[at][other] * answer[other] for other in range(at + 1, size))) / rows[at][at]
    return answer


def fit(rows, penalty):
    """Weights of a logistic function by Newton's method; those of features are drawn towards 0, each by its own spread."""
    names = sorted({name for row in rows for name in row.features})
    if not rows:
        return {"base": -3.0}
    index = {name: at for at, name in enumerate(names)}
    table = [[(index[name], value) for name, value in row.features.items()] for row in rows]
    mass = sum(row.weight for row in rows)
    mean, square = [0.0] * len(names), [0.0] * len(names)
    for row, cells in zip(rows, table):
        for at, value in cells:
            mean[at] += row.weight * value / mass
            square[at] += row.weight * value * value / mass
    drawn = [penalty * max(square[at] - mean[at] ** 2, RAREST) if names[at] != "base" else 1e-6 for at in range(len(names))]
    weights = [0.0] * len(names)
    for _ in range(25):
        slope = [-pull * weight for pull, weight in zip(drawn, weights)]
        curve = [[0.0] * len(names) for _ in names]
        for at, pull in enumerate(drawn):
            curve[at][at] = pull
        for row, cells in zip(rows, table):
            likely = 1 / (1 + math.exp(-max(-30.0, min(30.0, sum(weights[at] * value for at, value in cells)))))
            spread = row.weight * max(likely * (1 - likely), 1e-6)
            for at, value in cells:
                slope[at] += row.weight * (row.right - likely) * value
                for other, beside in cells:
                    curve[at][other] += spread * value * beside
        step = solve(curve, slope)
        weights = [weight + move for weight, move in zip(weights, step)]
        if max(map(abs, step)) < 1e-6:
            break
    return dict(zip(names, weights))


def moved(weights, rows):
    """The same weights with the base at which as many of `rows` are expected to be right as are."""
    low, high = -10.0, 10.0
    for _ in range(40):
        middle = (low + high) / 2
        shifted = {**weights, "base": weights["base"] + middle}
        if sum(row.weight * (share(shifted, row) - row.right) for row in rows) > 0:
            high = middle
        else:
            low = middle
    return shifted


def fit_placed(rows, penalty, masked):
    """Hidden words show what tells a right placing from a wrong one; words that are truly unnamed show how often one is right at all."""
    return moved(fit(rows + masked, penalty), rows)


def across(rows, penalty, masked=None):
    """For each row the share by weights that have not seen its text."""
    texts = sorted({row.text for row in rows + (masked or [])})
    fold = {text: at % FOLDS for at, text in enumerate(texts)}
    shares = [0.0] * len(rows)
    for number in range(FOLDS):
        seen = [row for row in rows if fold[row.text] != number]
        weights = fit(seen, penalty) if masked is None else fit_placed(seen, penalty, [row for row in masked if fold[row.text] != number])
        for at, row in enumerate(rows):
            if fold[row.text] == number:
                shares[at] = share(weights, row)
    return shares


def loss(rows, shares):
    mass = sum(row.weight for row in rows) or 1
    return -sum(row.weight * math.log(likely if row.right else 1 - likely) for row, likely in zip(rows, shares)) / mass


def learn(rows, what, masked=None):
    """Weights with the penalty that does best on what they have not seen."""
    judged = rows if masked is None else masked
    penalty = min(PENALTIES, key=lambda penalty: loss(judged, across(judged, penalty)))
    shares = across(rows, penalty, masked)
    print(f"{what}: {len(rows)} events, {sum(row.right for row in rows)} right; penalty {penalty}, loss across folds {loss(rows, shares):.3f}")
    return fit(rows, penalty) if masked is None else fit_placed(rows, penalty, masked)


def by_floor(halves, weights):
    """What placed events add from each floor on: how many, how many right, and precision, recall and F1 of all together."""
    for title, pick in (("with all words", lambda half: [half]), ("a fifth of the words hidden", lambda half: half.lacking)):
        for half in halves:
            print(f"  {half.name}, {title}:")
            named = [row.right for run in pick(half) for row in run.named]
            placed = [(share(weights, row), row.right) for run in pick(half) for row in run.placed]
            gold = half.gold * len(pick(half))
            for floor in (1.0, 0.5, 0.4, 0.3, 0.2, 0.1, 0.05, 0.0):
                added = [right for likely, right in placed if likely >= floor]
                coded, found = len(named) + len(added), sum(named) + sum(added)
                scores = f"precision {found / max(coded, 1):.3f} recall {found / gold:.3f} F1 {2 * found / (coded + gold):.3f}"
                print(f"    from {floor:.2f}: {len(added):4} more, {sum(added):3} right; {scores}")


def report(halves, weights, which):
    for half in halves:
        rows = getattr(half, which)
        if not rows:
            continue
        shares = [share(weights, row) for row in rows]
        base = sum(row.right for row in rows) / len(rows)
        brier = sum((likely - row.right) ** 2 for row, likely in zip(rows, shares)) / len(rows)
        print(f"  {half.name}: {len(rows)} events, {base:.2f} right, {sum(shares) / len(shares):.2f} expected; Brier {brier:.3f}, of a constant {base * (1 - base):.3f}")
        for first in range(0, 10, 2):
            inside = [(row, likely) for row, likely in zip(rows, shares) if first <= likely * 10 < first + 2]
            if inside:
                right, expected = sum(row.right for row, _ in inside) / len(inside), sum(likely for _, likely in inside) / len(inside)
                print(f"    {first / 10:.1f} to {(first + 2) / 10:.1f}: {len(inside):4} events, expected {expected:.2f}, right {right:.2f}")


def table(name, doc, weights):
    rows = "".join(f"    ({json.dumps(key)}, {round(1000 * weights[key])}),\n" for key in sorted(weights) if round(1000 * weights[key]))
    return f"\n/// {doc}\npub(super) const {name}: [(&str, i32); {rows.count(chr(10))}] = [\n{rows}];\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--by-id", nargs="*", default=[])
    parser.add_argument("--by-line", nargs="*", default=[])
    parser.add_argument("--half", choices=["even", "odd", "all"], default="even")
    parser.add_argument("--weight", action="append", default=[], help="FILE=N: an event of this file weighs N")
    parser.add_argument("--binary", default=str(ROOT / "target/release/depeche"))
    parser.add_argument("--out", default=str(ROOT / "crates/coder/src/confidence/weights.rs"))
    given = parser.parse_args()
    weight = {path: float(number) for path, number in (told.rsplit("=", 1) for told in given.weight)}
    halves = [read(given.binary, path, weight.get(path, 1.0), by_id, given.half) for paths, by_id in ((given.by_id, True), (given.by_line, False)) for path in paths]
    learnt, left = [pair[0] for pair in halves], [pair[1] for pair in halves]
    named = learn([row for half in learnt for row in half.named], "named")
    placed = learn([row for half in learnt for row in half.placed], "placed", [row for half in learnt for row in half.masked])
    for which, weights in (("named", named), ("placed", placed), ("masked", placed)):
        print(f"{which}, on what was learnt from:")
        report(learnt, weights, which)
        print(f"{which}, on the rest:")
        report(left, weights, which)
    print("by floor, on the rest:")
    by_floor(left, placed)
    head = "//! Weights of the features of [`super`] in thousandths, by name in order of the alphabet. Made by `training/backoff/train.py`; do not edit.\n"
    tables = table("NAMED", "Of events that a frame names.", named) + table("PLACED", "Of events that back-off placed.", placed)
    pathlib.Path(given.out).write_text(head + tables, encoding="utf-8")


if __name__ == "__main__":
    main()
