-- A draft's identifier is its organisation's own matter: nobody learns from a name being taken that another has a draft of it.
-- Nothing has been written to the table before now.
DROP TABLE plan_draft;

CREATE TABLE plan_draft (
    organisation TEXT NOT NULL,
    id TEXT NOT NULL,
    content TEXT NOT NULL,
    saved_by TEXT NOT NULL,
    saved_at TEXT NOT NULL,
    PRIMARY KEY (organisation, id)
) STRICT;
