#ifndef COGNATE_MEMORY_H
#define COGNATE_MEMORY_H

/// Asks for the line of memory at an address, which need not be valid; does nothing else.
static inline void cog_prefetch(const void *address) { __builtin_prefetch(address); }

/// Has every allocation of a MiB or more made by mmap, so that its memory goes back to the system when it is freed;
/// glibc otherwise stops doing so after the first. Does nothing with another C library.
void cog_return_large_blocks(void);

#endif
