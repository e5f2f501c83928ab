#ifndef COGNATE_CPHONENUMBER_H
#define COGNATE_CPHONENUMBER_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// What kind of number libphonenumber takes it for; the values are ours and do not move.
enum {
  COGNATE_PHONE_UNKNOWN = 0,
  COGNATE_PHONE_FIXED_LINE = 1,
  COGNATE_PHONE_MOBILE = 2,
  COGNATE_PHONE_FIXED_OR_MOBILE = 3,
  COGNATE_PHONE_TOLL_FREE = 4,
  COGNATE_PHONE_PREMIUM_RATE = 5,
  COGNATE_PHONE_SHARED_COST = 6,
  COGNATE_PHONE_VOIP = 7,
  COGNATE_PHONE_PERSONAL = 8,
  COGNATE_PHONE_PAGER = 9,
  COGNATE_PHONE_UAN = 10,
  COGNATE_PHONE_VOICEMAIL = 11
};

/// A parsed telephone number.
typedef struct {
  /// Of a length that a complete number of its country may have.
  uint8_t possible;
  /// In a range that its country has assigned.
  uint8_t valid;
  /// One of the constants above.
  uint8_t type;
  /// Whether the country code stood in the text (with a plus, with an exit code, or bare).
  uint8_t written_internationally;
  /// Whether it names a subscriber only to who knows the area: written without a country code and without the
  /// prefix that the region dials before area codes, and no longer than a number within an area.
  uint8_t local;
  /// `+` and digits, ended by NUL.
  char e164[24];
  /// Extension digits, ended by NUL; empty when there is none.
  char extension[24];
} CognatePhone;

/// Reads a number as it would be dialled from `region` (ISO 3166 code, upper case).
/// Returns 1 and fills `out`, or 0 when the text is no telephone number at all.
int cognate_phone_parse(const char *text, int32_t length, const char *region, CognatePhone *out);

/// Looks up a ten-digit national number of the UK that begins with 7 by the five digits after that 7.
/// Returns the type in the low seven bits and validity in the eighth. The answer is libphonenumber's own, kept
/// after the first question: its UK patterns that begin with 7 tell numbers apart by the first four of these digits,
/// and after 7624 by all five.
uint8_t cognate_phone_uk_seven(uint32_t five_digits_after_seven);

#ifdef __cplusplus
}
#endif

#endif
