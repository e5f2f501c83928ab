#include "KeySort.h"

#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>
#define COG_HAS_AVX2 1
#endif

// Keys are dealt out to about as many buckets as there are keys by their highest bits. While they are counted each notes
// how many its bucket had before: dealing then reads no counter that was just written, which would stall it. What is
// left out of order lies close together: a few rounds of exchanging neighbours, which vectors do without branches, put
// nearly all of it in order, and an insertion the rest. Keys that are no hashes could make the insertion slow; it has a
// budget, and beyond it the keys are sorted by bytes. KeySortVectors.h has a quicker way for processors that can.

#define MOST_BUCKETS 8192
/// More keys than this are parted by their highest six bits first, so that each part stays in a near cache.
#define NEAR 16384
#define PARTS 64
#define PART_SHIFT 26
/// Rounds of exchanges: buckets of more keys are left to the insertion.
#define ROUNDS 4

typedef uint16_t buckets[MOST_BUCKETS];

typedef struct {
  void (*exchange)(uint32_t *keys, size_t count, size_t first);
  size_t (*descent)(const uint32_t *keys, size_t from, size_t count);
  size_t (*distinct)(const uint32_t *keys, size_t count, uint32_t *out, uint32_t *ends, uint32_t base);
} kernels;

static void exchange_baseline(uint32_t *keys, size_t count, size_t first) {
  for (size_t i = first; i + 1 < count; i += 2) {
    uint32_t a = keys[i], b = keys[i + 1];
    keys[i] = a < b ? a : b;
    keys[i + 1] = a < b ? b : a;
  }
}

/// The first place from `from` on of a key that is less than the one before it; `count` for none.
static size_t descent_baseline(const uint32_t *keys, size_t from, size_t count) {
  while (from < count && keys[from] >= keys[from - 1]) from++;
  return from;
}

/// Each key once, and where the next begins. `keys[count]` differs from the last.
static size_t distinct_baseline(const uint32_t *keys, size_t count, uint32_t *out, uint32_t *ends, uint32_t base) {
  size_t to = 0;
  for (size_t i = 0; i < count; i++) {
    out[to] = keys[i];
    ends[to] = base + (uint32_t)i + 1;
    to += keys[i] != keys[i + 1];
  }
  return to;
}

#ifdef COG_HAS_AVX2
__attribute__((target("avx2"))) static void exchange_avx2(uint32_t *keys, size_t count, size_t first) {
  size_t i = first;
  for (; i + 8 <= count; i += 8) {
    __m256i here = _mm256_loadu_si256((const __m256i *)(keys + i)), swapped = _mm256_shuffle_epi32(here, 0xB1);
    __m256i low = _mm256_min_epu32(here, swapped), high = _mm256_max_epu32(here, swapped);
    _mm256_storeu_si256((__m256i *)(keys + i), _mm256_blend_epi32(low, high, 0xAA));
  }
  exchange_baseline(keys, count, i);
}

__attribute__((target("avx2"))) static size_t descent_avx2(const uint32_t *keys, size_t from, size_t count) {
  for (; from + 8 <= count; from += 8) {
    __m256i here = _mm256_loadu_si256((const __m256i *)(keys + from));
    __m256i before = _mm256_loadu_si256((const __m256i *)(keys + from - 1));
    __m256i ascends = _mm256_cmpeq_epi32(_mm256_max_epu32(here, before), here);
    unsigned descends = ~(unsigned)_mm256_movemask_ps(_mm256_castsi256_ps(ascends)) & 255;
    if (descends != 0) return from + (size_t)__builtin_ctz(descends);
  }
  return descent_baseline(keys, from, count);
}

/// The places of the bits that are set, lowest first, as bytes.
static uint64_t packed_places(unsigned mask) {
  uint64_t places = 0;
  for (int bit = 7; bit >= 0; bit--)
    if (mask >> bit & 1) places = places << 8 | (uint64_t)bit;
  return places;
}

static uint64_t places_of[256];

__attribute__((constructor)) static void fill_places(void) {
  for (unsigned mask = 0; mask < 256; mask++) places_of[mask] = packed_places(mask);
}

__attribute__((target("avx2,popcnt"))) static size_t distinct_avx2(const uint32_t *keys, size_t count, uint32_t *out,
                                                                   uint32_t *ends, uint32_t base) {
  size_t to = 0, i = 0;
  __m256i end = _mm256_add_epi32(_mm256_setr_epi32(1, 2, 3, 4, 5, 6, 7, 8), _mm256_set1_epi32((int)base));
  for (; i + 8 <= count; i += 8) {
    __m256i here = _mm256_loadu_si256((const __m256i *)(keys + i));
    __m256i next = _mm256_loadu_si256((const __m256i *)(keys + i + 1));
    unsigned last = ~(unsigned)_mm256_movemask_ps(_mm256_castsi256_ps(_mm256_cmpeq_epi32(here, next))) & 255;
    __m256i places = _mm256_cvtepu8_epi32(_mm_cvtsi64_si128((long long)places_of[last]));
    _mm256_storeu_si256((__m256i *)(out + to), _mm256_permutevar8x32_epi32(here, places));
    _mm256_storeu_si256((__m256i *)(ends + to), _mm256_permutevar8x32_epi32(end, places));
    end = _mm256_add_epi32(end, _mm256_set1_epi32(8));
    to += (size_t)__builtin_popcount(last);
  }
  return to + distinct_baseline(keys + i, count - i, out + to, ends + to, base + (uint32_t)i);
}
#endif

/// By bytes, lowest first: linear for any keys.
static void sort_bytes(uint32_t *keys, size_t count, uint32_t *scratch) {
  for (int shift = 0; shift < 32; shift += 8) {
    size_t starts[257] = {0};
    for (size_t i = 0; i < count; i++) starts[(keys[i] >> shift & 255) + 1]++;
    for (int b = 0; b < 256; b++) starts[b + 1] += starts[b];
    for (size_t i = 0; i < count; i++) scratch[starts[keys[i] >> shift & 255]++] = keys[i];
    memcpy(keys, scratch, count * sizeof *keys);
  }
}

/// Puts keys that are nearly in order in order; 0 when that takes too much.
static int insert(uint32_t *keys, size_t count, const kernels *use) {
  size_t budget = 8 * count + 64;
  for (size_t i = use->descent(keys, 1, count); i < count; i = use->descent(keys, i, count)) {
    uint32_t key = keys[i];
    size_t at = i;
    while (at > 0 && keys[at - 1] > key) {
      keys[at] = keys[at - 1];
      at--;
    }
    keys[at] = key;
    if (i - at > budget) return 0;
    budget -= i - at;
  }
  return 1;
}

/// Sorts `keys` into `sorted`, by the bits below the highest `skip`, which all have in common. `keys` is overwritten.
static void sort_near(uint32_t *keys, size_t count, uint32_t *sorted, unsigned skip, uint16_t *starts, uint16_t *ranks,
                      const kernels *use) {
  // Only one key, many times, or keys that are no hashes.
  if (count > UINT16_MAX) {
    memcpy(sorted, keys, count * sizeof *keys);
    if (!insert(sorted, count, use)) sort_bytes(sorted, count, keys);
    return;
  }
  unsigned bits = 4;
  while (bits < 13 && ((size_t)2 << bits) <= count) bits++;
  unsigned shift = 32 - skip - bits;
  uint32_t mask = (1u << bits) - 1;
  uint16_t sum = 0;
  memset(starts, 0, (mask + 1) * sizeof *starts);
  for (size_t i = 0; i < count; i++) ranks[i] = starts[keys[i] >> shift & mask]++;
  for (uint32_t b = 0; b <= mask; b++) {
    uint16_t own = starts[b];
    starts[b] = sum;
    sum = (uint16_t)(sum + own);
  }
  for (size_t i = 0; i < count; i++) sorted[(size_t)starts[keys[i] >> shift & mask] + ranks[i]] = keys[i];
  for (size_t round = 0; round < ROUNDS; round++) use->exchange(sorted, count, round & 1);
  if (!insert(sorted, count, use)) sort_bytes(sorted, count, keys);
}

static size_t count_keys(uint32_t *keys, size_t count, uint32_t *scratch, uint32_t *counts, const kernels *use) {
  buckets starts;
  size_t found = 0;
  if (count == 0) return 0;
  if (count <= NEAR) {
    sort_near(keys, count, scratch, 0, starts, (uint16_t *)counts, use);
    scratch[count] = ~scratch[count - 1];
    found = use->distinct(scratch, count, keys, counts, 0);
  } else {
    size_t place[PARTS + 1] = {0};
    for (size_t i = 0; i < count; i++) place[(keys[i] >> PART_SHIFT) + 1]++;
    for (int b = 0; b < PARTS; b++) place[b + 1] += place[b];
    for (size_t i = 0; i < count; i++) scratch[place[keys[i] >> PART_SHIFT]++] = keys[i];
    // place[b] is now the end of part b. A part is sorted from `scratch` into the room behind what was found, which is
    // never more than what went before; that room is needed twice, so the part goes there and back.
    for (size_t b = 0, start = 0; b < PARTS; b++) {
      size_t own = place[b] - start;
      if (own > 0) {
        sort_near(scratch + start, own, keys + start, 32 - PART_SHIFT, starts, (uint16_t *)(counts + start), use);
        uint32_t next = keys[start + own];
        keys[start + own] = ~keys[start + own - 1];
        found += use->distinct(keys + start, own, scratch + start, counts + found, (uint32_t)start);
        keys[start + own] = next;
      }
      start = place[b];
    }
    // The keys of each part, now in `scratch` at its start, are those that `counts` has ends for.
    size_t to = 0;
    for (size_t b = 0, start = 0; b < PARTS; b++) {
      for (size_t i = start; to < found && counts[to] <= place[b] && counts[to] > start; i++) keys[to++] = scratch[i];
      start = place[b];
    }
  }
  for (size_t i = found; i-- > 1;) counts[i] -= counts[i - 1];
  return found;
}

static size_t count_baseline(uint32_t *keys, size_t count, uint32_t *scratch, uint32_t *counts) {
  kernels use = {exchange_baseline, descent_baseline, distinct_baseline};
  return count_keys(keys, count, scratch, counts, &use);
}

#ifdef COG_HAS_AVX2
static size_t count_avx2(uint32_t *keys, size_t count, uint32_t *scratch, uint32_t *counts) {
  kernels use = {exchange_avx2, descent_avx2, distinct_avx2};
  return count_keys(keys, count, scratch, counts, &use);
}

#define WIDE __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,bmi2,popcnt")))
#include "KeySortVectors.h"

#include "KeyDealing.h"

static WIDE size_t count_wide(uint32_t *keys, size_t count, uint32_t *scratch, uint32_t *distinct, uint32_t *counts,
                              int deals) {
  counted out = {distinct, counts, 0};
  waiting parts;
  parts.lanes = parts.place = parts.pivots[0] = 0;
  deals &= count >= FEWEST_DEALT && count <= COG_KEYS_DEALT;
  if (!deals || !count_dealt(keys, count, scratch, &out, &parts))
    count_part(keys, count, scratch, &out, 0, UINT32_MAX, count > MANY ? ALIKE : SAMPLED, 0, &parts);
  if (parts.pivots[parts.lanes] > 0) add_lane(&parts, &out, 0);
  if (parts.lanes > 0) settle(&parts, &out);
  counts[out.count] = parts.place;
  for (size_t i = 0; i < out.count; i += 16) {
    __m512i here = _mm512_loadu_si512(counts + i), next = _mm512_loadu_si512(counts + i + 1);
    _mm512_storeu_si512(counts + i, _mm512_sub_epi32(next, here));
  }
  return out.count;
}
#endif

size_t cog_keys_count_with(int set, uint32_t *keys, size_t count, uint32_t *scratch, uint32_t *distinct,
                           uint32_t *counts, int deals) {
  size_t found;
#ifdef COG_HAS_AVX2
  if (set == 2) {
    if (!__builtin_cpu_supports("avx512dq") || !__builtin_cpu_supports("avx512vl")) return SIZE_MAX;
    if (!__builtin_cpu_supports("avx512bw") || !__builtin_cpu_supports("bmi2")) return SIZE_MAX;
    return count_wide(keys, count, scratch, distinct, counts, deals);
  }
  if (set == 1 && !__builtin_cpu_supports("avx2")) return SIZE_MAX;
  found = (set == 1 ? count_avx2 : count_baseline)(keys, count, scratch, counts);
#else
  if (set > 0) return SIZE_MAX;
  found = count_baseline(keys, count, scratch, counts);
#endif
  memcpy(distinct, keys, found * sizeof *keys);
  return found;
}

size_t cog_keys_count(uint32_t *keys, size_t count, uint32_t *scratch, uint32_t *distinct, uint32_t *counts, int deals) {
  for (int set = 2; set > 0; set--) {
    size_t found = cog_keys_count_with(set, keys, count, scratch, distinct, counts, deals);
    if (found != SIZE_MAX) return found;
  }
  return cog_keys_count_with(0, keys, count, scratch, distinct, counts, deals);
}

static void add_baseline(const uint32_t *keys, uint32_t *counts, size_t count, const uint32_t *more,
                         const uint32_t *more_counts, size_t more_count, size_t reach) {
  for (size_t i = 0; i < more_count; i++) {
    uint32_t key = more[i];
    size_t guess = (size_t)((uint64_t)key * count >> 32), low = guess > reach ? guess - reach : 0, span = 2 * reach;
    if (low + span > count) low = count > span ? count - span : 0;
    if (span > count) span = count;
    if (keys[low] > key || (low + span < count && keys[low + span] <= key)) low = 0, span = count;
    while (span > 1) {
      size_t half = span / 2;
      size_t all = 0 - (size_t)(keys[low + half] <= key);
      // Keeps compilers from making a branch of this, which none could foresee.
      __asm__("" : "+r"(all));
      low += half & all;
      span -= half;
    }
    uint32_t sum = counts[low] + more_counts[i];
    counts[low] = sum < more_counts[i] ? UINT32_MAX : sum;
  }
}

#ifdef COG_HAS_AVX2
/// Sixteen searches side by side. `count` is less than 2^31.
static WIDE void add_wide(const uint32_t *keys, uint32_t *counts, size_t count, const uint32_t *more,
                          const uint32_t *more_counts, size_t more_count, size_t reach) {
  size_t whole = 2 * reach < count ? 2 * reach : count, i = 0;
  __m512i back = _mm512_set1_epi32((int)reach), last = _mm512_set1_epi32((int)(count - whole));
  __m512i factor = _mm512_set1_epi64((long long)count);
  for (; i + 16 <= more_count; i += 16) {
    __m512i key = _mm512_loadu_si512(more + i), times = _mm512_loadu_si512(more_counts + i);
    __m512i even = _mm512_srli_epi64(_mm512_mul_epu32(key, factor), 32);
    __m512i odd = _mm512_mul_epu32(_mm512_srli_epi64(key, 32), factor);
    __m512i low = _mm512_sub_epi32(_mm512_max_epu32(_mm512_mask_blend_epi32(0xAAAA, even, odd), back), back);
    low = _mm512_min_epu32(low, last);
    __m512i end = _mm512_add_epi32(low, _mm512_set1_epi32((int)whole));
    __mmask16 inside = _mm512_cmplt_epu32_mask(end, _mm512_set1_epi32((int)count));
    __m512i behind = _mm512_mask_i32gather_epi32(key, inside, end, keys, 4);
    __mmask16 astray = _mm512_cmpgt_epu32_mask(_mm512_i32gather_epi32(low, keys, 4), key);
    astray |= _mm512_mask_cmple_epu32_mask(inside, behind, key);
    if (astray != 0) {
      add_baseline(keys, counts, count, more + i, more_counts + i, 16, reach);
      continue;
    }
    for (size_t span = whole; span > 1;) {
      size_t half = span / 2;
      __m512i step = _mm512_set1_epi32((int)half), middle = _mm512_add_epi32(low, step);
      __mmask16 is_up = _mm512_cmple_epu32_mask(_mm512_i32gather_epi32(middle, keys, 4), key);
      low = _mm512_mask_mov_epi32(low, is_up, middle);
      span -= half;
    }
    // No two are of one key.
    __m512i sum = _mm512_add_epi32(_mm512_i32gather_epi32(low, counts, 4), times);
    sum = _mm512_mask_mov_epi32(sum, _mm512_cmplt_epu32_mask(sum, times), _mm512_set1_epi32(-1));
    _mm512_i32scatter_epi32(counts, low, sum, 4);
  }
  add_baseline(keys, counts, count, more + i, more_counts + i, more_count - i, reach);
}
#endif

/// Keys are spread evenly: one lies within a few square roots of their count from where it would be if they were exactly so.
static size_t likely_reach(size_t count) {
  size_t reach = 64;
  while (reach * reach < 16 * count) reach *= 2;
  return reach;
}

void cog_keys_add_baseline(const uint32_t *keys, uint32_t *counts, size_t count, const uint32_t *more,
                           const uint32_t *more_counts, size_t more_count) {
  if (count > 0) add_baseline(keys, counts, count, more, more_counts, more_count, likely_reach(count));
}

void cog_keys_add(const uint32_t *keys, uint32_t *counts, size_t count, const uint32_t *more, const uint32_t *more_counts,
                  size_t more_count) {
#ifdef COG_HAS_AVX2
  if (__builtin_cpu_supports("avx512dq") && count > 0 && count < INT32_MAX) {
    add_wide(keys, counts, count, more, more_counts, more_count, likely_reach(count));
    return;
  }
#endif
  cog_keys_add_baseline(keys, counts, count, more, more_counts, more_count);
}
