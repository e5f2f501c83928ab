#include "CStyleModel.h"

// In the program, not beside it, so that it is found wherever the program lies.
#pragma clang diagnostic ignored "-Wc23-extensions"
_Alignas(8) const unsigned char cog_style_model[] = {
#embed "style.model"
};
const size_t cog_style_model_size = sizeof cog_style_model;
