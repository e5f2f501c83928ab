// Makes a zip in memory whose bytes depend on the entries alone: no clock, no time zone, no user, no locale.
#ifndef COGNATE_CARCHIVE_WRITER_H
#define COGNATE_CARCHIVE_WRITER_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct cog_zip cog_zip;

// A writer of one zip with deflated entries, or NULL when memory runs out.
cog_zip *cog_zip_create(void);

// Adds a file of mode 0644 without a modification time. `name` is ASCII, without a leading slash.
// Returns 0, or -1 with a message from `cog_zip_error`.
int cog_zip_add(cog_zip *writer, const char *name, const void *bytes, size_t count);

// Writes the directory and lends the whole zip, which lives until `cog_zip_close`.
// Returns 0, or -1 with a message from `cog_zip_error`. Nothing can be added afterwards.
int cog_zip_finish(cog_zip *writer, const uint8_t **bytes, size_t *count);

// What went wrong last; lives as long as the writer.
const char *cog_zip_error(const cog_zip *writer);

void cog_zip_close(cog_zip *writer);

#ifdef __cplusplus
}
#endif

#endif
