#include "CUnicode.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/uidna.h>
#include <unicode/unorm2.h>
#include <unicode/uspoof.h>
#include <unicode/ustring.h>
#include <unicode/utf16.h>

// ICU's checkers are read-only once opened and then safe to share between threads.
static pthread_once_t opened = PTHREAD_ONCE_INIT;
static USpoofChecker *spoof;
static UIDNA *idna;
static const UNormalizer2 *nfc, *nfd, *nfkc_casefold;

static void open_all(void) {
  UErrorCode status = U_ZERO_ERROR;
  spoof = uspoof_open(&status);
  if (U_SUCCESS(status)) uspoof_setChecks(spoof, USPOOF_RESTRICTION_LEVEL, &status);
  if (U_FAILURE(status)) spoof = NULL;
  status = U_ZERO_ERROR;
  idna = uidna_openUTS46(UIDNA_NONTRANSITIONAL_TO_ASCII, &status);
  if (U_FAILURE(status)) idna = NULL;
  status = U_ZERO_ERROR;
  nfc = unorm2_getNFCInstance(&status);
  nfd = unorm2_getNFDInstance(&status);
  nfkc_casefold = unorm2_getNFKCCasefoldInstance(&status);
  if (U_FAILURE(status)) nfc = nfd = nfkc_casefold = NULL;
}

typedef struct {
  UChar *units;
  int32_t length;
  bool on_heap;
} Text16;

enum { small = 256 };

static bool to_utf16(const char *text, int32_t length, UChar *room, Text16 *result) {
  // Safe: a UTF-8 text of n bytes has at most n UTF-16 units.
  result->on_heap = length > small;
  result->units = result->on_heap ? malloc(sizeof(UChar) * (size_t)length) : room;
  if (!result->units) return false;
  UErrorCode status = U_ZERO_ERROR;
  u_strFromUTF8WithSub(result->units, length > small ? length : small, &result->length, text, length, 0xFFFD,
                       NULL, &status);
  if (U_SUCCESS(status)) return true;
  if (result->on_heap) free(result->units);
  return false;
}

static void drop(Text16 *text) {
  if (text->on_heap) free(text->units);
}

static int32_t to_utf8(const UChar *units, int32_t count, char *out, int32_t capacity) {
  UErrorCode status = U_ZERO_ERROR;
  int32_t length = 0;
  u_strToUTF8(out, capacity, &length, units, count, &status);
  if (U_FAILURE(status) && status != U_BUFFER_OVERFLOW_ERROR) return -1;
  return length;
}

// Normalises `in` into `result`, whose units are in `room` when they fit there.
static bool normalised(const UNormalizer2 *form, const Text16 *in, UChar *room, Text16 *result) {
  UErrorCode status = U_ZERO_ERROR;
  result->on_heap = false;
  result->units = room;
  result->length = unorm2_normalize(form, in->units, in->length, room, small, &status);
  if (U_SUCCESS(status)) return true;
  if (status != U_BUFFER_OVERFLOW_ERROR) return false;
  const int32_t needed = result->length;
  result->on_heap = true;
  result->units = malloc(sizeof(UChar) * (size_t)needed);
  if (!result->units) return false;
  status = U_ZERO_ERROR;
  result->length = unorm2_normalize(form, in->units, in->length, result->units, needed, &status);
  // Filling the room to the last unit leaves no NUL, of which ICU only warns.
  if (U_SUCCESS(status)) return true;
  free(result->units);
  return false;
}

static int32_t normalise(const UNormalizer2 *form, const char *text, int32_t length, char *out,
                         int32_t capacity) {
  UChar room_in[small], room_out[small];
  Text16 in, result;
  if (!form || !to_utf16(text, length, room_in, &in)) return -1;
  int32_t written = -1;
  if (normalised(form, &in, room_out, &result)) {
    written = to_utf8(result.units, result.length, out, capacity);
    drop(&result);
  }
  drop(&in);
  return written;
}

int32_t cognate_unicode_skeleton(const char *text, int32_t length, char *out, int32_t capacity) {
  pthread_once(&opened, open_all);
  if (!spoof) return -1;
  UErrorCode status = U_ZERO_ERROR;
  const int32_t written = uspoof_getSkeletonUTF8(spoof, 0, text, length, out, capacity, &status);
  if (U_FAILURE(status) && status != U_BUFFER_OVERFLOW_ERROR) return -1;
  return written;
}

int32_t cognate_unicode_nfc(const char *text, int32_t length, char *out, int32_t capacity) {
  pthread_once(&opened, open_all);
  return normalise(nfc, text, length, out, capacity);
}

int32_t cognate_unicode_nfkc_casefold(const char *text, int32_t length, char *out, int32_t capacity) {
  pthread_once(&opened, open_all);
  return normalise(nfkc_casefold, text, length, out, capacity);
}

int32_t cognate_unicode_unaccented(const char *text, int32_t length, char *out, int32_t capacity) {
  pthread_once(&opened, open_all);
  UChar room_in[small], room_apart[small], room_out[small];
  Text16 in, apart, result;
  if (!nfd || !nfc || !to_utf16(text, length, room_in, &in)) return -1;
  int32_t written = -1;
  if (normalised(nfd, &in, room_apart, &apart)) {
    int32_t read = 0, kept = 0;
    while (read < apart.length) {
      const int32_t start = read;
      UChar32 scalar;
      U16_NEXT(apart.units, read, apart.length, scalar);
      if (u_charType(scalar) == U_NON_SPACING_MARK) continue;
      // Safe: what is kept never runs ahead of what was read.
      memmove(apart.units + kept, apart.units + start, sizeof(UChar) * (size_t)(read - start));
      kept += read - start;
    }
    apart.length = kept;
    if (normalised(nfc, &apart, room_out, &result)) {
      written = to_utf8(result.units, result.length, out, capacity);
      drop(&result);
    }
    drop(&apart);
  }
  drop(&in);
  return written;
}

int32_t cognate_unicode_domain_to_ascii(const char *text, int32_t length, char *out, int32_t capacity) {
  pthread_once(&opened, open_all);
  if (!idna) return -1;
  UErrorCode status = U_ZERO_ERROR;
  UIDNAInfo info = UIDNA_INFO_INITIALIZER;
  const int32_t written = uidna_nameToASCII_UTF8(idna, text, length, out, capacity, &info, &status);
  if ((U_FAILURE(status) && status != U_BUFFER_OVERFLOW_ERROR) || info.errors != 0) return -1;
  return written;
}

int32_t cognate_unicode_restriction_level(const char *text, int32_t length) {
  pthread_once(&opened, open_all);
  if (!spoof) return 0;
  UErrorCode status = U_ZERO_ERROR;
  USpoofCheckResult *result = uspoof_openCheckResult(&status);
  if (U_FAILURE(status)) return 0;
  uspoof_check2UTF8(spoof, text, length, result, &status);
  const URestrictionLevel level = uspoof_getCheckResultRestrictionLevel(result, &status);
  uspoof_closeCheckResult(result);
  if (U_FAILURE(status)) return 0;
  switch (level) {
    case USPOOF_ASCII: return 1;
    case USPOOF_SINGLE_SCRIPT_RESTRICTIVE: return 2;
    case USPOOF_HIGHLY_RESTRICTIVE: return 3;
    case USPOOF_MODERATELY_RESTRICTIVE: return 4;
    case USPOOF_MINIMALLY_RESTRICTIVE: return 5;
    default: return 6;
  }
}

const char *cognate_unicode_version(void) { return U_UNICODE_VERSION; }
