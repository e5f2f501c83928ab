#include "NameDistance.h"

#include <stdlib.h>
#include <string.h>

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "a bit's place in a lane is reckoned from the lowest byte");

/// Candidates of a block at most: lanes of one byte.
#define MOST_LANES 32
/// The first rows of a block: zeros, for bytes that no candidate has; the candidates' lengths; the highest bit of each.
#define ROW_OF_NONE 0
#define ROW_OF_LENGTHS 1
#define ROW_OF_TOPS 2
#define FIRST_ROW 3

/// Queries that go through a block while it is near.
#define QUERIES 64

typedef struct {
  uint32_t first; ///< Its first candidate, in order of length.
  uint16_t count; ///< Its candidates.
  uint16_t bits;  ///< Bits of a lane.
} block;

struct cog_name_index {
  size_t count;
  size_t blocks;
  uint16_t row_of_byte[256]; ///< ROW_OF_NONE for a byte that no candidate has.
  size_t row_count;
  block *block;
  uint32_t *order;  ///< Candidates in order of length.
  uint8_t *lengths; ///< By place in that order.
  uint8_t *rows;    ///< By block, by row: 32 bytes.
};

// Without branches, so that it is done for several lanes at once; what a division by zero gives is not taken.
static inline double winkler(int matches, int crossed, int left, int right, int prefix) {
  double m = matches;
  double jaro = (m / left + m / right + (m - crossed / 2) / m) / 3;
  double similarity = jaro <= 0.7 ? jaro : jaro + prefix * 0.1 * (1 - jaro);
  double unmatched = left + right == 0 ? 1 : 0;
  return matches == 0 ? unmatched : similarity;
}

#define PASTE_(a, b, c) a##_##b##_##c
#define PASTE(a, b, c) PASTE_(a, b, c)
#define BLOCK_(a) block_##a
#define BLOCK(a) BLOCK_(a)

#define SET baseline
#include "NameDistanceSet.h"
#undef SET

#if defined(__x86_64__) && defined(__clang__)
#define COG_HAS_AVX2 1
#pragma clang attribute push(__attribute__((target("avx2"))), apply_to = function)
#define SET avx2
#include "NameDistanceSet.h"
#undef SET
#pragma clang attribute pop
#endif

static unsigned lane_bits(unsigned length) { return length <= 8 ? 8 : length <= 16 ? 16 : length <= 32 ? 32 : 64; }

static unsigned limited(const uint32_t *offsets, size_t text) {
  uint32_t length = offsets[text + 1] - offsets[text];
  return length < COG_NAME_LIMIT ? length : COG_NAME_LIMIT;
}

/// Puts the candidates in order of length, and those of one width of lane side by side in blocks.
static void arrange(cog_name_index *index, const uint32_t *offsets) {
  size_t starts[COG_NAME_LIMIT + 2] = {0};
  for (size_t text = 0; text < index->count; text++) starts[limited(offsets, text) + 1]++;
  for (int length = 0; length <= COG_NAME_LIMIT; length++) starts[length + 1] += starts[length];
  for (size_t text = 0; text < index->count; text++) {
    unsigned length = limited(offsets, text);
    size_t place = starts[length]++;
    index->order[place] = (uint32_t)text;
    index->lengths[place] = (uint8_t)length;
  }
  for (size_t place = 0; place < index->count;) {
    unsigned bits = lane_bits(index->lengths[place]);
    size_t end = place, most = place + 256 / bits;
    while (end < index->count && end < most && lane_bits(index->lengths[end]) == bits) end++;
    index->block[index->blocks++] = (block){(uint32_t)place, (uint16_t)(end - place), (uint16_t)bits};
    place = end;
  }
}

/// Sets bits of a lane, which is little-endian as the vectors of the machine are.
static void put(uint8_t *rows, size_t row, unsigned lane, unsigned bits, uint64_t set) {
  uint8_t *at = rows + 32 * row + lane * (bits / 8);
  uint64_t word = 0;
  memcpy(&word, at, bits / 8);
  word |= set;
  memcpy(at, &word, bits / 8);
}

cog_name_index *cog_name_index_make(const uint8_t *bytes, const uint32_t *offsets, size_t count) {
  cog_name_index *index = calloc(1, sizeof *index);
  if (index == NULL) return NULL;
  index->count = count;
  index->block = calloc(count + 1, sizeof *index->block);
  index->order = calloc(count + 1, sizeof *index->order);
  index->lengths = calloc(count + 1, 1);
  if (index->block == NULL || index->order == NULL || index->lengths == NULL) {
    cog_name_index_free(index);
    return NULL;
  }
  arrange(index, offsets);
  index->row_count = FIRST_ROW;
  for (size_t text = 0; text < count; text++) {
    for (unsigned position = 0; position < limited(offsets, text); position++) {
      uint16_t *row = &index->row_of_byte[bytes[offsets[text] + position]];
      if (*row == 0) *row = (uint16_t)index->row_count++;
    }
  }
  index->rows = calloc(index->blocks * index->row_count + 1, 32);
  if (index->rows == NULL) {
    cog_name_index_free(index);
    return NULL;
  }
  for (size_t number = 0; number < index->blocks; number++) {
    const block *own = &index->block[number];
    uint8_t *rows = index->rows + number * index->row_count * 32;
    for (unsigned lane = 0; lane < own->count; lane++) {
      const uint8_t *text = bytes + offsets[index->order[own->first + lane]];
      unsigned length = index->lengths[own->first + lane];
      for (unsigned position = 0; position < length; position++)
        put(rows, index->row_of_byte[text[position]], lane, own->bits, (uint64_t)1 << position);
      put(rows, ROW_OF_LENGTHS, lane, own->bits, length);
      put(rows, ROW_OF_TOPS, lane, own->bits, length ? (uint64_t)1 << (length - 1) : 0);
    }
  }
  return index;
}

void cog_name_index_free(cog_name_index *index) {
  if (index == NULL) return;
  free(index->block);
  free(index->order);
  free(index->lengths);
  free(index->rows);
  free(index);
}

typedef void (*block_kernel)(const uint8_t *rows, const uint16_t *query, size_t count, cog_name_measure measure,
                             unsigned bits, float *out);

static int compare(const cog_name_index *index, cog_name_measure measure, const uint8_t *bytes, const uint32_t *offsets,
                   size_t count, float *out, block_kernel kernel) {
  uint16_t(*queries)[COG_NAME_LIMIT] = malloc(QUERIES * sizeof *queries);
  if (queries == NULL) return 0;
  float found[MOST_LANES];
  for (size_t first = 0; first < count; first += QUERIES) {
    size_t here = count - first < QUERIES ? count - first : QUERIES;
    for (size_t query = 0; query < here; query++) {
      const uint8_t *text = bytes + offsets[first + query];
      for (unsigned position = 0; position < limited(offsets, first + query); position++)
        queries[query][position] = index->row_of_byte[text[position]];
    }
    for (size_t number = 0; number < index->blocks; number++) {
      const block *own = &index->block[number];
      const uint8_t *rows = index->rows + number * index->row_count * 32;
      for (size_t query = 0; query < here; query++) {
        kernel(rows, queries[query], limited(offsets, first + query), measure, own->bits, found);
        float *line = out + (first + query) * index->count;
        for (unsigned lane = 0; lane < own->count; lane++) line[index->order[own->first + lane]] = found[lane];
      }
    }
  }
  free(queries);
  return 1;
}

int cog_name_compare_baseline(const cog_name_index *index, cog_name_measure measure, const uint8_t *bytes,
                              const uint32_t *offsets, size_t count, float *out) {
  return compare(index, measure, bytes, offsets, count, out, block_baseline);
}

int cog_name_compare(const cog_name_index *index, cog_name_measure measure, const uint8_t *bytes,
                     const uint32_t *offsets, size_t count, float *out) {
#ifdef COG_HAS_AVX2
  if (__builtin_cpu_supports("avx2")) return compare(index, measure, bytes, offsets, count, out, block_avx2);
#endif
  return compare(index, measure, bytes, offsets, count, out, block_baseline);
}

static unsigned least(unsigned one, unsigned other) { return one < other ? one : other; }

static float edit_scalar(int swaps, const uint8_t *left, unsigned m, const uint8_t *right, unsigned n) {
  unsigned cost[COG_NAME_LIMIT + 1][COG_NAME_LIMIT + 1];
  for (unsigned i = 0; i <= m; i++) cost[i][0] = i;
  for (unsigned j = 0; j <= n; j++) cost[0][j] = j;
  for (unsigned i = 1; i <= m; i++) {
    for (unsigned j = 1; j <= n; j++) {
      cost[i][j] = least(least(cost[i - 1][j], cost[i][j - 1]) + 1, cost[i - 1][j - 1] + (left[i - 1] != right[j - 1]));
      if (swaps && i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
        cost[i][j] = least(cost[i][j], cost[i - 2][j - 2] + 1);
    }
  }
  return (float)cost[m][n];
}

static float jaro_scalar(const uint8_t *left, unsigned m, const uint8_t *right, unsigned n) {
  unsigned longer = m > n ? m : n, window = longer / 2 > 1 ? longer / 2 - 1 : 0;
  uint8_t taken[COG_NAME_LIMIT] = {0}, partner[COG_NAME_LIMIT] = {0};
  unsigned matches = 0, crossed = 0, prefix = 0;
  for (unsigned j = 0; j < n; j++) {
    for (unsigned i = j > window ? j - window : 0; i < m && i <= j + window; i++) {
      if (taken[i] || left[i] != right[j]) continue;
      taken[i] = partner[j] = 1;
      matches++;
      break;
    }
  }
  for (unsigned i = 0, j = 0; j < n; j++) {
    if (!partner[j]) continue;
    while (!taken[i]) i++;
    crossed += left[i++] != right[j];
  }
  while (prefix < 4 && prefix < m && prefix < n && left[prefix] == right[prefix]) prefix++;
  return (float)winkler((int)matches, (int)crossed, (int)m, (int)n, (int)prefix);
}

float cog_name_compare_scalar(cog_name_measure measure, const uint8_t *left, size_t left_count, const uint8_t *right,
                              size_t right_count) {
  unsigned m = (unsigned)(left_count < COG_NAME_LIMIT ? left_count : COG_NAME_LIMIT);
  unsigned n = (unsigned)(right_count < COG_NAME_LIMIT ? right_count : COG_NAME_LIMIT);
  if (measure == COG_JARO_WINKLER) return jaro_scalar(left, m, right, n);
  return edit_scalar(measure == COG_STRING_ALIGNMENT, left, m, right, n);
}
