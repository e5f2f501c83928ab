internal import AccountModel

/// A number of WhatsApp as logs write it: `447700900123`, `+447700900123`, `447700900123@s.whatsapp.net`.
struct MetaRecordNumber {
  let kind: IdentifierKind
  let value: String

  /// Nil for groups and for what is no number.
  init?(_ text: String) {
    let text = text.filter { !$0.isWhitespace }
    let parts = text.split(separator: "@", maxSplits: 1)
    guard let user = parts.first else { return nil }
    if parts.count == 2 {
      if parts[1] == "lid" {
        (kind, value) = (.platformID, text)
        return
      }
      guard ["s.whatsapp.net", "c.us", "whatsapp.net"].contains(String(parts[1])) else { return nil }
    }
    // 447700900123.0:12 is the person's twelfth device.
    let number = parts.count == 2 ? user.prefix { $0 != ":" && $0 != "." } : user
    let digits = number.hasPrefix("+") ? number.dropFirst() : number
    guard (7...15).contains(digits.utf8.count), digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
      return nil
    }
    (kind, value) = (.phone, "+\(digits)")
  }
}
