#ifndef COGNATE_VECTOR_PRODUCTS_TILES_H
#define COGNATE_VECTOR_PRODUCTS_TILES_H

#include <stddef.h>
#include <stdint.h>

#if defined(__x86_64__) && defined(__clang__) && defined(__linux__)
#define COG_TILES

/// Lines of a tile, which are the rows of a group.
#define COG_TILE_LINES 16

/// Whether this processor multiplies tiles of bytes (AMX) and the system lets this process do so.
int cog_has_tiles(void);

/// `cog_vectors_products` by tiles; to be called only where they are.
void cog_vectors_products_tiles(const int8_t *packed, size_t groups, size_t width, const int8_t *queries, size_t count,
                                int32_t *out, size_t stride);
#endif

#endif
