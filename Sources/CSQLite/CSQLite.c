#include "CSQLite.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

// Steps of SQLite's machine between two looks at how many are left.
#define STEPS_A_LOOK 1000

struct cog_sqlite {
  sqlite3 *handle;
  int64_t work_limit;
  int64_t byte_limit;
  // What is left while no statement of the caller's runs: the schema is read then, which can lead in rings too.
  int64_t work_left;
  cog_sqlite_rows *running;
};

struct cog_sqlite_rows {
  cog_sqlite *database;
  sqlite3_stmt *statement;
  int64_t work_left;
  // Of texts and blobs, as long as the statement lives: beginning anew gives no more of them.
  int64_t bytes_left;
};

static int32_t status_of(int code) {
  switch (code & 0xFF) {
  case SQLITE_OK:
  case SQLITE_DONE: return COG_SQLITE_DONE;
  case SQLITE_ROW: return COG_SQLITE_ROW;
  case SQLITE_CORRUPT: return COG_SQLITE_DAMAGED;
  case SQLITE_NOTADB: return COG_SQLITE_NO_DATABASE;
  case SQLITE_TOOBIG: return COG_SQLITE_TOO_LARGE;
  case SQLITE_INTERRUPT: return COG_SQLITE_TOO_MUCH_WORK;
  case SQLITE_FULL: return COG_SQLITE_NO_ROOM;
  case SQLITE_ERROR: return COG_SQLITE_NO_SUCH;
  // The file ends inside a page.
  case SQLITE_IOERR: return code == SQLITE_IOERR_SHORT_READ ? COG_SQLITE_DAMAGED : COG_SQLITE_FAILED;
  default: return COG_SQLITE_FAILED;
  }
}

static int on_progress(void *context) {
  cog_sqlite *database = context;
  int64_t *left = database->running == NULL ? &database->work_left : &database->running->work_left;
  *left -= STEPS_A_LOOK;
  return *left < 0;
}

static cog_sqlite *open_as(const char *path, int flags, int *code) {
  cog_sqlite *database = calloc(1, sizeof *database);
  if (database == NULL) {
    *code = SQLITE_NOMEM;
    return NULL;
  }
  *code = sqlite3_open_v2(path, &database->handle, flags | SQLITE_OPEN_NOMUTEX, NULL);
  if (*code != SQLITE_OK) {
    cog_sqlite_close(database);
    return NULL;
  }
  sqlite3_extended_result_codes(database->handle, 1);
  return database;
}

static void limit(sqlite3 *handle) {
  // What schemas of apps need, and no more.
  sqlite3_limit(handle, SQLITE_LIMIT_SQL_LENGTH, 1000000);
  sqlite3_limit(handle, SQLITE_LIMIT_COLUMN, 1000);
  sqlite3_limit(handle, SQLITE_LIMIT_EXPR_DEPTH, 100);
  sqlite3_limit(handle, SQLITE_LIMIT_COMPOUND_SELECT, 100);
  sqlite3_limit(handle, SQLITE_LIMIT_VDBE_OP, 100000);
  sqlite3_limit(handle, SQLITE_LIMIT_ATTACHED, 0);
  sqlite3_limit(handle, SQLITE_LIMIT_VARIABLE_NUMBER, 100);
  sqlite3_limit(handle, SQLITE_LIMIT_TRIGGER_DEPTH, 1);
  sqlite3_limit(handle, SQLITE_LIMIT_WORKER_THREADS, 0);
}

static void distrust(sqlite3 *handle) {
  sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_VIEW, 0, NULL);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
}

cog_sqlite *cog_sqlite_open(
    const char *path, int64_t value_limit, int64_t work_limit, int64_t byte_limit, int32_t *status) {
  int code;
  cog_sqlite *database = open_as(path, SQLITE_OPEN_READWRITE, &code);
  *status = status_of(code);
  if (database == NULL) return NULL;
  limit(database->handle);
  sqlite3_limit(
      database->handle, SQLITE_LIMIT_LENGTH,
      value_limit < 1000000 ? 1000000 : value_limit > INT32_MAX ? INT32_MAX : (int)value_limit);
  distrust(database->handle);
  database->work_limit = work_limit;
  database->work_left = work_limit;
  database->byte_limit = byte_limit;
  sqlite3_progress_handler(database->handle, STEPS_A_LOOK, on_progress, database);
  // Exclusive: the index of the log stays in memory. The first statement that reads opens log and journal.
  code = sqlite3_exec(
      database->handle,
      "PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON; PRAGMA mmap_size=0; PRAGMA locking_mode=EXCLUSIVE;"
      "PRAGMA query_only=ON; SELECT name FROM sqlite_master LIMIT 1;",
      NULL, NULL, NULL);
  *status = status_of(code);
  if (code == SQLITE_OK) return database;
  cog_sqlite_close(database);
  return NULL;
}

cog_sqlite *cog_sqlite_create(const char *path) {
  int code;
  cog_sqlite *database = open_as(path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, &code);
  if (database != NULL) database->work_limit = database->byte_limit = INT64_MAX; // No handler looks at the first.
  return database;
}

int32_t cog_sqlite_run(cog_sqlite *database, const char *sql) {
  return status_of(sqlite3_exec(database->handle, sql, NULL, NULL, NULL));
}

cog_sqlite_rows *cog_sqlite_prepare(cog_sqlite *database, const char *sql, int32_t *status) {
  cog_sqlite_rows *rows = calloc(1, sizeof *rows);
  if (rows == NULL) {
    *status = COG_SQLITE_FAILED;
    return NULL;
  }
  rows->database = database;
  rows->work_left = database->work_limit;
  rows->bytes_left = database->byte_limit;
  int code = sqlite3_prepare_v2(database->handle, sql, -1, &rows->statement, NULL);
  *status = status_of(code);
  if (code == SQLITE_OK && rows->statement == NULL) *status = COG_SQLITE_NO_SUCH;
  if (*status == COG_SQLITE_DONE) return rows;
  cog_sqlite_close_rows(rows);
  return NULL;
}

int32_t cog_sqlite_bind_integer(cog_sqlite_rows *rows, int32_t position, int64_t value) {
  cog_sqlite_reset(rows);
  return status_of(sqlite3_bind_int64(rows->statement, position, value));
}

int32_t cog_sqlite_bind_text(cog_sqlite_rows *rows, int32_t position, const void *bytes, size_t count) {
  cog_sqlite_reset(rows);
  const char *text = bytes == NULL ? "" : bytes;
  return status_of(
      sqlite3_bind_text64(rows->statement, position, text, count, SQLITE_TRANSIENT, SQLITE_UTF8));
}

int32_t cog_sqlite_bind_blob(cog_sqlite_rows *rows, int32_t position, const void *bytes, size_t count) {
  cog_sqlite_reset(rows);
  const void *blob = bytes == NULL ? "" : bytes;
  return status_of(sqlite3_bind_blob64(rows->statement, position, blob, count, SQLITE_TRANSIENT));
}

// Takes the texts and blobs of a row from what is left. Many rows may lead to the same pages, even to one that leads to
// itself: no step of SQLite's machine counts these.
static int take_bytes(cog_sqlite_rows *rows) {
  int64_t taken = 0;
  int count = sqlite3_data_count(rows->statement);
  for (int column = 0; column < count; column++) {
    int type = sqlite3_column_type(rows->statement, column);
    if (type == SQLITE_TEXT || type == SQLITE_BLOB) taken += sqlite3_column_bytes(rows->statement, column);
  }
  rows->bytes_left = taken > rows->bytes_left ? -1 : rows->bytes_left - taken;
  return rows->bytes_left >= 0;
}

int32_t cog_sqlite_step(cog_sqlite_rows *rows) {
  if (rows->bytes_left < 0) return COG_SQLITE_TOO_MUCH_WORK;
  rows->database->running = rows;
  int code = sqlite3_step(rows->statement);
  rows->database->running = NULL;
  return code == SQLITE_ROW && !take_bytes(rows) ? COG_SQLITE_TOO_MUCH_WORK : status_of(code);
}

void cog_sqlite_reset(cog_sqlite_rows *rows) {
  sqlite3_reset(rows->statement);
  rows->work_left = rows->database->work_limit;
}

int32_t cog_sqlite_type(const cog_sqlite_rows *rows, int32_t column) {
  switch (sqlite3_column_type(rows->statement, column)) {
  case SQLITE_INTEGER: return COG_SQLITE_INTEGER;
  case SQLITE_FLOAT: return COG_SQLITE_REAL;
  case SQLITE_TEXT: return COG_SQLITE_TEXT;
  case SQLITE_BLOB: return COG_SQLITE_BLOB;
  default: return COG_SQLITE_NULL;
  }
}

int64_t cog_sqlite_integer(const cog_sqlite_rows *rows, int32_t column) {
  return sqlite3_column_int64(rows->statement, column);
}

double cog_sqlite_real(const cog_sqlite_rows *rows, int32_t column) {
  return sqlite3_column_double(rows->statement, column);
}

const uint8_t *cog_sqlite_bytes(const cog_sqlite_rows *rows, int32_t column, size_t *count) {
  const uint8_t *bytes;
  if (sqlite3_column_type(rows->statement, column) == SQLITE_BLOB) {
    bytes = sqlite3_column_blob(rows->statement, column);
  } else {
    bytes = sqlite3_column_text(rows->statement, column);
  }
  *count = bytes == NULL ? 0 : (size_t)sqlite3_column_bytes(rows->statement, column);
  return bytes;
}

void cog_sqlite_close_rows(cog_sqlite_rows *rows) {
  if (rows == NULL) return;
  sqlite3_finalize(rows->statement);
  free(rows);
}

int64_t cog_sqlite_take_log(cog_sqlite *database) {
  int pages = -1;
  int moved = -1;
  int code = sqlite3_wal_checkpoint_v2(database->handle, NULL, SQLITE_CHECKPOINT_PASSIVE, &pages, &moved);
  return code == SQLITE_OK ? pages : -1;
}

void cog_sqlite_close(cog_sqlite *database) {
  if (database == NULL) return;
  sqlite3_close_v2(database->handle);
  free(database);
}
