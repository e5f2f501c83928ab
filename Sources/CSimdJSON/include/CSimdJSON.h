// CSimdJSON
