#!/usr/bin/env python3
"""The text that trafilatura finds in each page of a folder: trafilatura_speed.py FOLDER OUT.jsonl

Writes a line as `depeche extract` does for each page, with the whole text as one body block, and prints the slowest page."""
import gzip
import json
import pathlib
import sys
import time

import trafilatura

folder, out = sys.argv[1:]
slowest, pages = (0.0, ""), 0
with open(out, "w", encoding="utf-8") as written:
    for path in sorted(path for path in pathlib.Path(folder).iterdir() if path.is_file()):
        before = time.perf_counter()
        page = path.read_bytes()
        if page[:2] == b"\x1f\x8b":
            page = gzip.decompress(page)
        try:
            text = trafilatura.extract(page, include_comments=False) or ""
        except Exception:
            text = ""
        slowest = max(slowest, (time.perf_counter() - before, path.name))
        pages += 1
        blocks = [{"kind": "body", "start": 0, "end": len(text)}]
        written.write(json.dumps({"id": f"pages/{path.name}", "dispatch": {"text": text, "blocks": blocks}}) + "\n")
print(json.dumps({"pages": pages, "slowest_seconds": slowest[0], "slowest_page": slowest[1]}))
