#include "SparseProducts.h"

void cog_lists_add(const uint32_t *lists, const uint32_t *starts, const cog_query_feature *queries, size_t count,
                   int32_t *sums, size_t stride) {
  for (size_t i = 0; i < count; i++) {
    const uint32_t *at = lists + starts[queries[i].feature], *end = lists + starts[queries[i].feature + 1];
    int32_t *own = sums + queries[i].query * stride, weight = queries[i].weight;
    // The rows of a list differ, so that no sum waits for the one before it.
    for (; at < end; at++) own[*at >> 8] += weight * (int32_t)(*at & 255);
  }
}
