// Sorting and counting for KeySort.c with vectors of 64 bytes.
//
// Quicksort (Hoare, 1961) that counts as it goes: keys equal to a pivot are only counted, so that what occurs often leaves
// in the first rounds, and each part below comes out in order behind the last. Compressing stores part 16 keys without a
// branch (Gueron and Krasnov, 2016; Bramas, 2017). Keys are hashes, so that the middle of a part's range is as good a pivot
// as any; where many are alike, the median of 16 is better. Up to 64 keys are sorted in four registers by a bitonic network
// (Batcher, 1968).

/// Where counted keys go.
typedef struct {
  uint32_t *keys, *counts;
  size_t count;
} counted;

/// Parts of more keys than this take the median of some as a pivot.
#define SAMPLED 2048
/// With more keys than this many are alike, in small parts as well.
#define MANY 65536
/// Levels of parts; each needs 16 keys of room. Deeper parts are sorted by the other way, whose time is linear.
#define DEEPEST 64

#define EXCHANGE(low, high)                       \
  do {                                            \
    __m512i own = low;                            \
    low = _mm512_min_epu32(own, high);            \
    high = _mm512_max_epu32(own, high);           \
  } while (0)

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

/// Element 4 * lane + i stands in lane of v[i], so that neighbours are exchanged between registers.
static inline WIDE void sort_64(__m512i v[4]) {
#define MIRRORED(turn, mask)                                                                             \
  do {                                                                                                   \
    __m512i a = turn(v[3]), b = turn(v[2]), c = turn(v[1]), d = turn(v[0]);                              \
    v[0] = ordered(v[0], a, mask), v[1] = ordered(v[1], b, mask), v[2] = ordered(v[2], c, mask);         \
    v[3] = ordered(v[3], d, mask);                                                                       \
  } while (0)
#define EACH(swap, mask) \
  for (int i = 0; i < 4; i++) v[i] = ordered(v[i], swap(v[i]), mask)
#define ACROSS()         \
  EXCHANGE(v[0], v[2]);  \
  EXCHANGE(v[1], v[3]);  \
  EXCHANGE(v[0], v[1]);  \
  EXCHANGE(v[2], v[3])
  EXCHANGE(v[0], v[1]);
  EXCHANGE(v[2], v[3]);
  EXCHANGE(v[0], v[2]);
  EXCHANGE(v[1], v[3]);
  EXCHANGE(v[1], v[2]);
  MIRRORED(swap1, 0xAAAA);
  ACROSS();
  MIRRORED(turn4, 0xCCCC);
  EACH(swap1, 0xAAAA);
  ACROSS();
  MIRRORED(turn8, 0xF0F0);
  EACH(swap2, 0xCCCC);
  EACH(swap1, 0xAAAA);
  ACROSS();
  MIRRORED(turn16, 0xFF00);
  EACH(swap4, 0xF0F0);
  EACH(swap2, 0xCCCC);
  EACH(swap1, 0xAAAA);
  ACROSS();
  __m512i a = _mm512_unpacklo_epi32(v[0], v[1]), b = _mm512_unpackhi_epi32(v[0], v[1]);
  __m512i c = _mm512_unpacklo_epi32(v[2], v[3]), d = _mm512_unpackhi_epi32(v[2], v[3]);
  __m512i e = _mm512_unpacklo_epi64(a, c), f = _mm512_unpackhi_epi64(a, c);
  __m512i g = _mm512_unpacklo_epi64(b, d), h = _mm512_unpackhi_epi64(b, d);
  __m512i p = _mm512_shuffle_i32x4(e, f, 0x44), q = _mm512_shuffle_i32x4(g, h, 0x44);
  __m512i r = _mm512_shuffle_i32x4(e, f, 0xEE), s = _mm512_shuffle_i32x4(g, h, 0xEE);
  v[0] = _mm512_shuffle_i32x4(p, q, 0x88), v[1] = _mm512_shuffle_i32x4(p, q, 0xDD);
  v[2] = _mm512_shuffle_i32x4(r, s, 0x88), v[3] = _mm512_shuffle_i32x4(r, s, 0xDD);
}

/// At most 64 keys.
static WIDE void count_64(const uint32_t *keys, size_t count, counted *out) {
  if (count == 0) return;
  __m512i none = _mm512_set1_epi32(-1), v[4];
  __m512i lane = _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  uint64_t valid = ~(uint64_t)0 >> (64 - count), first = 1;
  for (int i = 0; i < 4; i++) v[i] = _mm512_mask_loadu_epi32(none, (__mmask16)(valid >> (16 * i)), keys + 16 * i);
  sort_64(v);
  for (int i = 0; i < 4; i++) {
    __m512i before = _mm512_alignr_epi32(v[i], i > 0 ? v[i - 1] : none, 15);
    first |= (uint64_t)_mm512_cmpneq_epi32_mask(v[i], before) << (16 * i);
  }
  first &= valid;
  // What is behind the last key of its kind is where the next kind begins.
  size_t to = out->count;
  for (int i = 0; i < 4; i++) {
    __mmask16 own = (__mmask16)(first >> (16 * i));
    __m512i place = _mm512_add_epi32(lane, _mm512_set1_epi32(16 * i));
    _mm512_storeu_si512(out->keys + to, _mm512_maskz_compress_epi32(own, v[i]));
    _mm512_storeu_si512(out->counts + to, _mm512_maskz_compress_epi32(own, place));
    to += (size_t)__builtin_popcount(own);
  }
  out->counts[to] = (uint32_t)count;
  for (size_t i = out->count; i < to; i += 16) {
    __m512i here = _mm512_loadu_si512(out->counts + i), next = _mm512_loadu_si512(out->counts + i + 1);
    _mm512_storeu_si512(out->counts + i, _mm512_sub_epi32(next, here));
  }
  out->count = to;
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

/// Counts keys of `low` to `high`; `other` has room for as many and 16 for each level below.
static WIDE void count_part(uint32_t *keys, size_t count, uint32_t *other, counted *out, uint32_t low, uint32_t high,
                            size_t sampled, int level) {
  int lopsided = 0;
  while (count > 64) {
    if (level++ == DEEPEST) {
      size_t found = count_baseline(keys, count, other, out->counts + out->count);
      memcpy(out->keys + out->count, keys, found * sizeof *keys);
      out->count += found;
      return;
    }
    uint32_t pivot = lopsided || count > sampled ? median(keys, count) : low + (high - low) / 2;
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
    count_part(keys, less, other + more + 16, out, low, pivot, lopsided ? 64 : sampled, level);
    out->keys[out->count] = pivot;
    out->counts[out->count] = (uint32_t)(count - less - more);
    out->count += count - less - more > 0;
    uint32_t *rest = keys;
    keys = other, other = rest, count = more, low = pivot;
  }
  count_64(keys, count, out);
}

static WIDE size_t count_wide(uint32_t *keys, size_t count, uint32_t *scratch, uint32_t *distinct, uint32_t *counts) {
  counted out = {distinct, counts, 0};
  count_part(keys, count, scratch, &out, 0, UINT32_MAX, count > MANY ? 64 : SAMPLED, 0);
  return out.count;
}
