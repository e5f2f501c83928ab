/// Which pairs of accounts the whole model should look at when every account is held against every other.
public enum StylePairs {
  /// Up to this many accounts all pairs are looked at: a million comparisons take half a minute.
  public static let fewest = 1_500
  /// With more, each account is looked at with so many of the nearest and with those that it is among the nearest of.
  public static let nearest = 200

  /// Of each account the later ones that it should be compared with, ascending.
  ///
  /// - Parameters:
  ///   - accounts: prepared by `model`.
  ///   - fewest: see above.
  ///   - threads: the result does not depend on it.
  public static func rivals(
    _ accounts: [PreparedStyle], of model: StyleModel, fewest: Int = fewest, nearest: Int = nearest,
    threads: Int
  ) -> [[Int]] {
    if accounts.count <= fewest {
      return accounts.indices.map { Array(accounts.index(after: $0)..<accounts.endIndex) }
    }
    let found =
      model.embedding != nil
      ? StyleSearch.nearest(
        nearest, of: accounts.map(\.vectors.embedded), recall: 0.98, threads: threads
      ).0
      : StyleSearch.nearest(
        nearest, of: accounts.map(\.vectors.characters.known), model: model, threads: threads)
    var rivals = [[Int]](repeating: [], count: accounts.count)
    for account in accounts.indices {
      for other in found[account] { rivals[min(account, other.row)].append(max(account, other.row)) }
    }
    return rivals.map { Array(Set($0)).sorted() }
  }
}
