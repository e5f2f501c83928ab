#include "ByteRows.h"

// Multiplied and added one after the other, never at once: sums are to be the same on every processor.
#pragma STDC FP_CONTRACT OFF

/// Columns whose sums stay in registers while rows go by.
#define COLUMNS 128

static inline __attribute__((always_inline)) void rows_loop(const int8_t *rows, size_t width, const uint32_t *places,
                                                            const float *weights, size_t count, float *sums) {
  size_t column = 0;
  for (; column + COLUMNS <= width; column += COLUMNS) {
    float own[COLUMNS];
    for (size_t k = 0; k < COLUMNS; k++) own[k] = sums[column + k];
    for (size_t i = 0; i < count; i++) {
      const int8_t *row = rows + places[i] * width + column;
      float weight = weights[i];
      for (size_t k = 0; k < COLUMNS; k++) own[k] += weight * (float)row[k];
    }
    for (size_t k = 0; k < COLUMNS; k++) sums[column + k] = own[k];
  }
  for (size_t i = 0; i < count; i++)
    for (size_t k = column; k < width; k++) sums[k] += weights[i] * (float)rows[places[i] * width + k];
}

#if defined(__x86_64__)
__attribute__((target("avx512f,avx512bw"))) static void rows_avx512(const int8_t *rows, size_t width,
                                                                    const uint32_t *places, const float *weights,
                                                                    size_t count, float *sums) {
  rows_loop(rows, width, places, weights, count, sums);
}

__attribute__((target("avx2"))) static void rows_avx2(const int8_t *rows, size_t width, const uint32_t *places,
                                                      const float *weights, size_t count, float *sums) {
  rows_loop(rows, width, places, weights, count, sums);
}
#endif

void cog_byte_rows_add(const int8_t *rows, size_t width, const uint32_t *places, const float *weights, size_t count,
                       float *sums) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512bw")) return rows_avx512(rows, width, places, weights, count, sums);
  if (__builtin_cpu_supports("avx2")) return rows_avx2(rows, width, places, weights, count, sums);
#endif
  rows_loop(rows, width, places, weights, count, sums);
}
