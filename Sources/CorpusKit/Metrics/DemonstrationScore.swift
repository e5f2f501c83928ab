public import AccountModel
import Columns

/// How well clusters of a case agree with the demonstration's truth, in pairs of accounts.
///
/// A pair is two different accounts of the truth. It is found when any two of their nodes in the case are in
/// one cluster, and true when both have the same controller. A node that the truth does not know counts as an
/// account of a controller of its own, so that joining it to anything is an error. Protected accounts must stay
/// alone: their pairs are never asked for, and each found one is an error.
public struct DemonstrationScore: Sendable, Equatable {
  /// An account of the case with the cluster that it is in, if any.
  public struct Node: Sendable {
    /// The service.
    public var platform: Platform
    /// The kind of `value`.
    public var kind: IdentifierKind
    /// What names it.
    public var value: String
    /// Its cluster; nil when it stands alone.
    public var cluster: String?

    /// Makes a node.
    public init(platform: Platform, kind: IdentifierKind, value: String, cluster: String?) {
      self.platform = platform
      self.kind = kind
      self.value = value
      self.cluster = cluster
    }
  }

  /// Found pairs that are true.
  public let truePairs: Int
  /// Found pairs.
  public let foundPairs: Int
  /// True pairs that could be found: of accounts that the case holds and that are not protected.
  public let pairsAskedFor: Int
  /// Protected accounts that are in a cluster with anything.
  public let protectedInClusters: Int
  /// The found pairs that are not true, as names of accounts, sorted.
  public let falsePairs: [String]
  /// The true pairs that were not found, as names of accounts, sorted.
  public let missedPairs: [String]

  /// Part of the found pairs that are true; 1 when none was found.
  public var precision: Double { foundPairs == 0 ? 1 : Double(truePairs) / Double(foundPairs) }
  /// Part of the true pairs that were found; 1 when there are none.
  public var recall: Double { pairsAskedFor == 0 ? 1 : Double(truePairs) / Double(pairsAskedFor) }

  private struct Owner {
    var controller: String
    var isProtected: Bool
  }

  /// Scores the accounts of a case.
  ///
  /// - Parameter truth: `truth.csv`, as `DemonstrationCase` writes it.
  public init(truth: String, nodes: [Node]) throws(TableError) {
    var owners: [String: Owner] = [:]
    var names: [String: Set<String>] = [:]
    try Self.read(truth) { fields in
      owners[fields[0]] = Owner(controller: fields[4], isProtected: fields[5] == "true")
      names[Self.key(fields[1], fields[2], fields[3]), default: []].insert(fields[0])
    }
    var clusters: [String: Set<String>] = [:]
    var present: Set<String> = []
    for (number, node) in nodes.enumerated() {
      let known = names[Self.key(node.platform.rawValue, node.kind.rawValue, node.value)] ?? []
      // Two accounts of one name: which of them the node is cannot be told, so it counts for neither.
      let account = known.count == 1 ? known.first ?? "" : "unknown-\(number) \(node.platform):\(node.value)"
      present.insert(account)
      if let cluster = node.cluster { clusters[cluster, default: []].insert(account) }
    }
    var found: Set<String> = []
    var right: Set<String> = []
    var exposed: Set<String> = []
    for members in clusters.values {
      for (left, right_) in Self.pairs(members.sorted()) {
        let pair = "\(left) \(right_)"
        found.insert(pair)
        for account in [left, right_] where owners[account]?.isProtected == true { exposed.insert(account) }
        if let one = owners[left], let other = owners[right_], one.controller == other.controller,
          !one.isProtected, !other.isProtected
        {
          right.insert(pair)
        }
      }
    }
    var asked: Set<String> = []
    let candidates = present.filter { owners[$0]?.isProtected == false }.sorted()
    for (left, right) in Self.pairs(candidates) where owners[left]?.controller == owners[right]?.controller {
      asked.insert("\(left) \(right)")
    }
    truePairs = right.count
    foundPairs = found.count
    pairsAskedFor = asked.count
    protectedInClusters = exposed.count
    falsePairs = found.subtracting(right).sorted()
    missedPairs = asked.subtracting(right).sorted()
  }

  private static func pairs(_ sorted: [String]) -> [(String, String)] {
    sorted.indices.flatMap { left in sorted[(left + 1)...].map { (sorted[left], $0) } }
  }

  private static func key(_ platform: String, _ kind: String, _ value: String) -> String {
    "\(platform)\u{0}\(kind)\u{0}\(value.lowercased())"
  }

  private static func read(_ truth: String, _ body: ([String]) -> Void) throws(TableError) {
    let bytes = Array(truth.utf8)
    var failure: TableError?
    bytes.withUnsafeBufferPointer { buffer in
      do throws(TableError) {
        var rows = DelimitedRows(buffer)
        guard try rows.next(of: "truth.csv") else { throw .empty(path: "truth.csv") }
        while try rows.next(of: "truth.csv") {
          guard rows.count >= 6 else {
            throw .shortLine(path: "truth.csv", line: rows.line, fields: rows.count)
          }
          body((0..<rows.count).map { rows.string($0) })
        }
      } catch { failure = error }
    }
    if let failure { throw failure }
  }
}
