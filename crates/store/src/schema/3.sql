-- Version 3: what a growing record is asked for without looking at all of it.

-- Keys tell days since 1970. Those that hold for a month or less, as nearly all do, are found by when they began; the others are few.
ALTER TABLE keys RENAME TO old_keys;
CREATE TABLE keys (
    code INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, dispatch INTEGER NOT NULL, PRIMARY KEY (code, first, last, dispatch)
) WITHOUT ROWID;
CREATE TABLE long_keys (
    code INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, dispatch INTEGER NOT NULL, PRIMARY KEY (code, first, last, dispatch)
) WITHOUT ROWID;
-- Days were told as year times 512 and month times 32 and day; of years before the first, only that it is long ago.
CREATE TEMP VIEW new_keys AS SELECT
    code, dispatch,
    CASE WHEN first < 512 THEN -4371587 ELSE CAST(julianday(printf('%04d-%02d-%02d', first / 512, first % 512 / 32, first % 32)) - 2440587.5 AS INTEGER) END AS first,
    CASE WHEN last < 512 THEN -4371587 ELSE CAST(julianday(printf('%04d-%02d-%02d', last / 512, last % 512 / 32, last % 32)) - 2440587.5 AS INTEGER) END AS last
FROM old_keys;
INSERT OR IGNORE INTO keys SELECT code, first, last, dispatch FROM new_keys WHERE last - first <= 31;
INSERT OR IGNORE INTO long_keys SELECT code, first, last, dispatch FROM new_keys WHERE last - first > 31;
DROP VIEW new_keys;
DROP INDEX keys_by_dispatch;
DROP TABLE old_keys;
CREATE INDEX keys_by_dispatch ON keys (dispatch);
CREATE INDEX long_keys_by_dispatch ON long_keys (dispatch);

-- The order of a timeline, undated ones last.
DROP INDEX happenings_by_day;
CREATE INDEX happenings_by_day ON happenings (coalesce(first, '~'), coalesce(last, ''), id);
