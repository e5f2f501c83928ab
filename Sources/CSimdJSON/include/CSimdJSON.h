#ifndef COGNATE_CSIMDJSON_H
#define COGNATE_CSIMDJSON_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// A JSON parser over simdjson's DOM; its values live until its next `parse`.
typedef struct cog_json_parser cog_json_parser;

/// A value of a parsed document.
typedef struct {
  const void *document;
  size_t index;
} cog_json_value;

enum cog_json_kind {
  COG_JSON_NULL = 0, COG_JSON_BOOL = 1, COG_JSON_INT64 = 2, COG_JSON_UINT64 = 3, COG_JSON_DOUBLE = 4,
  COG_JSON_STRING = 5, COG_JSON_ARRAY = 6, COG_JSON_OBJECT = 7
};

cog_json_parser *cog_json_parser_new(void);
void cog_json_parser_free(cog_json_parser *parser);

/// Parses one value: 0 on success, else simdjson's error number. The bytes are copied.
int cog_json_parse(cog_json_parser *parser, const uint8_t *bytes, size_t count, cog_json_value *root);
const char *cog_json_error_message(int error);

int cog_json_kind_of(cog_json_value value);
int cog_json_bool(cog_json_value value);
int64_t cog_json_int64(cog_json_value value);
uint64_t cog_json_uint64(cog_json_value value);
double cog_json_double(cog_json_value value);
/// The bytes of a string, unescaped, valid UTF-8.
const char *cog_json_string(cog_json_value value, size_t *length);
/// The first field of that name in an object: 1 if there is one.
int cog_json_field(cog_json_value object, const char *key, size_t key_length, cog_json_value *result);

/// A walk over an array's elements or an object's fields.
typedef struct {
  cog_json_value current;
  cog_json_value end;
  int is_object;
} cog_json_iterator;

cog_json_iterator cog_json_iterate(cog_json_value container);
/// The next element, with its key when the container is an object (else NULL): 1 if there is one.
int cog_json_next(cog_json_iterator *iterator, const char **key, size_t *key_length, cog_json_value *value);

#ifdef __cplusplus
}
#endif
#endif
