#ifndef COGNATE_TABLE_SCAN_H
#define COGNATE_TABLE_SCAN_H

#include <stddef.h>
#include <stdint.h>

/// Writes the positions, within `bytes`, of delimiters, quotes (`"`), line feeds and carriage returns from `start` up to
/// `count`, in ascending order, until `room` of them are found; returns how many. `*next` is where the scan stopped:
/// `count`, or the position after which more may follow. `room` is at least 64.
size_t cog_table_marks(const uint8_t *bytes, size_t start, size_t count, uint8_t delimiter, uint32_t *marks, size_t room,
                       size_t *next);

/// The same, byte by byte: what `cog_table_marks` is tested against.
size_t cog_table_marks_scalar(const uint8_t *bytes, size_t start, size_t count, uint8_t delimiter, uint32_t *marks,
                              size_t room, size_t *next);

#endif
