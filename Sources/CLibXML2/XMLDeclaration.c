#include "XMLDeclaration.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

static int encoding_is(const uint8_t *name, size_t length, const char *wanted) {
  return length == strlen(wanted) && strncasecmp((const char *)name, wanted, length) == 0;
}

/// Judges the declaration p[..<count] ("<?xml ... ?>").
void xml_declaration(xml_filter *f, const uint8_t *p, size_t count) {
  for (size_t i = 5; i + 9 < count; i++) {
    if (memcmp(p + i, "encoding", 8) != 0 || !xml_is_space(p[i - 1])) continue;
    size_t j = i + 8;
    while (j < count && (xml_is_space(p[j]) || p[j] == '=')) j++;
    uint8_t quote = j < count ? p[j] : 0;
    size_t start = ++j;
    while (j < count && p[j] != quote) j++;
    if (j >= count) break;
    const uint8_t *name = p + start;
    size_t length = j - start;
    if (encoding_is(name, length, "iso-8859-1") || encoding_is(name, length, "latin1")) {
      f->latin1 = 1;
    } else if (!encoding_is(name, length, "utf-8") && !encoding_is(name, length, "utf8")
        && !encoding_is(name, length, "us-ascii") && !encoding_is(name, length, "ascii")) {
      char message[128];
      snprintf(message, sizeof message, "declares the encoding %.*s", (int)(length > 40 ? 40 : length), name);
      for (char *c = message; *c; c++) if ((uint8_t)*c < 0x20 || (uint8_t)*c > 0x7E) *c = '?';
      xml_refuse(f, COG_XML_ENCODING, message, f->position);
    }
    return;
  }
}

/// Refuses what does not begin like an encoding in which ASCII is ASCII.
void xml_check_beginning(xml_filter *f, const uint8_t *p, size_t count) {
  f->began = 1;
  size_t zeroes = 0;
  for (size_t i = 0; i < count && i < 4; i++) zeroes += p[i] == 0;
  int mark = count >= 2 && ((p[0] == 0xFE && p[1] == 0xFF) || (p[0] == 0xFF && p[1] == 0xFE));
  int ebcdic = count >= 4 && p[0] == 0x4C && p[1] == 0x6F && p[2] == 0xA7 && p[3] == 0x94;
  if (zeroes || mark || ebcdic) {
    xml_refuse(f, COG_XML_ENCODING, "is written in UTF-16, UTF-32 or EBCDIC", f->position);
  }
}
