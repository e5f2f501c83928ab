// The words of an HTML page, by libxml2's HTML parser without a tree.
#include "CLibXML2.h"

#include <libxml/HTMLparser.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

// libxml2 looks through all open elements at each tag: deeper pages would take quadratic time.
#define DEPTH_LIMIT 2000
#define PUSH_BLOCK 16384

typedef struct {
  uint8_t *out;
  size_t count, room;
  int hidden;  // depth of script, style and the like
  int quoted;  // depth of quotations
  int depth, failed, too_deep;
  xmlParserCtxtPtr parser;
} words;

static void put(words *w, const void *bytes, size_t count) {
  if (w->count + count > w->room) {
    size_t room = w->room * 2 + count;
    uint8_t *grown = realloc(w->out, room);
    if (!grown) {
      w->failed = 1;
      return;
    }
    w->out = grown;
    w->room = room;
  }
  memcpy(w->out + w->count, bytes, count);
  w->count += count;
}

static int is_one_of(const xmlChar *name, const char *const *list) {
  for (; *list; list++) if (!strcasecmp((const char *)name, *list)) return 1;
  return 0;
}

static const char *const hidden[] = {"script", "style", "head", "template", "noscript", "title", NULL};
static const char *const lines[] = {"br", "p", "div", "tr", "li", "h1", "h2", "h3", "h4", "h5", "h6",
    "table", "ul", "ol", "blockquote", "pre", "hr", NULL};

static void line_end(words *w) {
  if (w->count > 0 && w->out[w->count - 1] != '\n') put(w, "\n", 1);
}

// A line of a quotation begins as in plain mail, so that nobody takes it for its sender's words.
static void put_words(words *w, const void *bytes, size_t count) {
  if (w->quoted && (w->count == 0 || w->out[w->count - 1] == '\n')) put(w, "> ", 2);
  put(w, bytes, count);
}

static void on_start(void *context, const xmlChar *name, const xmlChar **attributes) {
  (void)attributes;
  words *w = context;
  if (++w->depth > DEPTH_LIMIT) {
    w->too_deep = 1;
    xmlStopParser(w->parser);
    return;
  }
  if (is_one_of(name, hidden)) w->hidden++;
  if (is_one_of(name, lines)) line_end(w);
  if (!strcasecmp((const char *)name, "blockquote")) w->quoted++;
}

static void on_end(void *context, const xmlChar *name) {
  words *w = context;
  if (w->depth > 0) w->depth--;
  if (is_one_of(name, hidden) && w->hidden > 0) w->hidden--;
  if (is_one_of(name, lines) && strcasecmp((const char *)name, "br")) line_end(w);
  if (!strcasecmp((const char *)name, "blockquote") && w->quoted > 0) w->quoted--;
}

static void on_text(void *context, const xmlChar *bytes, int length) {
  words *w = context;
  if (w->hidden) return;
  // Runs of white space are one space.
  for (int i = 0; i < length && !w->failed;) {
    int start = i;
    while (i < length && bytes[i] > 0x20) i++;
    if (i > start) put_words(w, bytes + start, (size_t)(i - start));
    start = i;
    while (i < length && bytes[i] <= 0x20) i++;
    if (i > start && w->count > 0 && w->out[w->count - 1] != '\n' && w->out[w->count - 1] != ' ') put(w, " ", 1);
  }
}

uint8_t *cog_html_text(const uint8_t *bytes, size_t count, size_t *length, int *is_cut) {
  words w = {0};
  htmlSAXHandler sax;
  memset(&sax, 0, sizeof sax);
  sax.startElement = on_start;
  sax.endElement = on_end;
  sax.characters = on_text;
  sax.ignorableWhitespace = on_text;
  w.room = count / 2 + 64;
  w.out = malloc(w.room);
  w.parser = htmlCreatePushParserCtxt(&sax, &w, NULL, 0, NULL, XML_CHAR_ENCODING_UTF8);
  if (!w.out || !w.parser) {
    free(w.out);
    if (w.parser) htmlFreeParserCtxt(w.parser);
    return NULL;
  }
  htmlCtxtUseOptions(w.parser, HTML_PARSE_RECOVER | HTML_PARSE_NONET | HTML_PARSE_NOERROR
      | HTML_PARSE_NOWARNING | HTML_PARSE_IGNORE_ENC);
  for (size_t given = 0; given < count && !w.failed && !w.too_deep;) {
    size_t part = count - given < PUSH_BLOCK ? count - given : PUSH_BLOCK;
    htmlParseChunk(w.parser, (const char *)bytes + given, (int)part, 0);
    given += part;
  }
  htmlParseChunk(w.parser, NULL, 0, 1);
  if (w.parser->myDoc) xmlFreeDoc(w.parser->myDoc);
  htmlFreeParserCtxt(w.parser);
  while (w.count > 0 && w.out[w.count - 1] <= 0x20) w.count--;
  *length = w.count;
  *is_cut = w.too_deep || w.failed;
  return w.out;
}

void cog_html_free(uint8_t *text) { free(text); }
