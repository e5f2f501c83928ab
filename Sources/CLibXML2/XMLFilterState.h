// What the byte filter before libxml2 knows, what it writes and how it refuses. Private to this target.
#ifndef COGNATE_XML_FILTER_STATE_H
#define COGNATE_XML_FILTER_STATE_H

#include "CLibXML2.h"

typedef enum { TAG_START, TAG_EMPTY, TAG_END } xml_tag_kind;

/// A tag in document order: libxml2's events take them from the front.
typedef struct {
  uint64_t offset, end;  // in the member
  uint64_t filtered;     // of its '<' in the filter's output
  uint32_t line;
  uint8_t kind;
  uint8_t cut;
} xml_tag;

typedef enum {
  STATE_TEXT, STATE_TAG, STATE_VALUE, STATE_END_TAG, STATE_INSTRUCTION, STATE_COMMENT, STATE_CDATA,
} xml_state;

typedef struct {
  const cog_xml_options *options;
  cog_xml_report *report;
  xml_state state;
  int latin1, began, failed;
  uint32_t line;
  uint64_t position;  // member offset of the next byte to take

  uint8_t *out;
  size_t out_count, out_room;
  uint64_t out_base;   // filtered offset of out[0]
  size_t whole;        // out[..<whole] ends with complete markup

  // the tag being read
  xml_tag tag;
  int is_cut_element, cutting, dropping, after_slash;
  size_t tag_begin, attributes;
  uint8_t quote;
  char attribute[32];
  size_t attribute_length;
  int attribute_ended;
  uint64_t value_cut;

  xml_tag *tags;
  size_t tag_first, tag_count, tag_room;
} xml_filter;

// Bytes that must be visible behind a '<' or '&' before it is judged.
#define XML_LOOK_AHEAD 96

static inline int xml_is_space(uint8_t c) { return c == 0x20 || c == 0x09 || c == 0x0A || c == 0x0D; }
/// Appends to the output.
void xml_put(xml_filter *f, const void *bytes, size_t count);
/// Ends the filtering with a refusal.
void xml_refuse(xml_filter *f, cog_xml_status status, const char *message, uint64_t offset);

#endif
