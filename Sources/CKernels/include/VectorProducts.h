#ifndef COGNATE_VECTOR_PRODUCTS_H
#define COGNATE_VECTOR_PRODUCTS_H

#include <stddef.h>
#include <stdint.h>

/// Dot products of vectors of signed bytes, -127 to 127, exact in 32 bits up to 133,000 dimensions.
///
/// Rows are packed so that one load brings four dimensions of 16 rows: a group is 16 rows, and holds dimensions 0 to 3 of
/// its first row, of its second and so on, then dimensions 4 to 7. The width is a multiple of four; vectors of another
/// width end in zeros. Each query goes through many rows and each load of rows through several queries, so that no product
/// waits for memory and no sum goes across a register.

/// Rows of a group.
#define COG_GROUP 16

/// Packs rows, `width` bytes each, into groups; rows that the last one lacks are zeros. `packed` has room for whole groups.
void cog_vectors_pack(const int8_t *rows, size_t count, size_t width, int8_t *packed);

/// The products of each query with all rows of some groups: `out[query * stride + row]`. Queries are not packed.
void cog_vectors_products(const int8_t *packed, size_t groups, size_t width, const int8_t *queries, size_t count,
                          int32_t *out, size_t stride);

/// The same by loops over single bytes; and with each set of instructions there is (0 AVX2, 1 AVX-VNNI, 2 AVX512-VNNI):
/// 0 when this processor has it not. For tests.
void cog_vectors_products_scalar(const int8_t *packed, size_t groups, size_t width, const int8_t *queries, size_t count,
                                 int32_t *out, size_t stride);
int cog_vectors_products_with(int set, const int8_t *packed, size_t groups, size_t width, const int8_t *queries,
                              size_t count, int32_t *out, size_t stride);

#endif
