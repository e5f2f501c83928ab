import GRDB

/// The tables of a case, as migrations that are only ever added to.
///
///     source 1-n appearance n-1 account        an account as one source names it, and the account it is
///     source 1-n record  (appearance, place)   messages, logins, contacts, …
///     appearance 1-n sighting n-1 value        loose keys follow from what was written; see `KeyDerivation`
///     run 1-n pair 1-n evidence; run 1-n cluster_member, merge, held_merge, common_key
///     log_entry, log_node       the log and the tree over it; see `Log/`
///     person                    who may sign in; see `People/`
///     identification 1-n identification_step, disclosure 1-n disclosure_step, notice; see `Disclosure/`
enum CaseSchema {
  /// Every migration, oldest first.
  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1") { database in try database.execute(sql: version1) }
    migrator.registerMigration("2") { database in try database.execute(sql: version2) }
    migrator.registerMigration("3") { database in try database.execute(sql: version3) }
    migrator.registerMigration("4") { database in try database.execute(sql: version4) }
    migrator.registerMigration("5") { database in try database.execute(sql: version5) }
    migrator.registerMigration("6") { database in try database.execute(sql: version6) }
    migrator.registerMigration("7") { database in try database.execute(sql: version7) }
    return migrator
  }

  /// Whether a line that declares a link reads as the platform writes such lines; NULL where `assertion` is, and for links of
  /// sources that were imported before it was kept.
  private static let version7 = """
    ALTER TABLE record ADD COLUMN reads_as_platform INTEGER;
    CREATE INDEX record_reading ON record (source) WHERE reads_as_platform IS NOT NULL;
    """

  /// Who asserts a declared link; NULL for records of other classes, and for links of sources that were imported before:
  /// what the log says of those does not change. See `StoredSourceDigest`.
  private static let version6 = """
    ALTER TABLE record ADD COLUMN assertion TEXT;
    CREATE INDEX record_asserted ON record (source) WHERE assertion IS NOT NULL;
    """

  /// Loose keys were stored once, and those of a value's first spelling were given to all that had the value.
  private static let version5 = "DROP TABLE IF EXISTS loose_key;"

  /// The exports that were made: numbers are given once, whatever becomes of the file.
  private static let version4 = """
    CREATE TABLE export (
      number INTEGER PRIMARY KEY,
      format TEXT NOT NULL, sha256 TEXT NOT NULL, bytes INTEGER NOT NULL, run INTEGER NOT NULL REFERENCES run,
      entry INTEGER NOT NULL REFERENCES log_entry, at TEXT NOT NULL
    ) STRICT;
    """

  private static let version1 = """
    CREATE TABLE opening (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      mode TEXT NOT NULL, basis TEXT NOT NULL, purpose TEXT NOT NULL, reference TEXT NOT NULL,
      owner TEXT NOT NULL, reviewer TEXT NOT NULL, review_by TEXT NOT NULL, dpia TEXT NOT NULL,
      opened_at TEXT NOT NULL
    ) STRICT;

    CREATE TABLE source (
      id INTEGER PRIMARY KEY,
      sha256 TEXT NOT NULL, format TEXT NOT NULL, format_version INTEGER NOT NULL,
      name TEXT NOT NULL, path TEXT NOT NULL, root TEXT NOT NULL, bytes INTEGER NOT NULL,
      settings TEXT NOT NULL, authorisation TEXT, imported_at TEXT NOT NULL,
      UNIQUE (sha256, format)
    ) STRICT;
    CREATE TABLE member (
      source INTEGER NOT NULL REFERENCES source, number INTEGER NOT NULL, path TEXT NOT NULL,
      PRIMARY KEY (source, number)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE pattern (
      source INTEGER NOT NULL REFERENCES source, number INTEGER NOT NULL, text TEXT NOT NULL,
      PRIMARY KEY (source, number)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE reconciliation (
      source INTEGER NOT NULL REFERENCES source, unit TEXT NOT NULL, seen INTEGER, imported INTEGER NOT NULL,
      set_aside INTEGER NOT NULL, PRIMARY KEY (source, unit)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE set_aside (
      source INTEGER NOT NULL REFERENCES source, unit TEXT NOT NULL, reason TEXT NOT NULL,
      explanation TEXT NOT NULL, is_fault INTEGER NOT NULL, count INTEGER NOT NULL, examples TEXT NOT NULL,
      PRIMARY KEY (source, unit, reason)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE import_note (
      source INTEGER NOT NULL REFERENCES source, number INTEGER NOT NULL, text TEXT NOT NULL,
      PRIMARY KEY (source, number)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE account (
      id INTEGER PRIMARY KEY,
      platform TEXT NOT NULL, kind TEXT NOT NULL, canonical TEXT NOT NULL,
      -- NULL when the key is unique on the platform, else the source inside which it means something.
      scope_source INTEGER REFERENCES source,
      written TEXT NOT NULL, is_protected INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    CREATE UNIQUE INDEX account_key ON account (platform, kind, canonical, coalesce(scope_source, 0));
    CREATE TABLE protection (
      platform TEXT NOT NULL, kind TEXT NOT NULL, canonical TEXT NOT NULL,
      PRIMARY KEY (platform, kind, canonical)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE appearance (
      id INTEGER PRIMARY KEY,
      source INTEGER NOT NULL REFERENCES source, account INTEGER NOT NULL REFERENCES account,
      role INTEGER NOT NULL, records INTEGER NOT NULL, first_active INTEGER, last_active INTEGER
    ) STRICT;
    CREATE INDEX appearance_account ON appearance (account);

    CREATE TABLE channel (
      source INTEGER NOT NULL REFERENCES source, number INTEGER NOT NULL, name TEXT NOT NULL,
      PRIMARY KEY (source, number)
    ) STRICT, WITHOUT ROWID;
    -- Who wrote how much in each conversation; the record is one of theirs.
    CREATE TABLE channel_author (
      source INTEGER NOT NULL, channel INTEGER NOT NULL, appearance INTEGER NOT NULL,
      messages INTEGER NOT NULL, record INTEGER NOT NULL, PRIMARY KEY (source, channel, appearance)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE record (
      id INTEGER PRIMARY KEY,
      source INTEGER NOT NULL, class INTEGER NOT NULL, appearance INTEGER NOT NULL, other INTEGER,
      channel INTEGER, at INTEGER, zone INTEGER NOT NULL, precision INTEGER NOT NULL, written_time TEXT,
      text TEXT, member INTEGER NOT NULL, offset INTEGER NOT NULL, length INTEGER NOT NULL,
      line INTEGER NOT NULL, pattern INTEGER NOT NULL, index0 INTEGER NOT NULL, index1 INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX record_link ON record (class) WHERE class IN (6, 7);

    CREATE TABLE value (
      id INTEGER PRIMARY KEY,
      kind TEXT NOT NULL, platform TEXT NOT NULL, canonical TEXT NOT NULL, flags TEXT NOT NULL,
      UNIQUE (kind, platform, canonical)
    ) STRICT;
    CREATE TABLE loose_key (
      value INTEGER NOT NULL REFERENCES value, rule TEXT NOT NULL, key TEXT NOT NULL,
      PRIMARY KEY (value, rule, key)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE sighting (
      id INTEGER PRIMARY KEY,
      source INTEGER NOT NULL, appearance INTEGER NOT NULL, value INTEGER NOT NULL REFERENCES value,
      written TEXT NOT NULL, label TEXT NOT NULL, assertion TEXT NOT NULL, port INTEGER, at INTEGER,
      zone INTEGER NOT NULL, member INTEGER NOT NULL, offset INTEGER NOT NULL, length INTEGER NOT NULL,
      line INTEGER NOT NULL, pattern INTEGER NOT NULL, index0 INTEGER NOT NULL, index1 INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX sighting_value ON sighting (value);
    CREATE INDEX sighting_appearance ON sighting (appearance);
    -- Identifiers that name nothing, by what normalisation said of them.
    CREATE TABLE unusable_identifier (
      source INTEGER NOT NULL REFERENCES source, kind TEXT NOT NULL, flags TEXT NOT NULL,
      count INTEGER NOT NULL, example TEXT NOT NULL, PRIMARY KEY (source, kind, flags)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE judgement (
      id INTEGER PRIMARY KEY,
      left INTEGER NOT NULL REFERENCES account, right INTEGER NOT NULL REFERENCES account,
      verdict TEXT NOT NULL, reason TEXT NOT NULL, made_at TEXT NOT NULL, undone_at TEXT,
      CHECK (left < right)
    ) STRICT;

    CREATE TABLE run (
      id INTEGER PRIMARY KEY,
      hash TEXT NOT NULL UNIQUE, inputs TEXT NOT NULL, settings TEXT NOT NULL, engine TEXT NOT NULL,
      result TEXT NOT NULL, made_at TEXT NOT NULL
    ) STRICT;
    -- Each time a run was made, or made again with the same result.
    CREATE TABLE run_order (
      id INTEGER PRIMARY KEY, run INTEGER NOT NULL REFERENCES run, made_at TEXT NOT NULL
    ) STRICT;
    CREATE TABLE pair (
      run INTEGER NOT NULL REFERENCES run, left INTEGER NOT NULL, right INTEGER NOT NULL,
      log10_lr REAL NOT NULL, PRIMARY KEY (run, left, right)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE evidence (
      run INTEGER NOT NULL REFERENCES run, left INTEGER NOT NULL, right INTEGER NOT NULL,
      ordinal INTEGER NOT NULL, family TEXT NOT NULL, rule TEXT NOT NULL, log10_lr REAL NOT NULL,
      log10_lr_alone REAL NOT NULL, statement TEXT NOT NULL, refers_to_records INTEGER NOT NULL,
      -- JSON array of ids of sightings or records.
      refs TEXT NOT NULL, PRIMARY KEY (run, left, right, ordinal)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE cluster_member (
      run INTEGER NOT NULL REFERENCES run, account INTEGER NOT NULL, cluster INTEGER NOT NULL,
      PRIMARY KEY (run, account)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE merge (
      run INTEGER NOT NULL REFERENCES run, ordinal INTEGER NOT NULL, left INTEGER NOT NULL,
      right INTEGER NOT NULL, log10_lr REAL, PRIMARY KEY (run, ordinal)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE held_merge (
      run INTEGER NOT NULL REFERENCES run, ordinal INTEGER NOT NULL, left INTEGER NOT NULL,
      right INTEGER NOT NULL, log10_lr REAL, cause TEXT NOT NULL, PRIMARY KEY (run, ordinal)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE common_key (
      run INTEGER NOT NULL REFERENCES run, ordinal INTEGER NOT NULL, kind TEXT NOT NULL,
      text TEXT NOT NULL, holders INTEGER NOT NULL, PRIMARY KEY (run, ordinal)
    ) STRICT, WITHOUT ROWID;
    """

  /// The log of what was done with the case.
  private static let version2 = """
    CREATE TABLE log_entry (
      idx INTEGER PRIMARY KEY,
      commitment BLOB NOT NULL CHECK (length(commitment) = 32),
      salt BLOB CHECK (length(salt) = 32), payload TEXT,
      operation TEXT NOT NULL, action TEXT NOT NULL, actor TEXT NOT NULL, at TEXT NOT NULL,
      erased_by INTEGER REFERENCES log_entry,
      CHECK ((salt IS NULL) = (payload IS NULL) AND (payload IS NULL) = (erased_by IS NOT NULL))
    ) STRICT;
    CREATE INDEX log_entry_action ON log_entry (action);
    -- Roots of complete subtrees of 2^level leaves; level 0 follows from the commitments.
    CREATE TABLE log_node (
      level INTEGER NOT NULL, idx INTEGER NOT NULL, hash BLOB NOT NULL CHECK (length(hash) = 32),
      PRIMARY KEY (level, idx)
    ) STRICT, WITHOUT ROWID;
    -- The key that signs, and how many entries are known to be signed: checked when the case is opened.
    CREATE TABLE log_state (
      id INTEGER PRIMARY KEY CHECK (id = 1), vkey TEXT NOT NULL, signed INTEGER NOT NULL
    ) STRICT;
    """
}
