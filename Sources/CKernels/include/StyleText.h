#ifndef COGNATE_STYLE_TEXT_H
#define COGNATE_STYLE_TEXT_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/// What a scalar is, one bit each. Neither space nor word: a mark, which is a token of its own.
enum {
  COG_SPACE = 1,       ///< White space.
  COG_WORD = 2,        ///< A letter, a digit or an underscore.
  COG_UPPER = 4,       ///< A to Z.
  COG_LOWER = 8,       ///< a to z.
  COG_DIGIT = 16,      ///< 0 to 9.
  COG_RARE = 32,       ///< An underscore, or a word's scalar beyond ASCII.
  COG_APOSTROPHE = 64, ///< Straight or curly.
  COG_DRAWN = 128      ///< The third or a later one in a row of the same letter A to Z, whatever its case.
};

/// Decodes UTF-8 into scalars and what they are; returns how many. Each maximal ill-formed part becomes U+FFFD and is
/// counted in `*invalid`; U+E000 and U+E001 become U+FFFD, uncounted. `classes` holds what each scalar below 65536 is;
/// of those above, `COG_WORD | COG_RARE` are what lies in no range of marks. Both outputs have room for `count` and 32
/// more.
size_t cog_style_decode(const uint8_t *bytes, size_t count, const uint8_t *classes, uint32_t *text, uint8_t *kinds,
                        size_t *invalid);

/// Whether a line may hold a link, an address or a mention: "@", "://" or "www." in any case.
int cog_style_may_refer(const uint8_t *bytes, size_t count);

/// Gathers the bits of 64 scalars each: `bits[8 * block + k]` has bit k of `kinds`, the first scalar lowest. `kinds` can
/// be read up to a multiple of 64; what lies beyond `count` gives zeros.
void cog_style_bits(const uint8_t *kinds, size_t count, uint64_t *bits);

/// Writes a space, the text with each run of white space as one space, and a space, which is not doubled; returns how
/// many, and the tabs in `*tabs`. `out` has room for `count` and 64 more; 32 behind the text become zero.
size_t cog_style_fold(const uint32_t *text, const uint8_t *kinds, size_t count, uint32_t *out, size_t *tabs);

/// Of the 1- and 2-grams that begin at the first `starts` of `count` scalars: counts printable ASCII pairs in
/// `pairs[(first - 32) * 128 + second - 32]`, and writes the keys of those that have another scalar, at most
/// 2 * starts; returns how many. `lone[scalar - 32]` counts the printable ones that are followed by no such scalar.
size_t cog_style_pairs(const uint32_t *folded, size_t starts, size_t count, uint32_t *pairs, uint32_t *lone,
                       uint32_t *keys);

/// Empties the table of pairs and `lone`: writes the key of each pair and each printable scalar that occurred, as often
/// as it did if that is at most three times, else once; at most 3 * 96 * 97 and 3 more; returns how many. `more` and
/// `more_counts` have those that occurred more often, with how much more, at most 96 * 97 and one. `singles` has the
/// count of each scalar less 32. `keys`, `more` and `more_counts` have room for 16 more.
size_t cog_style_drain(uint32_t *pairs, uint32_t *lone, uint32_t *keys, uint32_t *more, uint32_t *more_counts,
                       size_t *more_count, uint32_t *singles);

/// Writes the keys of the 3-, 4- and 5-grams that begin at the first `starts` of `count` scalars, at most 3 * starts and
/// 32 more; returns how many. `folded` can be read 32 beyond its end.
size_t cog_style_keys(const uint32_t *folded, size_t starts, size_t count, uint32_t *keys);

/// The same without vectors of 32 bytes or more, for tests. Of `drain` the order may differ.
size_t cog_style_keys_baseline(const uint32_t *folded, size_t starts, size_t count, uint32_t *keys);
size_t cog_style_pairs_baseline(const uint32_t *folded, size_t starts, size_t count, uint32_t *pairs, uint32_t *lone,
                                uint32_t *keys);
size_t cog_style_drain_baseline(uint32_t *pairs, uint32_t *lone, uint32_t *keys, uint32_t *more, uint32_t *more_counts,
                                size_t *more_count, uint32_t *singles);

#endif
