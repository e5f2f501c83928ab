#ifndef COGNATE_JSON_SCAN_H
#define COGNATE_JSON_SCAN_H

#include <stddef.h>
#include <stdint.h>

/// State of a scan for the end of one JSON value, kept across buffers. Starts as all zeros.
typedef struct {
  uint32_t depth;    ///< Containers open.
  uint8_t started;   ///< 0 not started, 1 a string, 2 a container, 3 a number or literal.
  uint8_t in_string; ///< Inside a string of a container.
  uint8_t escaped;   ///< The next byte of the string is escaped.
  uint8_t done;      ///< The value has ended.
} cog_json_scan;

/// Scans on from `position` for the end of the value; returns the position after the last byte looked at,
/// which is the end of the value once `scan->done` is set. Only brackets and strings are looked at: whether
/// the value is valid JSON is for the parser that reads it to say.
size_t cog_json_scan_value(const uint8_t *bytes, size_t position, size_t count, cog_json_scan *scan);

#endif
