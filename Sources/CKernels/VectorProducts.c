#include "VectorProducts.h"

#include <string.h>

#include "VectorProductsTiles.h"

#ifdef COG_TILES
_Static_assert(COG_TILE_LINES == COG_GROUP, "a tile of rows is a group as it is packed");
#endif

void cog_vectors_pack(const int8_t *rows, size_t count, size_t width, int8_t *packed) {
  for (size_t first = 0; first < count; first += COG_GROUP) {
    for (size_t r = 0; r < COG_GROUP; r++) {
      int8_t *to = packed + first * width + 4 * r;
      for (size_t d = 0; d < width; d += 4) {
        int8_t *four = to + d * COG_GROUP;
        if (first + r < count) memcpy(four, rows + (first + r) * width + d, 4);
        else memset(four, 0, 4);
      }
    }
  }
}

void cog_vectors_products_scalar(const int8_t *packed, size_t groups, size_t width, const int8_t *queries, size_t count,
                                 int32_t *out, size_t stride) {
  for (size_t q = 0; q < count; q++) {
    for (size_t row = 0; row < groups * COG_GROUP; row++) {
      const int8_t *at = packed + row / COG_GROUP * COG_GROUP * width + row % COG_GROUP * 4;
      int32_t sum = 0;
      for (size_t d = 0; d < width; d++) sum += queries[q * width + d] * at[d / 4 * 4 * COG_GROUP + d % 4];
      out[q * stride + row] = sum;
    }
  }
}

#if defined(__x86_64__) && defined(__clang__)
#include <immintrin.h>

#define PASTE_(a, b) a##_##b
#define PASTE(a, b) PASTE_(a, b)
#define NAMED(function) PASTE(function, SET)

/// Dimensions and queries that stay in the nearest caches while rows go by.
#define DIMENSIONS 512
#define QUERIES 64

static int32_t sum_of(const int8_t *values, size_t count) {
  int32_t sum = 0;
  for (size_t i = 0; i < count; i++) sum += values[i];
  return sum;
}

// Bytes are multiplied in pairs whose sum is of 16 bits: the one factor has no sign, so that of each row's value is given
// to the query's. 2 * 127 * 127 fits.
#pragma clang attribute push(__attribute__((target("avx2"))), apply_to = function)
static inline __attribute__((always_inline)) __m256i add_avx2(__m256i sum, __m256i rows, __m256i query) {
  __m256i pairs = _mm256_maddubs_epi16(_mm256_abs_epi8(query), _mm256_sign_epi8(rows, query));
  return _mm256_add_epi32(sum, _mm256_madd_epi16(pairs, _mm256_set1_epi16(1)));
}
#define SET avx2
#define VECTOR __m256i
#define PARTS 2
#define TILE 1
#define BLOCK 4
#define BIAS 0
#define FILLED _mm256_set1_epi32
#define ROWS(at) _mm256_loadu_si256((const __m256i *)(at))
#define STORE(at, value) _mm256_storeu_si256((__m256i *)(at), value)
#define LOAD(at) _mm256_loadu_si256((const __m256i *)(at))
#define SUM _mm256_add_epi32
#define ADD add_avx2
#include "VectorProductsSet.h"
#undef SET
#undef BLOCK
#undef BIAS
#undef ROWS
#undef ADD
#pragma clang attribute pop

// VNNI multiplies bytes without sign by bytes with one: 128 is added to the rows, and taken off again by the bias.
#pragma clang attribute push(__attribute__((target("avx2,avxvnni"))), apply_to = function)
#define SET avxvnni
#define BLOCK 6
#define BIAS 128
#define ROWS(at) _mm256_xor_si256(_mm256_loadu_si256((const __m256i *)(at)), _mm256_set1_epi8(-128))
#define ADD _mm256_dpbusd_avx_epi32
#include "VectorProductsSet.h"
#undef SET
#undef VECTOR
#undef PARTS
#undef TILE
#undef BLOCK
#undef FILLED
#undef ROWS
#undef STORE
#undef LOAD
#undef SUM
#undef ADD
#pragma clang attribute pop

#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512vnni"))), apply_to = function)
#define SET avx512vnni
#define VECTOR __m512i
#define PARTS 1
#define TILE 3
#define BLOCK 8
#define FILLED _mm512_set1_epi32
#define ROWS(at) _mm512_xor_si512(_mm512_loadu_si512(at), _mm512_set1_epi8(-128))
#define STORE(at, value) _mm512_storeu_si512(at, value)
#define LOAD(at) _mm512_loadu_si512(at)
#define SUM _mm512_add_epi32
#define ADD _mm512_dpbusd_epi32
#include "VectorProductsSet.h"
#pragma clang attribute pop

int cog_vectors_products_with(int set, const int8_t *packed, size_t groups, size_t width, const int8_t *queries,
                              size_t count, int32_t *out, size_t stride) {
  if (set == 0 && __builtin_cpu_supports("avx2")) {
    products_avx2(packed, groups, width, queries, count, out, stride);
  } else if (set == 1 && __builtin_cpu_supports("avxvnni")) {
    products_avxvnni(packed, groups, width, queries, count, out, stride);
  } else if (set == 2 && __builtin_cpu_supports("avx512vnni") && __builtin_cpu_supports("avx512bw")) {
    products_avx512vnni(packed, groups, width, queries, count, out, stride);
#ifdef COG_TILES
  } else if (set == 3 && cog_has_tiles()) {
    cog_vectors_products_tiles(packed, groups, width, queries, count, out, stride);
#endif
  } else {
    return 0;
  }
  return 1;
}
#else
int cog_vectors_products_with(int set, const int8_t *packed, size_t groups, size_t width, const int8_t *queries,
                              size_t count, int32_t *out, size_t stride) {
  (void)set, (void)packed, (void)groups, (void)width, (void)queries, (void)count, (void)out, (void)stride;
  return 0;
}
#endif

void cog_vectors_products(const int8_t *packed, size_t groups, size_t width, const int8_t *queries, size_t count,
                          int32_t *out, size_t stride) {
  // A few queries do not fill a tile.
  for (int set = count < 8 ? 2 : 3; set >= 0; set--)
    if (cog_vectors_products_with(set, packed, groups, width, queries, count, out, stride)) return;
  cog_vectors_products_scalar(packed, groups, width, queries, count, out, stride);
}
