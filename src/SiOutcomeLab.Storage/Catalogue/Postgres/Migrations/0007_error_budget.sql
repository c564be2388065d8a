-- What each look has spent of the error of its question: one intervention's effect on one primary measure, over all plans and versions.
CREATE TABLE alpha_spent (
    plan_id TEXT COLLATE "C" NOT NULL,
    plan_version BIGINT NOT NULL,
    look BIGINT NOT NULL CHECK (look >= 1),
    organisation TEXT COLLATE "C" NOT NULL,
    intervention TEXT COLLATE "C" NOT NULL,
    measure TEXT COLLATE "C" NOT NULL,
    spent DOUBLE PRECISION NOT NULL CHECK (spent >= 0),
    PRIMARY KEY (plan_id, plan_version, look),
    FOREIGN KEY (plan_id, plan_version) REFERENCES plan (id, version)
);

CREATE INDEX alpha_spent_by_question ON alpha_spent (organisation, intervention, measure);
