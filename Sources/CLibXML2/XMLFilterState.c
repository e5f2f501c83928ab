#include "XMLFilterState.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int reserve(xml_filter *f, size_t more) {
  if (f->out_count + more <= f->out_room) return 1;
  size_t room = f->out_room * 2 + more;
  uint8_t *grown = realloc(f->out, room);
  if (!grown) {
    f->report->status = COG_XML_NO_MEMORY;
    f->failed = 1;
    return 0;
  }
  f->out = grown;
  f->out_room = room;
  return 1;
}

void xml_put(xml_filter *f, const void *bytes, size_t count) {
  if (!reserve(f, count)) return;
  memcpy(f->out + f->out_count, bytes, count);
  f->out_count += count;
}

void xml_refuse(xml_filter *f, cog_xml_status status, const char *message, uint64_t offset) {
  f->report->status = status;
  f->report->offset = offset;
  f->report->line = f->line;
  snprintf(f->report->message, sizeof f->report->message, "%s", message);
  f->failed = 1;
}
