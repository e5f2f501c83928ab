#include "XMLCharacters.h"

#include <stdio.h>

static const char replacement[] = "\xEF\xBF\xBD";

/// Length of the UTF-8 sequence at p; 0 when it is not one; -1 when it may go on behind the end.
static int utf8_length(const uint8_t *p, size_t count, int is_last) {
  uint8_t c = p[0];
  int need = c >= 0xC2 && c <= 0xDF ? 2 : (c & 0xF0) == 0xE0 ? 3 : c >= 0xF0 && c <= 0xF4 ? 4 : 0;
  if (need == 0) return 0;
  for (int i = 1; i < need; i++) {
    if ((size_t)i >= count) return is_last ? 0 : -1;
    uint8_t low = 0x80, high = 0xBF;
    if (i == 1) {
      if (c == 0xE0) low = 0xA0;
      if (c == 0xED) high = 0x9F;
      if (c == 0xF0) low = 0x90;
      if (c == 0xF4) high = 0x8F;
    }
    if (p[i] < low || p[i] > high) return 0;
  }
  return need;
}

/// Takes one byte or sequence above ASCII, or a control character; returns bytes taken, 0 to wait for more.
size_t xml_take_special(xml_filter *f, const uint8_t *p, size_t count, int is_last, int keep) {
  uint8_t c = p[0];
  if (c == 0x0A) {
    f->line++;
    if (keep) xml_put(f, p, 1);
    return 1;
  }
  if (c == 0x09 || c == 0x0D) {
    if (keep) xml_put(f, p, 1);
    return 1;
  }
  if (c < 0x20) {
    f->report->illegal_characters++;
    if (keep) xml_put(f, replacement, 3);
    return 1;
  }
  if (f->latin1) {
    uint8_t two[2] = {(uint8_t)(0xC0 | (c >> 6)), (uint8_t)(0x80 | (c & 0x3F))};
    if (keep) xml_put(f, two, 2);
    return 1;
  }
  int length = utf8_length(p, count, is_last);
  if (length < 0) return 0;
  if (length == 0) {
    // One U+FFFD for a lead byte and whatever continuation bytes follow it.
    size_t skipped = 1;
    while (skipped < count && skipped < 4 && (p[skipped] & 0xC0) == 0x80) skipped++;
    f->report->invalid_bytes++;
    if (keep) xml_put(f, replacement, 3);
    return skipped;
  }
  if (length == 3 && c == 0xEF && p[1] == 0xBF && p[2] >= 0xBE) {
    f->report->illegal_characters++;
    if (keep) xml_put(f, replacement, 3);
    return 3;
  }
  if (keep) xml_put(f, p, (size_t)length);
  return (size_t)length;
}

/// The value of a character reference at p ("&#...;"), with its length; 0 when it is none.
static size_t reference(const uint8_t *p, size_t count, uint32_t *value) {
  if (count < 4 || p[0] != '&' || p[1] != '#') return 0;
  size_t i = 2;
  int hex = p[2] == 'x';
  if (hex) i = 3;
  size_t first = i;
  uint32_t v = 0;
  for (; i < count && i < XML_LOOK_AHEAD / 2; i++) {
    uint8_t c = p[i];
    uint32_t digit;
    if (c == ';') {
      *value = v;
      return i > first ? i + 1 : 0;
    }
    if (c >= '0' && c <= '9') digit = c - '0';
    else if (hex && ((c | 0x20) >= 'a' && (c | 0x20) <= 'f')) digit = (c | 0x20) - 'a' + 10;
    else return 0;
    v = v * (hex ? 16 : 10) + digit;
    if (v > 0x110000) v = 0x110000;
  }
  return 0;
}

/// Takes the '&' at p with its reference; returns bytes taken, 0 to wait for more.
size_t xml_take_ampersand(xml_filter *f, const uint8_t *p, size_t count, int is_last, int keep) {
  if (count < XML_LOOK_AHEAD && !is_last) return 0;
  uint32_t value = 0;
  size_t length = reference(p, count, &value);
  if (length == 0) {
    if (keep) xml_put(f, p, 1);
    return 1;
  }
  if (value >= 0xD800 && value <= 0xDFFF) {
    uint32_t low = 0;
    size_t second = value < 0xDC00 ? reference(p + length, count - length, &low) : 0;
    if (second && low >= 0xDC00 && low <= 0xDFFF) {
      char joined[16];
      int n = snprintf(
          joined, sizeof joined, "&#x%X;", 0x10000 + ((value - 0xD800) << 10) + (low - 0xDC00));
      f->report->joined_surrogates++;
      if (keep) xml_put(f, joined, (size_t)n);
      return length + second;
    }
    f->report->lone_surrogates++;
    if (keep) xml_put(f, replacement, 3);
    return length;
  }
  int legal = value == 9 || value == 10 || value == 13 || (value >= 0x20 && value <= 0xFFFD)
      || (value >= 0x10000 && value <= 0x10FFFF);
  if (!legal) {
    f->report->illegal_characters++;
    if (keep) xml_put(f, replacement, 3);
    return length;
  }
  if (keep) xml_put(f, p, length);
  return length;
}
