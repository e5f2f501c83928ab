#ifndef COGNATE_KEY_SORT_H
#define COGNATE_KEY_SORT_H

#include <stddef.h>
#include <stdint.h>

/// Keys of a call at most.
#define COG_KEYS_LIMIT (1 << 20)

/// Puts hashed keys in order and counts them: afterwards `keys` holds each key once, ascending, and `counts` how often it
/// occurred; returns how many. `scratch`, `keys` and `counts` have room for `count` and 32 more. Linear in `count`
/// whatever the keys are; quick for keys that are spread as hashes are.
size_t cog_keys_count(uint32_t *keys, size_t count, uint32_t *scratch, uint32_t *counts);

/// The same without vectors of 32 bytes, for tests.
size_t cog_keys_count_baseline(uint32_t *keys, size_t count, uint32_t *scratch, uint32_t *counts);

/// Adds to the counts of keys that are all there. `keys` ascend, and can be read 8 beyond their end; a count stays at
/// the largest.
void cog_keys_add(const uint32_t *keys, uint32_t *counts, size_t count, const uint32_t *more, const uint32_t *more_counts,
                  size_t more_count);

#endif
