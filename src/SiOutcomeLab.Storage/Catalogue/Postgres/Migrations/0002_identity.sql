-- A subject holds a role by a row here, whatever proves who it is: a certificate, or a signed token.
CREATE TABLE role_grant (
    organisation TEXT COLLATE "C" NOT NULL,
    subject TEXT COLLATE "C" NOT NULL,
    role BIGINT NOT NULL,
    granted_by TEXT COLLATE "C" NOT NULL,
    granted_at TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (organisation, subject, role)
);

-- Credentials that work no longer, though their own dates say otherwise. Kinds are those of CredentialKind.
CREATE TABLE revoked_credential (
    kind BIGINT NOT NULL,
    value TEXT COLLATE "C" NOT NULL,
    reason TEXT COLLATE "C" NOT NULL,
    revoked_by TEXT COLLATE "C" NOT NULL,
    revoked_at TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (kind, value)
);

-- Each entry's hash covers the entry and the hash before it. No row values, pseudonyms or tokens, ever.
CREATE TABLE audit_entry (
    sequence BIGINT NOT NULL PRIMARY KEY,
    at TEXT COLLATE "C" NOT NULL,
    organisation TEXT COLLATE "C" NOT NULL,
    subject TEXT COLLATE "C" NOT NULL,
    authentication BIGINT NOT NULL,
    call TEXT COLLATE "C" NOT NULL,
    resource TEXT COLLATE "C" NOT NULL,
    outcome TEXT COLLATE "C" NOT NULL,
    count BIGINT NOT NULL CHECK (count >= 1),
    hash TEXT COLLATE "C" NOT NULL
);

CREATE INDEX audit_entry_by_organisation ON audit_entry (organisation, sequence);

-- Against slips of a hand, not against one who owns the database: that is what the hashes are for.
CREATE FUNCTION audit_entry_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit log is append-only';
END
$$;

CREATE TRIGGER audit_entry_is_not_changed BEFORE UPDATE ON audit_entry FOR EACH ROW EXECUTE FUNCTION audit_entry_is_kept();
CREATE TRIGGER audit_entry_is_not_removed BEFORE DELETE ON audit_entry FOR EACH ROW EXECUTE FUNCTION audit_entry_is_kept();
CREATE TRIGGER audit_entry_is_not_emptied BEFORE TRUNCATE ON audit_entry EXECUTE FUNCTION audit_entry_is_kept();

-- The last entry, told apart from the entries, so that entries cut off at the end are missed.
CREATE TABLE audit_head (
    id BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
    sequence BIGINT NOT NULL,
    hash TEXT COLLATE "C" NOT NULL
);

INSERT INTO audit_head (id, sequence, hash)
VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');
