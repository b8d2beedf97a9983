-- Version 5: what whoever looks around asks for without reading whole tables: who acts for a country, what somebody said, who serves a country.
CREATE INDEX entities_by_country ON entities (country, actor);
CREATE INDEX statements_by_speaker ON statements (speaker);
CREATE INDEX roles_by_country ON roles (country);
-- How many on which day, of which quad class.
CREATE INDEX happenings_by_quad ON happenings (coalesce(first, '~'), quad);
