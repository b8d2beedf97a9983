-- Version 6: what a new dispatch leaves as it was is not written again, and a pledge is held against others without their dispatches.

-- A hash of what was decided of a happening; none where an older program decided it, or nobody did.
ALTER TABLE happenings ADD COLUMN decided INTEGER;
-- A pledge as resolution compares it, with the first day of its dispatch, behind all days where that has none; both none where an older program wrote it, until the next dispatches come.
ALTER TABLE commitments ADD COLUMN filed TEXT;
ALTER TABLE commitments ADD COLUMN voiced TEXT;
CREATE INDEX commitments_not_filed ON commitments (statement) WHERE filed IS NULL;
DROP INDEX commitments_by_thread;
CREATE INDEX commitments_by_thread ON commitments (thread, voiced);
CREATE TABLE pledge_keys (code INTEGER NOT NULL, statement INTEGER NOT NULL, PRIMARY KEY (code, statement)) WITHOUT ROWID;
CREATE INDEX pledge_keys_by_statement ON pledge_keys (statement);
-- What a form has in common with those that are surely the same actor's, of which one is enough to find all; none where its names do not make it sure, or an older program wrote it.
ALTER TABLE form_keys ADD COLUMN class INTEGER;
-- The words of the topics of each event, by its key, so that a topic is looked up and not looked for.
CREATE VIRTUAL TABLE topic_words USING fts5 (words, content = '', contentless_delete = 1, tokenize = 'ascii');
INSERT INTO topic_words (rowid, words) SELECT event, topics_folded FROM events WHERE topics_folded != '';
-- In the order in which offices are told.
DROP INDEX roles_by_country;
CREATE INDEX roles_by_country ON roles (country, office);
-- Happenings of a type in the order in which they are told.
DROP INDEX happenings_by_type;
CREATE INDEX happenings_by_type ON happenings (type, coalesce(first, '~'), coalesce(last, ''), id);
