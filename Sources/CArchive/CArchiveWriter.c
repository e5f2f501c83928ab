#include "CArchiveWriter.h"

#include <archive.h>
#include <archive_entry.h>
#include <stdlib.h>
#include <string.h>

struct cog_zip {
  struct archive *archive;
  uint8_t *bytes;
  size_t count;
  size_t capacity;
  const char *error;
};

static la_ssize_t append(struct archive *archive, void *context, const void *bytes, size_t count) {
  cog_zip *writer = context;
  if (count > writer->capacity - writer->count) {
    size_t capacity = writer->capacity ? writer->capacity : 65536;
    while (capacity - writer->count < count) {
      if (capacity > SIZE_MAX / 2) {
        archive_set_error(archive, -1, "the zip is larger than memory can address");
        return -1;
      }
      capacity *= 2;
    }
    uint8_t *grown = realloc(writer->bytes, capacity);
    if (!grown) {
      archive_set_error(archive, -1, "out of memory");
      return -1;
    }
    writer->bytes = grown;
    writer->capacity = capacity;
  }
  memcpy(writer->bytes + writer->count, bytes, count);
  writer->count += count;
  return (la_ssize_t)count;
}

static int fail(cog_zip *writer) {
  const char *message = archive_error_string(writer->archive);
  writer->error = message ? message : "libarchive gave no reason";
  return -1;
}

cog_zip *cog_zip_create(void) {
  cog_zip *writer = calloc(1, sizeof *writer);
  if (!writer) return NULL;
  writer->error = "";
  writer->archive = archive_write_new();
  // One-byte last block: no padding after the directory.
  if (!writer->archive || archive_write_set_format_zip(writer->archive) != ARCHIVE_OK ||
      archive_write_zip_set_compression_deflate(writer->archive) != ARCHIVE_OK ||
      archive_write_set_bytes_per_block(writer->archive, 0) != ARCHIVE_OK ||
      archive_write_set_bytes_in_last_block(writer->archive, 1) != ARCHIVE_OK ||
      archive_write_open(writer->archive, writer, NULL, append, NULL) != ARCHIVE_OK) {
    cog_zip_close(writer);
    return NULL;
  }
  return writer;
}

int cog_zip_add(cog_zip *writer, const char *name, const void *bytes, size_t count) {
  for (const char *at = name; *at; at++) {
    if ((unsigned char)*at >= 0x80) {
      writer->error = "a member's name is not ASCII";
      return -1;
    }
  }
  struct archive_entry *entry = archive_entry_new();
  if (!entry) {
    writer->error = "out of memory";
    return -1;
  }
  // No modification time is set: libarchive turns one into the DOS time of the local zone, so that the bytes
  // would depend on TZ. An unset one becomes 1980-01-01 everywhere.
  archive_entry_set_pathname(entry, name);
  archive_entry_set_filetype(entry, AE_IFREG);
  archive_entry_set_perm(entry, 0644);
  archive_entry_set_size(entry, (la_int64_t)count);
  int result = archive_write_header(writer->archive, entry) == ARCHIVE_OK ? 0 : fail(writer);
  if (result == 0 && count > 0 && archive_write_data(writer->archive, bytes, count) != (la_ssize_t)count) {
    result = fail(writer);
  }
  if (result == 0 && archive_write_finish_entry(writer->archive) != ARCHIVE_OK) result = fail(writer);
  archive_entry_free(entry);
  return result;
}

int cog_zip_finish(cog_zip *writer, const uint8_t **bytes, size_t *count) {
  if (archive_write_close(writer->archive) != ARCHIVE_OK) return fail(writer);
  *bytes = writer->bytes;
  *count = writer->count;
  return 0;
}

const char *cog_zip_error(const cog_zip *writer) { return writer->error; }

void cog_zip_close(cog_zip *writer) {
  if (!writer) return;
  if (writer->archive) archive_write_free(writer->archive);
  free(writer->bytes);
  free(writer);
}
