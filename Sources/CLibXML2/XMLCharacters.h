// Characters of the filter: UTF-8, Latin-1, control characters and character references. Private to this target.
#ifndef COGNATE_XML_CHARACTERS_H
#define COGNATE_XML_CHARACTERS_H

#include "XMLFilterState.h"

/// Takes one byte or sequence above ASCII, or a control character; returns bytes taken, 0 to wait for more.
size_t xml_take_special(xml_filter *f, const uint8_t *p, size_t count, int is_last, int keep);
/// Takes the '&' at p with its reference; returns bytes taken, 0 to wait for more.
size_t xml_take_ampersand(xml_filter *f, const uint8_t *p, size_t count, int is_last, int keep);

#endif
