#ifndef COGNATE_KEY_COUNT_H
#define COGNATE_KEY_COUNT_H

#include <stddef.h>
#include <stdint.h>

/// Counts how often a JSON key occurs in raw bytes: the key with its quotes, then white space, then a colon.
/// Quotes within strings are escaped, so that this is never part of a string. The key is given with quotes.
size_t cog_count_json_key(const uint8_t *bytes, size_t count, const uint8_t *key, size_t key_length);

#endif
