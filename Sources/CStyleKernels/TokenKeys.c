#include "TokenKeys.h"

#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

#define LONGEST 16

#define INLINE static inline __attribute__((always_inline))

INLINE size_t token_keys(const uint32_t *text, const cog_token_bits *bits, uint8_t *entries, cog_token_key *keys,
                         void (*narrow)(const uint32_t *, uint64_t *)) {
  size_t count = 0;
  for (uint64_t starts = bits->starts; starts != 0; starts &= starts - 1) {
    unsigned shift = (unsigned)__builtin_ctzll(starts);
    const uint32_t *at = text + bits->first + shift;
    uint64_t word = bits->words >> shift;
    // The bits from here on, of this block and the next.
    uint64_t ahead = word | (bits->words_behind << 1) << (63 - shift);
    uint64_t unusual = bits->unusual >> shift | (bits->unusual_behind << 1) << (63 - shift);
    // A mark is a token of one scalar. Whether one comes could not be foreseen: no branch depends on it.
    uint64_t is_word = word & 1;
    unsigned run = ~ahead == 0 ? 64 : (unsigned)__builtin_ctzll(~ahead), length = is_word ? run : 1;
    uint64_t bytes[2];
    narrow(at, bytes);
    unsigned first = length < 8 ? length : 8, second = length < LONGEST ? length - first : 8;
    bytes[0] &= ~(uint64_t)0 >> (64 - 8 * first);
    bytes[1] &= second > 0 ? ~(uint64_t)0 >> (64 - 8 * second) : 0;
    uint64_t mixed = (bytes[0] ^ bytes[1] * 0xA0761D6478BD642Fu) * 0x9E3779B97F4A7C15u;
    mixed = (mixed ^ mixed >> 29) * 0xD6E8FEB86659FD93u;
    uint8_t *entry = entries + (mixed >> (64 - COG_TOKEN_PLACES)) * COG_TOKEN_PLACE;
    __builtin_prefetch(entry);
    // Of marks those of ASCII but NUL.
    uint64_t is_plain = (length <= LONGEST) & ((unusual & (((uint64_t)1 << (length & 63)) - 1)) == 0);
    uint64_t is_told = (is_word & is_plain) | ((is_word ^ 1) & (at[0] - 1 < 0x7F));
    keys[count].low = bytes[0];
    keys[count].high = bytes[1];
    keys[count].entry = is_told ? entry : NULL;
    keys[count].start = (uint32_t)(bits->first + shift);
    keys[count].length = is_told ? length : 0;
    count++;
  }
  return count;
}

INLINE void narrow_baseline(const uint32_t *text, uint64_t *bytes) {
  uint8_t narrowed[LONGEST];
  for (int k = 0; k < LONGEST; k++) narrowed[k] = (uint8_t)text[k];
  memcpy(bytes, narrowed, LONGEST);
}

size_t cog_token_keys_baseline(const uint32_t *text, const cog_token_bits *bits, uint8_t *entries, cog_token_key *keys) {
  return token_keys(text, bits, entries, keys, narrow_baseline);
}

#if defined(__x86_64__) && defined(__clang__)
#define WIDE __attribute__((target("avx512f,avx512vl,bmi,bmi2")))

INLINE WIDE void narrow_wide(const uint32_t *text, uint64_t *bytes) {
  _mm_storeu_si128((__m128i *)bytes, _mm512_cvtepi32_epi8(_mm512_loadu_si512(text)));
}

static WIDE size_t keys_wide(const uint32_t *text, const cog_token_bits *bits, uint8_t *entries, cog_token_key *keys) {
  return token_keys(text, bits, entries, keys, narrow_wide);
}
#endif

size_t cog_token_keys(const uint32_t *text, const cog_token_bits *bits, uint8_t *entries, cog_token_key *keys) {
#if defined(__x86_64__) && defined(__clang__)
  if (__builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("bmi2")) {
    return keys_wide(text, bits, entries, keys);
  }
#endif
  return cog_token_keys_baseline(text, bits, entries, keys);
}
