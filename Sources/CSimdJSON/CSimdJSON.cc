#include "CSimdJSON.h"

#include <cstring>
#include <simdjson.h>
#include <type_traits>

using namespace simdjson;

struct cog_json_parser {
  dom::parser parser;
};

// A value crosses the boundary as the two words of a dom::element; likewise an iterator.
static_assert(sizeof(dom::element) == sizeof(cog_json_value));
static_assert(std::is_trivially_copyable<dom::element>::value);
static_assert(sizeof(dom::array::iterator) == sizeof(cog_json_value));
static_assert(std::is_trivially_copyable<dom::array::iterator>::value);
static_assert(sizeof(dom::object::iterator) == sizeof(cog_json_value));
static_assert(std::is_trivially_copyable<dom::object::iterator>::value);

template <typename To, typename From> static To words(const From &from) {
  // Every type used here is two words and trivially copyable, as asserted above.
  alignas(To) unsigned char storage[sizeof(To)];
  std::memcpy(storage, static_cast<const void *>(&from), sizeof(To));
  To result;
  std::memcpy(static_cast<void *>(&result), storage, sizeof(To));
  return result;
}

static dom::element element_of(cog_json_value value) { return words<dom::element>(value); }

extern "C" {

cog_json_parser *cog_json_parser_new(void) { return new (std::nothrow) cog_json_parser; }
void cog_json_parser_free(cog_json_parser *parser) { delete parser; }

int cog_json_parse(cog_json_parser *parser, const uint8_t *bytes, size_t count, cog_json_value *root) {
  dom::element element;
  auto error = parser->parser.parse(bytes, count, true).get(element);
  if (error) return static_cast<int>(error);
  *root = words<cog_json_value>(element);
  return 0;
}

const char *cog_json_error_message(int error) { return error_message(static_cast<error_code>(error)); }

int cog_json_kind_of(cog_json_value value) {
  switch (element_of(value).type()) {
  case dom::element_type::NULL_VALUE: return COG_JSON_NULL;
  case dom::element_type::BOOL: return COG_JSON_BOOL;
  case dom::element_type::INT64: return COG_JSON_INT64;
  case dom::element_type::UINT64: return COG_JSON_UINT64;
  case dom::element_type::DOUBLE: return COG_JSON_DOUBLE;
  case dom::element_type::STRING: return COG_JSON_STRING;
  case dom::element_type::ARRAY: return COG_JSON_ARRAY;
  case dom::element_type::OBJECT: return COG_JSON_OBJECT;
  }
  return COG_JSON_NULL;
}

int cog_json_bool(cog_json_value value) {
  bool result = false;
  return element_of(value).get(result) == SUCCESS && result;
}

int64_t cog_json_int64(cog_json_value value) {
  int64_t result = 0;
  return element_of(value).get(result) == SUCCESS ? result : 0;
}

uint64_t cog_json_uint64(cog_json_value value) {
  uint64_t result = 0;
  return element_of(value).get(result) == SUCCESS ? result : 0;
}

double cog_json_double(cog_json_value value) {
  double result = 0;
  return element_of(value).get(result) == SUCCESS ? result : 0;
}

const char *cog_json_string(cog_json_value value, size_t *length) {
  std::string_view text;
  if (element_of(value).get(text) != SUCCESS) {
    *length = 0;
    return "";
  }
  *length = text.size();
  return text.data();
}

int cog_json_field(cog_json_value object, const char *key, size_t key_length, cog_json_value *result) {
  dom::object fields;
  if (element_of(object).get(fields) != SUCCESS) return 0;
  dom::element found;
  if (fields.at_key(std::string_view(key, key_length)).get(found) != SUCCESS) return 0;
  *result = words<cog_json_value>(found);
  return 1;
}

cog_json_iterator cog_json_iterate(cog_json_value container) {
  cog_json_iterator result{};
  dom::element element = element_of(container);
  if (element.is_object()) {
    dom::object object;
    if (element.get(object) == SUCCESS) {
      result.current = words<cog_json_value>(object.begin());
      result.end = words<cog_json_value>(object.end());
      result.is_object = 1;
    }
  } else if (element.is_array()) {
    dom::array array;
    if (element.get(array) == SUCCESS) {
      result.current = words<cog_json_value>(array.begin());
      result.end = words<cog_json_value>(array.end());
    }
  }
  return result;
}

int cog_json_next(cog_json_iterator *iterator, const char **key, size_t *key_length, cog_json_value *value) {
  if (std::memcmp(&iterator->current, &iterator->end, sizeof iterator->current) == 0) return 0;
  if (iterator->is_object) {
    auto position = words<dom::object::iterator>(iterator->current);
    std::string_view name = position.key();
    *key = name.data();
    *key_length = name.size();
    *value = words<cog_json_value>(position.value());
    ++position;
    iterator->current = words<cog_json_value>(position);
  } else {
    auto position = words<dom::array::iterator>(iterator->current);
    *key = nullptr;
    *key_length = 0;
    *value = words<cog_json_value>(*position);
    ++position;
    iterator->current = words<cog_json_value>(position);
  }
  return 1;
}
}
