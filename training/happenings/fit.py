#!/usr/bin/env python3
"""fit.py [--only NAME,NAME...] FEATURES.tsv... > weights.rs

Logistic regression, with a ridge, over pairs of events of the learning half: which of them gold has as one happening. FEATURES.tsv is what
`cargo run -p depeche-resolve --example resolve -- features [CODED]` writes, on gold's own events and on what the coder codes. With --only the weights of these features
are learnt and all others held at what crates/resolve/src/weights.rs has. Wants numpy."""
import pathlib
import re
import sys
import numpy as np

RIDGE = 20.0
# What reason says before any pair is looked at; the ridge draws towards it, so that a few hundred pairs of one half do not overrule it by chance.
PRIOR = {
    "bias": -5.0, "same type": 4.0, "one quadrant of types": 0.5, "same mode": 0.5, "other mode": -2.5,
    "actors' countries shared": 1.0, "recipients' countries shared": 0.7, "all countries shared": 1.5, "actors of other countries": -1.5,
    "recipients of other countries": -1.0, "sides exchanged": -0.5, "share of the persons": 1.5,
    "a person of the same side who is another": -2.5, "a meeting of two and a visit": -2.0, "meetings of other persons": -2.5, "a meeting of the same two": 2.0, "a visit of the same to one place": 1.0, "undated and nothing of the sentence shared": -1.5, "bodies or places shared": 0.5,
    "same day": 1.5, "overlapping days": 0.5, "a day apart": 0.5, "two or three days apart": -7.0, "more days apart": -10.0, "weeks apart": -2.0,
    "both without a day": 0.3, "undated, published apart": -0.7, "undated, published near the other's day": 0.5,
    "undated, published days from the other's day": -1.5, "undated, published far from the other's day": -1.5, "same place": 1.0, "other place": -1.5, "same country of place": 0.3,
    "words around the trigger shared": 3.0, "matters shared": 1.5, "other matters": -1.0, "other language": 0.5, "names of the sentence shared": 1.5, "numbers shared": 0.7,
    "likeness of the dispatches": 0.3, "one dispatch": -5.0, "one dispatch, denied by one": 5.0, "same status": 0.4, "planned and come true": -0.3, "denied by one": -0.3,
    "one sentence in a copy": 3.0, "another sentence in a copy": -2.5, "likeness across languages": 0.3, "meanings around the trigger shared": 3.5, "planned by one, denied by the other": 1.0, "a meeting of two states and one of more": -2.0,
    "nobody named where two meet": -0.7, "a meeting and its refusal": 4.0, "one type in dispatches alike": 0.3, "foreseen for a stretch and held within it": 1.5, "told as past before the other's day": -5.0,
    "still to come after the other's day": -4.0, "an undated denial of the like in a dispatch alike": 1.5,
}
arguments = sys.argv[1:]
only = arguments[1].split(",") if arguments[:1] == ["--only"] else None
names, rows, labels, families = None, [], [], []
for path in arguments[2 if only else 0:]:
    with open(path, encoding="utf8") as lines:
        head = next(lines).rstrip("\n").split("\t")
        names = head[3:]
        for line in lines:
            half, pair, same, *cells = line.rstrip("\n").split("\t")
            if half == "learn":
                rows.append([float(cell) for cell in cells])
                labels.append(float(same))
                families.append(pair.split("-")[0])
x, y = np.array(rows), np.array(labels)
prior = np.array([PRIOR.get(name, 0.0) for name in names])
# What pairs within stories say of likeness does not hold between stories, of which a small corpus has few that are alike; nor does it hold many pairs that are days apart.
FIRM = ("likeness", "published", "runs of", "two or three days", "more days", "weeks", "undated", "a meeting of", "a person of the same", "meetings of", "a visit of", "other mode", "planned", "denied", "actors unknown", "recipients unknown", "a place unknown",
        "a meeting and", "foreseen", "told as past", "still to come", "an undated denial", "one type in")
ridge = np.array([RIDGE * (4 if name.startswith(FIRM) else 1) for name in names])

if only:
    # A feature that is new starts from what reason says; an old one from what it weighs.
    weights = (pathlib.Path(__file__).parents[2] / "crates/resolve/src/weights.rs").read_text(encoding="utf8")
    held = {name: float(weight) for weight, name in re.findall(r"^\s*(-?[\d.]+),\s*// (.*)$", weights, re.MULTILINE)}
    prior = np.array([held.get(name, 0.0) or PRIOR.get(name, 0.0) for name in names])
    ridge = np.where(np.isin(names, only), RIDGE, 1e9)


def odds(z):
    return 1 / (1 + np.exp(-np.clip(z, -40, 40)))


def loss(w, x, y):
    z = x @ w
    return np.logaddexp(0, z).sum() - y @ z + 0.5 * (ridge * (w - prior) ** 2).sum()


def fit(x, y):
    """Newton's method, each step halved until it is one downwards."""
    w = prior.copy()
    for _ in range(200):
        p = odds(x @ w)
        step = np.linalg.solve((x.T * (p * (1 - p))) @ x + np.diag(ridge), x.T @ (y - p) - ridge * (w - prior))
        size = 1.0
        while size > 1e-6 and loss(w + size * step, x, y) > loss(w, x, y):
            size /= 2
        w = w + size * step
        if abs(size * step).max() < 1e-9:
            break
    return w


def f1(p, y):
    right = ((p > 0.5) & (y == 1)).sum()
    return 2 * right / max(1, (p > 0.5).sum() + y.sum())


# How well pairs of a family of stories are told by what the others teach.
left_out = np.zeros(len(y))
for family in sorted(set(families)):
    own = np.array([other == family for other in families])
    left_out[own] = odds(x[own] @ fit(x[~own], y[~own]))
print(f"F1 of pairs, each family left out in turn: {f1(left_out, y):.3f}", file=sys.stderr)
w = fit(x, y)
p = odds(x @ w)
print(f"{len(y)} pairs, {int(y.sum())} of one happening; wrong {int(((p > 0.5) != y).sum())}", file=sys.stderr)
print("""//! What each feature of a pair of events weighs, in log-odds: the output of `training/happenings/fit.py`.

/// In the order of [`crate::FEATURES`].
pub(crate) const WEIGHTS: [f64; crate::pair::COUNT] = [""")
for name, weight in zip(names, w):
    print(f"    {weight:.3f}, // {name}")
print("];")
