// The byte filter before libxml2. Private to this target.
#ifndef COGNATE_XML_FILTER_H
#define COGNATE_XML_FILTER_H

#include "XMLFilterState.h"

int xml_filter_init(xml_filter *f, const cog_xml_options *options, cog_xml_report *report);
void xml_filter_free(xml_filter *f);
/// Filters bytes into `out`; returns how many were taken. Sets the report's status on refusal.
size_t xml_filter_run(xml_filter *f, const uint8_t *in, size_t count, int is_last);

#endif
