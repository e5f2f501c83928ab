// See CLibXML2.h for what the filter is for. It takes bytes as long as it can see what they are; a construct
// that needs bytes not yet there (a reference, a UTF-8 sequence, "<!--") is left for the next call.
#define _GNU_SOURCE  // memmem
#include "XMLFilter.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "XMLCharacters.h"
#include "XMLDeclaration.h"

// An XML declaration is no longer than this.
#define DECLARATION_LIMIT 1024
// libxml2 looks for duplicates among attributes in quadratic time.
#define ATTRIBUTE_LIMIT 256

static void add_tag(xml_filter *f) {
  if (f->tag_count == f->tag_room) {
    if (f->tag_first > f->tag_room / 2) {
      memmove(f->tags, f->tags + f->tag_first, (f->tag_count - f->tag_first) * sizeof(xml_tag));
      f->tag_count -= f->tag_first;
      f->tag_first = 0;
    } else {
      size_t room = f->tag_room ? f->tag_room * 2 : 1024;
      xml_tag *grown = realloc(f->tags, room * sizeof(xml_tag));
      if (!grown) {
        f->report->status = COG_XML_NO_MEMORY;
        f->failed = 1;
        return;
      }
      f->tags = grown;
      f->tag_room = room;
    }
  }
  f->tags[f->tag_count++] = f->tag;
}

int xml_filter_init(xml_filter *f, const cog_xml_options *options, cog_xml_report *report) {
  memset(f, 0, sizeof *f);
  f->options = options;
  f->report = report;
  f->position = options->base;
  f->line = 1;
  f->out_room = 1 << 16;
  f->out = malloc(f->out_room);
  return f->out != NULL;
}

void xml_filter_free(xml_filter *f) {
  free(f->out);
  free(f->tags);
}

// MARK: Markup

/// Takes the '<' at p; returns bytes taken, 0 to wait for more.
static size_t take_markup(xml_filter *f, const uint8_t *p, size_t count, int is_last) {
  if (count < XML_LOOK_AHEAD && !is_last) return 0;
  if (count >= 4 && memcmp(p, "<!--", 4) == 0) {
    f->state = STATE_COMMENT;
    return 4;
  }
  if (count >= 9 && memcmp(p, "<![CDATA[", 9) == 0) {
    f->state = STATE_CDATA;
    return 9;
  }
  if (count >= 2 && p[1] == '!') {
    if (count < 9 && is_last) {
      // The source ends here: whatever it was to be, it is not there.
      xml_put(f, p, count);
      return count;
    }
    xml_refuse(f, COG_XML_DOCTYPE, "holds a document type declaration", f->position);
    return 0;
  }
  if (count >= 6 && memcmp(p, "<?xml", 5) == 0 && xml_is_space(p[5])) {
    const uint8_t *end = memmem(p, count < DECLARATION_LIMIT ? count : DECLARATION_LIMIT, "?>", 2);
    if (!end && count < DECLARATION_LIMIT && !is_last) return 0;
    if (end) xml_declaration(f, p, (size_t)(end - p) + 2);
    f->state = STATE_INSTRUCTION;
    return 2;
  }
  if (count >= 2 && p[1] == '?') {
    f->state = STATE_INSTRUCTION;
    return 2;
  }
  f->tag = (xml_tag){.offset = f->position, .filtered = f->out_base + f->out_count, .line = f->line};
  f->tag_begin = f->out_count;
  if (count >= 2 && p[1] == '/') {
    f->state = STATE_END_TAG;
    xml_put(f, p, 2);
    return 2;
  }
  size_t n = 1;
  while (n < count && n < XML_LOOK_AHEAD && !xml_is_space(p[n]) && p[n] != '>' && p[n] != '/' && p[n] >= 0x21
      && p[n] < 0x7F && p[n] != '<' && p[n] != '&' && p[n] != '"' && p[n] != '\'') n++;
  const char *name = (const char *)p + 1;
  const cog_xml_options *o = f->options;
  if (n < count && (xml_is_space(p[n]) || p[n] == '>' || p[n] == '/')) {
    for (size_t i = 0; i < o->counted_count && i < COG_XML_COUNTED; i++) {
      if (strlen(o->counted[i]) == n - 1 && memcmp(o->counted[i], name, n - 1) == 0) f->report->counted[i]++;
    }
  }
  f->is_cut_element = o->cut_element && strlen(o->cut_element) == n - 1
      && memcmp(o->cut_element, name, n - 1) == 0;
  f->attribute_length = 0;
  f->attribute_ended = 1;
  f->attributes = 0;
  f->dropping = 0;
  f->after_slash = 0;
  f->state = STATE_TAG;
  xml_put(f, p, n);
  return n;
}

static void end_tag(xml_filter *f, xml_tag_kind kind) {
  f->tag.end = f->position + 1;
  f->tag.kind = (uint8_t)kind;
  if (f->tag.cut) f->report->cut_tags++;
  add_tag(f);
  f->state = STATE_TEXT;
  f->whole = f->out_count;
}

/// Takes a '<' inside a tag. That is not XML: libxml2 stops at the '<' that is left there for it. The filter
/// goes on as if a new tag began, so that the counts stay useful.
static size_t restart(xml_filter *f, const uint8_t *p, size_t count, int is_last) {
  if (count < XML_LOOK_AHEAD && !is_last) return 0;
  xml_put(f, "<", 1);
  f->state = STATE_TEXT;
  return take_markup(f, p, count, is_last);
}

static int is_name(uint8_t c) {
  return (c >= 'a' && c <= 'z') || c == '_' || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/// Takes a byte or the name of an attribute inside a start tag, outside values.
static size_t take_in_tag(xml_filter *f, const uint8_t *p, size_t count, int is_last) {
  uint8_t c = p[0];
  if (c == '>') {
    if (f->dropping && f->after_slash) xml_put(f, "/", 1);
    xml_put(f, p, 1);
    end_tag(f, f->after_slash ? TAG_EMPTY : TAG_START);
    return 1;
  }
  f->after_slash = c == '/';
  if (c == '<') {
    return restart(f, p, count, is_last);
  }
  int over = f->out_count - f->tag_begin > f->options->tag_limit || f->attributes >= ATTRIBUTE_LIMIT;
  // Without white space the rest is no attribute, and dropping it makes libxml2 stop: it was not XML.
  if (over && (xml_is_space(c) || f->out_count - f->tag_begin > f->options->tag_limit + 0x10000)) {
    f->dropping = 1;
    f->tag.cut = 1;
  }
  int keep = !f->dropping;
  if (is_name(c)) {
    size_t n = 1;
    while (n < count && n < sizeof f->attribute && is_name(p[n])) n++;
    if (f->attribute_ended) f->attribute_length = 0;
    f->attribute_ended = 0;
    size_t room = sizeof f->attribute - f->attribute_length, kept = n < room ? n : room;
    memcpy(f->attribute + f->attribute_length, p, kept);
    f->attribute_length += kept;
    if (keep) xml_put(f, p, n);
    return n;
  }
  if (c == '"' || c == '\'') {
    f->attributes++;
    f->quote = c;
    f->state = STATE_VALUE;
    f->value_cut = 0;
    f->cutting = f->is_cut_element && f->options->cut_attribute
        && strlen(f->options->cut_attribute) == f->attribute_length
        && memcmp(f->options->cut_attribute, f->attribute, f->attribute_length) == 0;
    if (f->cutting) f->report->cut_values++;
    if (keep) xml_put(f, p, 1);
    return 1;
  }
  if (xml_is_space(c)) f->attribute_ended = 1;
  else if (c != '=') {
    if (f->attribute_ended) f->attribute_length = 0;
    f->attribute_ended = 0;
    if (f->attribute_length < sizeof f->attribute) f->attribute[f->attribute_length++] = (char)c;
  } else {
    f->attribute_ended = 1;
  }
  if (c < 0x20 || c > 0x7F) return xml_take_special(f, p, count, is_last, keep);
  if (keep) xml_put(f, p, 1);
  return 1;
}

/// Takes a stretch of a value that is cut out; newlines stay, so that lines stay countable.
static size_t take_cut(xml_filter *f, const uint8_t *p, size_t count) {
  size_t n = 0;
  const uint8_t *end = memchr(p, f->quote, count);
  size_t limit = end ? (size_t)(end - p) : count;
  const uint8_t *markup = memchr(p, '<', limit);
  if (markup) limit = (size_t)(markup - p);
  while (n < limit) {
    const uint8_t *newline = memchr(p + n, 0x0A, limit - n);
    if (!newline) break;
    n = (size_t)(newline - p) + 1;
    f->line++;
    if (!f->dropping) xml_put(f, "\n", 1);
  }
  f->value_cut += limit;
  f->report->cut_bytes += limit;
  if (limit < count) {
    f->cutting = 0;
    char digits[24];
    int written = snprintf(digits, sizeof digits, "%llu", (unsigned long long)f->value_cut);
    if (!f->dropping) xml_put(f, digits, (size_t)written);
  }
  return limit;
}

// MARK: The loop

/// Ends of runs that need no look: everything else in text and values is copied as it is.
static size_t plain_run(const uint8_t *p, size_t count, uint8_t quote) {
  // Eight bytes at a time: bit 7 of a byte of `found` is set when it, or a lower byte, ends the run.
  const uint64_t ones = 0x0101010101010101u, high = 0x8080808080808080u;
  size_t n = 0;
  for (; n + 8 <= count; n += 8) {
    uint64_t v;
    memcpy(&v, p + n, 8);
    uint64_t a = v ^ (ones * '<'), b = v ^ (ones * '&'), q = v ^ (ones * quote);
    uint64_t found = (v - ones * 0x20) | v | ((a - ones) & ~a) | ((b - ones) & ~b) | ((q - ones) & ~q);
    if (found & high) break;
  }
  while (n < count) {
    uint8_t c = p[n];
    if (c < 0x20 || c > 0x7F || c == '<' || c == '&' || c == quote) break;
    n++;
  }
  return n;
}

/// Passes over a construct that ends with `closer`; newlines stay.
static size_t take_skipped(xml_filter *f, const uint8_t *p, size_t count, int is_last, const char *closer) {
  size_t length = strlen(closer);
  const uint8_t *end = memmem(p, count, closer, length);
  size_t limit = end ? (size_t)(end - p) : count >= length ? count - length + 1 : is_last ? count : 0;
  if (!end && is_last) limit = count;
  for (size_t n = 0; n < limit;) {
    const uint8_t *newline = memchr(p + n, 0x0A, limit - n);
    if (!newline) break;
    n = (size_t)(newline - p) + 1;
    f->line++;
    xml_put(f, "\n", 1);
  }
  if (end) {
    f->state = STATE_TEXT;
    return limit + length;
  }
  return limit;
}

size_t xml_filter_run(xml_filter *f, const uint8_t *in, size_t count, int is_last) {
  size_t taken = 0;
  if (!f->began) {
    if (count < 4 && !is_last) return 0;
    xml_check_beginning(f, in, count);
  }
  while (taken < count && !f->failed) {
    const uint8_t *p = in + taken;
    size_t left = count - taken, n = 0;
    switch (f->state) {
    case STATE_TEXT:
      n = plain_run(p, left, '<');
      if (n) xml_put(f, p, n);
      else if (*p == '<') {
        f->whole = f->out_count;
        n = take_markup(f, p, left, is_last);
      } else if (*p == '&') n = xml_take_ampersand(f, p, left, is_last, 1);
      else n = xml_take_special(f, p, left, is_last, 1);
      break;
    case STATE_TAG:
      n = take_in_tag(f, p, left, is_last);
      break;
    case STATE_VALUE:
      if (f->cutting) {
        n = take_cut(f, p, left);
        if (n == 0 && !f->cutting) continue;  // an empty value: look at its quote
        break;
      }
      if (*p == f->quote) {
        if (!f->dropping) xml_put(f, p, 1);
        f->state = STATE_TAG;
        f->attribute_ended = 1;
        n = 1;
        break;
      }
      if (*p == '<') {
        n = restart(f, p, left, is_last);
        break;
      }
      if (f->out_count - f->tag_begin > f->options->tag_limit) f->tag.cut = 1;
      int keep = !f->dropping && !f->tag.cut;
      n = plain_run(p, left, f->quote);
      if (n) {
        if (keep) xml_put(f, p, n);
      } else if (*p == '&') n = xml_take_ampersand(f, p, left, is_last, keep);
      else n = xml_take_special(f, p, left, is_last, keep);
      break;
    case STATE_END_TAG:
      if (*p == '>') {
        xml_put(f, p, 1);
        end_tag(f, TAG_END);
        n = 1;
      } else if (f->out_count - f->tag_begin > f->options->tag_limit) {
        n = 1;
      } else if (*p < 0x20 || *p > 0x7F) {
        n = xml_take_special(f, p, left, is_last, 1);
      } else {
        xml_put(f, p, 1);
        n = 1;
      }
      break;
    case STATE_INSTRUCTION:
      n = take_skipped(f, p, left, is_last, "?>");
      break;
    case STATE_COMMENT:
      n = take_skipped(f, p, left, is_last, "-->");
      break;
    case STATE_CDATA: {
      // As text with references: of a long section libxml2 takes a few hundred bytes at each call and looks
      // through the rest anew.
      while (n < left && p[n] >= 0x20 && p[n] <= 0x7F && p[n] != ']' && p[n] != '<' && p[n] != '>' && p[n] != '&') n++;
      if (n) {
        xml_put(f, p, n);
        break;
      }
      n = 1;
      if (*p == ']') {
        if (left < 3 && !is_last) n = 0;
        else if (left >= 3 && p[1] == ']' && p[2] == '>') {
          n = 3;
          f->state = STATE_TEXT;
        } else xml_put(f, "&#93;", 5);
      } else if (*p == '<') xml_put(f, "&lt;", 4);
      else if (*p == '>') xml_put(f, "&gt;", 4);
      else if (*p == '&') xml_put(f, "&amp;", 5);
      else n = xml_take_special(f, p, left, is_last, 1);
      break;
    }
    }
    if (n == 0) break;
    taken += n;
    f->position += n;
  }
  if (f->state == STATE_TEXT || f->state == STATE_CDATA) f->whole = f->out_count;
  return taken;
}
