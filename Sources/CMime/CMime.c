// GMime behind CMime.h.
#define _POSIX_C_SOURCE 200809L  // sigaction

#include "CMime.h"

#include <errno.h>
#include <gmime/gmime.h>
#include <iconv.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <strings.h>

#define ADDRESS_LIMIT 4096
#define PART_LIMIT 4096

struct cog_mime_message {
  GMimeMessage *message;
  GPtrArray *decoded;  // values of headers, made when asked for
  GString *plain, *html;
  GPtrArray *attachments;  // GMimeObject, owned by the message
  GPtrArray *names;        // of the attachments
  size_t depth_limit, text_limit, parts;
  int flags;
};

struct cog_mime_addresses {
  InternetAddressList *list;
  GArray *found;  // cog_mime_address
};

static pthread_once_t initialised = PTHREAD_ONCE_INIT;

/// GMime sets GPGME up, which makes the whole program ignore SIGPIPE: a command whose reader has gone would fail with a
/// message instead of ending quietly.
static void initialise(void) {
  struct sigaction before;
  bool is_known = sigaction(SIGPIPE, NULL, &before) == 0;
  g_mime_init();
  if (is_known) sigaction(SIGPIPE, &before, NULL);
}

static cog_mime_text text_of(const char *string) {
  return (cog_mime_text){string ? string : "", string ? strlen(string) : 0};
}

// MARK: Text

/// Whether text that is declared ISO 8859-1 has bytes that are control characters there: its program meant
/// Windows-1252, whose quotation marks and dashes they are.
static int is_windows_text(const char *bytes, size_t count, const char *charset) {
  if (!charset || (strcasecmp(charset, "iso-8859-1") && strcasecmp(charset, "latin1"))) return 0;
  for (size_t position = 0; position < count; position++) {
    unsigned char byte = (unsigned char)bytes[position];
    if (byte >= 0x80 && byte <= 0x9F) return 1;
  }
  return 0;
}

/// Appends bytes in a charset as UTF-8; what does not fit becomes U+FFFD.
static void append_converted(GString *out, const char *bytes, size_t count, const char *charset, int *flags) {
  int is_utf8 = charset && (!strcasecmp(charset, "utf-8") || !strcasecmp(charset, "utf8"));
  int is_ascii = !charset || !strcasecmp(charset, "us-ascii") || !strcasecmp(charset, "ascii");
  if (is_utf8 || is_ascii) {
    int is_valid = g_utf8_validate_len(bytes, count, NULL);
    if (!is_valid) *flags |= COG_MIME_BAD_BYTES;
    if (is_utf8 || is_valid) {
      g_string_append_len(out, bytes, (gssize)count);
      return;
    }
    charset = "windows-1252";
  }
  if (is_windows_text(bytes, count, charset)) charset = "windows-1252";
  iconv_t converter = iconv_open("UTF-8", g_mime_charset_iconv_name(charset));
  if (converter == (iconv_t)-1) {
    *flags |= COG_MIME_UNKNOWN_CHARSET;
    if (g_utf8_validate_len(bytes, count, NULL)) {
      g_string_append_len(out, bytes, (gssize)count);
      return;
    }
    converter = iconv_open("UTF-8", "WINDOWS-1252");
    if (converter == (iconv_t)-1) return;
  }
  char block[8192];
  char *from = (char *)bytes;
  size_t left = count;
  while (left > 0) {
    char *to = block;
    size_t room = sizeof block;
    size_t result = iconv(converter, &from, &left, &to, &room);
    g_string_append_len(out, block, to - block);
    if (result != (size_t)-1) break;
    if (errno == E2BIG) continue;
    // An illegal or unfinished sequence.
    *flags |= COG_MIME_BAD_BYTES;
    g_string_append(out, "\xEF\xBF\xBD");
    if (left == 0) break;
    from++;
    left--;
  }
  iconv_close(converter);
}

static void append_part(cog_mime_message *m, GMimePart *part, GString *out) {
  GMimeDataWrapper *content = g_mime_part_get_content(part);
  if (!content) return;
  GMimeStream *stream = g_mime_stream_mem_new();
  g_mime_data_wrapper_write_to_stream(content, stream);
  GByteArray *bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream));
  GMimeContentType *type = g_mime_object_get_content_type(GMIME_OBJECT(part));
  const char *charset = type ? g_mime_content_type_get_parameter(type, "charset") : NULL;
  size_t count = bytes->len;
  if (out->len + count > m->text_limit) {
    m->flags |= COG_MIME_TEXT_CUT;
    count = out->len < m->text_limit ? m->text_limit - out->len : 0;
  }
  if (out->len > 0 && count > 0 && out->str[out->len - 1] != '\n') g_string_append_c(out, '\n');
  append_converted(out, (const char *)bytes->data, count, charset, &m->flags);
  g_object_unref(stream);
}

// MARK: Parts

static void add_attachment(cog_mime_message *m, GMimeObject *object) {
  GMimeContentType *type = g_mime_object_get_content_type(object);
  g_ptr_array_add(m->attachments, type ? g_mime_content_type_get_mime_type(type) : g_strdup(""));
  const char *name = GMIME_IS_PART(object) ? g_mime_part_get_filename(GMIME_PART(object)) : NULL;
  g_ptr_array_add(m->names, g_strdup(name ? name : ""));
}

/// Whether the parts of a multipart are messages unless they say otherwise (RFC 2046, 5.1.5); the caller may
/// have disguised the type by its first letter.
static int is_digest(GMimeObject *object) {
  GMimeContentType *type = g_mime_object_get_content_type(object);
  const char *subtype = type ? g_mime_content_type_get_media_subtype(type) : NULL;
  return subtype && (!strcasecmp(subtype, "digest") || !strcasecmp(subtype, "xigest"));
}

static void walk(cog_mime_message *m, GMimeObject *object, size_t depth) {
  if (!object) return;
  if (depth > m->depth_limit || ++m->parts > PART_LIMIT) {
    m->flags |= COG_MIME_TOO_DEEP;
    return;
  }
  if (GMIME_IS_MULTIPART(object)) {
    GMimeMultipart *multipart = GMIME_MULTIPART(object);
    int count = g_mime_multipart_get_count(multipart), holds_messages = is_digest(object);
    for (int i = 0; i < count && m->parts <= PART_LIMIT; i++) {
      GMimeObject *part = g_mime_multipart_get_part(multipart, i);
      if (holds_messages && part && !g_mime_object_get_header(part, "Content-Type")) {
        m->parts++;
        g_ptr_array_add(m->attachments, g_strdup("message/rfc822"));
        g_ptr_array_add(m->names, g_strdup(""));
      } else {
        walk(m, part, depth + 1);
      }
    }
    return;
  }
  GMimeContentType *type = g_mime_object_get_content_type(object);
  GMimeContentDisposition *disposition = g_mime_object_get_content_disposition(object);
  const char *kind = disposition ? g_mime_content_disposition_get_disposition(disposition) : NULL;
  int is_attached = kind && !strcasecmp(kind, "attachment");
  if (GMIME_IS_PART(object) && !is_attached) {
    // A part without a readable type is text by RFC 2045, 5.2.
    if (!type || g_mime_content_type_is_type(type, "text", "plain")) {
      append_part(m, GMIME_PART(object), m->plain);
      return;
    }
    if (g_mime_content_type_is_type(type, "text", "html")) {
      append_part(m, GMIME_PART(object), m->html);
      return;
    }
  }
  add_attachment(m, object);
}

// MARK: Interface

cog_mime_message *cog_mime_parse(const char *bytes, size_t count, size_t depth_limit, size_t text_limit) {
  pthread_once(&initialised, initialise);
  GMimeStream *stream = g_mime_stream_mem_new_with_buffer(bytes, count);
  GMimeParser *parser = g_mime_parser_new_with_stream(stream);
  g_object_unref(stream);
  GMimeParserOptions *options = g_mime_parser_options_new();
  GMimeMessage *message = g_mime_parser_construct_message(parser, options);
  g_mime_parser_options_free(options);
  g_object_unref(parser);
  if (!message) return NULL;
  cog_mime_message *m = g_new0(cog_mime_message, 1);
  m->message = message;
  m->decoded = g_ptr_array_new_with_free_func(g_free);
  m->plain = g_string_new(NULL);
  m->html = g_string_new(NULL);
  m->attachments = g_ptr_array_new_with_free_func(g_free);
  m->names = g_ptr_array_new_with_free_func(g_free);
  m->depth_limit = depth_limit;
  m->text_limit = text_limit;
  walk(m, g_mime_message_get_mime_part(message), 0);
  GMimeHeaderList *list = g_mime_object_get_header_list(GMIME_OBJECT(message));
  for (int i = 0, n = g_mime_header_list_get_count(list); i < n; i++) {
    const char *value = g_mime_header_get_value(g_mime_header_list_get_header_at(list, i));
    g_ptr_array_add(m->decoded, g_strdup(value ? value : ""));
  }
  return m;
}

void cog_mime_free(cog_mime_message *m) {
  if (!m) return;
  g_object_unref(m->message);
  g_ptr_array_free(m->decoded, TRUE);
  g_string_free(m->plain, TRUE);
  g_string_free(m->html, TRUE);
  g_ptr_array_free(m->attachments, TRUE);
  g_ptr_array_free(m->names, TRUE);
  g_free(m);
}

size_t cog_mime_header_count(const cog_mime_message *m) { return m->decoded->len; }

cog_mime_header cog_mime_header_at(const cog_mime_message *m, size_t index) {
  GMimeHeaderList *list = g_mime_object_get_header_list(GMIME_OBJECT(m->message));
  GMimeHeader *header = g_mime_header_list_get_header_at(list, (int)index);
  return (cog_mime_header){
      .name = text_of(g_mime_header_get_name(header)),
      .raw = text_of(g_mime_header_get_raw_value(header)),
      .decoded = text_of(g_ptr_array_index(m->decoded, index))};
}

cog_mime_text cog_mime_plain(const cog_mime_message *m) {
  return (cog_mime_text){m->plain->str, m->plain->len};
}

cog_mime_text cog_mime_html(const cog_mime_message *m) { return (cog_mime_text){m->html->str, m->html->len}; }

size_t cog_mime_attachment_count(const cog_mime_message *m) { return m->attachments->len; }

cog_mime_attachment cog_mime_attachment_at(const cog_mime_message *m, size_t index) {
  return (cog_mime_attachment){
      .type = text_of(g_ptr_array_index(m->attachments, index)),
      .name = text_of(g_ptr_array_index(m->names, index))};
}

int cog_mime_flags(const cog_mime_message *m) { return m->flags; }

static void collect(GArray *found, InternetAddressList *list, const char *group, int depth) {
  int count = internet_address_list_length(list);
  for (int i = 0; i < count && found->len < ADDRESS_LIMIT; i++) {
    InternetAddress *one = internet_address_list_get_address(list, i);
    if (INTERNET_ADDRESS_IS_GROUP(one)) {
      InternetAddressList *members = internet_address_group_get_members(INTERNET_ADDRESS_GROUP(one));
      if (members && depth < 8) collect(found, members, internet_address_get_name(one), depth + 1);
    } else if (INTERNET_ADDRESS_IS_MAILBOX(one)) {
      cog_mime_address a = {
          .name = text_of(internet_address_get_name(one)),
          .address = text_of(internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(one))),
          .group = text_of(group)};
      g_array_append_val(found, a);
    }
  }
}

cog_mime_addresses *cog_mime_parse_addresses(const char *bytes, size_t count) {
  pthread_once(&initialised, initialise);
  char *terminated = g_strndup(bytes, count);
  GMimeParserOptions *options = g_mime_parser_options_new();
  InternetAddressList *list = internet_address_list_parse(options, terminated);
  g_mime_parser_options_free(options);
  g_free(terminated);
  if (!list) return NULL;
  cog_mime_addresses *a = g_new0(cog_mime_addresses, 1);
  a->list = list;
  a->found = g_array_new(FALSE, FALSE, sizeof(cog_mime_address));
  collect(a->found, list, NULL, 0);
  return a;
}

size_t cog_mime_address_count(const cog_mime_addresses *a) { return a->found->len; }

cog_mime_address cog_mime_address_at(const cog_mime_addresses *a, size_t index) {
  return g_array_index(a->found, cog_mime_address, index);
}

void cog_mime_free_addresses(cog_mime_addresses *a) {
  if (!a) return;
  g_object_unref(a->list);
  g_array_free(a->found, TRUE);
  g_free(a);
}
