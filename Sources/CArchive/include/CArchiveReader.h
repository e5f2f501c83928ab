#ifndef COGNATE_CARCHIVE_READER_H
#define COGNATE_CARCHIVE_READER_H

#include <stddef.h>
#include <stdint.h>

/// Reads the entries of an archive one after the other (zip, tar, gzip, zstd), over libarchive.
typedef struct cog_archive cog_archive;

enum cog_archive_kind {
  COG_ARCHIVE_FILE = 0,
  COG_ARCHIVE_DIRECTORY = 1,
  COG_ARCHIVE_LINK = 2,
  COG_ARCHIVE_OTHER = 3
};

/// One entry. `path` is UTF-8 unless the archive holds other bytes, and empty when the name cannot be read; it is owned
/// by the archive and lives until the next entry is asked for.
typedef struct {
  const char *path;
  size_t path_length;
  int64_t size; ///< Declared size in bytes, -1 when the archive does not say. Never to be trusted.
  int32_t kind;
  int32_t encrypted;
} cog_archive_entry;

/// Opens an archive file; NULL on failure, with a message in `error`.
cog_archive *cog_archive_open(const char *path, char *error, size_t error_length);

/// Opens a lone file, packed by gzip or zstd or not packed at all, as an archive of one entry; NULL on failure, with a
/// message in `error`.
cog_archive *cog_archive_open_lone(const char *path, char *error, size_t error_length);

/// Moves to the next entry: 1 an entry, 0 the end, -1 a failure (see `cog_archive_error`).
int cog_archive_next(cog_archive *archive, cog_archive_entry *entry);

/// Passes over what was not read of the current entry: 0, or -1 when the archive ends or breaks inside it.
int cog_archive_skip(cog_archive *archive);

/// Reads content of the current entry: bytes read, 0 at its end, -1 on failure.
ptrdiff_t cog_archive_read(cog_archive *archive, void *buffer, size_t length);

/// What went wrong last.
const char *cog_archive_error(cog_archive *archive);

/// Whether the archive is packed as one stream (tar.gz, tar.zst): passing over an entry then unpacks it. Known
/// from the first entry on.
int cog_archive_is_packed_whole(cog_archive *archive);

/// Bytes of the archive file consumed so far, to judge the compression ratio.
int64_t cog_archive_consumed(cog_archive *archive);

void cog_archive_close(cog_archive *archive);

#endif
