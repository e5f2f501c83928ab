#include "EncoderLayer.h"

#include <math.h>
#include <string.h>

// Multiplied and added one after the other, never at once: sums are to be the same on every processor.
#pragma STDC FP_CONTRACT OFF

/// Rows whose sums stay in registers while the numbers of a panel go by.
#define ROWS 6
#define LONGEST_WINDOW 64
#define INLINE static inline __attribute__((always_inline))

// Vectors are passed between functions that are one in the end.
#pragma clang diagnostic ignored "-Wpsabi"
typedef float eight __attribute__((vector_size(32)));

INLINE eight load(const float *from) {
  eight value;
  memcpy(&value, from, sizeof value);
  return value;
}

INLINE void store(float *to, eight value) { memcpy(to, &value, sizeof value); }

INLINE float sum(eight v) { return ((v[0] + v[4]) + (v[2] + v[6])) + ((v[1] + v[5]) + (v[3] + v[7])); }

/// e to the power of x, to 2 units in the last place; 0 below -87 (Cody and Waite, 1980).
INLINE float power(float x) {
  // In this order what is no number is -87, as no whole number could be made of it.
  float capped = x > -87.0f ? (x < 87.0f ? x : 87.0f) : -87.0f;
  float whole = (capped * 1.44269504f + 12582912.0f) - 12582912.0f;
  float rest = (capped - whole * 0.693359375f) + whole * 2.12194440e-4f;
  float series = 1.9875691500e-4f;
  series = series * rest + 1.3981999507e-3f;
  series = series * rest + 8.3334519073e-3f;
  series = series * rest + 4.1665795894e-2f;
  series = series * rest + 1.6666665459e-1f;
  series = series * rest + 5.0000001201e-1f;
  series = series * (rest * rest) + rest + 1.0f;
  uint32_t bits = (uint32_t)((int32_t)whole + 127) << 23;
  float scale;
  memcpy(&scale, &bits, sizeof scale);
  return x < -87.0f ? 0.0f : series * scale;
}

INLINE void panel_rows(const float *rows, size_t inner, const float *panel, const float *bias, float *out,
                       size_t columns, int count) {
  eight sums[ROWS][2];
  for (int r = 0; r < count; r++) {
    sums[r][0] = load(bias);
    sums[r][1] = load(bias + 8);
  }
  for (size_t k = 0; k < inner; k++) {
    eight one = load(panel + k * COG_PANEL), other = load(panel + k * COG_PANEL + 8);
    for (int r = 0; r < count; r++) {
      float value = rows[(size_t)r * inner + k];
      sums[r][0] += value * one;
      sums[r][1] += value * other;
    }
  }
  for (int r = 0; r < count; r++) {
    store(out + (size_t)r * columns, sums[r][0]);
    store(out + (size_t)r * columns + 8, sums[r][1]);
  }
}

/// `columns` numbers for each row of `inner`. `weights` are panels, then the bias; returns what follows them.
INLINE const float *dense(const float *rows, size_t count, size_t inner, const float *weights, size_t columns,
                          float *out) {
  const float *bias = weights + inner * columns;
  for (size_t column = 0; column < columns; column += COG_PANEL) {
    const float *panel = weights + column * inner;
    size_t row = 0;
    for (; row + ROWS <= count; row += ROWS)
      panel_rows(rows + row * inner, inner, panel, bias + column, out + row * columns + column, columns, ROWS);
    for (; row < count; row++)
      panel_rows(rows + row * inner, inner, panel, bias + column, out + row * columns + column, columns, 1);
  }
  return bias + columns;
}

INLINE void normalise(float *rows, size_t count, size_t width, const float *weight, const float *bias) {
  for (size_t r = 0; r < count; r++) {
    float *row = rows + r * width;
    eight total = {0}, square = {0};
    for (size_t k = 0; k < width; k += 8) total += load(row + k);
    float mean = sum(total) / (float)width;
    for (size_t k = 0; k < width; k += 8) {
      eight off = load(row + k) - mean;
      square += off * off;
    }
    float scale = 1.0f / sqrtf(sum(square) / (float)width + 1e-12f);
    for (size_t k = 0; k < width; k += 8)
      store(row + k, (load(row + k) - mean) * scale * load(weight + k) + load(bias + k));
  }
}

/// What the rows of a window see of one another. `mixed` has query, key and value of each.
INLINE void attention(const float *mixed, size_t count, cog_layer_size size, float *out) {
  size_t wide = size.width / size.heads, stride = 3 * size.width;
  float scale = 1.0f / sqrtf((float)wide), share[LONGEST_WINDOW];
  for (size_t head = 0; head < size.heads; head++) {
    const float *queries = mixed + head * wide, *keys = queries + size.width, *values = keys + size.width;
    for (size_t i = 0; i < count; i++) {
      float largest = -INFINITY;
      for (size_t j = 0; j < count; j++) {
        eight products = {0};
        for (size_t k = 0; k < wide; k += 8) products += load(queries + i * stride + k) * load(keys + j * stride + k);
        share[j] = sum(products) * scale;
        largest = share[j] > largest ? share[j] : largest;
      }
      float total = 0;
      for (size_t j = 0; j < count; j++) share[j] = power(share[j] - largest);
      for (size_t j = 0; j < count; j++) total += share[j];
      for (size_t k = 0; k < wide; k += 8) {
        eight seen = {0};
        for (size_t j = 0; j < count; j++) seen += share[j] * load(values + j * stride + k);
        store(out + i * size.width + head * wide + k, seen / total);
      }
    }
  }
}

INLINE void layer(cog_layer_size size, const float *weights, float *rows, const uint32_t *ends, size_t windows,
                  float *scratch) {
  size_t count = windows ? ends[windows - 1] : 0, width = size.width, wide = 3 * width;
  if (wide < size.inner) wide = size.inner;
  float *mixed = scratch, *seen = scratch + count * wide;
  const float *next = dense(rows, count, width, weights, 3 * width, mixed);
  for (size_t w = 0, start = 0; w < windows; start = ends[w++])
    attention(mixed + start * 3 * width, ends[w] - start, size, seen + start * width);
  next = dense(seen, count, width, next, width, mixed);
  for (size_t k = 0; k < count * width; k++) rows[k] += mixed[k];
  normalise(rows, count, width, next, next + width);
  next = dense(rows, count, width, next + 2 * width, size.inner, mixed);
  // Gaussian error linear unit by its logistic form (Hendrycks and Gimpel, 2016).
  for (size_t k = 0; k < count * size.inner; k++) {
    float x = mixed[k];
    mixed[k] = x / (1.0f + power(-1.5957691f * x * (1.0f + 0.044715f * x * x)));
  }
  next = dense(mixed, count, size.inner, next, width, seen);
  for (size_t k = 0; k < count * width; k++) rows[k] += seen[k];
  normalise(rows, count, width, next, next + width);
}

#if defined(__x86_64__)
__attribute__((target("avx2"))) static void layer_avx2(cog_layer_size size, const float *weights, float *rows,
                                                       const uint32_t *ends, size_t windows, float *scratch) {
  layer(size, weights, rows, ends, windows, scratch);
}
#endif

void cog_layer_apply(cog_layer_size size, const float *weights, float *rows, const uint32_t *ends, size_t windows,
                     float *scratch) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2")) return layer_avx2(size, weights, rows, ends, windows, scratch);
#endif
  layer(size, weights, rows, ends, windows, scratch);
}

size_t cog_layer_floats(cog_layer_size size) {
  size_t w = size.width, i = size.inner;
  return (w + 1) * 3 * w + (w + 1) * w + 2 * w + (w + 1) * i + (i + 1) * w + 2 * w;
}

size_t cog_layer_scratch(cog_layer_size size, size_t rows) {
  size_t wide = 3 * size.width > size.inner ? 3 * size.width : size.inner;
  return rows * (wide + size.width);
}

void cog_rows_normalise(float *rows, size_t count, size_t width, const float *weight, const float *bias) {
  normalise(rows, count, width, weight, bias);
}
