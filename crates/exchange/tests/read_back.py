"""Reads exports back with the programs that they are for. Called as `read_back.py DEPECHE FOLDER` by `cargo xtask test --all`.

DEPECHE is the command, built with Parquet; FOLDER holds `news.depeche`, a record of coded dispatches. Wanted: pyarrow, duckdb, followthemoney, feedparser. Ends with an error at the first thing that is
not as the format says.
"""

import csv
import io
import json
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import duckdb
import feedparser
import pyarrow as pa
import pyarrow.parquet
from followthemoney import model

DEPECHE, FOLDER = sys.argv[1], Path(sys.argv[2])
RECORD = FOLDER / "news.depeche"
WHAT = ["happenings", "events", "actors", "statements", "commitments"]

# "The GDELT Event Database Data Format Codebook V2.0": integers, numbers and texts, in order; a type may stand for several columns.
GDELT = (
    "i iiif tttttttttt tttttttttt i ttt i f iii f "  # up to AvgTone
    "i tttt ff t  i tttt ff t  i tttt ff t  i t"
).replace(" ", "")


def export(to: str, what: str = "happenings") -> bytes:
    return subprocess.run([DEPECHE, "export", "--db", RECORD, "--to", to, "--what", what], check=True, capture_output=True).stdout


def rows(what: str) -> list[dict]:
    return [json.loads(line) for line in export("jsonl", what).splitlines()]


def took_place() -> int:
    """Happenings that GDELT and POLECAT have room for."""
    return sum(row["status"] in {"occurred", "ongoing"} for row in rows("happenings"))


def parquet() -> None:
    for what in WHAT:
        path = FOLDER / f"{what}.parquet"
        path.write_bytes(export("parquet", what))
        table = pa.parquet.read_table(path)
        table.validate(full=True)
        lines = list(csv.DictReader(io.StringIO(export("csv", what).decode())))
        assert table.column_names == list(lines[0]), what
        assert table.num_rows == len(lines) == len(rows(what)), what
        assert duckdb.sql(f"SELECT count(*) FROM '{path}'").fetchone() == (len(lines),), what
        for of_parquet, of_csv in zip(table.to_pylist(), lines, strict=True):
            for column, value in of_parquet.items():
                told = of_csv[column]
                if value is None:
                    assert told == "", (what, column, told)
                elif isinstance(value, bool):
                    assert told == str(value).lower(), (what, column, told)
                elif isinstance(value, (int, float)):
                    assert float(told) == value, (what, column, told)
                else:
                    assert told == str(value), (what, column, told)
    types = {field.name: field.type for field in pa.parquet.read_schema(FOLDER / "happenings.parquet")}
    assert types["earliest"] == pa.date32() and types["goldstein"] == pa.float64() and types["reports"] == pa.int64()
    earliest = [row["when"]["earliest"] for row in rows("happenings") if row["when"] and row["when"]["earliest"]]
    assert str(duckdb.sql(f"SELECT min(earliest) FROM '{FOLDER / 'happenings.parquet'}'").fetchone()[0]) == min(earliest)


def followthemoney() -> None:
    count, events = 0, 0
    for line in export("ftm").splitlines():
        raw = json.loads(line)
        entity = model.get_proxy(raw, cleaned=False)
        model.get(raw["schema"]).validate(raw)
        for name, values in raw["properties"].items():
            assert name in entity.schema.properties, (raw["schema"], name)
            kept = entity.get(name)
            assert len(kept) == len(set(values)), (raw["schema"], name, values, kept)
        assert entity.caption, line
        count, events = count + 1, events + (raw["schema"] == "Event")
    assert events == len(rows("happenings")) < count


def gdelt() -> None:
    assert len(GDELT) == 61
    seen = set()
    for line in export("gdelt").decode().splitlines():
        fields = line.split("\t")
        assert len(fields) == 61, line
        for kind, field in zip(GDELT, fields, strict=True):
            if field:
                {"i": int, "f": float, "t": str}[kind](field)
        seen.add(int(fields[0]))
        if fields[1]:
            day = datetime.strptime(fields[1], "%Y%m%d")
            assert fields[2] == f"{day:%Y%m}" and fields[3] == f"{day:%Y}" and abs(float(fields[4]) - day.year) <= 1
        assert fields[29] in {"1", "2", "3", "4"} and -10 <= float(fields[30]) <= 10
    assert len(seen) >= took_place() > 0
    # As whoever loads GDELT does.
    path = FOLDER / "rows.gdelt"
    path.write_bytes(export("gdelt"))
    types = {"i": "BIGINT", "f": "DOUBLE", "t": "VARCHAR"}
    columns = {f"c{place}": types[kind] for place, kind in enumerate(GDELT)}
    loaded = duckdb.sql(f"SELECT count(c0) FROM read_csv('{path}', delim='\t', header=false, quote='', columns={columns})").fetchone()
    assert loaded == (len(seen),), loaded


def polecat() -> None:
    table = list(csv.DictReader(io.StringIO(export("polecat").decode()), delimiter="\t", quoting=csv.QUOTE_NONE))
    assert len(table) == took_place() and all(len(row) == 40 and None not in row for row in table)
    for row in table:
        if row["Event Date"]:
            datetime.strptime(row["Event Date"], "%Y-%m-%d")
        assert row["Quad Code"] in {"VERBAL COOPERATION", "MATERIAL COOPERATION", "VERBAL CONFLICT", "MATERIAL CONFLICT"}
        assert len(row["Actor Name"].split("; ")) == len(row["Actor Name Raw"].split("; "))


def rss() -> None:
    feed = feedparser.parse(export("rss"))
    assert not feed.bozo and feed.version == "rss20", feed.get("bozo_exception")
    assert len(feed.entries) == min(100, len(rows("happenings")))
    assert len({entry.id for entry in feed.entries}) == len(feed.entries)
    days = [entry.published_parsed for entry in feed.entries if "published" in entry]
    assert days and days == sorted(days, reverse=True)


# Rows without dispatches are written as well: the record's own, taken in once more.
(FOLDER / "own.tsv").write_bytes(export("polecat"))
subprocess.run([DEPECHE, "import", "--db", RECORD, "--from", "polecat", FOLDER / "own.tsv"], check=True)

for check in (parquet, followthemoney, gdelt, polecat, rss):
    check()
    print(f"{check.__name__}: read back")
