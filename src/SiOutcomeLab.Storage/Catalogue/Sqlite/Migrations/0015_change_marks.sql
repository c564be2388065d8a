-- What tells whether rows that were read are still as they were: one number a subject, moved by the database itself in the transaction that
-- changes a row, whoever writes it and whichever column. The index that a sum over all submissions was answered from goes.
DROP INDEX submission_mark;

CREATE TABLE change_mark (
    subject TEXT NOT NULL PRIMARY KEY,
    moved INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TRIGGER submission_is_new AFTER INSERT ON submission BEGIN
    INSERT OR IGNORE INTO change_mark (subject, moved) VALUES ('submissions ' || NEW.project, 0);
    UPDATE change_mark SET moved = moved + 1 WHERE subject = 'submissions ' || NEW.project;
END;

CREATE TRIGGER submission_is_changed AFTER UPDATE ON submission BEGIN
    INSERT OR IGNORE INTO change_mark (subject, moved) VALUES ('submissions ' || NEW.project, 0);
    UPDATE change_mark SET moved = moved + 1 WHERE subject IN ('submissions ' || NEW.project, 'submissions ' || OLD.project);
END;

CREATE TRIGGER submission_is_gone AFTER DELETE ON submission BEGIN
    INSERT OR IGNORE INTO change_mark (subject, moved) VALUES ('submissions ' || OLD.project, 0);
    UPDATE change_mark SET moved = moved + 1 WHERE subject = 'submissions ' || OLD.project;
END;

INSERT INTO change_mark (subject, moved) VALUES ('interventions', 0);

CREATE TRIGGER intervention_is_new AFTER INSERT ON intervention BEGIN
    UPDATE change_mark SET moved = moved + 1 WHERE subject = 'interventions';
END;

CREATE TRIGGER intervention_is_changed AFTER UPDATE ON intervention BEGIN
    UPDATE change_mark SET moved = moved + 1 WHERE subject = 'interventions';
END;

CREATE TRIGGER intervention_is_gone AFTER DELETE ON intervention BEGIN
    UPDATE change_mark SET moved = moved + 1 WHERE subject = 'interventions';
END;
