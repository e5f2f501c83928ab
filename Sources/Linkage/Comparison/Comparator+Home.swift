import AccountModel

/// What people of one home may all share.
extension Comparator {
  /// With a mailbox, a number, a device and a connection of two accounts weighing no more together than tells one person from
  /// two of one home.
  ///
  /// That both use one connection tells them from strangers, and not from people of one home, who are most of those that have
  /// another's mailbox or number: beside these it weighs what is left of `WeightTable.homeLimit`. And who shares one of them
  /// shares others as well, so that all come to `WeightTable.sharedLimit` at the most. A port of translation is one machine's.
  /// What is claimed is another matter, and of a protected account anybody of the home is to be looked at.
  ///
  /// - Parameter showsHome: whether anything of it shows a home (`KeyComparison.showsHome`).
  func withinHome(_ items: [EvidenceItem], _ pair: Pair, showsHome: Bool) -> [EvidenceItem] {
    let shared = items.indices.filter {
      items[$0].log10LRAlone > 0 && !items[$0].isClaimed
        && KeyComparison.groupsOfHome.contains(items[$0].group)
    }
    if shared.count < 2 || input.isProtected(pair.left, pair.right) { return items }
    var weights = items.map(\.log10LRAlone)
    let contacts = shared.filter { items[$0].group != KeyComparison.premises }
    let home = shared.filter {
      items[$0].group == KeyComparison.premises && items[$0].family != .device
        && weights[$0] <= WeightTable.connectionLimit
    }
    if showsHome, let contact = contacts.map({ weights[$0] }).max() {
      let rest = max(WeightTable.homeLimit - contact, 0)
      for position in contacts { weights[position] = min(weights[position], WeightTable.homeLimit) }
      for position in home { weights[position] = min(weights[position], rest) }
    }
    let strongest = Dictionary(grouping: shared) { items[$0].group }.map { group, positions in
      (group: group, positions: positions, weight: positions.map { weights[$0] }.max() ?? 0)
    }.sorted { ($1.weight, $0.group) < ($0.weight, $1.group) }
    var rest = WeightTable.sharedLimit
    for (_, positions, weight) in strongest {
      for position in positions { weights[position] = min(weights[position], rest) }
      rest -= min(weight, rest)
    }
    return zip(items, weights).map { item, weight in
      let weight = (weight * 100).rounded() / 100
      guard weight < item.log10LRAlone else { return item }
      // Another of its group may stand for it, so that it does not count for that much either.
      let most = weight > 0 ? "no more than \(Self.decimals(weight))" : "nothing"
      let counted = "Of \(Self.decimals(item.log10LRAlone)) \(most) counts"
      return item.weighing(
        weight,
        because: "\(counted): people of one home may share a mailbox, a number or a device as well as a"
          + " connection or an address.")
    }
  }
}

extension KeyComparison {
  /// Whether a value that two accounts share, and what it weighs, shows that both are of one home: its address, connection or
  /// line. Of the exit of a private network, of a carrier's address and of an office's more have it than of any home.
  func showsHome(_ shared: SharedKey, _ item: EvidenceItem) -> Bool {
    item.group == Self.premises && !item.isClaimed && ![.device, .declaredLink].contains(item.family)
      && item.log10LRAlone > WeightTable.sharedAddressCap && item.log10LRAlone <= WeightTable.connectionLimit
      && index.holders[Int(shared.key.raw)] <= WeightTable.mostOfHome
  }
}
