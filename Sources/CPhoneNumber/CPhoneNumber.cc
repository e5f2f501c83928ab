#include "CPhoneNumber.h"

#include <phonenumbers/phonenumberutil.h>

#include <atomic>
#include <cstdio>
#include <cstring>
#include <string>

using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;

namespace {

uint8_t type_code(PhoneNumberUtil::PhoneNumberType type) {
  switch (type) {
    case PhoneNumberUtil::FIXED_LINE: return COGNATE_PHONE_FIXED_LINE;
    case PhoneNumberUtil::MOBILE: return COGNATE_PHONE_MOBILE;
    case PhoneNumberUtil::FIXED_LINE_OR_MOBILE: return COGNATE_PHONE_FIXED_OR_MOBILE;
    case PhoneNumberUtil::TOLL_FREE: return COGNATE_PHONE_TOLL_FREE;
    case PhoneNumberUtil::PREMIUM_RATE: return COGNATE_PHONE_PREMIUM_RATE;
    case PhoneNumberUtil::SHARED_COST: return COGNATE_PHONE_SHARED_COST;
    case PhoneNumberUtil::VOIP: return COGNATE_PHONE_VOIP;
    case PhoneNumberUtil::PERSONAL_NUMBER: return COGNATE_PHONE_PERSONAL;
    case PhoneNumberUtil::PAGER: return COGNATE_PHONE_PAGER;
    case PhoneNumberUtil::UAN: return COGNATE_PHONE_UAN;
    case PhoneNumberUtil::VOICEMAIL: return COGNATE_PHONE_VOICEMAIL;
    default: return COGNATE_PHONE_UNKNOWN;
  }
}

bool copy_text(const std::string &from, char *to, size_t capacity) {
  if (from.size() >= capacity) return false;
  std::memcpy(to, from.c_str(), from.size() + 1);
  return true;
}

bool possible_as(const PhoneNumberUtil &util, const PhoneNumber &number, PhoneNumberUtil::PhoneNumberType type) {
  return util.IsPossibleNumberForTypeWithReason(number, type) == PhoneNumberUtil::IS_POSSIBLE;
}

// Whether the landline numbers of a country, with their area codes, have more than two lengths: where they have (in
// Germany 5 to 15 digits), a length does not tell a whole number from one within an area.
bool has_open_plan(const PhoneNumberUtil &util, int country_code) {
  int lengths = 0;
  uint64_t national = 2000;
  for (int digits = 4; digits <= 12; digits++, national *= 10) {
    PhoneNumber number;
    number.set_country_code(country_code);
    number.set_national_number(national);
    if (possible_as(util, number, PhoneNumberUtil::FIXED_LINE)) lengths++;
  }
  return lengths > 2;
}

// Whether a number that was read as one of the region lacks its area code. Where a prefix is dialled before area codes
// (0 in most of Europe, 1 in North America), what is written without it is a whole number only if it is as long as one:
// as long as a landline number with its area code, where those have one or two lengths, else as long as a mobile one.
bool is_local(const PhoneNumberUtil &util, const PhoneNumber &number, PhoneNumberUtil::PhoneNumberType type,
              const char *region) {
  if (util.IsPossibleNumberWithReason(number) == PhoneNumberUtil::IS_POSSIBLE_LOCAL_ONLY) return true;
  std::string prefix;
  util.GetNddPrefixForRegion(region, true, &prefix);
  if (prefix.empty()) return false;
  std::string national;
  util.GetNationalSignificantNumber(number, &national);
  std::string digits = number.raw_input();
  util.NormalizeDigitsOnly(&digits);
  if (digits.size() > national.size() && digits.compare(0, prefix.size(), prefix) == 0) return false;
  if (!has_open_plan(util, number.country_code())) {
    const PhoneNumberUtil::ValidationResult reason =
        util.IsPossibleNumberForTypeWithReason(number, PhoneNumberUtil::FIXED_LINE);
    return (reason == PhoneNumberUtil::IS_POSSIBLE_LOCAL_ONLY || reason == PhoneNumberUtil::TOO_SHORT) &&
           !possible_as(util, number, PhoneNumberUtil::MOBILE);
  }
  // No country's numbers within an area have nine digits and the form of a mobile number.
  if (type == PhoneNumberUtil::MOBILE && national.size() >= 9) return false;
  PhoneNumber mobile;
  std::string whole;
  if (!util.GetExampleNumberForType(region, PhoneNumberUtil::MOBILE, &mobile)) return false;
  util.GetNationalSignificantNumber(mobile, &whole);
  return national.size() < whole.size();
}

int parse(const char *text, int32_t length, const char *region, CognatePhone *out) {
  const PhoneNumberUtil *util = PhoneNumberUtil::GetInstance();
  PhoneNumber number;
  const std::string written(text, static_cast<size_t>(length));
  if (util->ParseAndKeepRawInput(written, region, &number) != PhoneNumberUtil::NO_PARSING_ERROR) return 0;
  std::string e164;
  util->Format(number, PhoneNumberUtil::E164, &e164);
  std::memset(out, 0, sizeof *out);
  if (!copy_text(e164, out->e164, sizeof out->e164)) return 0;
  if (!copy_text(number.extension(), out->extension, sizeof out->extension)) return 0;
  // IsPossibleNumber also accepts what can be dialled only within an area, which names no one subscriber.
  out->possible = util->IsPossibleNumberWithReason(number) == PhoneNumberUtil::IS_POSSIBLE;
  // IsValidNumber asks for the type as well, and whether it is known: no need to ask twice.
  const PhoneNumberUtil::PhoneNumberType type = util->GetNumberType(number);
  out->valid = type != PhoneNumberUtil::UNKNOWN;
  out->type = type_code(type);
  out->written_internationally = number.country_code_source() != PhoneNumber::FROM_DEFAULT_COUNTRY;
  out->local = !out->written_internationally && is_local(*util, number, type, region);
  return 1;
}

constexpr uint8_t kUnasked = 0x7f;

struct SevenTable {
  std::atomic<uint8_t> entries[100000];
  SevenTable() {
    for (auto &entry : entries) entry.store(kUnasked, std::memory_order_relaxed);
  }
};

}  // namespace

// No C++ exception may reach Swift: libphonenumber throws none of its own, but its allocations may.

extern "C" int cognate_phone_parse(const char *text, int32_t length, const char *region, CognatePhone *out) {
  try {
    return parse(text, length, region, out);
  } catch (...) {
    return 0;
  }
}

extern "C" uint8_t cognate_phone_uk_seven(uint32_t five_digits_after_seven) {
  static SevenTable table;
  if (five_digits_after_seven >= 100000) return COGNATE_PHONE_UNKNOWN;
  // In the range 7624 (Isle of Man) the last digit counts, in no other.
  if (five_digits_after_seven / 100 != 624) five_digits_after_seven -= five_digits_after_seven % 10;
  std::atomic<uint8_t> &entry = table.entries[five_digits_after_seven];
  uint8_t known = entry.load(std::memory_order_relaxed);
  if (known != kUnasked) return known;
  char text[16];
  const int length = std::snprintf(text, sizeof text, "+447%05u0000", five_digits_after_seven);
  CognatePhone phone;
  known = COGNATE_PHONE_UNKNOWN;
  if (cognate_phone_parse(text, length, "GB", &phone)) known = phone.type | (phone.valid ? 0x80 : 0);
  // Two threads may both ask; they store the same answer.
  entry.store(known, std::memory_order_relaxed);
  return known;
}
