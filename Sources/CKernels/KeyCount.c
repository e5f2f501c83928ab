#define _GNU_SOURCE
#include "KeyCount.h"

#include <string.h>

size_t cog_count_json_key(const uint8_t *bytes, size_t count, const uint8_t *key, size_t key_length) {
  size_t found = 0;
  const uint8_t *position = bytes, *end = bytes + count;
  while (position < end) {
    const uint8_t *hit = memmem(position, (size_t)(end - position), key, key_length);
    if (hit == NULL) break;
    position = hit + key_length;
    const uint8_t *next = position;
    while (next < end && (*next == ' ' || *next == '\t' || *next == '\n' || *next == '\r')) next++;
    if (next < end && *next == ':') found++;
  }
  return found;
}
