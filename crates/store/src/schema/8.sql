-- Version 8: keys by the time for which they hold, so that what is written together lies together. They were scattered over the whole table by their codes, all of which was written anew with every thousand dispatches.

ALTER TABLE keys RENAME TO old_keys;
-- `month`: 32 days, counted from 1970 on, in which `first` lies.
CREATE TABLE keys (
    month INTEGER NOT NULL, code INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, dispatch INTEGER NOT NULL,
    PRIMARY KEY (month, code, first, last, dispatch)
) WITHOUT ROWID;
INSERT INTO keys SELECT (first - ((first % 32) + 32) % 32) / 32, code, first, last, dispatch FROM old_keys;
DROP INDEX keys_by_dispatch;
DROP TABLE old_keys;
CREATE INDEX keys_by_dispatch ON keys (dispatch);
