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

  /// How many hold a key that two accounts share, as it is weighed.
  ///
  /// Where one of the two is protected not more than two, unless the key is common: whoever poses as somebody in three
  /// accounts, or has that person's device in three, must be looked at no less than who does in one.
  func weighedHolders(_ shared: SharedKey, _ key: LinkageInput.Key) -> Int {
    let holders = Int(index.holders[Int(shared.key.raw)])
    let ends = [shared.left, shared.right].map { input.accounts[Int($0.raw)].isProtected }
    guard ends[0] != ends[1], Self.isName(key) || Self.canBeCommon(key),
      !Self.isCommon(key, holders: holders)
    else { return holders }
    return min(holders, 2)
  }
}
