#ifndef COGNATE_NEAREST_QUERIES_H
#define COGNATE_NEAREST_QUERIES_H

#include <stddef.h>
#include <stdint.h>

/// The largest values that each of a block of queries has met, as the keys of NearestKeys.h.

/// Values that are looked at between two looks at the room that is left.
#define COG_PORTION 512

/// What there is of some queries.
typedef struct {
  uint64_t *keys;   ///< `capacity` for each query.
  uint32_t *counts; ///< Keys of each query.
  int32_t *limits;  ///< Only larger values count: the least that is kept, once there are enough.
  size_t capacity;  ///< `kept`, `COG_PORTION` and one more, or larger.
  size_t kept;
} cog_nearest;

/// Offers `values[i * stride]` and following, which are at places `first` and following, to query `queries[i]`. When places
/// ascend from one call to the next, of equal values the earlier place is kept.
void cog_nearest_offer(const cog_nearest *nearest, const uint32_t *queries, size_t query_count, const int32_t *values,
                       size_t stride, size_t count, uint32_t first);

/// Leaves a query no more keys than are kept.
void cog_nearest_shrink(const cog_nearest *nearest, size_t query);

/// Puts different keys in order, the largest first. `scratch` has room for as many.
void cog_keys_order(uint64_t *keys, size_t count, uint64_t *scratch);

/// The value of a key.
static inline int32_t cog_key_value(uint64_t key) { return (int32_t)((uint32_t)(key >> 32) ^ 0x80000000u); }

#endif
