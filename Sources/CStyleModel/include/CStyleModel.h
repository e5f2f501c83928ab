#ifndef COG_STYLE_MODEL_H
#define COG_STYLE_MODEL_H

#include <stddef.h>

/// The built-in model of styles, in the form of `ModelArchive`: a part of the program, mapped with it.
extern const unsigned char cog_style_model[];
/// Where it begins.
static inline const unsigned char *cog_style_model_start(void) { return cog_style_model; }
/// Its size in bytes.
extern const size_t cog_style_model_size;

#endif
