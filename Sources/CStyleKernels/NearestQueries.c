#include "NearestQueries.h"

#include <string.h>

#include "NearestKeys.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

void cog_nearest_shrink(const cog_nearest *nearest, size_t query) {
  if (nearest->counts[query] <= nearest->kept) return;
  uint64_t *own = nearest->keys + query * nearest->capacity;
  cog_keys_keep(own, nearest->counts[query], nearest->kept);
  nearest->counts[query] = (uint32_t)nearest->kept;
  if (nearest->kept > 0) nearest->limits[query] = cog_key_value(own[nearest->kept - 1]);
}

void cog_nearest_offer(const cog_nearest *nearest, const uint32_t *queries, size_t query_count, const int32_t *values,
                       size_t stride, size_t count, uint32_t first) {
  for (size_t i = 0; i < query_count; i++, values += stride) {
    size_t query = queries[i];
    for (size_t start = 0; start < count; start += COG_PORTION) {
      size_t portion = count - start < COG_PORTION ? count - start : COG_PORTION;
      if (nearest->counts[query] + portion >= nearest->capacity) cog_nearest_shrink(nearest, query);
      uint64_t *to = nearest->keys + query * nearest->capacity + nearest->counts[query];
      nearest->counts[query] += (uint32_t)cog_keys_above(values + start, portion, nearest->limits[query],
                                                         first + (uint32_t)start, to);
    }
  }
}

/// Each key's place is how many are larger: quicker than any other order of a few hundred, as no branch depends on a key.
static inline __attribute__((always_inline)) void order_loop(uint64_t *keys, size_t count, uint64_t *scratch) {
  memcpy(scratch, keys, count * sizeof *keys);
  for (size_t i = 0; i < count; i++) {
    uint64_t key = scratch[i], larger = 0;
    for (size_t k = 0; k < count; k++) larger += scratch[k] > key;
    keys[larger] = key;
  }
}

#if defined(__x86_64__)
__attribute__((target("avx512f,avx512vl,avx512dq"))) static void order_avx512(uint64_t *keys, size_t count,
                                                                              uint64_t *scratch) {
  order_loop(keys, count, scratch);
}

__attribute__((target("avx2"))) static void order_avx2(uint64_t *keys, size_t count, uint64_t *scratch) {
  order_loop(keys, count, scratch);
}
#endif

void cog_keys_order(uint64_t *keys, size_t count, uint64_t *scratch) {
  if (count > 1024) {
    // By bytes, lowest first.
    for (int shift = 0; shift < 64; shift += 8) {
      size_t starts[257] = {0};
      for (size_t i = 0; i < count; i++) starts[(~keys[i] >> shift & 255) + 1]++;
      for (int b = 0; b < 256; b++) starts[b + 1] += starts[b];
      for (size_t i = 0; i < count; i++) scratch[starts[~keys[i] >> shift & 255]++] = keys[i];
      memcpy(keys, scratch, count * sizeof *keys);
    }
    return;
  }
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl"))
    return order_avx512(keys, count, scratch);
  if (__builtin_cpu_supports("avx2")) return order_avx2(keys, count, scratch);
#endif
  order_loop(keys, count, scratch);
}
