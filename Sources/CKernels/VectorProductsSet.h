// The products of VectorProducts.c with one set of instructions; SET is its name. Of the including file: VECTOR, a
// register; PARTS, registers of a group's four dimensions; TILE, groups taken together; BLOCK, queries taken together;
// STORE, LOAD, SUM and FILLED, what they say; ROWS(at), the rows as the multiplication wants them; and
// ADD(sum, rows, query). BIAS is what each value of a row was raised by.

/// Some dimensions of a few queries and groups; `pitch` is the bytes of a group and `width` those of a query. Adds to what
/// `out` has when `adds`.
static inline __attribute__((always_inline)) void NAMED(tile)(const int8_t *packed, const size_t groups, size_t pitch,
                                                              const int8_t *queries, const size_t count, size_t width,
                                                              size_t dimensions, const int32_t *bias, int adds,
                                                              int32_t *out, size_t stride) {
  VECTOR sums[BLOCK][TILE * PARTS];
#pragma clang loop unroll(full)
  for (size_t q = 0; q < count; q++)
#pragma clang loop unroll(full)
    for (size_t g = 0; g < groups * PARTS; g++) {
      sums[q][g] = FILLED(bias[q]);
      if (adds) sums[q][g] = SUM(sums[q][g], LOAD(out + q * stride + g * (COG_GROUP / PARTS)));
    }
  for (size_t d = 0; d < dimensions; d += 4) {
    VECTOR rows[TILE * PARTS];
#pragma clang loop unroll(full)
    for (size_t g = 0; g < groups; g++)
#pragma clang loop unroll(full)
      for (size_t p = 0; p < PARTS; p++)
        rows[g * PARTS + p] = ROWS(packed + g * pitch + d * COG_GROUP + p * sizeof(VECTOR));
#pragma clang loop unroll(full)
    for (size_t q = 0; q < count; q++) {
      int32_t word;
      memcpy(&word, queries + q * width + d, 4);
      VECTOR query = FILLED(word);
#pragma clang loop unroll(full)
      for (size_t g = 0; g < groups * PARTS; g++) sums[q][g] = ADD(sums[q][g], rows[g], query);
    }
  }
#pragma clang loop unroll(full)
  for (size_t q = 0; q < count; q++)
#pragma clang loop unroll(full)
    for (size_t g = 0; g < groups * PARTS; g++) STORE(out + q * stride + g * (COG_GROUP / PARTS), sums[q][g]);
}

/// Some dimensions of at most QUERIES queries with all groups.
static void NAMED(part)(const int8_t *packed, size_t groups, const int8_t *queries, size_t count, size_t width,
                        size_t dimensions, int adds, int32_t *out, size_t stride) {
  int32_t biases[QUERIES] = {0};
  size_t pitch = COG_GROUP * width;
  for (size_t q = 0; q < count && BIAS != 0; q++) biases[q] = -BIAS * sum_of(queries + q * width, dimensions);
  for (size_t g = 0; g < groups;) {
    // Few rows or few queries are taken one at a time.
    size_t taken = g + TILE <= groups ? TILE : 1;
    const int8_t *rows = packed + g * pitch;
    for (size_t q = 0; q < count; q += BLOCK) {
      size_t block = count - q < BLOCK ? count - q : BLOCK;
      const int8_t *at = queries + q * width;
      const int32_t *bias = biases + q;
      int32_t *to = out + q * stride + g * COG_GROUP;
      if (block == BLOCK && taken == TILE) {
        NAMED(tile)(rows, TILE, pitch, at, BLOCK, width, dimensions, bias, adds, to, stride);
      } else if (block == BLOCK) {
        NAMED(tile)(rows, 1, pitch, at, BLOCK, width, dimensions, bias, adds, to, stride);
      } else {
        for (size_t k = 0; k < block; k++, at += width, bias++, to += stride) {
          if (taken == TILE) NAMED(tile)(rows, TILE, pitch, at, 1, width, dimensions, bias, adds, to, stride);
          else NAMED(tile)(rows, 1, pitch, at, 1, width, dimensions, bias, adds, to, stride);
        }
      }
    }
    g += taken;
  }
}

static void NAMED(products)(const int8_t *packed, size_t groups, size_t width, const int8_t *queries, size_t count,
                            int32_t *out, size_t stride) {
  size_t d = 0;
  do {
    size_t dimensions = width - d < DIMENSIONS ? width - d : DIMENSIONS;
    for (size_t q = 0; q < count; q += QUERIES) {
      size_t block = count - q < QUERIES ? count - q : QUERIES;
      NAMED(part)(packed + d * COG_GROUP, groups, queries + q * width + d, block, width, dimensions, d > 0,
                  out + q * stride, stride);
    }
    d += DIMENSIONS;
  } while (d < width);
}
