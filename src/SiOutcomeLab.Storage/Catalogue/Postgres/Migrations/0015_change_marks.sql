-- What tells whether rows that were read are still as they were: one number a subject, moved by the database itself in the transaction that
-- changes a row, whoever writes it and whichever column. The index that a sum over all submissions was answered from goes.
DROP INDEX submission_mark;

CREATE TABLE change_mark (
    subject TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    moved BIGINT NOT NULL
);

CREATE FUNCTION move_submission_mark() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        INSERT INTO change_mark (subject, moved) VALUES ('submissions ' || OLD.project, 1)
        ON CONFLICT (subject) DO UPDATE SET moved = change_mark.moved + 1;
    END IF;
    IF TG_OP = 'INSERT' OR (TG_OP = 'UPDATE' AND NEW.project <> OLD.project) THEN
        INSERT INTO change_mark (subject, moved) VALUES ('submissions ' || NEW.project, 1)
        ON CONFLICT (subject) DO UPDATE SET moved = change_mark.moved + 1;
    END IF;
    RETURN NULL;
END
$$;

CREATE FUNCTION move_intervention_mark() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE change_mark SET moved = moved + 1 WHERE subject = 'interventions';
    RETURN NULL;
END
$$;

CREATE TRIGGER submission_is_another AFTER INSERT OR UPDATE OR DELETE ON submission FOR EACH ROW EXECUTE FUNCTION move_submission_mark();

INSERT INTO change_mark (subject, moved) VALUES ('interventions', 0);

CREATE TRIGGER intervention_is_another AFTER INSERT OR UPDATE OR DELETE ON intervention FOR EACH ROW EXECUTE FUNCTION move_intervention_mark();
