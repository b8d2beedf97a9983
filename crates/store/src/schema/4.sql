-- Version 4: the links that decisions found, so that whom an old dispatch is linked to is not looked for again whenever a new one is linked to it. Each stands there from either side.

-- As copies or as of one story. A dispatch has a row with itself where its links are kept, as a form has below; those that an older program wrote have none
-- until they are coded again, and are looked for.
CREATE TABLE story_links (one INTEGER NOT NULL, other INTEGER NOT NULL, strength REAL NOT NULL, PRIMARY KEY (one, other)) WITHOUT ROWID;
-- Events as reports of one happening, by log-odds.
CREATE TABLE event_links (one INTEGER NOT NULL, other INTEGER NOT NULL, strength REAL NOT NULL, PRIMARY KEY (one, other)) WITHOUT ROWID;
-- Forms as one actor's, by log-odds, without what a user decided.
CREATE TABLE form_links (one TEXT NOT NULL, other TEXT NOT NULL, strength REAL NOT NULL, PRIMARY KEY (one, other)) WITHOUT ROWID;
