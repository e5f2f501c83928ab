/// Which accounts hold each key.
///
/// Built by counting sort over the sightings: O(sightings), independent of their order. Postings hold each
/// account once, ascending.
struct InvertedIndex {
  /// Offsets into `entries` by key; one more than there are keys.
  private let offsets: [UInt32]
  /// Positions of sightings, grouped by key, by account within the key, then by reference.
  private let entries: [UInt32]
  /// Distinct holders of each key: accounts that `LinkageInput` knows to be one platform account count once.
  ///
  /// Who shows a handle as a name is no holder of it: an account of each chat that shows it would take from what the handle
  /// weighs between those that have it, and so could whoever opens some accounts more.
  let holders: [UInt32]

  init(_ input: LinkageInput) {
    var counts = [UInt32](repeating: 0, count: input.keys.count + 1)
    for sighting in input.sightings { counts[Int(sighting.key.raw) + 1] += 1 }
    for key in 1..<max(counts.count, 1) { counts[key] += counts[key - 1] }
    var next = counts
    var entries = [UInt32](repeating: 0, count: input.sightings.count)
    for (position, sighting) in input.sightings.enumerated() {
      entries[Int(next[Int(sighting.key.raw)])] = UInt32(position)
      next[Int(sighting.key.raw)] += 1
    }
    var holders = [UInt32](repeating: 0, count: input.keys.count)
    var seen = [UInt32](repeating: .max, count: input.accounts.count)
    for key in input.keys.indices {
      let range = Int(counts[key])..<Int(counts[key + 1])
      entries[range].sort {
        let (left, right) = (input.sightings[Int($0)], input.sightings[Int($1)])
        if left.account != right.account { return left.account < right.account }
        return left.reference < right.reference
      }
      for entry in entries[range] {
        let sighting = input.sightings[Int(entry)]
        if sighting.rule == WeightTable.shownAsNameRule { continue }
        let holder = Int(input.platformAccount(of: sighting.account).raw)
        if seen[holder] != UInt32(key) {
          seen[holder] = UInt32(key)
          holders[key] += 1
        }
      }
    }
    offsets = counts
    self.entries = entries
    self.holders = holders
  }

  /// The accounts that hold a key, ascending.
  func accounts(of key: Int, _ input: LinkageInput) -> [AccountNode] {
    var accounts: [AccountNode] = []
    for entry in sightings(of: key) {
      let account = input.sightings[Int(entry)].account
      if account != accounts.last { accounts.append(account) }
    }
    return accounts
  }

  /// Those of the accounts that show a handle as a name, and have it by no other rule; ascending.
  func accountsShowing(_ key: Int, _ input: LinkageInput) -> [AccountNode] {
    guard input.keys[key].kind == .handle else { return [] }
    var accounts: [AccountNode] = []
    var holder: AccountNode?
    for entry in sightings(of: key) {
      let sighting = input.sightings[Int(entry)]
      if sighting.rule != WeightTable.shownAsNameRule {
        holder = sighting.account
        if accounts.last == holder { accounts.removeLast() }
      } else if sighting.account != holder, sighting.account != accounts.last {
        accounts.append(sighting.account)
      }
    }
    return accounts
  }

  /// Positions of a key's sightings, by account.
  func sightings(of key: Int) -> ArraySlice<UInt32> {
    entries[Int(offsets[key])..<Int(offsets[key + 1])]
  }

  /// The sightings of a key by which one account has it, by reference. Many may share a key that each has thousands of times:
  /// O(log n) of all its sightings.
  func sightings(of key: KeyNode, by account: AccountNode, _ input: LinkageInput) -> [LinkageInput.Sighting] {
    let all = sightings(of: Int(key.raw))
    var (low, high) = (all.startIndex, all.endIndex)
    while low < high {
      let middle = (low + high) / 2
      if input.sightings[Int(all[middle])].account < account { low = middle + 1 } else { high = middle }
    }
    return Array(all[low...].lazy.map { input.sightings[Int($0)] }.prefix { $0.account == account })
  }
}

/// A pair of accounts with a key that both hold.
struct SharedKey: Comparable {
  let left: AccountNode
  let right: AccountNode
  let key: KeyNode

  static func < (one: Self, other: Self) -> Bool {
    if one.left != other.left { return one.left < other.left }
    if one.right != other.right { return one.right < other.right }
    return one.key < other.key
  }
}

/// Pairs of accounts that share a key, from the inverted index with capped postings.
///
/// Keys that are too weak to propose a pair are looked at once a stronger one proposed it.
struct CandidatePairs {
  /// Sorted by pair, then key.
  let shared: [SharedKey]
  /// Keys over the cap, in order of key.
  let common: [CommonKey]
  /// Keys of each account that propose nothing, ascending.
  private let supporting: [UInt32: [KeyNode]]

  init(_ input: LinkageInput, _ index: InvertedIndex, cap: Int) {
    var shared: [SharedKey] = []
    var common: [CommonKey] = []
    var supporting: [UInt32: [KeyNode]] = [:]
    for (position, key) in input.keys.enumerated() {
      guard WeightTable.isUsable(key) else { continue }
      let node = KeyNode(raw: UInt32(position))
      let accounts = index.accounts(of: position, input)
      guard accounts.count > 1 else { continue }
      if !WeightTable.proposes(key) {
        for account in accounts { supporting[account.raw, default: []].append(node) }
        continue
      }
      // Who shows a handle as a name is compared with those who have it. Two who show it have the name in common.
      let showing = index.accountsShowing(position, input)
      let isShowing = Set(showing)
      let holding = showing.isEmpty ? accounts : accounts.filter { !isShowing.contains($0) }
      if holding.count > cap || !holding.isEmpty && showing.count > cap {
        common.append(CommonKey(key: node, holders: accounts.count, isCompared: false))
      }
      if holding.count > cap { continue }
      for (number, left) in holding.enumerated() {
        for right in holding[(number + 1)...] {
          shared.append(SharedKey(left: left, right: right, key: node))
        }
        if showing.count > cap { continue }
        for other in showing {
          shared.append(SharedKey(left: min(left, other), right: max(left, other), key: node))
        }
      }
    }
    self.shared = shared.sorted()
    self.common = common
    self.supporting = supporting
  }

  /// Weak keys that both accounts of a pair hold.
  func support(_ left: AccountNode, _ right: AccountNode) -> [SharedKey] {
    guard let one = supporting[left.raw], let other = supporting[right.raw] else { return [] }
    let held = Set(other)
    return one.filter { held.contains($0) }.map { SharedKey(left: left, right: right, key: $0) }
  }
}
