import Glibc

/// Which fields say the same thing twice.
///
/// A handle, the e-mail address made from it and the name that both were made from are one piece of news. Two strangers
/// who share a name share all three, so that their weights must not be added. The fields that tell of a name are weighed
/// together, by what pairs that agree on them turn out to be (`NamingModel`), where other fields can tell; otherwise the
/// strongest of them counts, and beside one and the same handle or address the name; the fewer have a namesake, the more
/// beside any that is alike. Of the other fields, those that differ together are weighed together (`JointFields`).
struct FieldFamilies: Sendable, Codable {
  /// Fields of given and family names; not of those of others, as a parent's.
  let names: [Int]
  /// Fields of handles and e-mail addresses.
  let handles: [Int]
  /// The rest.
  let others: [Int]
  /// Of the rest, those that are weighed by themselves.
  private(set) var single: [Int]
  /// Of the rest, those that are weighed together.
  var joint: [JointFields] = [] {
    didSet {
      let together = Set(joint.flatMap(\.fields))
      single = others.filter { !together.contains($0) }
    }
  }
  /// Share of the weaker of two weights of one family that counts beside the stronger, where nothing was learnt and the
  /// handle or address is one and the same. Of those who share a name many have handles that are made of it: where there are
  /// such, that these are alike is no news.
  static let echo: Float = 0.8
  /// Namesakes of a record, up to which next to all who share a name are one, and from which on many are not.
  private static let namesakes = (few: 0.03, many: 0.15)
  /// Part of `echo` that is left where the two are only alike and many have namesakes. With nothing left learning finds
  /// other classes of pairs, and misses half of all.
  private static let leastPart = 0.2
  /// The same share where the two are only alike.
  private(set) var alikeEcho: Float = 0

  /// Keys, from the first, that bring pairs together by names and handles alone.
  let namingKeys: Int

  init(_ fields: [any ComparisonField], namingKeys: Int) {
    var (names, handles, others): ([Int], [Int], [Int]) = ([], [], [])
    for (number, field) in fields.enumerated() {
      if field is HandleField || field is EmailField || field is NameInHandleField {
        handles.append(number)
      } else if let value = field as? ValueField, case .name = value.nearness, value.nature != .common {
        names.append(number)
      } else {
        others.append(number)
      }
    }
    self.names = names
    self.handles = handles
    self.others = others
    single = others
    self.namingKeys = namingKeys
  }

  /// Sets `alikeEcho`.
  ///
  /// - Parameter namesakes: how many a record has on average.
  mutating func expect(namesakes count: Double) {
    let (few, many) = Self.namesakes
    let part = log(many / min(max(count, few), many)) / log(many / few)
    alikeEcho = Self.echo * Float(max(part, Self.leastPart))
  }

  /// Sum of the weights of the fields that have nothing to do with names.
  @inline(__always)
  func othersWeight(_ weights: Packed<Float>, _ level: (Int) -> Int) -> Float {
    var sum: Float = 0
    // By position: an iterator would hold the array anew for each pair.
    for position in 0..<single.count {
      let field = single[position]
      sum += weights[field * Level.count + level(field)]
    }
    for position in 0..<joint.count { sum += joint[position].weight(weights, level) }
    return sum
  }

  /// Weight of names and handles when nothing was learnt of them together: names add up, of handles and names the
  /// stronger counts, and most of the weaker where handles are not only alike for the names' sake.
  @inline(__always)
  func namingWeight(_ weights: Packed<Float>, _ level: (Int) -> Int) -> Float {
    var name: Float = 0
    for position in 0..<names.count {
      let field = names[position]
      name += weights[field * Level.count + level(field)]
    }
    var (best, worst): (Float, Float) = (0, 0)
    var isOne = false
    for position in 0..<handles.count {
      let field = handles[position]
      let level = level(field)
      let weight = weights[field * Level.count + level]
      best = max(best, weight)
      worst = min(worst, weight)
      // Where both have a name, no field tells of names in handles.
      if level >= 2, Level.code(level) == 0 { isOne = true }
    }
    let handle = best > 0 ? best : worst
    if name <= 0 || handle <= 0 { return name + handle }
    return max(name, handle) + (isOne ? Self.echo : alikeEcho) * min(name, handle)
  }
}
