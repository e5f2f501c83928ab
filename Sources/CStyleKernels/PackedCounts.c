#define _GNU_SOURCE
#include "PackedCounts.h"

#include <string.h>
#include <sys/mman.h>

#define FAR 65535
#define LARGE 255
/// Bytes of an entry, of one with a large count, and of all entries that hold no key.
#define ENTRY 3
#define LARGE_ENTRY 7
#define BETWEEN (65538 * ENTRY)
/// What stands behind the last entry, and what may be read behind that.
#define TAIL 16
/// Pages are given back by as many bytes.
#define PORTION ((size_t)1 << 20)

int cog_packed_reserve(cog_packed *out, size_t room) {
  // An allocator would keep what is given back for what is asked for next, which is larger.
  void *memory = mmap(NULL, room, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANON, -1, 0);
  *out = (cog_packed){0};
  if (memory == MAP_FAILED) return 0;
  out->bytes = memory;
  out->room = room;
  return 1;
}

size_t cog_packed_room(size_t keys, size_t large) {
  return keys * ENTRY + large * (LARGE_ENTRY - ENTRY) + BETWEEN + TAIL;
}

size_t cog_packed_room_of_sum(const cog_packed *one, const cog_packed *two) {
  // At worst two entries become a large one.
  return (one->size + two->size) / (2 * ENTRY) * LARGE_ENTRY + BETWEEN + TAIL;
}

/// Gives back what lies before a place.
static void give_back(cog_packed *packed, size_t until) {
  if (until > packed->returned) munmap(packed->bytes + packed->returned, until - packed->returned);
  packed->returned = until;
}

void cog_packed_free(cog_packed *packed) {
  give_back(packed, packed->room);
  *packed = (cog_packed){0};
}

#define INLINE static inline __attribute__((always_inline))

INLINE uint32_t load(const uint8_t *at) {
  uint32_t word;
  memcpy(&word, at, sizeof word);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  word = __builtin_bswap32(word);
#endif
  return word;
}

INLINE void store(uint8_t *at, uint32_t word) {
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  word = __builtin_bswap32(word);
#endif
  memcpy(at, &word, sizeof word);
}

typedef struct {
  uint8_t *at;
  uint64_t next;
  size_t keys;
} writer;

/// Adds a key behind the last. Four bytes are written.
INLINE void append(writer *to, uint64_t key, uint64_t count) {
  uint64_t step = key - to->next;
  for (; __builtin_expect(step >= FAR, 0); step -= FAR) {
    store(to->at, FAR);
    to->at += ENTRY;
  }
  store(to->at, (uint32_t)(step | (count < LARGE ? count : LARGE) << 16));
  to->at += ENTRY;
  if (__builtin_expect(count >= LARGE, 0)) {
    store(to->at, count > UINT32_MAX ? UINT32_MAX : (uint32_t)count);
    to->at += LARGE_ENTRY - ENTRY;
  }
  to->next = key + 1;
  to->keys++;
}

static void finish(cog_packed *out, const writer *to) {
  store(to->at, (uint32_t)LARGE << 16);
  store(to->at + ENTRY, 0);
  out->size = (size_t)(to->at - out->bytes) + LARGE_ENTRY;
  out->keys = to->keys;
}

void cog_packed_fill(cog_packed *out, const uint32_t *keys, const uint32_t *counts, size_t count) {
  writer to = {out->bytes, 0, 0};
  for (size_t i = 0; i < count; i++) append(&to, keys[i], counts[i]);
  finish(out, &to);
}

/// A key, how often it occurred, and the entry behind it. Behind the last key the count is 0.
typedef struct {
  const uint8_t *at;
  uint64_t key, count;
} place;

/// Goes on to the key at the next entries; `key` is the one after the last.
INLINE void settle(place *here) {
  do {
    uint32_t word = load(here->at);
    here->at += ENTRY;
    here->key += word & 0xFFFF;
    here->count = word >> 16 & 0xFF;
  } while (here->count == 0);
  if (here->count < LARGE) return;
  here->count = load(here->at);
  here->at += LARGE_ENTRY - ENTRY;
}

INLINE place first(const cog_packed *from) {
  place here = {from->bytes, 0, 0};
  settle(&here);
  return here;
}

/// Goes on by `taken` keys, 0 or 1. No branch depends on it but where a list has something out of the ordinary.
INLINE void advance(place *here, uint64_t taken) {
  // Keeps compilers from making a branch of this, which none could foresee.
  __asm__("" : "+r"(taken));
  uint64_t word = load(here->at), step = word & 0xFFFF, count = word >> 16 & 0xFF;
  here->key += taken;
  if (__builtin_expect(taken & ((count == 0) | (count == LARGE)), 0)) {
    settle(here);
    return;
  }
  uint64_t mask = 0 - taken;
  here->at += ENTRY & mask;
  here->key += step & mask;
  here->count = (count & mask) | (here->count & ~mask);
}

void cog_packed_merge(cog_packed *out, cog_packed *one, cog_packed *two) {
  writer to = {out->bytes, 0, 0};
  place left = first(one), right = first(two);
  while (left.count != 0 && right.count != 0) {
    for (size_t i = 0; i < PORTION && left.count != 0 && right.count != 0; i++) {
      // Which is the lesser could not be foreseen.
      uint64_t is_left = left.key <= right.key, is_right = right.key <= left.key;
      uint64_t key = is_left ? left.key : right.key;
      append(&to, key, (left.count & (0 - is_left)) + (right.count & (0 - is_right)));
      advance(&left, is_left);
      advance(&right, is_right);
    }
    give_back(one, (size_t)(left.at - one->bytes) & ~(PORTION - 1));
    give_back(two, (size_t)(right.at - two->bytes) & ~(PORTION - 1));
  }
  for (; left.count != 0; advance(&left, 1)) append(&to, left.key, left.count);
  for (; right.count != 0; advance(&right, 1)) append(&to, right.key, right.count);
  finish(out, &to);
  cog_packed_free(one);
  cog_packed_free(two);
}

void cog_packed_empty(cog_packed *packed, uint32_t *keys, uint32_t *counts) {
  size_t to = 0;
  for (place here = first(packed); here.count != 0; advance(&here, 1)) {
    keys[to] = (uint32_t)here.key;
    counts[to++] = (uint32_t)here.count;
    if (to % PORTION == 0) give_back(packed, (size_t)(here.at - packed->bytes) & ~(PORTION - 1));
  }
  cog_packed_free(packed);
}
