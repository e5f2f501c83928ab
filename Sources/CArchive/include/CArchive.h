#ifndef COGNATE_CARCHIVE_H
#define COGNATE_CARCHIVE_H

#include "CArchiveReader.h"
#include "CArchiveWriter.h"

#endif
