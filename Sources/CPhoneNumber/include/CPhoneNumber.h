// CPhoneNumber
