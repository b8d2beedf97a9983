"""How fast spaCy annotates texts: spacy_speed.py MODEL IN.jsonl PASSES

MODEL is a package or a folder; each line of IN.jsonl is {"id", "text"}. Writes a line of JSON for each pass: its tokens and its
seconds of processor time. The models are loaded, and the texts read, before the clock starts."""
import json
import sys
import time

import spacy


def load(model):
    try:
        return spacy.load(model)
    except OSError:
        package = __import__(model)
        return spacy.load(package.model_path())


model, path, passes = sys.argv[1], sys.argv[2], int(sys.argv[3])
nlp = load(model)
texts = [json.loads(line)["text"] for line in open(path, encoding="utf8")]
for number in range(1, passes + 1):
    begun = time.process_time()
    tokens = sum(len(doc) for doc in nlp.pipe(texts))
    print(json.dumps({"pass": number, "tokens": tokens, "seconds": round(time.process_time() - begun, 4)}), flush=True)
