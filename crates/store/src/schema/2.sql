-- Version 2: events that came as rows of other people's tables. There is no dispatch to point into, so their events have negative keys, which belong to no dispatch, and no reports; each row is a
-- happening by itself.
CREATE TABLE imported (
    happening INTEGER PRIMARY KEY,
    source TEXT NOT NULL,              -- whose table it is; `sources` names it
    row TEXT NOT NULL,                 -- the row's own identifier there
    url TEXT, publisher TEXT, published TEXT,
    contexts TEXT NOT NULL,            -- PLOVER's, parted by `; `
    UNIQUE (source, row)
);
