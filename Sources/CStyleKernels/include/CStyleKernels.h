#ifndef COGNATE_CSTYLEKERNELS_H
#define COGNATE_CSTYLEKERNELS_H

#include <stddef.h>
#include <stdint.h>

#include "ByteRows.h"
#include "EncoderLayer.h"
#include "KeyLookup.h"
#include "NearestQueries.h"
#include "PackedCounts.h"
#include "TokenKeys.h"

#endif
