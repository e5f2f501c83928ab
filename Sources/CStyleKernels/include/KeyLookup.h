#ifndef COGNATE_KEY_LOOKUP_H
#define COGNATE_KEY_LOOKUP_H

#include <stddef.h>
#include <stdint.h>

/// Which keys are wanted ones: writes the number of each wanted key that is there and its place among `keys`, in the order
/// of the wanted ones; returns how many. Both kinds ascend. Both outputs have room for `wanted_count` and one more.
size_t cog_keys_find(const uint32_t *keys, size_t count, const uint32_t *wanted, size_t wanted_count, uint32_t *numbers,
                     uint32_t *places);

#endif
