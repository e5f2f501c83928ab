/// Columns that follow from another one, whose values many records share.
///
///     caseworker   caseworker_phone   office     each caseworker has one telephone number and one office: both are left out
///
/// Once the one column agrees, agreement in the others is no news. Weighed by themselves they add up all the same, and the
/// pairs that share all of them are the class that fits best: everybody of one caseworker would be one person. Where what
/// tells people apart agrees as well, records of one value are those of one person, and nothing is left out; what a home
/// has in common is left to `HouseholdClass`. The people's own family name stays: a column that says it once more, as
/// "Mr and Mrs Roe" does, is left out in its place.
struct ColumnDependence {
  /// Records that are looked at.
  static let sampleSize = 65_536
  /// With so many others a record shares its value, on average.
  static let fewestOthers = 5.0
  /// A column follows from another if of the records of one value this share has the same there.
  static let leastFollowing = 0.9
  /// And if this share of the records that have a value there has one in the other as well.
  static let leastFilled = 0.95
  /// Fewer records than this bear out nothing.
  static let fewestRecords = 40
  /// Of the records of one value at most this share has the same of what tells people apart.
  static let mostTold = 0.5
  /// The same of the other columns, of which there are so many, where nothing tells people apart; and so many columns must
  /// follow.
  static let mostShared = 0.2
  static let fewestColumns = 2

  /// Columns that are left out.
  private(set) var dropped: Set<Int> = []

  private static let telling: Set<ColumnKind> = [.givenName, .fullName, .birthDate]
  private static let homes: Set<ColumnKind> = [
    .phone, .familyName, .street, .houseNumber, .postcode, .locality, .region,
  ]
  private static let personal: Set<ColumnKind> = [.email, .handle, .device, .network, .idNumber]

  private let columns: [Column]
  private let places: StrideTo<Int>

  /// Looks at some of the columns, by their kinds and values.
  init(_ columns: [Column], among numbers: [Int]) {
    self.columns = columns
    let records = columns.first?.values.count ?? 0
    places = stride(from: 0, to: records, by: max(1, records / Self.sampleSize))
    let shared = numbers.filter {
      !Self.telling.contains(columns[$0].kind) && !Self.homes.contains(columns[$0].kind)
    }
    // What is nobody's own stays, where two columns follow from each other.
    let ordered = shared.sorted { one, other in
      let (first, second) = (
        Self.personal.contains(columns[one].kind), Self.personal.contains(columns[other].kind)
      )
      return first == second ? columns[one].precedes(columns[other]) : second
    }
    let family = Self.ownFamilyName(columns, among: numbers)
    for one in ordered where !dropped.contains(one) {
      let counts = counts(of: one)
      guard others(counts) >= Self.fewestOthers else { continue }
      let rest = numbers.filter { $0 != one && !dropped.contains($0) }
      var following = rest.filter { follows($0, from: one, counts) }
      if let family, following.contains(family) {
        if follows(one, from: family, self.counts(of: family)) {
          dropped.insert(one)
          continue
        }
        following.removeAll { $0 == family }
      }
      if following.isEmpty { continue }
      let apart = rest.filter { !following.contains($0) }
      if isOfMany(one, counts, following: following.count, apart) { dropped.formUnion(following) }
    }
    dropped.formUnion(followingGivenNames(numbers))
  }

  /// Categories that follow from given names, as the sex does, where these are all that names a person: all of one given name
  /// would agree in both, and be one person.
  private func followingGivenNames(_ numbers: [Int]) -> [Int] {
    let naming = numbers.filter { Self.telling.contains(columns[$0].kind) || columns[$0].kind == .familyName }
    guard naming.count == 1, columns[naming[0]].kind == .givenName else { return [] }
    let counts = counts(of: naming[0])
    return numbers.filter { columns[$0].kind == .category && follows($0, from: naming[0], counts) }
  }

  /// The people's own family name, where they have given names as well.
  private static func ownFamilyName(_ columns: [Column], among numbers: [Int]) -> Int? {
    let own = OwnNames.own(columns, among: numbers)
    guard let given = own[.givenName], let family = own[.familyName],
      ColumnNames.owner(columns[given].name) == ColumnNames.owner(columns[family].name)
    else { return nil }
    return family
  }

  /// Whether the records of one value are of many people, or things, and not of one.
  private func isOfMany(_ one: Int, _ counts: Packed<UInt32>, following: Int, _ apart: [Int]) -> Bool {
    func shares(_ other: Int, atMost most: Double) -> Bool {
      agreement(of: other, within: one, counts).map { $0 <= most } ?? false
    }
    let telling = apart.filter { Self.telling.contains(columns[$0].kind) }
    if !telling.isEmpty { return telling.allSatisfy { shares($0, atMost: Self.mostTold) } }
    return !Self.personal.contains(columns[one].kind) && following >= Self.fewestColumns
      && apart.count { shares($0, atMost: Self.mostShared) } >= Self.fewestColumns
  }

  /// How many of the records looked at have each value.
  private func counts(of number: Int) -> Packed<UInt32> {
    let column = columns[number]
    let counts = Packed<UInt32>(repeating: 0, count: max(column.pool.count, 1))
    for record in places { counts[Int(column.values[record])] &+= 1 }
    return counts
  }

  /// With how many others a record shares its value, on average.
  private func others(_ counts: Packed<UInt32>) -> Double {
    var (records, pairs) = (0.0, 0.0)
    for value in 1..<max(counts.count, 1) {
      let count = Double(counts[value])
      records += count
      pairs += count * max(count - 1, 0)
    }
    return records == 0 ? 0 : pairs / records
  }

  private func follows(_ other: Int, from one: Int, _ counts: Packed<UInt32>) -> Bool {
    var (known, both) = (0, 0)
    for record in places where columns[other].values[record] != 0 {
      known += 1
      if columns[one].values[record] != 0 { both += 1 }
    }
    guard Double(both) >= Self.leastFilled * Double(known) else { return false }
    return agreement(of: other, within: one, counts).map { $0 >= Self.leastFollowing } ?? false
  }

  /// Of the records that share their value of `one` with others, the share that has the commonest value of `other` there
  /// (Boyer and Moore's vote: where no value has the half, any); nil where they are few.
  private func agreement(of other: Int, within one: Int, _ counts: Packed<UInt32>) -> Double? {
    let (one, other) = (columns[one].values, columns[other].values)
    let commonest = Packed<UInt32>(repeating: 0, count: counts.count)
    let votes = Packed<UInt32>(repeating: 0, count: counts.count)
    for record in places {
      let (value, beside) = (Int(one[record]), other[record])
      if value == 0 || beside == 0 { continue }
      if votes[value] == 0 {
        commonest[value] = beside
        votes[value] = 1
      } else if commonest[value] == beside {
        votes[value] &+= 1
      } else {
        votes[value] &-= 1
      }
    }
    var (known, held) = (0, 0)
    for record in places {
      let (value, beside) = (Int(one[record]), other[record])
      if value == 0 || beside == 0 || counts[value] < 2 { continue }
      known += 1
      if commonest[value] == beside { held += 1 }
    }
    return known < Self.fewestRecords ? nil : Double(held) / Double(known)
  }
}
