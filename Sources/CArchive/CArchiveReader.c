#define _GNU_SOURCE
#include "CArchiveReader.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <locale.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct cog_archive {
  struct archive *handle;
};

enum format { FORMAT_ARCHIVE, FORMAT_LONE };

// libarchive converts the names of entries to the character set of the thread's locale, and gives none when that set
// lacks a character. The program has the C locale, in which that is every name beyond ASCII.
static pthread_once_t locale_once = PTHREAD_ONCE_INIT;
static locale_t utf8_locale = (locale_t)0;

static void find_locale(void) {
  static const char *const names[] = {"C.UTF-8", "C.utf8", "en_US.UTF-8", "en_GB.UTF-8"};
  for (size_t i = 0; i < sizeof names / sizeof names[0] && utf8_locale == (locale_t)0; i++) {
    utf8_locale = newlocale(LC_CTYPE_MASK, names[i], (locale_t)0);
  }
}

// Gives the calling thread a locale of UTF-8, where the system has one; returns what `leave_utf8` restores.
static locale_t enter_utf8(void) {
  pthread_once(&locale_once, find_locale);
  return utf8_locale == (locale_t)0 ? (locale_t)0 : uselocale(utf8_locale);
}

static void leave_utf8(locale_t before) {
  if (before != (locale_t)0) uselocale(before);
}

static cog_archive *open_as(enum format format, const char *path, char *error, size_t error_length) {
  struct archive *handle = archive_read_new();
  cog_archive *result = NULL;
  if (handle == NULL) {
    snprintf(error, error_length, "out of memory");
    return NULL;
  }
  if (format == FORMAT_LONE) {
    archive_read_support_format_raw(handle);
    // The raw format refuses a file without bytes.
    archive_read_support_format_empty(handle);
  } else {
    archive_read_support_format_zip(handle);
    archive_read_support_format_tar(handle);
  }
  archive_read_support_filter_gzip(handle);
  archive_read_support_filter_zstd(handle);
  if (archive_read_open_filename(handle, path, 256 * 1024) != ARCHIVE_OK) {
    const char *message = archive_error_string(handle);
    snprintf(error, error_length, "%s", message ? message : "cannot be opened as an archive");
    archive_read_free(handle);
    return NULL;
  }
  result = calloc(1, sizeof *result);
  if (result == NULL) {
    snprintf(error, error_length, "out of memory");
    archive_read_free(handle);
    return NULL;
  }
  result->handle = handle;
  return result;
}

cog_archive *cog_archive_open(const char *path, char *error, size_t error_length) {
  return open_as(FORMAT_ARCHIVE, path, error, error_length);
}

cog_archive *cog_archive_open_lone(const char *path, char *error, size_t error_length) {
  return open_as(FORMAT_LONE, path, error, error_length);
}

static int next(cog_archive *archive, cog_archive_entry *entry) {
  struct archive_entry *raw = NULL;
  // libarchive takes a name that it cannot convert for want of memory where errno says so, whoever left it there.
  errno = 0;
  int status = archive_read_next_header(archive->handle, &raw);
  if (status == ARCHIVE_EOF) return 0;
  // ARCHIVE_WARN still delivers an entry (a name that cannot be converted, for example).
  if (status != ARCHIVE_OK && status != ARCHIVE_WARN) return -1;
  const char *path = archive_entry_pathname_utf8(raw);
  if (path == NULL) path = archive_entry_pathname(raw);
  if (path == NULL) path = "";
  entry->path = path;
  entry->path_length = strlen(path);
  entry->size = archive_entry_size_is_set(raw) ? (int64_t)archive_entry_size(raw) : -1;
  entry->encrypted = archive_entry_is_encrypted(raw) ? 1 : 0;
  if (archive_entry_symlink(raw) != NULL || archive_entry_hardlink(raw) != NULL) {
    entry->kind = COG_ARCHIVE_LINK;
  } else {
    switch (archive_entry_filetype(raw)) {
    case AE_IFREG: entry->kind = COG_ARCHIVE_FILE; break;
    case AE_IFDIR: entry->kind = COG_ARCHIVE_DIRECTORY; break;
    case AE_IFLNK: entry->kind = COG_ARCHIVE_LINK; break;
    default: entry->kind = COG_ARCHIVE_OTHER; break;
    }
  }
  return 1;
}

int cog_archive_next(cog_archive *archive, cog_archive_entry *entry) {
  locale_t before = enter_utf8();
  int status = next(archive, entry);
  leave_utf8(before);
  return status;
}

int cog_archive_skip(cog_archive *archive) {
  int status = archive_read_data_skip(archive->handle);
  return status == ARCHIVE_OK || status == ARCHIVE_WARN ? 0 : -1;
}

ptrdiff_t cog_archive_read(cog_archive *archive, void *buffer, size_t length) {
  la_ssize_t count = archive_read_data(archive->handle, buffer, length);
  return count < 0 ? -1 : (ptrdiff_t)count;
}

const char *cog_archive_error(cog_archive *archive) {
  const char *message = archive_error_string(archive->handle);
  return message ? message : "it ends or breaks where an entry should begin";
}

int cog_archive_is_packed_whole(cog_archive *archive) { return archive_filter_count(archive->handle) > 1; }

int64_t cog_archive_consumed(cog_archive *archive) { return archive_filter_bytes(archive->handle, -1); }

void cog_archive_close(cog_archive *archive) {
  if (archive == NULL) return;
  archive_read_free(archive->handle);
  free(archive);
}
