#include "KeyLookup.h"

size_t cog_keys_find(const uint32_t *keys, size_t count, const uint32_t *wanted, size_t wanted_count, uint32_t *numbers,
                     uint32_t *places) {
  size_t found = 0, start = 0;
  for (size_t i = 0; i < wanted_count && start < count; i++) {
    size_t span = count - start;
    while (span > 1) {
      size_t half = span / 2;
      size_t all = 0 - (size_t)(keys[start + half] <= wanted[i]);
      // Keeps compilers from making a branch of this, which none could foresee.
      __asm__("" : "+r"(all));
      start += half & all;
      span -= half;
    }
    numbers[found] = (uint32_t)i;
    places[found] = (uint32_t)start;
    found += keys[start] == wanted[i];
  }
  return found;
}
