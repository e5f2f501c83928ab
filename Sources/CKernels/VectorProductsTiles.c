#define _DEFAULT_SOURCE
#include "VectorProductsTiles.h"

#ifdef COG_TILES
#include <immintrin.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

// A tile has 16 lines of 64 bytes. One of rows is 64 dimensions of a group just as it is packed; one of queries has 64
// dimensions of 16 queries; their product 16 sums for each of 16 queries. Two by two are multiplied at once, so that each
// load serves two products.

#define TILES __attribute__((target("amx-tile,amx-int8")))
#define LINES COG_TILE_LINES
#define STEP 64
#define BYTES (LINES * STEP)
/// Dimensions and queries of a block: what is packed of it stays in the second cache while rows go by.
#define DIMENSIONS 512
#define QUERIES 128

int cog_has_tiles(void) {
  // 1 no, 2 yes. The system grants the registers, of 8 KiB a thread, to a process that asks.
  static atomic_int known;
  int state = atomic_load_explicit(&known, memory_order_relaxed);
  if (state == 0) {
    enum { request = 0x1023, tile_data = 18 };
    state = __builtin_cpu_supports("amx-int8") && syscall(SYS_arch_prctl, request, tile_data) == 0 ? 2 : 1;
    atomic_store_explicit(&known, state, memory_order_relaxed);
  }
  return state == 2;
}

/// Some dimensions of queries and of rows.
typedef struct {
  size_t dimensions;
  /// Tiles of all dimensions, the last one filled up with zeros.
  size_t steps;
  /// Bytes of a group, of all dimensions.
  size_t pitch;
  /// Bytes from one line of a query tile to the next, from one tile of the same queries to the next, and to the next 16.
  size_t line, step, next;
  /// Query tiles, those of 16 queries behind one another; an even count of them.
  _Alignas(64) int8_t queries[QUERIES * DIMENSIONS];
  /// The last tile of the two groups at hand, where it is not a whole one.
  _Alignas(64) int8_t ends[2 * BYTES];
} block;

/// Queries whose tiles can be loaded where they are: whole ones that lie close together.
static size_t in_place(block *own, size_t count, size_t width) {
  if (width > DIMENSIONS || width % STEP != 0) return 0;
  own->line = width, own->step = STEP, own->next = LINES * width;
  return count / (2 * LINES) * (2 * LINES);
}

static void pack(block *own, const int8_t *queries, size_t count, size_t width) {
  own->line = STEP, own->step = BYTES, own->next = own->steps * BYTES;
  memset(own->queries, 0, (count + 2 * LINES - 1) / (2 * LINES) * 2 * own->next);
  for (size_t q = 0; q < count; q++) {
    int8_t *to = own->queries + q / LINES * own->next + q % LINES * STEP;
    const int8_t *from = queries + q * width;
    size_t d = 0;
    for (; d + STEP <= own->dimensions; d += STEP) memcpy(to + d * LINES, from + d, STEP);
    memcpy(to + d * LINES, from + d, own->dimensions - d);
  }
}

/// 32 queries and one group or two. Adds to what `out` has when `adds`.
static TILES inline __attribute__((always_inline)) void multiply(const block *own, const int8_t *queries,
                                                                 const int8_t *rows, const int pair, int adds,
                                                                 int32_t *out, size_t stride) {
  size_t line = stride * sizeof *out, whole = own->dimensions / STEP;
  const int8_t *others = queries + own->next;
  if (adds) {
    _tile_loadd(0, out, line);
    _tile_loadd(2, out + LINES * stride, line);
    if (pair) {
      _tile_loadd(1, out + LINES, line);
      _tile_loadd(3, out + LINES * stride + LINES, line);
    }
  } else {
    _tile_zero(0);
    _tile_zero(1);
    _tile_zero(2);
    _tile_zero(3);
  }
  for (size_t step = 0; step < own->steps; step++) {
    const int8_t *here = rows + step * BYTES, *next = here + own->pitch;
    if (step == whole) here = own->ends, next = own->ends + BYTES;
    _tile_loadd(4, queries + step * own->step, own->line);
    _tile_loadd(5, here, STEP);
    _tile_loadd(6, others + step * own->step, own->line);
    _tile_dpbssd(0, 4, 5);
    _tile_dpbssd(2, 6, 5);
    if (pair) {
      _tile_loadd(7, next, STEP);
      _tile_dpbssd(1, 4, 7);
      _tile_dpbssd(3, 6, 7);
    }
  }
  _tile_stored(0, out, line);
  _tile_stored(2, out + LINES * stride, line);
  if (pair) {
    _tile_stored(1, out + LINES, line);
    _tile_stored(3, out + LINES * stride + LINES, line);
  }
}

static TILES void four(const block *own, const int8_t *queries, const int8_t *rows, int adds, int32_t *out,
                       size_t stride) {
  multiply(own, queries, rows, 1, adds, out, stride);
}

static TILES void two(const block *own, const int8_t *queries, const int8_t *rows, int adds, int32_t *out,
                      size_t stride) {
  multiply(own, queries, rows, 0, adds, out, stride);
}

/// Some queries and all groups.
static TILES void products(block *own, const int8_t *packed, size_t groups, const int8_t *tiles, size_t count, int adds,
                           int32_t *out, size_t stride) {
  int32_t aside[4 * LINES * LINES];
  size_t whole = own->dimensions / STEP * STEP, rest = (own->dimensions - whole) * LINES;
  memset(own->ends, 0, rest > 0 ? sizeof own->ends : 0);
  for (size_t g = 0; g < groups; g += 2) {
    const int8_t *rows = packed + g * own->pitch;
    size_t taken = groups - g < 2 ? 1 : 2;
    for (size_t i = 0; i < taken && rest > 0; i++)
      memcpy(own->ends + i * BYTES, rows + i * own->pitch + whole * LINES, rest);
    for (size_t first = 0; first < count; first += 2 * LINES) {
      const int8_t *queries = tiles + first / LINES * own->next;
      int32_t *to = out + first * stride + g * LINES;
      int some = count - first < 2 * LINES;
      // What lies beyond the last query is not the caller's.
      (taken == 2 ? four : two)(own, queries, rows, adds && !some, some ? aside : to, some ? 2 * LINES : stride);
      for (size_t q = 0; q < count - first && some; q++)
        for (size_t r = 0; r < taken * LINES; r++)
          to[q * stride + r] = (adds ? to[q * stride + r] : 0) + aside[q * 2 * LINES + r];
    }
  }
}

TILES void cog_vectors_products_tiles(const int8_t *packed, size_t groups, size_t width, const int8_t *queries,
                                      size_t count, int32_t *out, size_t stride) {
  struct {
    uint8_t palette, start, reserved[14];
    uint16_t bytes[16];
    uint8_t lines[16];
  } shape = {.palette = 1};
  for (int tile = 0; tile < 8; tile++) shape.bytes[tile] = STEP, shape.lines[tile] = LINES;
  _tile_loadconfig(&shape);
  block own;
  own.pitch = LINES * width;
  size_t d = 0;
  do {
    own.dimensions = width - d < DIMENSIONS ? width - d : DIMENSIONS;
    own.steps = (own.dimensions + STEP - 1) / STEP;
    size_t q = in_place(&own, count, width);
    if (q > 0) products(&own, packed, groups, queries, q, 0, out, stride);
    for (; q < count; q += QUERIES) {
      size_t some = count - q < QUERIES ? count - q : QUERIES;
      pack(&own, queries + q * width + d, some, width);
      products(&own, packed + d * LINES, groups, own.queries, some, d > 0, out + q * stride, stride);
    }
    d += DIMENSIONS;
  } while (d < width);
  _tile_release();
}
#endif
