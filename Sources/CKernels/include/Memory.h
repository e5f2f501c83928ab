#ifndef COGNATE_MEMORY_H
#define COGNATE_MEMORY_H

/// Asks for the line of memory at an address, which need not be valid; does nothing else.
static inline void cog_prefetch(const void *address) { __builtin_prefetch(address); }

/// Has allocations of less than 32 MiB made from memory that the process keeps when they are freed: a page that comes
/// anew from the system costs more than the work that is done on it. Without this glibc gives each block of 128 KiB back.
/// Does nothing with another C library.
void cog_keep_blocks(void);

/// Gives memory that is free back to the system.
void cog_return_free_memory(void);

#endif
