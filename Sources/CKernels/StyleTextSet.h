// The loops of StyleText.c that compilers turn into vectors; compiled once for each set of instructions, with SET its name.

static size_t NAMED(decode)(const uint8_t *bytes, size_t count, const uint8_t *classes, uint32_t *text, uint8_t *kinds,
                             size_t *invalid) {
  size_t i = 0, out = 0;
  while (i < count) {
    uint64_t eight;
    while (i + 16 <= count) {
      uint64_t other;
      memcpy(&eight, bytes + i, 8);
      memcpy(&other, bytes + i + 8, 8);
      if ((eight | other) & 0x8080808080808080u) break;
      for (int k = 0; k < 16; k++) text[out + k] = bytes[i + k];
      for (int k = 0; k < 16; k++) kinds[out + k] = ascii_kind(bytes[i + k]);
      i += 16, out += 16;
    }
    size_t stop = i + 16 < count ? i + 16 : count;
    while (i < stop) {
      uint32_t scalar = bytes[i];
      if (scalar < 0x80) {
        kinds[out] = ascii_kind((uint8_t)scalar);
        text[out++] = scalar;
        i++;
        continue;
      }
      size_t skip, used = decode_wide(bytes + i, count - i, &scalar, &skip);
      if (used == 0) {
        scalar = 0xFFFD;
        ++*invalid;
        used = skip;
      }
      if (scalar == 0xE000 || scalar == 0xE001) scalar = 0xFFFD;
      kinds[out] = wide_kind(scalar, classes);
      text[out++] = scalar;
      i += used;
    }
  }
  // Rows of one letter.
  for (size_t k = 2; k < out; k++) {
    uint8_t same = ((text[k] ^ text[k - 1]) | (text[k] ^ text[k - 2])) & ~0x20u ? 0 : 1;
    kinds[k] |= (uint8_t)((kinds[k] & (COG_UPPER | COG_LOWER) ? same : 0) << 7);
  }
  return out;
}

/// The same of what begins in 64 bytes; three behind them are read.
static uint8_t NAMED(refers)(const uint8_t *bytes) {
  uint8_t found = 0;
  for (size_t k = 0; k < 64; k++) {
    uint8_t b = bytes[k], second = bytes[k + 1], third = bytes[k + 2], fourth = bytes[k + 3];
    uint8_t scheme = (b == ':') & (second == '/') & (third == '/');
    uint8_t host = ((b | 32) == 'w') & ((second | 32) == 'w') & ((third | 32) == 'w') & (fourth == '.');
    found |= (b == '@') | scheme | host;
  }
  return found;
}

static int NAMED(may_refer)(const uint8_t *bytes, size_t count) {
  uint8_t found = 0, rest[128 + 3] = {0};
  size_t i = 0;
  for (; i + 64 + 3 <= count; i += 64) found |= NAMED(refers)(bytes + i);
  memcpy(rest, bytes + i, count - i);
  found |= NAMED(refers)(rest);
  if (count - i > 64) found |= NAMED(refers)(rest + 64);
  return found;
}

static size_t NAMED(fold)(const uint32_t *text, const uint8_t *kinds, size_t count, uint32_t *restrict out,
                          size_t *tabs) {
  size_t to = 1, i = 0;
  uint8_t before = COG_SPACE;
  out[0] = ' ';
  for (size_t k = 0; k < count; k++) *tabs += text[k] == '\t';
  while (i < count) {
    if (i > 0 && i + 16 <= count) {
      // Sixteen that hold no second space of a run stay side by side.
      uint8_t second = 0;
      for (size_t k = 0; k < 16; k++) second |= kinds[i + k] & kinds[i + k - 1];
      if (!(second & COG_SPACE)) {
        for (size_t k = 0; k < 16; k++) {
          uint32_t space = -(uint32_t)(kinds[i + k] & COG_SPACE);
          out[to + k] = (text[i + k] & ~space) | (space & ' ');
        }
        i += 16, to += 16;
        before = kinds[i - 1] & COG_SPACE;
        continue;
      }
    }
    for (size_t stop = i + 16 < count ? i + 16 : count; i < stop; i++) {
      uint8_t space = kinds[i] & COG_SPACE;
      out[to] = (text[i] & (uint32_t)(space - 1)) | ((uint32_t)space << 5);
      to += !(space & before);
      before = space;
    }
  }
  if (!before) out[to++] = ' ';
  memset(out + to, 0, 32 * sizeof *out);
  return to;
}

static size_t NAMED(keys)(const uint32_t *restrict folded, size_t starts, size_t count, uint32_t *restrict keys) {
  size_t grams[3];
  for (size_t n = 3; n <= 5; n++) {
    grams[n - 3] = count >= n ? count - n + 1 : 0;
    if (grams[n - 3] > starts) grams[n - 3] = starts;
  }
  uint32_t *threes = keys, *fours = threes + grams[0], *fives = fours + grams[1];
  // The hash of a gram goes on from that of the shorter one.
  size_t whole = grams[2] / 16 * 16;
  for (size_t i = 0; i < whole; i += 16) {
    for (size_t k = 0; k < 16; k++) {
      const uint32_t *at = folded + i + k;
      uint32_t three = (at[0] * MULTIPLIER + at[1]) * MULTIPLIER + at[2];
      uint32_t four = three * MULTIPLIER + at[3], five = four * MULTIPLIER + at[4];
      threes[i + k] = mixed(three + 3 * LENGTH_STEP);
      fours[i + k] = mixed(four + 4 * LENGTH_STEP);
      fives[i + k] = mixed(five + 5 * LENGTH_STEP);
    }
  }
  // Eight at a time: what is too much of one length is overwritten by the next.
  uint32_t *out = keys;
  for (size_t n = 3; n <= 5; n++) {
    uint32_t first[8];
    if (n < 5) memcpy(first, out + grams[n - 3], sizeof first);
    for (size_t i = whole; i < grams[n - 3]; i += 8) {
      for (size_t k = 0; k < 8; k++) {
        const uint32_t *at = folded + i + k;
        uint32_t hash = (at[0] * MULTIPLIER + at[1]) * MULTIPLIER + at[2];
        if (n > 3) hash = hash * MULTIPLIER + at[3];
        if (n > 4) hash = hash * MULTIPLIER + at[4];
        out[i + k] = mixed(hash + (uint32_t)n * LENGTH_STEP);
      }
    }
    out += grams[n - 3];
    if (n < 5) memcpy(out, first, sizeof first);
  }
  return (size_t)(out - keys);
}
