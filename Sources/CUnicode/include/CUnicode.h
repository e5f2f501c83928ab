// CUnicode
