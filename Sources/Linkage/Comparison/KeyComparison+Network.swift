import AccountModel

extension KeyComparison {
  /// What an address of the network weighs by when and under which port each of the two used it.
  ///
  /// - Parameter nearest: gets the sighting of each by which the remark goes.
  func network(
    _ key: LinkageInput.Key, _ base: Double, _ left: [LinkageInput.Sighting],
    _ right: [LinkageInput.Sighting], _ remark: inout String, _ nearest: inout [Int64]
  ) -> Double {
    let gap = Self.nearest(left, right)
    let otherPorts = Self.byPort(right)
    let portGap = Self.byPort(left).compactMap { port, seen in
      otherPorts[port].flatMap { Self.nearest(seen, $0) }
    }.min { ($0.distance, $0.references[0]) < ($1.distance, $1.references[0]) }
    let cap = WeightTable.weight(of: .ip).cap
    var weight = min(base, cap)
    if key.flags.contains("cgnat") {
      weight = min(weight, WeightTable.sharedAddressCap)
      remark = "; the address is shared by many subscribers"
    }
    // Nothing translates the ports of a network: there one machine's is none of another's.
    if let portGap, portGap.distance <= WeightTable.samePortMapping, !key.isNetwork {
      remark = "; same port within \(Self.duration(portGap.distance))"
      nearest = portGap.references
      return max(weight, 0) + WeightTable.portBonus
    }
    if let gap, gap.distance <= WeightTable.sameOccasion, !key.flags.contains("cgnat") {
      remark = "; \(Self.duration(gap.distance)) apart"
      nearest = gap.references
      return max(weight, 0) + min(WeightTable.occasionBonus, max(weight, 0))
    }
    if let gap, gap.distance > WeightTable.addressLease {
      remark += "; \(Self.duration(gap.distance)) apart, so it may have been given to someone else"
      nearest = gap.references
      return min(weight, WeightTable.formerAddressCap)
    }
    return weight
  }

  /// By port that address translation may have given out, the sightings with it.
  private static func byPort(_ sightings: [LinkageInput.Sighting]) -> [UInt16: [LinkageInput.Sighting]] {
    var found: [UInt16: [LinkageInput.Sighting]] = [:]
    for sighting in sightings {
      guard let port = sighting.port, port >= WeightTable.firstTranslatedPort else { continue }
      found[port, default: []].append(sighting)
    }
    return found
  }

  /// The least distance between a time of one and a time of the other, and the two sightings; nil where one has none. Who logs
  /// in for years from one address has many: both are walked once, in order.
  private static func nearest(
    _ one: [LinkageInput.Sighting], _ other: [LinkageInput.Sighting]
  ) -> (distance: Int64, references: [Int64])? {
    func dated(_ sightings: [LinkageInput.Sighting]) -> [(time: Int64, reference: Int64)] {
      sightings.compactMap { sighting in sighting.time.map { ($0, sighting.reference) } }.sorted { $0 < $1 }
    }
    let (one, other) = (dated(one), dated(other))
    var (place, otherPlace) = (0, 0)
    var least: (distance: Int64, references: [Int64])?
    while place < one.count, otherPlace < other.count {
      let distance = abs(one[place].time - other[otherPlace].time)
      if least.map({ distance < $0.distance }) ?? true {
        least = (distance, [one[place].reference, other[otherPlace].reference])
      }
      if one[place].time < other[otherPlace].time { place += 1 } else { otherPlace += 1 }
    }
    return least
  }
}
