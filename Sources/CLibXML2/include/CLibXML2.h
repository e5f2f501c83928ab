// CLibXML2
