// CMime: one mail message in memory, taken apart by GMime: headers, addresses, the text of its body.
#ifndef COGNATE_CMIME_H
#define COGNATE_CMIME_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct {
  const char *bytes;  ///< not terminated
  size_t length;
} cog_mime_text;

typedef struct {
  cog_mime_text name;
  cog_mime_text raw;      ///< as written, folded
  cog_mime_text decoded;  ///< unfolded, encoded words decoded
} cog_mime_header;

typedef struct {
  cog_mime_text name;     ///< display name, decoded; empty when there is none
  cog_mime_text address;  ///< as written, without angle brackets
  cog_mime_text group;    ///< name of the group that it is in; empty when in none
} cog_mime_address;

typedef struct {
  cog_mime_text type;  ///< `image/jpeg`
  cog_mime_text name;  ///< file name, decoded; empty when there is none
} cog_mime_attachment;

/// What was noticed while taking a message apart.
enum {
  COG_MIME_UNKNOWN_CHARSET = 1,  ///< text in a charset that is not known was read as Windows-1252
  COG_MIME_BAD_BYTES = 2,        ///< text that does not fit its charset
  COG_MIME_TOO_DEEP = 4,         ///< parts beyond the limits of nesting or number were not looked at
  COG_MIME_TEXT_CUT = 8,         ///< the text was longer than the limit
};

typedef struct cog_mime_message cog_mime_message;
typedef struct cog_mime_addresses cog_mime_addresses;

/// Takes a message apart; null when there is no memory or nothing that looks like one.
cog_mime_message *cog_mime_parse(const char *bytes, size_t count, size_t depth_limit, size_t text_limit);
void cog_mime_free(cog_mime_message *message);
size_t cog_mime_header_count(const cog_mime_message *message);
cog_mime_header cog_mime_header_at(const cog_mime_message *message, size_t index);
/// Plain text of the body, UTF-8 but for damage; empty when there is none.
cog_mime_text cog_mime_plain(const cog_mime_message *message);
/// HTML of the body, UTF-8 but for damage; empty when there is none.
cog_mime_text cog_mime_html(const cog_mime_message *message);
size_t cog_mime_attachment_count(const cog_mime_message *message);
cog_mime_attachment cog_mime_attachment_at(const cog_mime_message *message, size_t index);
int cog_mime_flags(const cog_mime_message *message);

/// The mailboxes of an address header, groups opened; null when there are none.
cog_mime_addresses *cog_mime_parse_addresses(const char *bytes, size_t count);
size_t cog_mime_address_count(const cog_mime_addresses *addresses);
cog_mime_address cog_mime_address_at(const cog_mime_addresses *addresses, size_t index);
void cog_mime_free_addresses(cog_mime_addresses *addresses);

/// SHA-256 of bytes, by GLib, on which GMime stands: 32 bytes into `digest`; 0 when there is no memory.
int cog_sha256(const uint8_t *bytes, size_t count, uint8_t *digest);

#ifdef __cplusplus
}
#endif
#endif
