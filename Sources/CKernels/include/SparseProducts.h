#ifndef COGNATE_SPARSE_PRODUCTS_H
#define COGNATE_SPARSE_PRODUCTS_H

#include <stddef.h>
#include <stdint.h>

/// Dot products of sparse vectors whose weights are bytes, by inverted lists. A list has the rows of a block that have a
/// feature, each with its weight: `row << 8 | weight`.

/// A feature of a query.
typedef struct {
  uint32_t feature;
  uint16_t query;
  uint16_t weight; ///< At most 255.
} cog_query_feature;

/// Adds to `sums[query * stride + row]` the product of the weights of each feature that both have. List f is
/// `lists[starts[f] ..< starts[f + 1]]`. Quickest with queries of a few dozen texts in order of features: each list is
/// then read once, one behind the other.
void cog_lists_add(const uint32_t *lists, const uint32_t *starts, const cog_query_feature *queries, size_t count,
                   int32_t *sums, size_t stride);

#endif
