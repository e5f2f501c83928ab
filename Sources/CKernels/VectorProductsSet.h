// The products of VectorProducts.c with one set of instructions; SET is its name. Of the including file: VECTOR, a
// register; PARTS, registers of a group's four dimensions; TILE, groups taken together; BLOCK, queries taken together;
// STORE and FILLED, what they say; ROWS(at), the rows as the multiplication wants them; and
// ADD(sum, rows, query). BIAS is what each value of a row was raised by.

static inline __attribute__((always_inline)) void NAMED(tile)(const int8_t *packed, const size_t groups, size_t width,
                                                              const int8_t *queries, const size_t count,
                                                              const int32_t *bias, int32_t *out, size_t stride) {
  VECTOR sums[BLOCK][TILE * PARTS];
#pragma clang loop unroll(full)
  for (size_t q = 0; q < count; q++)
#pragma clang loop unroll(full)
    for (size_t g = 0; g < groups * PARTS; g++) sums[q][g] = FILLED(bias[q]);
  for (size_t d = 0; d < width; d += 4) {
    VECTOR rows[TILE * PARTS];
#pragma clang loop unroll(full)
    for (size_t g = 0; g < groups; g++)
#pragma clang loop unroll(full)
      for (size_t p = 0; p < PARTS; p++)
        rows[g * PARTS + p] = ROWS(packed + g * COG_GROUP * width + d * COG_GROUP + p * sizeof(VECTOR));
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

static void NAMED(products)(const int8_t *packed, size_t groups, size_t width, const int8_t *queries, size_t count,
                            int32_t *out, size_t stride) {
  for (size_t q = 0; q < count; q += BLOCK) {
    size_t block = count - q < BLOCK ? count - q : BLOCK;
    const int8_t *at = queries + q * width;
    int32_t *to = out + q * stride, bias[BLOCK] = {0};
    for (size_t k = 0; k < block && BIAS != 0; k++) bias[k] = -BIAS * sum_of(at + k * width, width);
    for (size_t g = 0; g < groups;) {
      // Few rows or few queries are taken one at a time.
      size_t taken = g + TILE <= groups ? TILE : 1;
      const int8_t *rows = packed + g * COG_GROUP * width;
      int32_t *here = to + g * COG_GROUP;
      if (block == BLOCK && taken == TILE) {
        NAMED(tile)(rows, TILE, width, at, BLOCK, bias, here, stride);
      } else if (block == BLOCK) {
        NAMED(tile)(rows, 1, width, at, BLOCK, bias, here, stride);
      } else {
        for (size_t k = 0; k < block; k++) {
          if (taken == TILE) NAMED(tile)(rows, TILE, width, at + k * width, 1, bias + k, here + k * stride, stride);
          else NAMED(tile)(rows, 1, width, at + k * width, 1, bias + k, here + k * stride, stride);
        }
      }
      g += taken;
    }
  }
}
