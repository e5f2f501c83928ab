// Counts up to `COG_KEYS_DEALT` keys by dealing them out to rooms for KeySort.c, with vectors of 64 bytes.
//
// Keys are hashes, so that by their highest bits they fall into rooms of about `MEAN` each, which need no counting in
// advance: what does not fit in a room is set aside, and is in a text one key of a hundred, of n-grams that come again
// and again. A room's keys are sorted in a lane beside those of others.

/// Keys of a room on average: of rooms of more, too many have more keys than a lane, and fewer leave the lanes empty.
#define MEAN 28
/// Keys that fit in a room. With 16 more to be read behind them rooms lie an odd number of lines apart, so that their ends
/// do not fall on the same places in the nearest cache.
#define ROOM 64
#define ROOM_STRIDE (ROOM + 16)
/// Fewer keys are quicker sorted.
#define FEWEST_DEALT 4096
#define ROOMS (COG_KEYS_DEALT / MEAN)

_Static_assert(ROOMS * ROOM_STRIDE + COG_KEYS_DEALT + 64 <= COG_KEYS_SCRATCH, "rooms and what is set aside");

/// Keys that are dealt out.
typedef struct {
  uint32_t *rooms, *aside;
  /// Keys dealt to each room, those set aside among them; how many were set aside; how many rooms there are.
  uint16_t filled[ROOMS];
  size_t over, count;
} dealt;

static inline WIDE void deal_key(dealt *to, size_t room, uint32_t key) {
  size_t rank = to->filled[room];
  to->filled[room] = (uint16_t)(rank + 1);
  // A branch that can be foreseen, where writing to the one or the other place without it takes a third more.
  if (__builtin_expect(rank < ROOM, 1)) {
    to->rooms[room * ROOM_STRIDE + rank] = key;
  } else {
    to->aside[to->over++] = key;
  }
}

/// Deals keys out; the room of a key is the whole part of the number of rooms times what the key is of 2^32.
static WIDE void deal(const uint32_t *keys, size_t count, dealt *to) {
  __m512i factor = _mm512_set1_epi64((long long)to->count);
  size_t i = 0;
  for (; i + 16 <= count; i += 16) {
    uint32_t room[16];
    __m512i here = _mm512_loadu_si512(keys + i);
    __m512i even = _mm512_srli_epi64(_mm512_mul_epu32(here, factor), 32);
    __m512i odd = _mm512_mul_epu32(_mm512_srli_epi64(here, 32), factor);
    _mm512_storeu_si512(room, _mm512_mask_blend_epi32(0xAAAA, even, odd));
    UNROLLED for (int k = 0; k < 16; k++) deal_key(to, room[k], keys[i + k]);
  }
  for (; i < count; i++) deal_key(to, (uint64_t)keys[i] * to->count >> 32, keys[i]);
}

/// Writes those that were set aside from `low` to `high`; returns how many.
static WIDE size_t take_aside(const dealt *from, uint32_t low, uint32_t high, uint32_t *out) {
  __m512i start = _mm512_set1_epi32((int)low), span = _mm512_set1_epi32((int)(high - low));
  size_t found = 0;
  for (size_t i = 0; i < from->over; i += 16) {
    __mmask16 valid = (__mmask16)_bzhi_u32(0xFFFF, from->over - i < 16 ? (uint32_t)(from->over - i) : 16);
    __m512i here = _mm512_loadu_si512(from->aside + i);
    __mmask16 own = _mm512_mask_cmple_epu32_mask(valid, _mm512_sub_epi32(here, start), span);
    _mm512_storeu_si512(out + found, _mm512_maskz_compress_epi32(own, here));
    found += (size_t)__builtin_popcount(own);
  }
  return found;
}

/// Counts all keys, or none, and returns 0, where they are too unlike hashes. `keys` is overwritten only in the first case.
static WIDE int count_dealt(uint32_t *keys, size_t count, uint32_t *scratch, counted *out, waiting *parts) {
  dealt all;
  // Where a line of the cache begins.
  all.rooms = scratch + (64 - (uintptr_t)scratch % 64) % 64 / sizeof *scratch;
  all.aside = all.rooms + ROOMS * ROOM_STRIDE;
  all.over = 0;
  all.count = count / MEAN;
  memset(all.filled, 0, all.count * sizeof *all.filled);
  deal(keys, count, &all);
  if (all.over > count / 4) return 0;
  for (size_t i = 0; i < all.count; i++) {
    size_t own = all.filled[i];
    uint32_t *room = all.rooms + i * ROOM_STRIDE;
    if (own <= FITS) {
      add_part(room, own, parts, out);
      continue;
    }
    // The least key of a room is the first that is large enough.
    uint32_t low = (uint32_t)((((uint64_t)i << 32) + all.count - 1) / all.count);
    uint32_t high = (uint32_t)((((uint64_t)(i + 1) << 32) + all.count - 1) / all.count - 1);
    if (own <= 2 * FITS && add_two(room, own, low + (high - low) / 2, parts, out)) continue;
    // Parting them takes more room than a room has.
    memcpy(keys, room, ROOM * sizeof *keys);
    if (own > ROOM) own = ROOM + take_aside(&all, low, high, keys + ROOM);
    count_part(keys, own, scratch + COG_KEYS_SCRATCH, out, low, high, ALIKE, 0, parts);
  }
  return 1;
}
