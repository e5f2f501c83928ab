#ifndef COGNATE_KEY_SORT_H
#define COGNATE_KEY_SORT_H

#include <stddef.h>
#include <stdint.h>

/// Keys of a call at most.
#define COG_KEYS_LIMIT (1 << 22)

/// Room that each array needs beyond its keys, and `scratch` beyond that.
#define COG_KEYS_ROOM 2048
#define COG_KEYS_SCRATCH 131072

/// So many keys are dealt out to rooms in `scratch`, where the processor has vectors of 64 bytes.
#define COG_KEYS_DEALT 32768

/// Puts hashed keys in order and counts them: afterwards `distinct` holds each key once, ascending, and `counts` how often
/// it occurred; returns how many. `keys` and `scratch` are overwritten; all have room for `count` and `COG_KEYS_ROOM` more, and
/// `scratch` for `COG_KEYS_SCRATCH` beside.
/// Linear in `count` whatever the keys are; quick for keys that are spread as hashes are. `deals` allows to deal them out,
/// which is not quicker where a few make up much of all, as words do.
size_t cog_keys_count(uint32_t *keys, size_t count, uint32_t *scratch, uint32_t *distinct, uint32_t *counts, int deals);

/// The same with one set of instructions, for tests: 0 none, 1 AVX2, 2 AVX-512. SIZE_MAX when this processor has it not.
size_t cog_keys_count_with(int set, uint32_t *keys, size_t count, uint32_t *scratch, uint32_t *distinct,
                           uint32_t *counts, int deals);

/// Adds to the counts of keys that are all there. `keys` ascend; a count stays at the largest.
void cog_keys_add(const uint32_t *keys, uint32_t *counts, size_t count, const uint32_t *more, const uint32_t *more_counts,
                  size_t more_count);

/// The same without vectors, for tests.
void cog_keys_add_baseline(const uint32_t *keys, uint32_t *counts, size_t count, const uint32_t *more,
                           const uint32_t *more_counts, size_t more_count);

#endif
