#include "StyleText.h"

#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

/// A scalar of one byte.
static inline uint8_t ascii_kind(uint8_t b) {
  uint8_t space = ((uint8_t)(b - 9) < 5) | ((uint8_t)(b - 28) < 5);
  uint8_t upper = (uint8_t)(b - 'A') < 26, lower = (uint8_t)(b - 'a') < 26, digit = (uint8_t)(b - '0') < 10;
  uint8_t under = b == '_', apostrophe = b == '\'';
  return (uint8_t)(space | (upper | lower | digit | under) << 1 | upper << 2 | lower << 3 | digit << 4 | under << 5 |
                   apostrophe << 6);
}

static inline uint8_t wide_kind(uint32_t scalar, const uint8_t *classes) {
  if (scalar < 0x10000) return classes[scalar];
  return (scalar >= 0x1F000 && scalar <= 0x1FAFF) || scalar >= 0xE0000 ? 0 : COG_WORD | COG_RARE;
}

/// Bytes of the well-formed scalar that begins with a byte of 0x80 or more, and the scalar; or 0, and the bytes of the
/// maximal part that is not one in `*skip` (Unicode 15, table 3-7).
static inline size_t decode_wide(const uint8_t *at, size_t left, uint32_t *scalar, size_t *skip) {
  uint8_t b = at[0], low = 0x80, high = 0xBF;
  size_t more;
  uint32_t value;
  if (b >= 0xC2 && b <= 0xDF) {
    more = 1, value = b & 0x1F;
  } else if (b >= 0xE0 && b <= 0xEF) {
    more = 2, value = b & 0x0F;
    if (b == 0xE0) low = 0xA0;
    if (b == 0xED) high = 0x9F;
  } else if (b >= 0xF0 && b <= 0xF4) {
    more = 3, value = b & 0x07;
    if (b == 0xF0) low = 0x90;
    if (b == 0xF4) high = 0x8F;
  } else {
    *skip = 1;
    return 0;
  }
  for (size_t i = 1; i <= more; i++) {
    if (i >= left || at[i] < low || at[i] > high) {
      *skip = i;
      return 0;
    }
    value = value << 6 | (at[i] & 0x3F);
    low = 0x80, high = 0xBF;
  }
  *scalar = value;
  return more + 1;
}

/// `StyleHash`, which says why.
#define MULTIPLIER 0x9E3779B1u
#define LENGTH_STEP 0x85EBCA6Bu

static inline uint32_t mixed(uint32_t x) {
  x ^= x >> 16;
  x *= 0x7FEB352Du;
  x ^= x >> 15;
  x *= 0x846CA68Bu;
  return x ^ (x >> 16);
}

#define PASTE_(a, b) a##_##b
#define PASTE(a, b) PASTE_(a, b)
#define NAMED(function) PASTE(function, SET)

#define SET baseline
#include "StyleTextSet.h"
#undef SET

#if defined(__x86_64__) && defined(__clang__)
#pragma clang attribute push(__attribute__((target("avx2"))), apply_to = function)
#define SET avx2
#include "StyleTextSet.h"
#undef SET
#pragma clang attribute pop
#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512vl,avx512dq"))), apply_to = function)
#define SET avx512
#include "StyleTextSet.h"
#undef SET
#pragma clang attribute pop

static inline int has_avx512(void) {
  return __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq");
}

#define CHOOSE(function) \
  (has_avx512() ? function##_avx512 : __builtin_cpu_supports("avx2") ? function##_avx2 : function##_baseline)
#else
#define CHOOSE(function) function##_baseline
#endif

size_t cog_style_decode(const uint8_t *bytes, size_t count, const uint8_t *classes, uint32_t *text, uint8_t *kinds,
                        size_t *invalid) {
  return CHOOSE(decode)(bytes, count, classes, text, kinds, invalid);
}

int cog_style_may_refer(const uint8_t *bytes, size_t count) { return CHOOSE(may_refer)(bytes, count); }

size_t cog_style_fold(const uint32_t *text, const uint8_t *kinds, size_t count, uint32_t *out, size_t *tabs) {
  return CHOOSE(fold)(text, kinds, count, out, tabs);
}

size_t cog_style_keys(const uint32_t *folded, size_t starts, size_t count, uint32_t *keys) {
  return CHOOSE(keys)(folded, starts, count, keys);
}

size_t cog_style_keys_baseline(const uint32_t *folded, size_t starts, size_t count, uint32_t *keys) {
  return keys_baseline(folded, starts, count, keys);
}

/// Bit k of eight bytes.
static inline uint64_t gather(uint64_t eight, int k) {
  return ((eight >> k & 0x0101010101010101u) * 0x0102040810204080u) >> 56;
}

void cog_style_bits(const uint8_t *kinds, size_t count, uint64_t *bits) {
  for (size_t start = 0; start < count; start += 64, bits += 8) {
    uint64_t valid = count - start >= 64 ? ~(uint64_t)0 : ((uint64_t)1 << (count - start)) - 1;
#if defined(__SSE2__)
    __m128i x[4];
    for (int i = 0; i < 4; i++) x[i] = _mm_loadu_si128((const __m128i *)(kinds + start + 16 * i));
    for (int k = 7; k >= 0; k--) {
      uint64_t word = 0;
      for (int i = 0; i < 4; i++) {
        word |= (uint64_t)(uint32_t)_mm_movemask_epi8(x[i]) << (16 * i);
        x[i] = _mm_add_epi8(x[i], x[i]);
      }
      bits[k] = word & valid;
    }
#else
    for (int k = 0; k < 8; k++) {
      uint64_t word = 0;
      for (int i = 0; i < 8; i++) {
        uint64_t eight;
        memcpy(&eight, kinds + start + 8 * i, 8);
        word |= gather(eight, k) << (8 * i);
      }
      bits[k] = word & valid;
    }
#endif
  }
  (void)gather;
}

/// The place in a row of pairs, of which only 96 stand for scalars, that says whether the row has any.
#define ROW_USED 96

size_t cog_style_pairs_baseline(const uint32_t *folded, size_t starts, size_t count, uint32_t *pairs, uint32_t *lone,
                                uint32_t *keys) {
  uint32_t *key = keys;
  for (size_t i = 0; i < starts; i++) {
    uint32_t first = folded[i] - 32, second = i + 1 < count ? folded[i + 1] - 32 : ~(uint32_t)0;
    if (first < 96 && second < 96) {
      pairs[first * 128 + second]++;
      pairs[first * 128 + ROW_USED] = 1;
      continue;
    }
    if (first < 96) {
      lone[first]++;
    } else {
      *key++ = mixed(folded[i] + LENGTH_STEP);
    }
    if (i + 1 < count) *key++ = mixed(folded[i] * MULTIPLIER + folded[i + 1] + 2 * LENGTH_STEP);
  }
  return (size_t)(key - keys);
}

#if defined(__x86_64__) && defined(__clang__)
#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,popcnt"))), apply_to = function)
/// Sixteen places in the table are computed at once; which rows are used is gathered in bits.
static size_t pairs_avx512(const uint32_t *folded, size_t starts, size_t count, uint32_t *pairs, uint32_t *lone,
                           uint32_t *keys) {
  uint32_t *key = keys;
  __m512i space = _mm512_set1_epi32(32), rows = _mm512_set1_epi32(96), one = _mm512_set1_epi64(1);
  __m512i low = _mm512_setzero_si512(), high = low;
  size_t i = 0;
  while (i < starts) {
    if (i + 16 <= starts && i + 17 <= count) {
      __m512i first = _mm512_sub_epi32(_mm512_loadu_si512(folded + i), space);
      __m512i second = _mm512_sub_epi32(_mm512_loadu_si512(folded + i + 1), space);
      if (_mm512_cmplt_epu32_mask(_mm512_max_epu32(first, second), rows) == 0xFFFF) {
        uint32_t places[16];
        _mm512_storeu_si512(places, _mm512_add_epi32(_mm512_slli_epi32(first, 7), second));
        __m512i half = _mm512_cvtepu32_epi64(_mm512_castsi512_si256(first));
        __m512i other = _mm512_cvtepu32_epi64(_mm512_extracti64x4_epi64(first, 1));
        __m512i behind = _mm512_set1_epi64(64);
        low = _mm512_or_si512(low, _mm512_or_si512(_mm512_sllv_epi64(one, half), _mm512_sllv_epi64(one, other)));
        high = _mm512_or_si512(high, _mm512_or_si512(_mm512_sllv_epi64(one, _mm512_sub_epi64(half, behind)),
                                                     _mm512_sllv_epi64(one, _mm512_sub_epi64(other, behind))));
        for (int k = 0; k < 16; k++) pairs[places[k]]++;
        i += 16;
        continue;
      }
    }
    size_t stop = i + 16 < starts ? i + 16 : starts;
    key += cog_style_pairs_baseline(folded + i, stop - i, count - i, pairs, lone, key);
    i = stop;
  }
  uint64_t used[2] = {(uint64_t)_mm512_reduce_or_epi64(low), (uint64_t)_mm512_reduce_or_epi64(high)};
  for (uint32_t half = 0; half < 2; half++) {
    for (; used[half] != 0; used[half] &= used[half] - 1) {
      pairs[(64 * half + (uint32_t)__builtin_ctzll(used[half])) * 128 + ROW_USED] = 1;
    }
  }
  return (size_t)(key - keys);
}
#pragma clang attribute pop
#endif

size_t cog_style_pairs(const uint32_t *folded, size_t starts, size_t count, uint32_t *pairs, uint32_t *lone,
                       uint32_t *keys) {
#if defined(__x86_64__) && defined(__clang__)
  if (has_avx512()) return pairs_avx512(folded, starts, count, pairs, lone, keys);
#endif
  return cog_style_pairs_baseline(folded, starts, count, pairs, lone, keys);
}

/// Which of 16 counts are not zero.
static inline unsigned nonzero(const uint32_t *counts) {
#if defined(__SSE2__)
  __m128i zero = _mm_setzero_si128(), words[4];
  for (int i = 0; i < 4; i++) words[i] = _mm_cmpeq_epi32(_mm_loadu_si128((const __m128i *)(counts + 4 * i)), zero);
  __m128i bytes = _mm_packs_epi16(_mm_packs_epi32(words[0], words[1]), _mm_packs_epi32(words[2], words[3]));
  return ~(unsigned)_mm_movemask_epi8(bytes) & 0xFFFF;
#else
  unsigned set = 0;
  for (unsigned k = 0; k < 16; k++) set |= (unsigned)(counts[k] != 0) << k;
  return set;
#endif
}

/// Sixteen pairs at a time.
#if defined(__x86_64__) && defined(__clang__)
#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,popcnt"))), apply_to = function)
static __m512i mixed_16(__m512i x) {
  x = _mm512_xor_si512(x, _mm512_srli_epi32(x, 16));
  x = _mm512_mullo_epi32(x, _mm512_set1_epi32(0x7FEB352D));
  x = _mm512_xor_si512(x, _mm512_srli_epi32(x, 15));
  x = _mm512_mullo_epi32(x, _mm512_set1_epi32((int)0x846CA68Bu));
  return _mm512_xor_si512(x, _mm512_srli_epi32(x, 16));
}

/// Pairs with their counts that wait until there are 16 of them.
typedef struct {
  uint32_t hashes[128], times[128];
  size_t count;
} drained;

/// Where pairs go, see `cog_style_drain`.
typedef struct {
  uint32_t *keys, *more, *more_counts;
  size_t out, extra;
} drains;

static void put_keys(drains *to, __m512i key, __mmask16 mask) {
  _mm512_storeu_si512(to->keys + to->out, _mm512_maskz_compress_epi32(mask, key));
  to->out += (size_t)__builtin_popcount(mask);
}

/// Puts up to 16 pairs.
static void put_pairs(drains *to, __m512i hash, __m512i times) {
  __m512i key = mixed_16(hash), one = _mm512_set1_epi32(1);
  __mmask16 some = _mm512_test_epi32_mask(times, times);
  __mmask16 often = _mm512_mask_cmpgt_epu32_mask(some, times, _mm512_set1_epi32(3));
  put_keys(to, key, some);
  put_keys(to, key, (__mmask16)(_mm512_mask_cmpgt_epu32_mask(some, times, one) & ~often));
  put_keys(to, key, _mm512_mask_cmpeq_epi32_mask(some, times, _mm512_set1_epi32(3)));
  __m512i rest = _mm512_maskz_compress_epi32(often, _mm512_sub_epi32(times, one));
  _mm512_storeu_si512(to->more + to->extra, _mm512_maskz_compress_epi32(often, key));
  _mm512_storeu_si512(to->more_counts + to->extra, rest);
  to->extra += (size_t)__builtin_popcount(often);
}

/// Empties a row: most of its places are empty. Returns the sum of its counts.
static uint32_t drain_row(uint32_t *row, uint32_t first, drained *pairs) {
  __m512i lane = _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  __m512i total = _mm512_setzero_si512();
  for (uint32_t block = 0; block < 96; block += 16) {
    __m512i times = _mm512_loadu_si512(row + block);
    __mmask16 some = _mm512_test_epi32_mask(times, times);
    if (some == 0) continue;
    uint32_t start = (first + 32) * MULTIPLIER + block + 32 + 2 * LENGTH_STEP;
    __m512i hash = _mm512_add_epi32(lane, _mm512_set1_epi32((int)start));
    _mm512_storeu_si512(pairs->hashes + pairs->count, _mm512_maskz_compress_epi32(some, hash));
    _mm512_storeu_si512(pairs->times + pairs->count, _mm512_maskz_compress_epi32(some, times));
    pairs->count += (size_t)__builtin_popcount(some);
    total = _mm512_add_epi32(total, times);
    _mm512_storeu_si512(row + block, _mm512_setzero_si512());
  }
  return (uint32_t)_mm512_reduce_add_epi32(total);
}

static size_t drain_avx512(uint32_t *pairs, uint32_t *lone, uint32_t *keys, uint32_t *more, uint32_t *more_counts,
                           size_t *more_count, uint32_t *singles) {
  drains to = {keys, more, more_counts, 0, 0};
  drained wait;
  wait.count = 0;
  for (uint32_t first = 0; first < 96; first++) {
    uint32_t *row = pairs + first * 128;
    singles[first] = lone[first];
    lone[first] = 0;
    // A short text has few rows.
    if (row[ROW_USED] == 0) continue;
    row[ROW_USED] = 0;
    singles[first] += drain_row(row, first, &wait);
    size_t at = 0;
    for (; wait.count - at >= 16; at += 16) {
      put_pairs(&to, _mm512_loadu_si512(wait.hashes + at), _mm512_loadu_si512(wait.times + at));
    }
    _mm512_storeu_si512(wait.hashes, _mm512_loadu_si512(wait.hashes + at));
    _mm512_storeu_si512(wait.times, _mm512_loadu_si512(wait.times + at));
    wait.count -= at;
  }
  __m512i valid = _mm512_maskz_loadu_epi32((__mmask16)((1u << wait.count) - 1), wait.times);
  put_pairs(&to, _mm512_loadu_si512(wait.hashes), valid);
  __m512i lane = _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  for (uint32_t first = 0; first < 96; first += 16) {
    __m512i hash = _mm512_add_epi32(lane, _mm512_set1_epi32((int)(first + 32 + LENGTH_STEP)));
    put_pairs(&to, hash, _mm512_loadu_si512(singles + first));
  }
  *more_count = to.extra;
  return to.out;
}
#pragma clang attribute pop
#endif

size_t cog_style_drain_baseline(uint32_t *pairs, uint32_t *lone, uint32_t *keys, uint32_t *more, uint32_t *more_counts,
                                size_t *more_count, uint32_t *singles) {
  size_t out = 0, extra = 0;
  // Few are quicker sorted than looked up.
#define ADD(key, times)                       \
  do {                                        \
    keys[out] = keys[out + 1] = keys[out + 2] = key; \
    out += times <= 3 ? times : 1;            \
    more[extra] = key;                        \
    more_counts[extra] = times - 1;           \
    extra += times > 3;                       \
  } while (0)
  for (uint32_t first = 0; first < 96; first++) {
    uint32_t *row = pairs + first * 128, total = lone[first];
    lone[first] = 0;
    // A short text has few rows.
    for (uint32_t block = 0; row[ROW_USED] != 0 && block < 96; block += 16) {
      for (unsigned set = nonzero(row + block); set != 0; set &= set - 1) {
        uint32_t second = block + (uint32_t)__builtin_ctz(set), times = row[second];
        uint32_t key = mixed((first + 32) * MULTIPLIER + second + 32 + 2 * LENGTH_STEP);
        ADD(key, times);
        total += times;
        row[second] = 0;
      }
    }
    row[ROW_USED] = 0;
    singles[first] = total;
    uint32_t key = mixed(first + 32 + LENGTH_STEP);
    ADD(key, total);
  }
#undef ADD
  *more_count = extra;
  return out;
}


size_t cog_style_drain(uint32_t *pairs, uint32_t *lone, uint32_t *keys, uint32_t *more, uint32_t *more_counts,
                       size_t *more_count, uint32_t *singles) {
#if defined(__x86_64__) && defined(__clang__)
  if (has_avx512()) return drain_avx512(pairs, lone, keys, more, more_counts, more_count, singles);
#endif
  return cog_style_drain_baseline(pairs, lone, keys, more, more_counts, more_count, singles);
}
