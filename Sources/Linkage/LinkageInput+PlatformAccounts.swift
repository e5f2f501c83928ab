import AccountModel

extension LinkageInput {
  /// Sets `platformAccounts` by the sightings: nodes of one platform to which the platform gives the same handle or id are
  /// one platform account, unless the handle was passed on.
  ///
  /// To be called when accounts, keys and sightings are all there.
  public mutating func findPlatformAccounts() {
    let passedOn = PassedOnHandles(self)
    var sets = UnionFind(count: accounts.count)
    var first: [String: AccountNode] = [:]
    for sighting in sightings where sighting.assertion == .platform {
      let key = keys[Int(sighting.key.raw)]
      guard sighting.rule.isEmpty, key.kind == .handle || key.kind == .platformID else { continue }
      let platform = accounts[Int(sighting.account.raw)].platform
      if passedOn.contains(sighting.key, of: platform) { continue }
      let name = "\(platform)\u{0}\(key.kind.rawValue)\u{0}\(key.text)"
      if let known = first[name] {
        sets.union(Int(known.raw), Int(sighting.account.raw))
      } else {
        first[name] = sighting.account
      }
    }
    platformAccounts = accounts.indices.map { AccountNode(raw: UInt32(sets.find($0))) }
    passedOnHandles = passedOn
  }
}
