#!/usr/bin/env python3
"""Writes a WARC of a given size out of a folder of pages, over and over again, as a crawler would have archived them.

usage: make_warc.py PAGES OUTPUT [--size 1G] [--gzip]

PAGES holds pages, gzipped (.gz) or not; OUTPUT is the archive, `-` for standard output. Each page is a response with a request
before it; every copy of a page has an address of its own. With --gzip every record is a gzip member, as Common Crawl has it, and
the size is that of the records before compression. The same pages give the same bytes."""
import argparse
import gzip
import hashlib
import pathlib
import sys
import uuid
import zlib

UNITS = {"K": 1 << 10, "M": 1 << 20, "G": 1 << 30}
DATE = "2021-05-03T18:05:00Z"


def size(text):
    return int(text[:-1]) * UNITS[text[-1].upper()] if text[-1].upper() in UNITS else int(text)


def pages(folder):
    """The pages of a folder, in the order of their names."""
    for path in sorted(pathlib.Path(folder).iterdir()):
        if path.is_file():
            content = path.read_bytes()
            yield path.name.split(".")[0], gzip.decompress(content) if path.suffix == ".gz" else content


def record(kind, fields, block):
    """A record; its identifier follows from what is in it."""
    lines = {"WARC-Type": kind, "WARC-Record-ID": f"<urn:uuid:{uuid.UUID(bytes=hashlib.sha256(block).digest()[:16])}>", "WARC-Date": DATE}
    lines |= fields | {"Content-Length": str(len(block))}
    head = "WARC/1.0\r\n" + "".join(f"{name}: {value}\r\n" for name, value in lines.items()) + "\r\n"
    return head.encode() + block + b"\r\n\r\n"


def exchange(name, copy, page):
    """A request for a page and the response to it."""
    url = f"https://example.org/{copy}/{name}.html"
    request = f"GET /{copy}/{name}.html HTTP/1.1\r\nHost: example.org\r\n\r\n".encode()
    response = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(page)}\r\n\r\n".encode() + page
    for kind, block in (("request", request), ("response", response)):
        yield record(kind, {"WARC-Target-URI": url, "Content-Type": f"application/http; msgtype={kind}"}, block)


def member(content):
    """A gzip member without a time in it."""
    compressor = zlib.compressobj(6, zlib.DEFLATED, 31)
    return compressor.compress(content) + compressor.flush()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages")
    parser.add_argument("output")
    parser.add_argument("--size", type=size, default=1 << 30)
    parser.add_argument("--gzip", action="store_true")
    arguments = parser.parse_args()
    found = list(pages(arguments.pages))
    if not found:
        sys.exit(f"{arguments.pages}: there is no page in this folder")
    output = sys.stdout.buffer if arguments.output == "-" else open(arguments.output, "wb")
    written, responses, copy = 0, 0, 0
    with output:
        info = record("warcinfo", {"Content-Type": "application/warc-fields"}, b"software: make_warc.py\r\n")
        output.write(member(info) if arguments.gzip else info)
        while written < arguments.size:
            for name, page in found:
                for content in exchange(name, copy, page):
                    written += len(content)
                    output.write(member(content) if arguments.gzip else content)
                responses += 1
                if written >= arguments.size:
                    break
            copy += 1
    print(f"{responses} pages, {written} bytes of records", file=sys.stderr)


if __name__ == "__main__":
    main()
