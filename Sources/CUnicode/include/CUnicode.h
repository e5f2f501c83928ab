#ifndef COGNATE_CUNICODE_H
#define COGNATE_CUNICODE_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// Each transformation reads `length` bytes of UTF-8 and writes at most `capacity` bytes of UTF-8 to `out`,
// without a NUL at the end. It returns the length of the whole answer, which may exceed `capacity` (then `out`
// holds nothing of use: ask again with more room), or a negative number when it failed. All are thread-safe.

/// The UTS #39 skeleton: two texts that look alike have the same one.
int32_t cognate_unicode_skeleton(const char *text, int32_t length, char *out, int32_t capacity);

/// Normalisation form C.
int32_t cognate_unicode_nfc(const char *text, int32_t length, char *out, int32_t capacity);

/// NFKC_Casefold: compatibility composition, case folding, default-ignorable code points removed.
int32_t cognate_unicode_nfkc_casefold(const char *text, int32_t length, char *out, int32_t capacity);

/// The text without its non-spacing marks (decomposed, marks dropped, composed again).
int32_t cognate_unicode_unaccented(const char *text, int32_t length, char *out, int32_t capacity);

/// A domain name in A-labels by UTS #46, non-transitional. Fails on a name that the standard refuses.
int32_t cognate_unicode_domain_to_ascii(const char *text, int32_t length, char *out, int32_t capacity);

/// The UTS #39 restriction level: 1 ASCII only, 2 one script, 3 highly restrictive, 4 moderately restrictive,
/// 5 minimally restrictive, 6 unrestricted; 0 when it could not be told.
int32_t cognate_unicode_restriction_level(const char *text, int32_t length);

/// The Unicode version of the tables in use, for example `15.0`.
const char *cognate_unicode_version(void);

#ifdef __cplusplus
}
#endif

#endif
