// CArchive
