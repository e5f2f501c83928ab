// What a member begins with: its encoding, by mark, by pattern and by declaration. Private to this target.
#ifndef COGNATE_XML_DECLARATION_H
#define COGNATE_XML_DECLARATION_H

#include "XMLFilterState.h"

/// Refuses what does not begin like an encoding in which ASCII is ASCII.
void xml_check_beginning(xml_filter *f, const uint8_t *p, size_t count);
/// Judges the declaration p[..<count] ("<?xml ... ?>").
void xml_declaration(xml_filter *f, const uint8_t *p, size_t count);

#endif
