import AccountModel

/// The people's names on record of each account, to tell whether two can be of one person.
struct GivenNames {
  /// The words of each name, by account.
  private let names: [UInt32: [[Substring]]]

  init(_ input: LinkageInput) {
    var names: [UInt32: [[Substring]]] = [:]
    for sighting in input.sightings where sighting.rule.isEmpty {
      let key = input.keys[Int(sighting.key.raw)]
      guard key.kind == .personName else { continue }
      let words = key.text.split { !$0.isLetter }
      if !words.isEmpty { names[sighting.account.raw, default: []].append(words) }
    }
    self.names = names
  }

  /// Whether both accounts have people's names on record and no given name of one can be one of the other.
  ///
  /// The first word is taken for the given name; where it stands anywhere in the other's name, in whatever order, or is
  /// an initial of its given name, the two can be one.
  func differ(_ left: AccountNode, _ right: AccountNode) -> Bool {
    guard let one = names[left.raw], let other = names[right.raw] else { return false }
    return !one.contains { name in other.contains { Self.canBeOne(name, $0) } }
  }

  private static func canBeOne(_ one: [Substring], _ other: [Substring]) -> Bool {
    if other.contains(one[0]) || one.contains(other[0]) { return true }
    let (short, long) = one[0].count < other[0].count ? (one[0], other[0]) : (other[0], one[0])
    return short.count == 1 && long.hasPrefix(short)
  }
}
