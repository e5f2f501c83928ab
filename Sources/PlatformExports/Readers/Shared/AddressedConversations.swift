/// The names of conversations that have none but the addresses of those who take part.
///
/// A phone gives a number as it was dialled in what went out, and with its country in what came in. Both are of one
/// conversation: else nobody would be seen to have written to the other, and words that one of the two took up from the other
/// would pass for what two who never met both wrote.
struct AddressedConversations {
  private var names: [Set<[UInt8]>: String] = [:]

  /// The name under which a conversation was first met: its addresses in byte order, as phones write them in any order.
  ///
  /// - Parameter parties: the addresses, and which of them are telephone numbers.
  /// - Returns: the name, and whether addresses are of several.
  mutating func name(_ parties: [(address: [UInt8], isNumber: Bool)]) -> (String, isOfSeveral: Bool) {
    let addresses = Dictionary(parties.map { (Self.key($0), $0.address) }) { first, _ in first }
    let key = Set(addresses.keys)
    if let known = names[key] { return (known, key.count > 1) }
    let sorted = addresses.values.sorted { $0.lexicographicallyPrecedes($1) }
    let name = String(decoding: Array(sorted.joined(separator: [UInt8(ascii: "~")])), as: UTF8.self)
    names[key] = name
    return (name, key.count > 1)
  }

  /// What tells an address from others: of a number its last digits, as in `MessagesAddress`.
  private static func key(_ party: (address: [UInt8], isNumber: Bool)) -> [UInt8] {
    guard party.isNumber, let digits = MessagesAddress.tellingDigits(of: party.address) else {
      return party.address
    }
    return [UInt8(ascii: "+")] + digits
  }
}
