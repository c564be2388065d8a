-- What each look has spent of the error of its question: one intervention's effect on one primary measure, over all plans and versions.
CREATE TABLE alpha_spent (
    plan_id TEXT NOT NULL,
    plan_version INTEGER NOT NULL,
    look INTEGER NOT NULL CHECK (look >= 1),
    organisation TEXT NOT NULL,
    intervention TEXT NOT NULL,
    measure TEXT NOT NULL,
    spent REAL NOT NULL CHECK (spent >= 0),
    PRIMARY KEY (plan_id, plan_version, look),
    FOREIGN KEY (plan_id, plan_version) REFERENCES plan (id, version)
) STRICT;

CREATE INDEX alpha_spent_by_question ON alpha_spent (organisation, intervention, measure);
