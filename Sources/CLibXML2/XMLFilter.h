// The byte filter before libxml2. Private to this target.
#ifndef COGNATE_XML_FILTER_H
#define COGNATE_XML_FILTER_H

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

int xml_filter_init(xml_filter *f, const cog_xml_options *options, cog_xml_report *report);
void xml_filter_free(xml_filter *f);
/// Filters bytes into `out`; returns how many were taken. Sets the report's status on refusal.
size_t xml_filter_run(xml_filter *f, const uint8_t *in, size_t count, int is_last);

#endif
