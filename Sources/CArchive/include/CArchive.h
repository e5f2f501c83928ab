#ifndef COGNATE_CARCHIVE_H
#define COGNATE_CARCHIVE_H

#include "CArchiveWriter.h"

#endif
