#ifndef COGNATE_PACKED_COUNTS_H
#define COGNATE_PACKED_COUNTS_H

#include <stddef.h>
#include <stdint.h>

/// Counted keys, ascending, in three bytes each: how far the key lies behind the one after the last (the first from 0), in
/// two bytes, the lower first, and how often it occurred, in one. A count of 255 stands for the four bytes that follow.
/// With a count of 0 there is no key, and what follows lies 65,535 further. The list ends with a count of 255 and then 0.
typedef struct {
  uint8_t *bytes;
  /// Bytes that are used; that can be used; and how many were given back, from the start.
  size_t size, room, returned;
  /// How many keys there are.
  size_t keys;
} cog_packed;

/// Bytes that so many keys need, of which so many occurred 255 times or more.
size_t cog_packed_room(size_t keys, size_t large);

/// Bytes that the sum of two needs.
size_t cog_packed_room_of_sum(const cog_packed *one, const cog_packed *two);

/// Takes pages for so many bytes; 0 when there is no memory.
int cog_packed_reserve(cog_packed *out, size_t room);

/// Gives all pages back.
void cog_packed_free(cog_packed *packed);

/// Packs counted keys; none of the counts is 0.
void cog_packed_fill(cog_packed *out, const uint32_t *keys, const uint32_t *counts, size_t count);

/// The sum of two, in one merge. A count stays at the largest. What was read is given back: nothing is left of the two.
void cog_packed_merge(cog_packed *out, cog_packed *one, cog_packed *two);

/// Writes all keys and their counts. What was read is given back: nothing is left.
void cog_packed_empty(cog_packed *packed, uint32_t *keys, uint32_t *counts);

#endif
