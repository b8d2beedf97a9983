-- Version 1 of the record. What was coded is kept whole in `coded`; every other table is drawn from it, so that a migration may build them anew.
-- Days are ISO 8601 dates; null where open or not told. Offsets count Unicode scalar values of the dispatch's text, ends exclusive.
-- The key of an event, statement, mention … is that of its dispatch times 65536 plus its place in it.

CREATE TABLE runs (
    run INTEGER PRIMARY KEY,
    program TEXT NOT NULL,             -- version of depeche
    packs TEXT NOT NULL,               -- fingerprint of the packs
    models TEXT NOT NULL,              -- JSON: language to model and version
    UNIQUE (program, packs, models)
);

CREATE TABLE sources (
    source TEXT PRIMARY KEY,           -- the publisher's identifier, one for all its editions
    name TEXT NOT NULL,
    country TEXT,                      -- null where `packs/sources.toml` does not have it, as the three that follow
    state INTEGER,                     -- whether a state owns or directs it
    agency INTEGER,                    -- whether others reprint its texts
    official INTEGER                   -- whether it is an office of a state or organisation
) WITHOUT ROWID;

CREATE TABLE dispatches (
    dispatch INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    content BLOB NOT NULL UNIQUE,      -- SHA-256 of the input
    run INTEGER NOT NULL REFERENCES runs,
    source TEXT REFERENCES sources,
    url TEXT,
    language TEXT,
    title TEXT,
    byline TEXT,
    published TEXT,
    first TEXT,
    last TEXT,
    method TEXT NOT NULL,
    story TEXT,                        -- the id of the story's first dispatch
    report TEXT,                       -- the id of the dispatch that this one is a copy of; its own where it is none
    copy TEXT                          -- original, copy, near_copy, reprint
);
CREATE INDEX dispatches_by_story ON dispatches (story);
CREATE INDEX dispatches_by_report ON dispatches (report);
CREATE INDEX dispatches_by_source ON dispatches (source);
CREATE INDEX dispatches_by_day ON dispatches (first);
CREATE INDEX dispatches_by_run ON dispatches (run);

CREATE TABLE texts (dispatch INTEGER PRIMARY KEY REFERENCES dispatches, text TEXT NOT NULL);
CREATE TABLE coded (dispatch INTEGER PRIMARY KEY REFERENCES dispatches, json BLOB NOT NULL); -- zlib; without the text
CREATE VIRTUAL TABLE full_text USING fts5 (words, sounds, consonants, content = '', contentless_delete = 1, tokenize = 'ascii');

CREATE TABLE blocks (block INTEGER PRIMARY KEY, kind TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL);
CREATE TABLE sentences (sentence INTEGER PRIMARY KEY, start INTEGER NOT NULL, end INTEGER NOT NULL);
CREATE TABLE mentions (
    mention INTEGER PRIMARY KEY, kind TEXT NOT NULL, entity TEXT, start INTEGER NOT NULL, end INTEGER NOT NULL, text TEXT NOT NULL
);
CREATE TABLE timexes (
    timex INTEGER PRIMARY KEY, id TEXT NOT NULL, type TEXT NOT NULL, value TEXT, mod TEXT, first TEXT, last TEXT, anchor TEXT NOT NULL,
    start INTEGER NOT NULL, end INTEGER NOT NULL, text TEXT NOT NULL
);

-- Whom a dispatch names, and what is known of them over all dispatches.
CREATE TABLE forms (
    form TEXT PRIMARY KEY,             -- an actor as dispatches present it; those alike share one
    actor TEXT NOT NULL,
    json TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX forms_by_actor ON forms (actor);
CREATE TABLE form_keys (code INTEGER NOT NULL, form TEXT NOT NULL, PRIMARY KEY (code, form)) WITHOUT ROWID;
CREATE TABLE entities (
    entity INTEGER PRIMARY KEY, id TEXT NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL, country TEXT, wikidata TEXT,
    actor TEXT                         -- a form, or a country's code; null where nothing tells one from another
);
CREATE INDEX entities_by_actor ON entities (actor);
CREATE TABLE names (
    form TEXT NOT NULL,                -- or a country's code
    name TEXT NOT NULL, folded TEXT NOT NULL, sounds TEXT NOT NULL, PRIMARY KEY (form, name)
) WITHOUT ROWID;
CREATE TABLE roles (
    role INTEGER PRIMARY KEY, entity INTEGER NOT NULL, office TEXT NOT NULL, body TEXT, country TEXT, as_of TEXT, first TEXT, last TEXT,
    start INTEGER NOT NULL, end INTEGER NOT NULL
);
CREATE INDEX roles_by_office ON roles (office, country);
CREATE INDEX roles_by_entity ON roles (entity);

CREATE TABLE events (
    event INTEGER PRIMARY KEY, id TEXT NOT NULL, type TEXT NOT NULL, mode TEXT, status TEXT NOT NULL, cameo TEXT NOT NULL,
    goldstein REAL NOT NULL, quad TEXT NOT NULL, value TEXT, first TEXT, last TEXT,
    place TEXT, place_country TEXT, lat REAL, lon REAL, count INTEGER, topics TEXT NOT NULL, topics_folded TEXT NOT NULL, confidence REAL NOT NULL,
    start INTEGER NOT NULL, end INTEGER NOT NULL, sentence_start INTEGER NOT NULL, sentence_end INTEGER NOT NULL
);
CREATE TABLE participants (
    event INTEGER NOT NULL, side TEXT NOT NULL, place INTEGER NOT NULL, entity INTEGER, country TEXT, sector TEXT,
    start INTEGER NOT NULL, end INTEGER NOT NULL, text TEXT NOT NULL, PRIMARY KEY (event, side, place)
) WITHOUT ROWID;
CREATE TABLE statements (
    statement INTEGER PRIMARY KEY, id TEXT NOT NULL, speaker INTEGER, speaker_text TEXT, kind TEXT NOT NULL, claim TEXT NOT NULL,
    start INTEGER NOT NULL, end INTEGER NOT NULL, content TEXT NOT NULL
);
CREATE TABLE commitments (
    statement INTEGER PRIMARY KEY, promisor TEXT, beneficiary TEXT, polarity TEXT NOT NULL,
    start INTEGER NOT NULL, end INTEGER NOT NULL, object TEXT NOT NULL, thread TEXT
);
CREATE INDEX commitments_by_thread ON commitments (thread);
CREATE INDEX commitments_by_promisor ON commitments (promisor);
CREATE TABLE commitment_links (
    later INTEGER NOT NULL, earlier INTEGER NOT NULL,
    relation TEXT NOT NULL,            -- restates, widens, narrows, contradicts, or same: two reports of one pledge
    PRIMARY KEY (later, earlier, relation)
) WITHOUT ROWID;
CREATE INDEX commitment_links_by_earlier ON commitment_links (earlier);

-- What resolution found across dispatches.
CREATE TABLE happenings (
    happening INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, lead INTEGER NOT NULL, type TEXT NOT NULL, mode TEXT, status TEXT NOT NULL,
    goldstein REAL NOT NULL, quad TEXT NOT NULL, value TEXT, first TEXT, last TEXT, place TEXT, place_country TEXT,
    sources INTEGER NOT NULL, reports INTEGER NOT NULL, disagreements INTEGER NOT NULL
);
CREATE INDEX happenings_by_day ON happenings (first, id);
CREATE INDEX happenings_by_type ON happenings (type, first);
CREATE TABLE reports (
    event INTEGER PRIMARY KEY, happening INTEGER NOT NULL, place INTEGER NOT NULL, independent INTEGER NOT NULL
);
CREATE INDEX reports_by_happening ON reports (happening, place);
CREATE TABLE parties (
    happening INTEGER NOT NULL, side TEXT NOT NULL,
    actor TEXT NOT NULL,               -- as in `entities`; '' where there is none
    country TEXT NOT NULL,             -- '' where there is none
    PRIMARY KEY (happening, side, actor, country)
) WITHOUT ROWID;
CREATE INDEX parties_by_country ON parties (country, side, happening);
CREATE INDEX parties_by_actor ON parties (actor, happening);
CREATE TABLE disagreements (
    happening INTEGER NOT NULL, field TEXT NOT NULL, place INTEGER NOT NULL, value TEXT NOT NULL,
    reports TEXT NOT NULL,             -- JSON: keys of events
    PRIMARY KEY (happening, field, place)
) WITHOUT ROWID;

-- What resolution needs: dispatches as it sees them, and under which keys they are found.
CREATE TABLE dossiers (dispatch INTEGER PRIMARY KEY REFERENCES dispatches, json BLOB NOT NULL); -- zlib
CREATE TABLE keys (
    code INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, dispatch INTEGER NOT NULL, PRIMARY KEY (code, first, last, dispatch)
) WITHOUT ROWID;
CREATE INDEX keys_by_dispatch ON keys (dispatch);

-- What a user decided of two forms: one actor or two.
CREATE TABLE decisions (
    one TEXT NOT NULL, other TEXT NOT NULL, verdict TEXT NOT NULL CHECK (verdict IN ('merge', 'split')), PRIMARY KEY (one, other)
) WITHOUT ROWID;
