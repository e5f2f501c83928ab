import Columns

/// Columns whose values the people of one home share, whatever their headers say.
///
///     full_name   contact_email     household
///     kay roe     roe@example.org   H0412       most records that share a value are of one family name and of
///     jo roe      roe@example.org   H0412       several given names: it is a home's
///
/// Taken for one person's own, an address that a family has in common, or the number of its household, makes the pairs of
/// a home the class that fits one origin best.
struct HomeColumns {
  /// Kinds that may be a home's or one person's; the parts of an address are a home's anyway.
  private static let kinds: Set<ColumnKind> = [
    .email, .handle, .phone, .network, .device, .idNumber, .number, .text, .url,
  ]
  /// Values that are looked at, of at least two records and of no more than a home's.
  private static let mostValues = 20_000
  private static let mostRecords: UInt32 = 8
  /// Fewer pairs of two people of one home than this bear out nothing.
  private static let fewestPairs = 20
  /// Of the pairs of records that share a value, whose names are known, this share is of two such people.
  private static let leastShare = 0.5

  /// As what a column of a kind is compared: an address of a home is no more made of somebody's name.
  static func kind(_ kind: ColumnKind, isOfHome: Bool) -> ColumnKind {
    isOfHome && [.email, .handle].contains(kind) ? .idNumber : kind
  }

  private let births: Column?
  private let given: Column?
  private let family: Column?
  private let whole: Column?
  private var reader = PersonName()

  /// Of some of the columns, whose kinds are known, those of homes.
  static func find(_ columns: [Column], among numbers: [Int]) -> Set<Int> {
    guard var homes = HomeColumns(columns, among: numbers) else { return [] }
    return Set(numbers.filter { kinds.contains(columns[$0].kind) && homes.areShared(columns[$0]) })
  }

  /// Nil where no family names tell who is of one family, and no given names or dates of birth who is another of it.
  private init?(_ columns: [Column], among numbers: [Int]) {
    let own = OwnNames.own(columns, among: numbers).mapValues { columns[$0] }
    births = own[.birthDate]
    if let given = own[.givenName], let family = own[.familyName] {
      (self.given, self.family, whole) = (given, family, nil)
    } else if let whole = own[.fullName] {
      (given, family, self.whole) = (nil, nil, whole)
    } else if let family = own[.familyName], births != nil {
      (given, self.family, whole) = (nil, family, nil)
    } else {
      return nil
    }
  }

  private mutating func areShared(_ column: Column) -> Bool {
    let places = Packed<UInt32>(repeating: 0, count: max(column.pool.count, 1))
    var groups: [[Int]] = []
    for value in 1..<max(column.pool.count, 1)
    where groups.count < Self.mostValues && (2...Self.mostRecords).contains(column.pool.counts[value]) {
      groups.append([])
      places[value] = UInt32(groups.count)
    }
    for record in 0..<column.values.count where places[Int(column.values[record])] != 0 {
      groups[Int(places[Int(column.values[record])]) - 1].append(record)
    }
    var (known, ofHomes) = (0, 0)
    for group in groups {
      let people = group.compactMap { record in name(record).map { (record, $0) } }
      for (number, one) in people.enumerated() {
        for other in people[(number + 1)...] {
          known += 1
          if one.1.family == other.1.family, areOthers(one.1.initial, other.1.initial),
            areOthers(births?.values[one.0], births?.values[other.0])
          {
            ofHomes += 1
          }
        }
      }
    }
    return ofHomes >= Self.fewestPairs && Double(ofHomes) >= Self.leastShare * Double(known)
  }

  /// Whether two values are of two people, as far as they are known.
  private func areOthers<Value: BinaryInteger>(_ one: Value?, _ other: Value?) -> Bool {
    guard let one, let other, one != 0, other != 0 else { return true }
    return one != other
  }

  /// What a given name begins with, which its short forms mostly do as well, and the family name; nil where one is not known,
  /// or neither a given name nor a date of birth.
  private mutating func name(_ record: Int) -> (initial: UInt8?, family: [UInt8])? {
    if let family {
      var initial: UInt8?
      if let given {
        reader.read(given.pool.text(Int(given.values[record])), isPart: true)
        initial = reader.words.first?.first
      }
      if initial == nil, given != nil || births?.values[record] == 0 { return nil }
      reader.read(family.pool.text(Int(family.values[record])), isPart: true)
      return reader.words.isEmpty ? nil : (initial, Array(reader.words.joined(separator: [0x20])))
    }
    guard let whole else { return nil }
    reader.read(whole.pool.text(Int(whole.values[record])))
    guard reader.words.count > 1, let initial = reader.words.first?.first, let last = reader.words.last
    else { return nil }
    return (initial, last)
  }
}
