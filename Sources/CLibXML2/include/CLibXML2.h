// CLibXML2: a streaming XML reader over libxml2's SAX2 push parser, for evidence that may be hostile.
//
// Bytes go through a filter of our own (XMLFilter.c) before libxml2 sees them:
//
//     member bytes -> filter -> UTF-8 without declaration, comments and instructions -> libxml2 -> callbacks
//                       |
//                       `-> place (offset, line) of every tag, counts of openers, losses, cut values
//
// The filter refuses any document type declaration and any encoding but UTF-8, ASCII and Latin-1; joins
// surrogate pairs written as character references; replaces what XML 1.0 forbids by U+FFFD; turns CDATA sections
// into text; and cuts out the values of one named attribute (an attachment in base64), leaving their length.
#ifndef COGNATE_CLIBXML2_H
#define COGNATE_CLIBXML2_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct cog_xml cog_xml;

/// Where a tag stands in the bytes as they were fed.
typedef struct {
  uint64_t offset;  ///< of its '<'
  uint64_t end;     ///< just behind its '>'
  uint32_t line;    ///< from 1
  uint32_t cut;     ///< not 0 when it was larger than the limits and its values were cut
} cog_xml_place;

/// An attribute; the value is decoded UTF-8, valid during the callback.
typedef struct {
  uint32_t name;  ///< position in the caller's list of names plus 1; 0 for a name that is not in it
  const uint8_t *value;
  size_t length;
} cog_xml_attribute;

typedef struct {
  void *context;
  /// An element begins. A result other than 0 stops the reading.
  int (*start)(
      void *context, uint32_t name, const cog_xml_attribute *attributes, size_t count, cog_xml_place place);
  /// An element ends; the place spans it from the '<' of its start tag to behind its end tag.
  int (*end)(void *context, uint32_t name, cog_xml_place place);
  /// Character data in pieces, of CDATA sections as well; may be null.
  int (*text)(void *context, const uint8_t *bytes, size_t length);
} cog_xml_handler;

typedef struct {
  const char *const *names;  ///< names of elements and attributes that the caller wants to tell apart
  size_t name_count;
  const char *cut_element;    ///< element whose `cut_attribute` is cut out; may be null
  const char *cut_attribute;  ///< its value comes as the decimal count of the bytes cut
  const char *const *counted;  ///< elements whose start tags the filter counts, at most COG_XML_COUNTED
  size_t counted_count;
  int any_prefix;      ///< not 0 where a name counts with any prefix before it, and not only without one
  size_t tag_limit;    ///< bytes of one tag after filtering
  size_t depth_limit;  ///< nesting of elements
  uint64_t base;       ///< offset of the first byte fed
} cog_xml_options;

#define COG_XML_COUNTED 4

typedef enum {
  COG_XML_READING = 0,
  COG_XML_DONE,       ///< the document ended as it should
  COG_XML_MALFORMED,  ///< libxml2 stopped at a fault; bytes fed from now on are only counted
  COG_XML_TRUNCATED,  ///< the bytes ended before the document did
  COG_XML_TOO_DEEP,   ///< as for malformed, for nesting beyond the limit
  COG_XML_STOPPED,    ///< a callback asked for it
  COG_XML_DOCTYPE,    ///< refused: a document type declaration or another declaration
  COG_XML_ENCODING,   ///< refused: an encoding that could hide markup
  COG_XML_NO_MEMORY,
} cog_xml_status;

typedef struct {
  cog_xml_status status;
  char message[256];  ///< what libxml2 or the filter says of a fault, one line
  uint64_t offset;    ///< of the fault or refusal, in the bytes as fed
  uint32_t line;
  uint64_t counted[COG_XML_COUNTED];  ///< start tags seen by the filter outside comments, CDATA and values
  uint64_t joined_surrogates;         ///< pairs of references made one
  uint64_t lone_surrogates;           ///< references without a partner, made U+FFFD
  uint64_t illegal_characters;        ///< raw or by reference, made U+FFFD
  uint64_t invalid_bytes;             ///< stretches that are not UTF-8, made U+FFFD
  uint64_t cut_values;
  uint64_t cut_bytes;
  uint64_t cut_tags;                  ///< tags beyond the limits
  int inside_tag;                     ///< the bytes ended inside a start tag
} cog_xml_report;

/// Makes a reader; null when there is no memory.
cog_xml *cog_xml_open(const cog_xml_options *options, const cog_xml_handler *handler);
/// Feeds bytes; returns how many were taken. Those left at the end must be fed again with what follows them;
/// with `is_last` all are taken. After a fault, bytes are still filtered for the counts.
size_t cog_xml_feed(cog_xml *xml, const uint8_t *bytes, size_t count, int is_last);
/// The report so far; valid as long as the reader.
const cog_xml_report *cog_xml_get_report(const cog_xml *xml);
void cog_xml_close(cog_xml *xml);

/// The words of an HTML page in UTF-8, without tags, scripts and styles; blocks begin new lines,
/// and lines of a quotation begin with `> `.
/// `is_cut` is set when the page nests too deep and the rest is missing. Null when there is no memory.
uint8_t *cog_html_text(const uint8_t *bytes, size_t count, size_t *length, int *is_cut);
void cog_html_free(uint8_t *text);

/// The character that HTML 4 calls by a name (`eacute`, without `&` and `;`); 0 when it calls none so.
uint32_t cog_html_entity(const uint8_t *name, size_t length);

#ifdef __cplusplus
}
#endif
#endif
