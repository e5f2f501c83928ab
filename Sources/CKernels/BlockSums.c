#include "BlockSums.h"

#include <string.h>

void cog_sum_blocks_scalar(const void *bytes, size_t blocks, uint64_t sums[8], uint64_t sums_of_sums[8]) {
  const uint8_t *at = bytes;
  for (size_t block = 0; block < blocks; block++, at += 64) {
    for (int lane = 0; lane < 8; lane++) {
      uint64_t word;
      memcpy(&word, at + 8 * lane, 8);
      sums[lane] += word;
      sums_of_sums[lane] += sums[lane];
    }
  }
}

typedef uint64_t lanes __attribute__((vector_size(64)));

enum { PAGE = 4096, PAGE_BLOCKS = PAGE / 64 };

// The same wherever it lies in memory.
typedef uint64_t block __attribute__((vector_size(64), aligned(1), may_alias));

// Four pages side by side, each from zero: what a page adds to sums of sums is that and what came before, once for each
// of its blocks.
static inline __attribute__((always_inline)) void sum_pages(const uint8_t *at, size_t groups, lanes *sums, lanes *sums_of_sums) {
  lanes all = *sums, all_of_all = *sums_of_sums;
  for (size_t group = 0; group < groups; group++, at += 4 * PAGE) {
    lanes a = {0}, b = {0}, c = {0}, d = {0}, aa = {0}, bb = {0}, cc = {0}, dd = {0};
    for (size_t byte = 0; byte < PAGE; byte += 64) {
      a += *(const block *)(at + byte);
      aa += a;
      b += *(const block *)(at + PAGE + byte);
      bb += b;
      c += *(const block *)(at + 2 * PAGE + byte);
      cc += c;
      d += *(const block *)(at + 3 * PAGE + byte);
      dd += d;
    }
    all_of_all += all * PAGE_BLOCKS + aa;
    all += a;
    all_of_all += all * PAGE_BLOCKS + bb;
    all += b;
    all_of_all += all * PAGE_BLOCKS + cc;
    all += c;
    all_of_all += all * PAGE_BLOCKS + dd;
    all += d;
  }
  *sums = all;
  *sums_of_sums = all_of_all;
}

#if defined(__x86_64__)
__attribute__((target("avx512f,avx512dq"))) static void sum_pages_avx512(const uint8_t *at, size_t groups, lanes *sums,
                                                                         lanes *sums_of_sums) {
  sum_pages(at, groups, sums, sums_of_sums);
}
#endif

static void sum_pages_baseline(const uint8_t *at, size_t groups, lanes *sums, lanes *sums_of_sums) {
  sum_pages(at, groups, sums, sums_of_sums);
}

void cog_sum_blocks(const void *bytes, size_t blocks, uint64_t sums[8], uint64_t sums_of_sums[8]) {
  size_t groups = blocks / (4 * PAGE_BLOCKS);
  if (groups > 0) {
    lanes all, all_of_all;
    memcpy(&all, sums, 64);
    memcpy(&all_of_all, sums_of_sums, 64);
    void (*pages)(const uint8_t *, size_t, lanes *, lanes *) = sum_pages_baseline;
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq")) pages = sum_pages_avx512;
#endif
    pages(bytes, groups, &all, &all_of_all);
    memcpy(sums, &all, 64);
    memcpy(sums_of_sums, &all_of_all, 64);
  }
  size_t done = groups * 4 * PAGE_BLOCKS;
  cog_sum_blocks_scalar((const uint8_t *)bytes + 64 * done, blocks - done, sums, sums_of_sums);
}
