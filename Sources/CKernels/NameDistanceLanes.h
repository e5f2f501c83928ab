// The loops over one block of candidates, for lanes of one width: included once for each width and each instruction set.
//
// LANE is the unsigned type of a lane, SIGNED its signed twin, LANES how many fit 32 bytes, NAME(x) the name with width
// and instruction set. A text has a bit of its lane for each of its bytes, so that the lane's own carry ends where the
// text may end at most.

typedef LANE NAME(vector) __attribute__((vector_size(32)));
typedef SIGNED NAME(truth) __attribute__((vector_size(32)));

typedef LANE NAME(loose) __attribute__((vector_size(32), aligned(1), may_alias));

// Levenshtein and string alignment.
static void NAME(edit)(const uint8_t *rows, const uint16_t *query, size_t count, int swaps, float *out) {
  typedef NAME(vector) V;
  const V length = *(const NAME(loose) *)(rows + 32 * ROW_OF_LENGTHS), one = (V){0} + (LANE)1;
  // An empty candidate has no top bit: its distance is the length of the query, set below.
  const V top = *(const NAME(loose) *)(rows + 32 * ROW_OF_TOPS);
  V rise = ~(V){0}, fall = {0}, diagonal = {0}, last = {0}, distance = length;
  for (size_t position = 0; position < count; position++) {
    V match = *(const NAME(loose) *)(rows + 32 * (size_t)query[position]);
    V swapped = swaps ? (((~diagonal) & match) << 1) & last : (V){0};
    diagonal = (((match & rise) + rise) ^ rise) | match | fall | swapped;
    V up = fall | ~(diagonal | rise);
    V down = diagonal & rise;
    // A comparison is all ones, -1, where it holds.
    distance -= (V)((up & top) != 0);
    distance += (V)((down & top) != 0);
    up = (up << 1) | one;
    down = down << 1;
    rise = down | ~(diagonal | up);
    fall = up & diagonal;
    last = match;
  }
  V none = (V)(length == 0);
  distance = (distance & ~none) | (((V){0} + (LANE)count) & none);
  LANE found[LANES];
  memcpy(found, &distance, sizeof found);
  for (int lane = 0; lane < LANES; lane++) out[lane] = (float)(int)found[lane];
}

// Replaces each lane by how many of its bits are set: by pairs, fours and eights, then the bytes of a lane are added up in
// its lowest (Hacker's Delight, 5-1).
static inline void NAME(count_bits)(NAME(vector) *lanes) {
  typedef NAME(vector) V;
  const LANE all = (LANE)~(LANE)0;
  const V zero = {0}, fives = zero + (LANE)(all / 3), threes = zero + (LANE)(all / 5), nibbles = zero + (LANE)(all / 17);
  V bits = *lanes;
  bits = bits - ((bits >> 1) & fives);
  bits = (bits & threes) + ((bits >> 2) & threes);
  bits = (bits + (bits >> 4)) & nibbles;
  if (sizeof(LANE) >= 2) bits += bits >> (8 * (sizeof(LANE) >= 2));
  if (sizeof(LANE) >= 4) bits += bits >> (16 * (sizeof(LANE) >= 4));
  if (sizeof(LANE) >= 8) bits += bits >> (32 * (sizeof(LANE) >= 8));
  *lanes = bits & (zero + (LANE)127);
}

static void NAME(jaro)(const uint8_t *rows, const uint16_t *query, size_t count, float *out) {
  typedef NAME(vector) V;
  const V length = *(const NAME(loose) *)(rows + 32 * ROW_OF_LENGTHS), zero = {0}, one = zero + (LANE)1;
  // Half of the longer less one, and not below 0.
  V own = zero + (LANE)count, isLonger = (V)(length > own);
  V half = ((length & isLonger) | (own & ~isLonger)) >> 1;
  V window = half - (one & (V)(half > 0));
  // Positions 0 ... window.
  V reach = zero;
  for (int position = 0; position < (int)(8 * sizeof(LANE)); position++) {
    V here = (V)(zero + (LANE)position <= window);
    reach |= here & (one << (LANE)position);
    if (position >= COG_NAME_LIMIT / 2) break;
  }
  V mine = {0}, prefix = {0}, running = ~(V){0};
  // By position of the query, the lanes in which it found a partner.
  V partner[COG_NAME_LIMIT];
  for (size_t position = 0; position < count; position++) {
    V match = *(const NAME(loose) *)(rows + 32 * (size_t)query[position]);
    if (position < 4) {
      running &= (V)(((match >> (LANE)position) & one) != 0);
      prefix -= running;
    }
    V found = match & reach & ~mine;
    found &= -found;
    mine |= found;
    partner[position] = (V)(found != 0);
    // The window's upper end moves on at once, its lower one after `window` positions.
    V here = zero + (LANE)position;
    reach = (reach << 1) | ((V)(here < window) & one);
  }
  V matches = mine, crossed = {0}, rest = mine;
  NAME(count_bits)(&matches);
  for (size_t position = 0; position < count; position++) {
    V match = *(const NAME(loose) *)(rows + 32 * (size_t)query[position]);
    V low = rest & -rest & partner[position];
    crossed -= (V)((match & low) == 0) & partner[position];
    rest ^= low;
  }
  LANE common[LANES], swaps[LANES], same[LANES], lengths[LANES];
  memcpy(lengths, &length, sizeof lengths);
  memcpy(common, &matches, sizeof common);
  memcpy(swaps, &crossed, sizeof swaps);
  memcpy(same, &prefix, sizeof same);
  for (int lane = 0; lane < LANES; lane++)
    out[lane] = (float)winkler((int)common[lane], (int)swaps[lane], (int)lengths[lane], (int)count, (int)same[lane]);
}
