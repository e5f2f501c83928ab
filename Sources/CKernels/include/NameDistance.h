#ifndef COGNATE_NAME_DISTANCE_H
#define COGNATE_NAME_DISTANCE_H

#include <stddef.h>
#include <stdint.h>

/// Distances between many short texts, several at a time in the lanes of a vector register.
///
/// Candidates are put into an index: in order of length, in blocks of as many as fit a register of 32 bytes when each has
/// a lane of as many bits as it has bytes (8, 16, 32 or 64). A block holds, for each byte that occurs in any candidate,
/// the positions at which each of its candidates has it. A query then goes through its own bytes and updates all lanes of
/// a block at once (Hyyro, 2003, for edit distances; the bit-parallel Jaro of rapidfuzz, with transpositions counted in
/// the lanes as well).

/// Bytes of the longest text that is compared whole.
#define COG_NAME_LIMIT 64

typedef enum {
  COG_LEVENSHTEIN = 0,        ///< Insertions, deletions, substitutions.
  COG_STRING_ALIGNMENT = 1,   ///< And swaps of neighbours, no part edited twice (restricted Damerau-Levenshtein).
  COG_JARO_WINKLER = 2        ///< Similarity, 0 to 1; prefix weight .1, above .7.
} cog_name_measure;

typedef struct cog_name_index cog_name_index;

/// Prepares candidates: text i is `bytes[offsets[i] ..< offsets[i + 1]]`, and only its first 64 bytes are held. NULL when
/// memory is out.
cog_name_index *cog_name_index_make(const uint8_t *bytes, const uint32_t *offsets, size_t count);

void cog_name_index_free(cog_name_index *index);

/// Compares each query with each candidate: `out[query * candidates + candidate]`. Of a query, too, only the first 64
/// bytes are looked at. 0 when memory is out, else 1.
int cog_name_compare(const cog_name_index *index, cog_name_measure measure, const uint8_t *bytes,
                     const uint32_t *offsets, size_t count, float *out);

/// The same without vectors of 32 bytes, for tests.
int cog_name_compare_baseline(const cog_name_index *index, cog_name_measure measure, const uint8_t *bytes,
                              const uint32_t *offsets, size_t count, float *out);

/// Two texts, of which the first 64 bytes are looked at, by loops over single bytes and the textbook's tables: what the
/// vectors are tested against.
float cog_name_compare_scalar(cog_name_measure measure, const uint8_t *left, size_t left_count, const uint8_t *right,
                              size_t right_count);

#endif
