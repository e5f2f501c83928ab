#define _GNU_SOURCE
#include "Memory.h"

#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

#include <stdlib.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

void cog_keep_blocks(void) {
#ifdef __GLIBC__
  mallopt(M_MMAP_THRESHOLD, 32 << 20);
  mallopt(M_TRIM_THRESHOLD, 64 << 20);
#endif
}

void cog_forget(void *start, size_t bytes) {
  uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
  uintptr_t first = ((uintptr_t)start + page - 1) / page * page, end = ((uintptr_t)start + bytes) / page * page;
  // A failure costs memory alone.
  if (end > first) (void)madvise((void *)first, end - first, MADV_DONTNEED);
}

void cog_return_free_memory(void) {
#ifdef __GLIBC__
  malloc_trim(0);
#endif
}
