#include "JSONScan.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

// Position of the next quote or backslash at or after `position`, or `count`.
static size_t string_special(const uint8_t *bytes, size_t position, size_t count) {
#if defined(__x86_64__)
  const __m128i quote = _mm_set1_epi8('"'), backslash = _mm_set1_epi8('\\');
  while (position + 16 <= count) {
    __m128i block = _mm_loadu_si128((const __m128i *)(bytes + position));
    int mask = _mm_movemask_epi8(_mm_or_si128(_mm_cmpeq_epi8(block, quote), _mm_cmpeq_epi8(block, backslash)));
    if (mask) return position + (size_t)__builtin_ctz((unsigned)mask);
    position += 16;
  }
#endif
  while (position < count && bytes[position] != '"' && bytes[position] != '\\') position++;
  return position;
}

// Scans inside a string; returns the position after its closing quote with `*closed` set, or `count`.
static size_t scan_string(const uint8_t *bytes, size_t position, size_t count, cog_json_scan *scan, int *closed) {
  *closed = 0;
  while (position < count) {
    if (scan->escaped) {
      scan->escaped = 0;
      position++;
      continue;
    }
    position = string_special(bytes, position, count);
    if (position >= count) return count;
    if (bytes[position] == '\\') {
      scan->escaped = 1;
      position++;
    } else {
      *closed = 1;
      return position + 1;
    }
  }
  return position;
}

size_t cog_json_scan_value(const uint8_t *bytes, size_t position, size_t count, cog_json_scan *scan) {
  int closed = 0;
  if (scan->done || position >= count) return position;
  if (!scan->started) {
    switch (bytes[position]) {
    case '"':
      scan->started = 1;
      position++;
      break;
    case '{':
    case '[':
      scan->started = 2;
      scan->depth = 1;
      position++;
      break;
    default:
      scan->started = 3;
    }
  }
  if (scan->started == 1) {
    position = scan_string(bytes, position, count, scan, &closed);
    scan->done = (uint8_t)closed;
    return position;
  }
  if (scan->started == 3) {
    for (; position < count; position++) {
      switch (bytes[position]) {
      case ',': case ']': case '}': case ' ': case '\t': case '\n': case '\r':
        scan->done = 1;
        return position;
      default: break;
      }
    }
    return position;
  }
  while (position < count) {
    if (scan->in_string) {
      position = scan_string(bytes, position, count, scan, &closed);
      if (!closed) return position;
      scan->in_string = 0;
      continue;
    }
    switch (bytes[position++]) {
    case '"': scan->in_string = 1; break;
    case '{': case '[': scan->depth++; break;
    case '}': case ']':
      if (--scan->depth == 0) {
        scan->done = 1;
        return position;
      }
      break;
    default: break;
    }
  }
  return position;
}
