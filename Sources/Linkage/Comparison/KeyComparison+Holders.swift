import Glibc

extension KeyComparison {
  /// Whether it matters how many hold a key, as it may be common property. Of names the text tells, and not the number: each
  /// chat that shows somebody's name has an account of its own.
  static func canBeCommon(_ key: LinkageInput.Key) -> Bool {
    weight(of: key).sharing < 1 && !isName(key) && key.kind != .dateOfBirth
  }

  /// Whether so many hold a key that it can hardly be one person's.
  static func isCommon(_ key: LinkageInput.Key, holders: Int) -> Bool {
    HolderSharing.isMany(holders) && canBeCommon(key)
  }

  /// How many of those who hold a key that two accounts share count; nil for all.
  ///
  /// Where one of the two is protected it is those two: whoever poses as somebody in three accounts, or has that person's
  /// device in three, must be looked at no less than who does in one. That many hold a key still says that it is common.
  func countedHolders(_ shared: SharedKey, _ key: LinkageInput.Key) -> Int? {
    let ends = [shared.left, shared.right].map { input.accounts[Int($0.raw)].isProtected }
    guard ends[0] != ends[1], Self.isName(key) || Self.canBeCommon(key) else { return nil }
    return min(Int(index.holders[Int(shared.key.raw)]), 2)
  }

  /// log10(m / u) by how many of the accounts hold a key.
  ///
  /// - Parameters:
  ///   - holders: all who do, which says whether the key is one person's or common property.
  ///   - counted: how many of them share in it; nil for all.
  ///   - borrowed: P(an account shows another controller's), of both sides together.
  static func agreement(
    _ key: LinkageInput.Key, holders: Int, counted: Int? = nil, accounts: Int, borrowed: Double
  ) -> Double {
    let weight = weight(of: key)
    let coincidence: Double
    let sharing: Double
    if isName(key) {
      let rarity = NameRarity.log10Rarity(key.text)
      coincidence = Glibc.pow(10, -rarity)
      sharing = WeightTable.nameSharing(log10Rarity: rarity)
    } else {
      coincidence = weight.coincidence
      sharing = HolderSharing.part(prior: weight.sharing, holders: holders)
    }
    // A browser is as common outside the case as in it; of other values it is known that nobody else has them.
    let outside = key.kind == .userAgent ? 0 : WeightTable.outsideAccounts
    let spread = sharing * Double(max((counted ?? holders) - 1, 0)) / (Double(accounts) + outside)
    return Glibc.log10(weight.m / min(1, coincidence + borrowed + spread))
  }
}
