// Sorting and counting for KeySort.c with vectors of 64 bytes.
//
// Quicksort (Hoare, 1961) that counts as it goes: keys equal to a pivot are only counted, so that what occurs often leaves
// in the first rounds, and each part below comes out in order behind the last. Compressing stores part 16 keys without a
// branch (Gueron and Krasnov, 2016; Bramas, 2017). Keys are hashes, so that the middle of a part's range is as good a pivot
// as any; where many are alike, the median of 16 is better. Parts of up to 32 keys are collected, and sixteen of them are
// sorted at once, each in a lane, by Green's network of 60 exchanges for 16 keys (1969) and Batcher's merge (1968): between
// lanes nothing has to move.

/// Where counted keys go: each with how many keys are before it, of which the counts are the differences.
typedef struct {
  uint32_t *keys, *places;
  size_t count;
} counted;

/// Keys of a part that fits in a lane.
#define FITS 32
/// Parts that wait to be sorted, in order. Before each there may be a pivot, with how often it occurred.
typedef struct {
  uint32_t keys[16][2 * FITS];
  uint32_t filled[16], pivot[16], pivots[16];
  unsigned lanes;
  /// How many keys are before these parts.
  uint32_t place;
} waiting;

/// Parts of more keys than this take the median of some as a pivot.
#define SAMPLED 2048
/// With more keys than this many are alike, in small parts as well: these take the median above so many.
#define MANY 65536
#define ALIKE 64
/// Levels of parts; each needs 16 keys of room. Deeper parts are sorted by the other way, whose time is linear.
#define DEEPEST 64

#define EXCHANGE(low, high)                       \
  do {                                            \
    __m512i own = low;                            \
    low = _mm512_min_epu32(own, high);            \
    high = _mm512_max_epu32(own, high);           \
  } while (0)
#define X(i, j) EXCHANGE(v[i], v[j])
#define UNROLLED _Pragma("clang loop unroll(full)")

/// Puts lane i of row j in lane j of row i.
static inline WIDE void transpose(__m512i r[16]) {
  __m512i a[16];
  UNROLLED for (int i = 0; i < 16; i += 2) {
    a[i] = _mm512_unpacklo_epi32(r[i], r[i + 1]);
    a[i + 1] = _mm512_unpackhi_epi32(r[i], r[i + 1]);
  }
  UNROLLED for (int i = 0; i < 16; i += 4) {
    r[i] = _mm512_unpacklo_epi64(a[i], a[i + 2]), r[i + 1] = _mm512_unpackhi_epi64(a[i], a[i + 2]);
    r[i + 2] = _mm512_unpacklo_epi64(a[i + 1], a[i + 3]), r[i + 3] = _mm512_unpackhi_epi64(a[i + 1], a[i + 3]);
  }
  UNROLLED for (int j = 0; j < 4; j++) {
    a[j] = _mm512_shuffle_i32x4(r[j], r[4 + j], 0x88), a[4 + j] = _mm512_shuffle_i32x4(r[j], r[4 + j], 0xDD);
    a[8 + j] = _mm512_shuffle_i32x4(r[8 + j], r[12 + j], 0x88);
    a[12 + j] = _mm512_shuffle_i32x4(r[8 + j], r[12 + j], 0xDD);
  }
  UNROLLED for (int j = 0; j < 4; j++) {
    r[j] = _mm512_shuffle_i32x4(a[j], a[8 + j], 0x88), r[8 + j] = _mm512_shuffle_i32x4(a[j], a[8 + j], 0xDD);
    r[4 + j] = _mm512_shuffle_i32x4(a[4 + j], a[12 + j], 0x88);
    r[12 + j] = _mm512_shuffle_i32x4(a[4 + j], a[12 + j], 0xDD);
  }
}

/// Sorts each lane of 16 rows.
static inline WIDE void sort_lanes(__m512i v[16]) {
  X(0, 1); X(2, 3); X(4, 5); X(6, 7); X(8, 9); X(10, 11); X(12, 13); X(14, 15);
  X(0, 2); X(4, 6); X(8, 10); X(12, 14); X(1, 3); X(5, 7); X(9, 11); X(13, 15);
  X(0, 4); X(8, 12); X(1, 5); X(9, 13); X(2, 6); X(10, 14); X(3, 7); X(11, 15);
  X(0, 8); X(1, 9); X(2, 10); X(3, 11); X(4, 12); X(5, 13); X(6, 14); X(7, 15);
  X(5, 10); X(6, 9); X(3, 12); X(13, 14); X(4, 8); X(7, 11); X(1, 2);
  X(1, 4); X(7, 13); X(2, 8); X(11, 14);
  X(2, 4); X(5, 6); X(9, 10); X(11, 13); X(3, 8); X(7, 12);
  X(6, 8); X(10, 12); X(3, 5); X(7, 9);
  X(3, 4); X(5, 6); X(7, 8); X(9, 10); X(11, 12);
  X(6, 7); X(8, 9);
}

/// Merges rows 0 to 15 with rows 16 to 31 in each lane.
static inline WIDE void merge_lanes(__m512i v[32]) {
  UNROLLED for (int i = 0; i < 16; i++) X(i, i + 16);
  UNROLLED for (int i = 8; i < 16; i++) X(i, i + 8);
  UNROLLED for (int i = 4; i < 28; i += 8) UNROLLED for (int j = i; j < i + 4; j++) X(j, j + 4);
  UNROLLED for (int i = 2; i < 30; i += 4) UNROLLED for (int j = i; j < i + 2; j++) X(j, j + 2);
  UNROLLED for (int i = 1; i < 31; i += 2) X(i, i + 1);
}

/// Writes those of 16 keys in order that differ from the one before; the first differs where `first` says so.
static inline WIDE size_t distinct_16(__m512i x, __m512i before, unsigned valid, unsigned first, uint32_t place,
                                      uint32_t *keys, uint32_t *places) {
  __m512i lane = _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  __m512i at = _mm512_add_epi32(lane, _mm512_set1_epi32((int)place));
  unsigned own = (_mm512_cmpneq_epi32_mask(x, _mm512_alignr_epi32(x, before, 15)) | first) & valid;
  _mm512_storeu_si512(keys, _mm512_maskz_compress_epi32((__mmask16)own, x));
  _mm512_storeu_si512(places, _mm512_maskz_compress_epi32((__mmask16)own, at));
  return (size_t)__builtin_popcount(own);
}

/// Sorts and counts the parts that wait.
static WIDE void settle(waiting *parts, counted *out) {
  __m512i none = _mm512_set1_epi32(-1), v[32];
  unsigned most = 0;
  for (unsigned i = parts->lanes; i < 16; i++) parts->filled[i] = 0;
  for (unsigned i = 0; i < 16; i++) most = parts->filled[i] > most ? parts->filled[i] : most;
  UNROLLED for (int i = 0; i < 16; i++) {
    v[i] = _mm512_mask_loadu_epi32(none, (__mmask16)_bzhi_u32(0xFFFF, parts->filled[i]), parts->keys[i]);
  }
  transpose(v);
  sort_lanes(v);
  if (most > 16) {
    UNROLLED for (int i = 0; i < 16; i++) {
      __mmask16 valid = (__mmask16)(_bzhi_u32(~0u, parts->filled[i]) >> 16);
      v[16 + i] = _mm512_mask_loadu_epi32(none, valid, parts->keys[i] + 16);
    }
    transpose(v + 16);
    sort_lanes(v + 16);
    merge_lanes(v);
    transpose(v + 16);
  }
  transpose(v);
  size_t to = out->count;
  uint32_t place = parts->place;
  for (unsigned i = 0; i < parts->lanes; i++) {
    unsigned count = parts->filled[i], valid = _bzhi_u32(~0u, count);
    out->keys[to] = parts->pivot[i];
    out->places[to] = place;
    to += parts->pivots[i] > 0;
    place += parts->pivots[i];
    to += distinct_16(v[i], none, valid & 0xFFFF, 1, place, out->keys + to, out->places + to);
    if (most > 16) {
      to += distinct_16(v[16 + i], v[i], valid >> 16, 0, place + 16, out->keys + to, out->places + to);
    }
    place += count;
  }
  parts->place = place;
  parts->lanes = 0;
  parts->pivots[0] = 0;
  out->count = to;
}

/// Lets the part in the next lane wait.
static inline WIDE void add_lane(waiting *parts, counted *out, size_t count) {
  parts->filled[parts->lanes++] = (uint32_t)count;
  if (parts->lanes == 16) settle(parts, out);
  parts->pivots[parts->lanes] = 0;
}

/// Lets at most `FITS` keys wait.
static inline WIDE void add_part(const uint32_t *keys, size_t count, waiting *parts, counted *out) {
  for (int i = 0; i < FITS; i += 16) {
    _mm512_storeu_si512(parts->keys[parts->lanes] + i, _mm512_loadu_si512(keys + i));
  }
  add_lane(parts, out, count);
}

/// Lets at most twice as many wait in two lanes; 0 when they do not fall in two such parts.
static inline WIDE int add_two(const uint32_t *keys, size_t count, uint32_t pivot, waiting *parts, counted *out) {
  if (parts->lanes == 15) add_lane(parts, out, 0);
  uint64_t valid = ~(uint64_t)0 >> (64 - count);
  __m512i bound = _mm512_set1_epi32((int)pivot);
  uint32_t *low = parts->keys[parts->lanes], *high = parts->keys[parts->lanes + 1];
  size_t lower = 0, higher = 0;
  UNROLLED for (int i = 0; i < 4; i++) {
    // Safe: there is room to read behind the keys.
    __m512i here = _mm512_loadu_si512(keys + 16 * i);
    __mmask16 own = (__mmask16)(valid >> (16 * i)), below = _mm512_mask_cmple_epu32_mask(own, here, bound);
    __mmask16 above = (__mmask16)(own & ~below);
    _mm512_storeu_si512(low + lower, _mm512_maskz_compress_epi32(below, here));
    _mm512_storeu_si512(high + higher, _mm512_maskz_compress_epi32(above, here));
    lower += (size_t)__builtin_popcount(below);
    higher += (size_t)__builtin_popcount(above);
  }
  if (lower > FITS || higher > FITS) return 0;
  add_lane(parts, out, lower);
  add_lane(parts, out, higher);
  return 1;
}

/// Lanes of `x` with those of `other`, the larger where `mask` says so.
static inline WIDE __m512i ordered(__m512i x, __m512i other, __mmask16 mask) {
  return _mm512_mask_blend_epi32(mask, _mm512_min_epu32(x, other), _mm512_max_epu32(x, other));
}
static inline WIDE __m512i swap1(__m512i x) { return _mm512_shuffle_epi32(x, 0xB1); }
static inline WIDE __m512i swap2(__m512i x) { return _mm512_shuffle_epi32(x, 0x4E); }
static inline WIDE __m512i swap4(__m512i x) { return _mm512_shuffle_i64x2(x, x, 0xB1); }
static inline WIDE __m512i turn4(__m512i x) { return _mm512_shuffle_epi32(x, 0x1B); }
static inline WIDE __m512i turn8(__m512i x) { return swap4(turn4(x)); }
static inline WIDE __m512i turn16(__m512i x) {
  __m512i turned = turn4(x);
  return _mm512_shuffle_i64x2(turned, turned, 0x1B);
}

/// The ninth of 16 keys in the middle.
static inline WIDE uint32_t median(const uint32_t *keys, size_t count) {
  __m512i x = _mm512_loadu_si512(keys + count / 2 - 8);
  x = ordered(x, swap1(x), 0xAAAA);
  x = ordered(x, turn4(x), 0xCCCC);
  x = ordered(x, swap1(x), 0xAAAA);
  x = ordered(x, turn8(x), 0xF0F0);
  x = ordered(x, swap2(x), 0xCCCC);
  x = ordered(x, swap1(x), 0xAAAA);
  x = ordered(x, turn16(x), 0xFF00);
  x = ordered(x, swap4(x), 0xF0F0);
  x = ordered(x, swap2(x), 0xCCCC);
  x = ordered(x, swap1(x), 0xAAAA);
  return (uint32_t)_mm_cvtsi128_si32(_mm512_extracti32x4_epi32(x, 2));
}

/// Counts keys by the other way, behind what waits.
static WIDE void count_deep(uint32_t *keys, size_t count, uint32_t *other, counted *out, waiting *parts) {
  if (parts->pivots[parts->lanes] > 0) add_lane(parts, out, 0);
  if (parts->lanes > 0) settle(parts, out);
  size_t found = count_baseline(keys, count, other, out->places + out->count);
  memcpy(out->keys + out->count, keys, found * sizeof *keys);
  for (; found > 0; found--) {
    uint32_t times = out->places[out->count];
    out->places[out->count++] = parts->place;
    parts->place += times;
  }
}

/// Counts keys of `low` to `high`; `other` has room for as many and 16 for each level below.
static WIDE void count_part(uint32_t *keys, size_t count, uint32_t *other, counted *out, uint32_t low, uint32_t high,
                            size_t sampled, int level, waiting *parts) {
  int lopsided = 0;
  while (count > FITS) {
    if (level++ == DEEPEST) {
      count_deep(keys, count, other, out, parts);
      return;
    }
    uint32_t pivot = lopsided || count > sampled ? median(keys, count) : low + (high - low) / 2;
    if (count <= 2 * FITS && add_two(keys, count, pivot, parts, out)) return;
    __m512i bound = _mm512_set1_epi32((int)pivot);
    size_t less = 0, more = 0;
    for (size_t i = 0; i < count; i += 16) {
      __mmask16 valid = (__mmask16)(count - i >= 16 ? 0xFFFF : (1u << (count - i)) - 1);
      __m512i here = _mm512_maskz_loadu_epi32(valid, keys + i);
      __mmask16 below = _mm512_mask_cmplt_epu32_mask(valid, here, bound);
      __mmask16 above = _mm512_mask_cmpgt_epu32_mask(valid, here, bound);
      // Safe: `less` is at most i, and these 16 are read.
      _mm512_storeu_si512(keys + less, _mm512_maskz_compress_epi32(below, here));
      _mm512_storeu_si512(other + more, _mm512_maskz_compress_epi32(above, here));
      less += (size_t)__builtin_popcount(below);
      more += (size_t)__builtin_popcount(above);
    }
    lopsided = less > count - count / 8 || more > count - count / 8;
    count_part(keys, less, other + more + 16, out, low, pivot, lopsided ? ALIKE : sampled, level, parts);
    if (count - less - more > 0) {
      if (parts->pivots[parts->lanes] > 0) add_lane(parts, out, 0);
      parts->pivot[parts->lanes] = pivot;
      parts->pivots[parts->lanes] = (uint32_t)(count - less - more);
    }
    uint32_t *rest = keys;
    keys = other, other = rest, count = more, low = pivot;
  }
  if (count > 0) add_part(keys, count, parts, out);
}
