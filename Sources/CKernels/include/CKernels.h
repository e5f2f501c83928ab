#ifndef COGNATE_CKERNELS_H
#define COGNATE_CKERNELS_H

#include <stddef.h>
#include <stdint.h>

#include "BlockSums.h"
#include "JSONScan.h"
#include "KeyCount.h"
#include "KeySort.h"
#include "Memory.h"
#include "NameDistance.h"
#include "NearestKeys.h"
#include "SparseProducts.h"
#include "StyleText.h"
#include "TableScan.h"
#include "VectorProducts.h"

#endif
