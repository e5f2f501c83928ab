#include "TableScan.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

static inline int is_mark(uint8_t byte, uint8_t delimiter) {
  return byte == delimiter || byte == '"' || byte == '\n' || byte == '\r';
}

size_t cog_table_marks_scalar(const uint8_t *bytes, size_t start, size_t count, uint8_t delimiter, uint32_t *marks,
                              size_t room, size_t *next) {
  size_t found = 0, position = start;
  // As the wide scans do, stops where a block of 64 might not fit.
  while (position < count && found + 64 <= room) {
    size_t end = count - position < 64 ? count : position + 64;
    for (; position < end; position++) {
      if (is_mark(bytes[position], delimiter)) marks[found++] = (uint32_t)position;
    }
  }
  *next = position;
  return found;
}

#if defined(__x86_64__)

static inline size_t write_marks(uint32_t *marks, size_t found, size_t position, uint64_t mask) {
  while (mask) {
    marks[found++] = (uint32_t)(position + (size_t)__builtin_ctzll(mask));
    mask &= mask - 1;
  }
  return found;
}

__attribute__((target("avx2,bmi"))) static size_t marks_avx2(const uint8_t *bytes, size_t start, size_t count,
                                                             uint8_t delimiter, uint32_t *marks, size_t room,
                                                             size_t *next) {
  const __m256i mark = _mm256_set1_epi8((char)delimiter), quote = _mm256_set1_epi8('"');
  const __m256i feed = _mm256_set1_epi8('\n'), carriage = _mm256_set1_epi8('\r');
  size_t found = 0, position = start;
  while (position + 64 <= count && found + 64 <= room) {  // Safe: 64 bytes remain, and room for 64 marks.
    uint64_t mask = 0;
    for (int half = 0; half < 2; half++) {
      __m256i block = _mm256_loadu_si256((const __m256i *)(bytes + position + 32 * half));
      __m256i hit = _mm256_or_si256(_mm256_or_si256(_mm256_cmpeq_epi8(block, mark), _mm256_cmpeq_epi8(block, quote)),
                                    _mm256_or_si256(_mm256_cmpeq_epi8(block, feed), _mm256_cmpeq_epi8(block, carriage)));
      mask |= (uint64_t)(uint32_t)_mm256_movemask_epi8(hit) << (32 * half);
    }
    found = write_marks(marks, found, position, mask);
    position += 64;
  }
  size_t rest = cog_table_marks_scalar(bytes, position, count, delimiter, marks + found, room - found, next);
  return found + rest;
}

static size_t marks_sse2(const uint8_t *bytes, size_t start, size_t count, uint8_t delimiter, uint32_t *marks,
                         size_t room, size_t *next) {
  const __m128i mark = _mm_set1_epi8((char)delimiter), quote = _mm_set1_epi8('"');
  const __m128i feed = _mm_set1_epi8('\n'), carriage = _mm_set1_epi8('\r');
  size_t found = 0, position = start;
  while (position + 64 <= count && found + 64 <= room) {  // Safe: 64 bytes remain, and room for 64 marks.
    uint64_t mask = 0;
    for (int part = 0; part < 4; part++) {
      __m128i block = _mm_loadu_si128((const __m128i *)(bytes + position + 16 * part));
      __m128i hit = _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(block, mark), _mm_cmpeq_epi8(block, quote)),
                                 _mm_or_si128(_mm_cmpeq_epi8(block, feed), _mm_cmpeq_epi8(block, carriage)));
      mask |= (uint64_t)(uint32_t)_mm_movemask_epi8(hit) << (16 * part);
    }
    found = write_marks(marks, found, position, mask);
    position += 64;
  }
  size_t rest = cog_table_marks_scalar(bytes, position, count, delimiter, marks + found, room - found, next);
  return found + rest;
}

#endif

size_t cog_table_marks(const uint8_t *bytes, size_t start, size_t count, uint8_t delimiter, uint32_t *marks, size_t room,
                       size_t *next) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi"))
    return marks_avx2(bytes, start, count, delimiter, marks, room, next);
  return marks_sse2(bytes, start, count, delimiter, marks, room, next);
#else
  return cog_table_marks_scalar(bytes, start, count, delimiter, marks, room, next);
#endif
}
