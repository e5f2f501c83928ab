#ifndef COGNATE_BLOCK_SUMS_H
#define COGNATE_BLOCK_SUMS_H

#include <stddef.h>
#include <stdint.h>

/// Adds blocks of 64 bytes to running sums: by lane of eight bytes, as a number in the order of the machine, `sums` grows
/// by each word, and `sums_of_sums` by `sums` after each block; both wrap. Several pages are read at once, as memory is
/// what this waits for.
void cog_sum_blocks(const void *bytes, size_t blocks, uint64_t sums[8], uint64_t sums_of_sums[8]);

/// The same, block by block: what `cog_sum_blocks` is tested against.
void cog_sum_blocks_scalar(const void *bytes, size_t blocks, uint64_t sums[8], uint64_t sums_of_sums[8]);

#endif
