// Names of characters in HTML, by libxml2's table.
#include "CLibXML2.h"

#include <libxml/HTMLparser.h>
#include <string.h>

// The longest name of HTML 4 is `thetasym`.
#define NAME_LIMIT 16

uint32_t cog_html_entity(const uint8_t *name, size_t length) {
  xmlChar copy[NAME_LIMIT];
  if (length == 0 || length >= NAME_LIMIT) return 0;
  memcpy(copy, name, length);
  copy[length] = 0;
  const htmlEntityDesc *entity = htmlEntityLookup(copy);
  return entity ? entity->value : 0;
}
