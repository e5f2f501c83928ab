// libxml2's SAX2 push parser behind CLibXML2.h.
#include "CLibXML2.h"
#include "XMLFilter.h"

#include <libxml/parser.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// Distinct names that libxml2 may keep, in bytes: a sound export has a few dozen.
#define DICTIONARY_LIMIT (16u << 20)
// Slots of the table from libxml2's name pointers to the caller's numbers; a power of two.
#define NAME_SLOTS 512

typedef struct {
  uint64_t offset, end;
  uint32_t line;
  uint8_t is_empty, cut;
} open_element;

struct cog_xml {
  cog_xml_options options;
  cog_xml_handler handler;
  cog_xml_report report;
  xml_filter filter;
  xmlParserCtxtPtr parser;
  const xmlChar *name_pointer[NAME_SLOTS];
  uint32_t name_number[NAME_SLOTS];
  open_element *open;
  size_t depth;
  xml_tag last;  // taken by the last event
  cog_xml_attribute *attributes;
  size_t attribute_room;
  uint8_t *scratch;
  size_t scratch_room;
  int ending;   // all bytes were given: what libxml2 misses now is cut off
  int stopped;  // no more bytes go to libxml2
  int finished;
};

static size_t slot_of(const xmlChar *pointer) {
  uint64_t h = (uint64_t)(uintptr_t)pointer * 0x9E3779B97F4A7C15u;
  return (size_t)(h >> 55) & (NAME_SLOTS - 1);
}

static uint32_t number_of(const cog_xml *x, const xmlChar *name, const xmlChar *prefix) {
  if (prefix && !x->options.any_prefix) return 0;
  for (size_t slot = slot_of(name);; slot = (slot + 1) & (NAME_SLOTS - 1)) {
    if (x->name_pointer[slot] == name) return x->name_number[slot];
    if (!x->name_pointer[slot]) return 0;
  }
}

static void stop(cog_xml *x, cog_xml_status status, const char *message) {
  if (x->report.status != COG_XML_READING) return;
  x->report.status = status == COG_XML_MALFORMED && x->ending ? COG_XML_TRUNCATED : status;
  x->stopped = 1;
  if (message) {
    size_t n = 0;
    for (; message[n] && message[n] != '\n' && n + 1 < sizeof x->report.message; n++) {
      uint8_t c = (uint8_t)message[n];
      x->report.message[n] = c < 0x20 ? '?' : (char)c;
    }
    x->report.message[n] = 0;
  }
  // Where libxml2 stands in the filtered bytes, counted on from the last tag at or before it.
  uint64_t filtered = 0;
  uint32_t line = 1;
  xmlParserInputPtr input = x->parser->input;
  if (input) {
    filtered = (uint64_t)input->consumed + (uint64_t)(input->cur - input->base);
    line = (uint32_t)input->line;
  }
  const xml_filter *f = &x->filter;
  xml_tag nearest = x->last;
  for (size_t i = f->tag_first; i < f->tag_count && f->tags[i].filtered <= filtered; i++) nearest = f->tags[i];
  uint64_t offset = nearest.offset + (filtered > nearest.filtered ? filtered - nearest.filtered : 0);
  x->report.offset = offset < f->position ? offset : f->position;
  x->report.line = line;
  xmlStopParser(x->parser);
}

/// The next tag in order; of kind END or not, as the event is.
static int next_tag(cog_xml *x, int is_end) {
  xml_filter *f = &x->filter;
  if (f->tag_first >= f->tag_count || (f->tags[f->tag_first].kind == TAG_END) != is_end) {
    stop(x, COG_XML_MALFORMED, "the tags are not where they were counted");
    return 0;
  }
  x->last = f->tags[f->tag_first++];
  if (f->tag_first == f->tag_count) f->tag_first = f->tag_count = 0;
  return 1;
}

/// Without XML_PARSE_NOENT, libxml2 leaves every '&' of an attribute's value as "&#38;", and nothing else so.
static size_t decode(const uint8_t *from, size_t length, uint8_t *to) {
  size_t count = 0;
  const uint8_t *end = from + length;
  while (from < end) {
    const uint8_t *amp = memchr(from, '&', (size_t)(end - from));
    size_t plain = amp ? (size_t)(amp - from) : (size_t)(end - from);
    memcpy(to + count, from, plain);
    count += plain;
    if (!amp) break;
    to[count++] = '&';
    from = amp + 1;
    if (end - from >= 4 && memcmp(from, "#38;", 4) == 0) from += 4;
  }
  return count;
}

static void on_start(
    void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri, int namespace_count,
    const xmlChar **namespaces, int count, int defaulted, const xmlChar **values) {
  (void)uri, (void)namespace_count, (void)namespaces, (void)defaulted;
  cog_xml *x = context;
  if (x->stopped || !next_tag(x, 0)) return;
  if (x->depth >= x->options.depth_limit) {
    stop(x, COG_XML_TOO_DEEP, "elements are nested beyond the limit");
    return;
  }
  x->open[x->depth++] = (open_element){
      .offset = x->last.offset, .end = x->last.end, .line = x->last.line,
      .is_empty = x->last.kind == TAG_EMPTY, .cut = x->last.cut};
  if ((size_t)count > x->attribute_room) {
    cog_xml_attribute *grown = realloc(x->attributes, (size_t)count * sizeof *grown);
    if (!grown) return stop(x, COG_XML_NO_MEMORY, "no memory");
    x->attributes = grown;
    x->attribute_room = (size_t)count;
  }
  size_t encoded = 0, n = 0;
  for (int i = 0; i < count; i++) {
    const xmlChar **a = values + 5 * i;
    uint32_t number = number_of(x, a[0], a[1]);
    size_t length = (size_t)(a[4] - a[3]);
    if (number == 0) continue;
    x->attributes[n++] = (cog_xml_attribute){.name = number, .value = a[3], .length = length};
    if (memchr(a[3], '&', length)) encoded += length;
  }
  if (encoded > x->scratch_room) {
    uint8_t *grown = realloc(x->scratch, encoded);
    if (!grown) return stop(x, COG_XML_NO_MEMORY, "no memory");
    x->scratch = grown;
    x->scratch_room = encoded;
  }
  uint8_t *to = x->scratch;
  for (size_t i = 0; encoded && i < n; i++) {
    cog_xml_attribute *a = x->attributes + i;
    if (!memchr(a->value, '&', a->length)) continue;
    size_t length = decode(a->value, a->length, to);
    a->value = to;
    a->length = length;
    to += length;
  }
  cog_xml_place place = {
      .offset = x->last.offset, .end = x->last.end, .line = x->last.line, .cut = x->last.cut};
  if (x->handler.start
      && x->handler.start(x->handler.context, number_of(x, name, prefix), x->attributes, n, place) != 0) {
    stop(x, COG_XML_STOPPED, NULL);
  }
}

static void on_end(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri) {
  (void)uri;
  cog_xml *x = context;
  if (x->stopped || x->depth == 0) return;
  open_element *element = x->open + x->depth - 1;
  if (!element->is_empty) {
    if (!next_tag(x, 1)) return;
    element->end = x->last.end;
  }
  x->depth--;
  cog_xml_place place = {
      .offset = element->offset, .end = element->end, .line = element->line, .cut = element->cut};
  if (x->handler.end && x->handler.end(x->handler.context, number_of(x, name, prefix), place) != 0) {
    stop(x, COG_XML_STOPPED, NULL);
  }
}

static void on_text(void *context, const xmlChar *bytes, int length) {
  cog_xml *x = context;
  if (x->stopped || !x->handler.text) return;
  if (x->handler.text(x->handler.context, bytes, (size_t)length) != 0) stop(x, COG_XML_STOPPED, NULL);
}

#if LIBXML_VERSION >= 21200
static void on_error(void *context, const xmlError *error) {
#else
static void on_error(void *context, xmlErrorPtr error) {
#endif
  cog_xml *x = context;
  // Namespace errors leave a document well formed.
  if (error->domain == XML_FROM_NAMESPACE || error->level == XML_ERR_WARNING) return;
  stop(x, COG_XML_MALFORMED, error->message ? error->message : "is not well-formed XML");
}

static pthread_once_t initialised = PTHREAD_ONCE_INIT;
static void initialise(void) { xmlInitParser(); }

cog_xml *cog_xml_open(const cog_xml_options *options, const cog_xml_handler *handler) {
  pthread_once(&initialised, initialise);
  cog_xml *x = calloc(1, sizeof *x);
  if (!x) return NULL;
  x->options = *options;
  x->handler = *handler;
  x->open = calloc(options->depth_limit + 1, sizeof *x->open);
  xmlSAXHandler sax;
  memset(&sax, 0, sizeof sax);
  sax.initialized = XML_SAX2_MAGIC;
  sax.startElementNs = on_start;
  sax.endElementNs = on_end;
  sax.characters = on_text;
  sax.cdataBlock = on_text;
  sax.serror = on_error;
  x->parser = xmlCreatePushParserCtxt(&sax, x, NULL, 0, NULL);
  if (!x->open || !x->parser || !xml_filter_init(&x->filter, &x->options, &x->report)) {
    cog_xml_close(x);
    return NULL;
  }
  xmlCtxtUseOptions(x->parser, XML_PARSE_HUGE | XML_PARSE_NONET);
  xmlDictSetLimit(x->parser->dict, DICTIONARY_LIMIT);
  for (size_t i = 0; i < options->name_count && i < NAME_SLOTS / 2; i++) {
    const xmlChar *pointer = xmlDictLookup(x->parser->dict, (const xmlChar *)options->names[i], -1);
    if (!pointer) continue;
    size_t slot = slot_of(pointer);
    while (x->name_pointer[slot] && x->name_pointer[slot] != pointer) slot = (slot + 1) & (NAME_SLOTS - 1);
    if (x->name_pointer[slot]) continue;
    x->name_pointer[slot] = pointer;
    x->name_number[slot] = (uint32_t)i + 1;
  }
  return x;
}

/// Gives libxml2 the first bytes of the filter's output and drops them there.
static void give(cog_xml *x, size_t count, int is_last) {
  xml_filter *f = &x->filter;
  // libxml2 takes an int; markup that is whole in the filter may be split again, it waits by itself.
  for (size_t given = 0; !x->stopped && given < count;) {
    size_t part = count - given;
    if (part > 1 << 28) part = 1 << 28;
    xmlParseChunk(x->parser, (const char *)f->out + given, (int)part, 0);
    given += part;
  }
  if (is_last && !x->stopped) {
    x->ending = 1;
    xmlParseChunk(x->parser, NULL, 0, 1);
  }
  if (!x->stopped && !x->parser->wellFormed) stop(x, COG_XML_MALFORMED, "is not well-formed XML");
  if (x->stopped) f->tag_first = f->tag_count = 0;
  memmove(f->out, f->out + count, f->out_count - count);
  f->out_count -= count;
  f->out_base += count;
  f->tag_begin -= f->tag_begin < count ? f->tag_begin : count;
  f->whole = 0;
}

size_t cog_xml_feed(cog_xml *x, const uint8_t *bytes, size_t count, int is_last) {
  if (x->finished) return count;
  size_t taken = xml_filter_run(&x->filter, bytes, count, is_last);
  if (x->filter.failed) {
    x->finished = x->stopped = 1;
    return count;
  }
  if (is_last) {
    x->finished = 1;
    x->report.inside_tag = x->filter.state == STATE_TAG || x->filter.state == STATE_VALUE;
  }
  if (x->stopped) {
    xml_filter *f = &x->filter;
    f->tag_begin -= f->tag_begin < f->whole ? f->tag_begin : f->whole;
    memmove(f->out, f->out + f->whole, f->out_count - f->whole);
    f->out_count -= f->whole;
    f->whole = f->tag_first = f->tag_count = 0;
    return is_last ? count : taken;
  }
  // A tag that the bytes end in is not given: it is not whole.
  give(x, x->filter.whole, is_last);
  if (is_last && !x->stopped) x->report.status = COG_XML_DONE;
  return is_last ? count : taken;
}

const cog_xml_report *cog_xml_get_report(const cog_xml *x) { return &x->report; }

void cog_xml_close(cog_xml *x) {
  if (!x) return;
  if (x->parser) {
    if (x->parser->myDoc) xmlFreeDoc(x->parser->myDoc);
    xmlFreeParserCtxt(x->parser);
  }
  xml_filter_free(&x->filter);
  free(x->open);
  free(x->attributes);
  free(x->scratch);
  free(x);
}
