#ifndef COGNATE_CSQLITE_H
#define COGNATE_CSQLITE_H

#include <stddef.h>
#include <stdint.h>

/// Reads SQLite databases that may be hostile, and keeps lists of our own on disk, over the system's SQLite.
///
/// A connection and its statements are one thread's.
typedef struct cog_sqlite cog_sqlite;

/// A prepared statement and the row that it stands on.
typedef struct cog_sqlite_rows cog_sqlite_rows;

/// What became of a call.
enum cog_sqlite_status {
  COG_SQLITE_DONE = 0,           ///< It ended well: no more rows.
  COG_SQLITE_ROW = 1,            ///< There is a row.
  COG_SQLITE_DAMAGED = 2,        ///< The database is damaged where it was read.
  COG_SQLITE_NO_DATABASE = 3,    ///< It is no database, or an encrypted one.
  COG_SQLITE_TOO_LARGE = 4,      ///< A value is larger than the limit.
  COG_SQLITE_TOO_MUCH_WORK = 5,  ///< The statement took more steps, or gave more bytes, than it may.
  COG_SQLITE_NO_ROOM = 6,        ///< The disk is full.
  COG_SQLITE_NO_SUCH = 7,        ///< The statement names what the database does not have, or is none.
  COG_SQLITE_FAILED = 8          ///< Memory or the disk failed.
};

/// Storage classes of values.
enum cog_sqlite_type {
  COG_SQLITE_NULL = 0,
  COG_SQLITE_INTEGER = 1,
  COG_SQLITE_REAL = 2,
  COG_SQLITE_TEXT = 3,
  COG_SQLITE_BLOB = 4
};

/// Opens a copy of a database that nobody vouches for. The copy, and not the evidence: what its app wrote beside it
/// (`-wal`, `-journal`) is read in or rolled back, which writes.
///
/// No value is larger than `value_limit` bytes; a statement takes at most `work_limit` steps of SQLite's machine, which
/// is about ten a value, and gives at most `byte_limit` bytes of texts and blobs, as more than the file has can only be the
/// same ones over and over. Functions and modules that a schema names are not called unless they are harmless; views,
/// triggers, extensions and other databases are off. NULL on failure, with the reason in `status`.
cog_sqlite *cog_sqlite_open(
    const char *path, int64_t value_limit, int64_t work_limit, int64_t byte_limit, int32_t *status);

/// Makes a database of our own, or opens it; NULL on failure.
cog_sqlite *cog_sqlite_create(const char *path);

/// Runs statements of our own without rows that matter.
int32_t cog_sqlite_run(cog_sqlite *database, const char *sql);

/// Prepares one statement; NULL on failure, with the reason in `status`.
cog_sqlite_rows *cog_sqlite_prepare(cog_sqlite *database, const char *sql, int32_t *status);

/// Gives a parameter, from 1, an integer; the statement begins anew.
int32_t cog_sqlite_bind_integer(cog_sqlite_rows *rows, int32_t position, int64_t value);

/// Gives a parameter, from 1, a text, which is copied; the statement begins anew.
int32_t cog_sqlite_bind_text(cog_sqlite_rows *rows, int32_t position, const void *bytes, size_t count);

/// Gives a parameter, from 1, a blob, which is copied; the statement begins anew.
int32_t cog_sqlite_bind_blob(cog_sqlite_rows *rows, int32_t position, const void *bytes, size_t count);

/// Moves to the next row.
int32_t cog_sqlite_step(cog_sqlite_rows *rows);

/// Ends a statement, to be begun anew.
void cog_sqlite_reset(cog_sqlite_rows *rows);

/// The storage class of a value of the row, by its column from 0.
int32_t cog_sqlite_type(const cog_sqlite_rows *rows, int32_t column);

/// An integer of the row.
int64_t cog_sqlite_integer(const cog_sqlite_rows *rows, int32_t column);

/// A real number of the row.
double cog_sqlite_real(const cog_sqlite_rows *rows, int32_t column);

/// The bytes of a value of the row: of a text (and of a number in decimal) in UTF-8 as far as the database holds that,
/// of a blob as they are. They live until the next step. NULL when there are none.
const uint8_t *cog_sqlite_bytes(const cog_sqlite_rows *rows, int32_t column, size_t *count);

void cog_sqlite_close_rows(cog_sqlite_rows *rows);

/// Moves what the write-ahead log holds into the database, and tells how many of its pages belong to finished changes;
/// -1 when there is no log, or that fails.
int64_t cog_sqlite_take_log(cog_sqlite *database);

void cog_sqlite_close(cog_sqlite *database);

#endif
