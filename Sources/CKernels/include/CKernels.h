#ifndef COGNATE_CKERNELS_H
#define COGNATE_CKERNELS_H

#include <stddef.h>
#include <stdint.h>

#include "JSONScan.h"
#include "KeyCount.h"
#include "KeySort.h"
#include "Memory.h"
#include "NameDistance.h"
#include "StyleText.h"
#include "TableScan.h"

#endif
