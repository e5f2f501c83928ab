internal import AccountModel
internal import Identifiers

/// A number of WhatsApp as logs write it: `447700900123`, `+447700900123`, `447700900123@s.whatsapp.net`.
struct MetaRecordNumber {
  let kind: IdentifierKind
  let value: String

  /// Nil for groups and for what is no number.
  init?(_ text: String) {
    let text = text.filter { !$0.isWhitespace }
    let parts = text.split(separator: "@", maxSplits: 1)
    guard var number = parts.first else { return nil }
    if parts.count == 2 {
      guard let jid = WhatsAppJID(address: text[...]) else { return nil }
      switch jid.server {
      case .phone: number = jid.user[...]
      case .lid:
        (kind, value) = (.platformID, text)
        return
      case .group, .list: return nil
      }
    }
    let digits = number.hasPrefix("+") ? number.dropFirst() : number
    guard (7...15).contains(digits.utf8.count), digits.utf8.allSatisfy(\.isDigit) else {
      return nil
    }
    (kind, value) = (.phone, "+\(digits)")
  }
}
