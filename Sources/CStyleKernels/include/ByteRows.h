#ifndef COGNATE_BYTE_ROWS_H
#define COGNATE_BYTE_ROWS_H

#include <stddef.h>
#include <stdint.h>

/// Adds to `sums` the rows at some places, each times its weight, one after another: the product of a sparse row and a
/// matrix of bytes, `width` a row. Each product and each sum is rounded, whatever the processor.
void cog_byte_rows_add(const int8_t *rows, size_t width, const uint32_t *places, const float *weights, size_t count,
                       float *sums);

#endif
