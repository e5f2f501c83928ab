#ifndef COGNATE_TOKEN_KEYS_H
#define COGNATE_TOKEN_KEYS_H

#include <stddef.h>
#include <stdint.h>

/// A token as it is looked up among those that are remembered.
typedef struct {
  /// The lowest bytes of its scalars, zero behind them: no two tokens that are remembered are alike.
  uint64_t low, high;
  /// Where it would be remembered; NULL for a token of more than 16 scalars, or with others than the bytes can tell apart.
  uint8_t *entry;
  /// Where it begins, and its scalars; 0 without an entry.
  uint32_t start, length;
} cog_token_key;

/// What 64 scalars from `first` on are, one bit each, and those of the 64 behind them.
typedef struct {
  size_t first;
  /// Where tokens begin.
  uint64_t starts;
  uint64_t words, words_behind;
  /// Scalars of words that are rare or drawn out, see `cog_style_decode`.
  uint64_t unusual, unusual_behind;
} cog_token_bits;

/// Bits of the number of entries, and bytes of one.
#define COG_TOKEN_PLACES 14
#define COG_TOKEN_PLACE 64

/// Writes what to look up for each token that begins in a block, and asks for its entry to be brought near, so that many
/// are on their way at once; returns how many. 16 scalars behind the start of each can be read.
size_t cog_token_keys(const uint32_t *text, const cog_token_bits *bits, uint8_t *entries, cog_token_key *keys);

/// The same without vectors, for tests.
size_t cog_token_keys_baseline(const uint32_t *text, const cog_token_bits *bits, uint8_t *entries, cog_token_key *keys);

#endif
