// The loops of `NameDistanceLanes.h` for all widths of lanes, and the choice among them, for one instruction set, SET.

#define NAME(x) PASTE(x, 8, SET)
#define LANE uint8_t
#define SIGNED int8_t
#define LANES 32
#include "NameDistanceLanes.h"
#undef NAME
#undef LANE
#undef SIGNED
#undef LANES

#define NAME(x) PASTE(x, 16, SET)
#define LANE uint16_t
#define SIGNED int16_t
#define LANES 16
#include "NameDistanceLanes.h"
#undef NAME
#undef LANE
#undef SIGNED
#undef LANES

#define NAME(x) PASTE(x, 32, SET)
#define LANE uint32_t
#define SIGNED int32_t
#define LANES 8
#include "NameDistanceLanes.h"
#undef NAME
#undef LANE
#undef SIGNED
#undef LANES

#define NAME(x) PASTE(x, 64, SET)
#define LANE uint64_t
#define SIGNED int64_t
#define LANES 4
#include "NameDistanceLanes.h"
#undef NAME
#undef LANE
#undef SIGNED
#undef LANES

#define OF_WIDTH(bits)                                                       \
  case bits:                                                                 \
    if (measure == COG_JARO_WINKLER)                                         \
      PASTE(jaro, bits, SET)(rows, query, count, out);              \
    else                                                                     \
      PASTE(edit, bits, SET)(rows, query, count, measure == COG_STRING_ALIGNMENT, out); \
    break

static void BLOCK(SET)(const uint8_t *rows, const uint16_t *query, size_t count, cog_name_measure measure,
                       unsigned bits, float *out) {
  switch (bits) {
    OF_WIDTH(8);
    OF_WIDTH(16);
    OF_WIDTH(32);
    OF_WIDTH(64);
  default: break;
  }
}

#undef OF_WIDTH
