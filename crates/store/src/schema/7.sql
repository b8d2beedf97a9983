-- Version 7: links by what they link, so that a new one is written beside those that are there. Each is told from either side, as before.

-- The links of a dispatch and its events as bytes, which `linking.rs` tells; no row where an older program than that of version 4 wrote it.
CREATE TABLE links (dispatch INTEGER PRIMARY KEY, links BLOB NOT NULL);
-- Those of a form, by the number that its id writes.
ALTER TABLE form_links RENAME TO old_form_links;
CREATE TABLE form_links (form INTEGER PRIMARY KEY, links BLOB NOT NULL);
