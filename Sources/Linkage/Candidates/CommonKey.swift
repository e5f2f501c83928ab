/// A key that so many accounts hold that it links nobody by itself: a person has to look at it.
public struct CommonKey: Sendable, Hashable {
  /// The key.
  public let key: KeyNode
  /// Accounts that hold it.
  public let holders: Int
  /// Whether its holders were compared; those of a key that even more hold are not.
  public let isCompared: Bool

  /// The keys that would link two accounts and do not, as more hold them; by key. Of a device in a small case three do. Where
  /// all who hold one are of one cluster by something else, there is nothing left to look at.
  ///
  /// - Parameter clusters: by account, the number of its cluster.
  static func compared(
    _ input: LinkageInput, _ index: InvertedIndex, _ settings: LinkageSettings, clusters: [Int]
  ) -> [Self] {
    input.keys.indices.compactMap { position in
      let key = input.keys[position]
      let holders = Int(index.holders[position])
      guard KeyComparison.canBeCommon(key), holders <= settings.postingCap,
        WeightTable.isUsable(key), WeightTable.proposes(key)
      else { return nil }
      func weight(_ holders: Int) -> Double {
        min(
          KeyComparison.agreement(
            key, holders: holders, accounts: input.accounts.count, borrowed: 0),
          KeyComparison.weight(of: key).cap)
      }
      guard weight(2) >= settings.threshold, weight(holders) < settings.threshold,
        Set(index.accounts(of: position, input).map { clusters[Int($0.raw)] }).count > 1
      else { return nil }
      return Self(key: KeyNode(raw: UInt32(position)), holders: holders, isCompared: true)
    }
  }
}
