#ifndef COGNATE_NEAREST_KEYS_H
#define COGNATE_NEAREST_KEYS_H

#include <stddef.h>
#include <stdint.h>

/// The largest of many values and where they are, as keys: `(value ^ 1 << 31) << 32 | ~place`. Of two keys the larger is
/// of the larger value, and of equal values of the earlier place; no two are equal.

/// Writes the keys of values above a limit; the first value is at place `first`. Returns how many; `keys` has room for
/// `count` and one more.
size_t cog_keys_above(const int32_t *values, size_t count, int32_t limit, uint32_t first, uint64_t *keys);

/// Puts the largest `kept` keys in front, the least of them last.
void cog_keys_keep(uint64_t *keys, size_t count, size_t kept);

/// Multiplies each value by a scale, and puts in its place the bits of that number, of a negative one turned so that
/// larger numbers have larger values.
void cog_values_scale(int32_t *values, const float *scales, size_t count);

/// The number that `cog_values_scale` wrote.
static inline float cog_value_number(int32_t value) {
  union { int32_t bits; float number; } both = {.bits = value ^ ((value >> 31) & 0x7FFFFFFF)};
  return both.number;
}

#endif
