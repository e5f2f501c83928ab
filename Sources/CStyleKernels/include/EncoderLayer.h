#ifndef COGNATE_ENCODER_LAYER_H
#define COGNATE_ENCODER_LAYER_H

#include <stddef.h>
#include <stdint.h>

/// One layer of a transformer (Vaswani and others, 2017; as BERT has it: Devlin and others, 2019) over rows of `width`
/// numbers, a row a piece of text. Each product and each sum is rounded, in one order, whatever the processor.

/// Columns of a panel, which lie side by side for each number that goes in: weight `k` of column `c` of a matrix is at
/// `(c / COG_PANEL * inner + k) * COG_PANEL + c % COG_PANEL`. Columns are a multiple of it.
#define COG_PANEL 16

/// Sizes of a layer; all but `heads` multiples of `COG_PANEL`, `width / heads` too.
typedef struct {
  size_t width, heads, inner;
} cog_layer_size;

/// Floats of a layer's weights: panels and bias of query, key and value as one matrix of `3 * width` columns; of what
/// attention gives (`width`); weight and bias of the norm; panels and bias of the inner matrix (`inner` columns) and of the
/// outer one (`width`, of `inner` numbers); weight and bias of the last norm.
size_t cog_layer_floats(cog_layer_size size);

/// Floats that `cog_layer_apply` needs beside the rows.
size_t cog_layer_scratch(cog_layer_size size, size_t rows);

/// Puts what the layer makes of the rows in their place. Rows of one window, which ends before row `ends[i]`, see one
/// another. None has more than 64.
void cog_layer_apply(cog_layer_size size, const float *weights, float *rows, const uint32_t *ends, size_t windows,
                     float *scratch);

/// Each row less its mean, over its deviation, times `weight` and plus `bias`.
void cog_rows_normalise(float *rows, size_t count, size_t width, const float *weight, const float *bias);

#endif
