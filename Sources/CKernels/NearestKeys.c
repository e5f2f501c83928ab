#include "NearestKeys.h"

#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

static inline uint64_t key_of(int32_t value, uint32_t place) {
  return (uint64_t)((uint32_t)value ^ 0x80000000u) << 32 | (uint32_t)~place;
}

#if defined(__x86_64__)
/// Few values are above a limit that is worth having, so that one test passes over 32 of them.
__attribute__((target("avx2"))) static size_t above_avx2(const int32_t *values, size_t count, int32_t limit,
                                                         uint32_t first, uint64_t *keys, size_t *found) {
  size_t i = 0, out = 0;
  __m256i bound = _mm256_set1_epi32(limit);
  for (; i + 32 <= count; i += 32) {
    uint32_t set = 0;
    for (int k = 3; k >= 0; k--) {
      __m256i here = _mm256_loadu_si256((const __m256i *)(values + i + 8 * k));
      set = set << 8 | (uint32_t)_mm256_movemask_ps(_mm256_castsi256_ps(_mm256_cmpgt_epi32(here, bound)));
    }
    for (; set != 0; set &= set - 1) {
      size_t at = i + (size_t)__builtin_ctz(set);
      keys[out++] = key_of(values[at], first + (uint32_t)at);
    }
  }
  *found = out;
  return i;
}

__attribute__((target("avx512f,avx512bw,bmi"))) static size_t above_avx512(const int32_t *values, size_t count,
                                                                           int32_t limit, uint32_t first,
                                                                           uint64_t *keys) {
  size_t out = 0;
  __m512i bound = _mm512_set1_epi32(limit);
  for (size_t i = 0; i < count; i += 64) {
    uint64_t valid = count - i >= 64 ? ~(uint64_t)0 : ((uint64_t)1 << (count - i)) - 1, set = 0;
    for (int k = 3; k >= 0; k--) {
      __m512i here = _mm512_maskz_loadu_epi32((__mmask16)(valid >> (16 * k)), values + i + 16 * k);
      set = set << 16 | _mm512_cmpgt_epi32_mask(here, bound);
    }
    for (set &= valid; set != 0; set &= set - 1) {
      size_t at = i + (size_t)__builtin_ctzll(set);
      keys[out++] = key_of(values[at], first + (uint32_t)at);
    }
  }
  return out;
}
#endif

size_t cog_keys_above(const int32_t *values, size_t count, int32_t limit, uint32_t first, uint64_t *keys) {
  size_t out = 0, i = 0;
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512bw")) return above_avx512(values, count, limit, first, keys);
  if (__builtin_cpu_supports("avx2")) i = above_avx2(values, count, limit, first, keys, &out);
#endif
  for (; i < count; i++) {
    keys[out] = key_of(values[i], first + (uint32_t)i);
    out += values[i] > limit;
  }
  return out;
}

static inline uint64_t middle_of(uint64_t a, uint64_t b, uint64_t c) {
  uint64_t low = a < b ? a : b, high = a < b ? b : a;
  return c < low ? low : c > high ? high : c;
}

#if defined(__x86_64__)
#define MOST_AT_ONCE 2048

/// Parts eight keys at a time; what is less than the pivot waits aside in case too few are not.
__attribute__((target("avx512f,avx512vl,avx512dq,popcnt"))) static void keep_avx512(uint64_t *keys, size_t count,
                                                                                   size_t kept) {
  uint64_t aside[MOST_AT_ONCE + 8];
  while (kept > 0 && kept < count) {
    uint64_t pivot = middle_of(keys[0], keys[count / 2], keys[count - 1]);
    __m512i bound = _mm512_set1_epi64((long long)pivot);
    size_t larger = 0, smaller = 0;
    for (size_t i = 0; i < count; i += 8) {
      __mmask8 valid = (__mmask8)(count - i >= 8 ? 0xFF : (1u << (count - i)) - 1);
      __m512i here = _mm512_maskz_loadu_epi64(valid, keys + i);
      __mmask8 above = _mm512_mask_cmpge_epu64_mask(valid, here, bound), below = (__mmask8)(valid & ~above);
      _mm512_mask_compressstoreu_epi64(keys + larger, above, here);
      _mm512_storeu_si512(aside + smaller, _mm512_maskz_compress_epi64(below, here));
      larger += (size_t)__builtin_popcount(above);
      smaller += (size_t)__builtin_popcount(below);
    }
    memcpy(keys + larger, aside, smaller * sizeof *keys);
    if (larger >= kept && larger < count) {
      count = larger;
    } else if (larger < kept) {
      keys += larger, count -= larger, kept -= larger;
    } else {
      // The pivot is the least: it comes last, and is out.
      size_t at = 0;
      while (keys[at] != pivot) at++;
      keys[at] = keys[count - 1];
      keys[--count] = pivot;
    }
  }
}
#endif

void cog_keys_keep(uint64_t *keys, size_t count, size_t kept) {
  // Quickselect (Hoare, 1961); parts are divided without a branch that depends on a key, as none could be foreseen.
  size_t low = 0, high = count;
#if defined(__x86_64__)
  if (count <= MOST_AT_ONCE && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl")) {
    keep_avx512(keys, count, kept);
    high = low = kept;
  }
#endif
  while (kept > low && kept < high) {
    uint64_t pivot = middle_of(keys[low], keys[low + (high - low) / 2], keys[high - 1]);
    size_t larger = low;
    for (size_t i = low; i < high; i++) {
      uint64_t key = keys[i];
      keys[i] = keys[larger];
      keys[larger] = key;
      larger += key >= pivot;
    }
    // The pivot itself is among the first `larger`; when these are all, it is the least of them.
    if (larger == high) {
      for (size_t i = low; i + 1 < high; i++) {
        uint64_t key = keys[i], last = keys[high - 1];
        keys[i] = key > last ? key : last;
        keys[high - 1] = key > last ? last : key;
      }
      high -= 1;
    } else if (larger >= kept) {
      high = larger;
    } else {
      low = larger;
    }
  }
  if (kept == 0 || kept > count) return;
  // The least of those that are kept comes last.
  for (size_t i = 0; i + 1 < kept; i++) {
    uint64_t key = keys[i], last = keys[kept - 1];
    keys[i] = key > last ? key : last;
    keys[kept - 1] = key > last ? last : key;
  }
}

void cog_values_scale(int32_t *values, const float *scales, size_t count) {
  for (size_t i = 0; i < count; i++) {
    float number = (float)values[i] * scales[i];
    int32_t bits;
    memcpy(&bits, &number, sizeof bits);
    values[i] = bits ^ ((bits >> 31) & 0x7FFFFFFF);
  }
}
