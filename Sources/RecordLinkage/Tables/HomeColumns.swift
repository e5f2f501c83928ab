import Columns

/// Columns whose values the people of one home share, whatever their headers say.
///
///     full_name   contact_email     household
///     kay roe     roe@example.org   H0412       many records that share a value are of one family name and of
///     jo roe      roe@example.org   H0412       several given names: it is a home's
///
/// Taken for one person's own, an address that a family has in common, or the number of its household, makes the pairs of
/// a home the class that fits one origin best. Where no family names are known, given names alone say that those who share
/// a value are several.
struct HomeColumns {
  /// Kinds that may be a home's or one person's; the parts of an address are a home's anyway.
  private static let kinds: Set<ColumnKind> = [
    .email, .handle, .phone, .network, .device, .idNumber, .number, .text, .url,
  ]
  /// Of these, what given names alone do not say it of: accounts of one device may well be one person's of several names.
  private static let devices: Set<ColumnKind> = [.network, .device]
  /// Values that are looked at, of at least two records and of no more than a home's, of eight people three times each. Of
  /// fewer, values of one person would be left where people are there several times.
  private static let mostValues = 20_000
  private static let mostRecords: UInt32 = 24
  /// Fewer pairs of two people of one home than this bear out nothing.
  private static let fewestPairs = 20
  /// Of the pairs of records that share a value, whose names are known, this share is of two such people. The others may be
  /// of one person each; of one person's records far fewer have given names that begin differently.
  private static let leastShare = 0.25

  /// As what a column of a kind is compared: an address of a home is no more made of somebody's name.
  static func kind(_ kind: ColumnKind, isOfHome: Bool) -> ColumnKind {
    isOfHome && [.email, .handle].contains(kind) ? .idNumber : kind
  }

  private let births: Column?
  private let given: NameReadings?
  private let family: NameReadings?
  private let whole: NameReadings?

  /// Of some of the columns, whose kinds are known, those of homes.
  static func find(_ columns: [Column], among numbers: [Int]) -> Set<Int> {
    guard let homes = HomeColumns(columns, among: numbers) else { return [] }
    let looked = homes.areGivenNamesAlone ? kinds.subtracting(devices) : kinds
    let shared = Set(numbers.filter { looked.contains(columns[$0].kind) && homes.areShared(columns[$0]) })
    return FieldPlan.listKinds.reduce(into: shared) { found, kind in
      let list = numbers.filter { columns[$0].kind == kind }
      if !areApart(list.map { (columns[$0].values, shared.contains($0)) }) { found.formUnion(list) }
    }
  }

  /// Whether of columns that may be one list each of a home stands beside one that is not, and each other one beside one that
  /// is. What another file calls `phone` may be of either sort, `home_phone` and `mobile` of the first file, and is compared
  /// with both.
  private static func areApart(_ list: [(values: Packed<UInt32>, isOfHome: Bool)]) -> Bool {
    if !list.contains(where: \.isOfHome) { return true }
    return list.allSatisfy { one in
      list.contains { other in
        one.isOfHome != other.isOfHome
          && (OwnNames.stands(one.values, beside: other.values)
            || OwnNames.stands(other.values, beside: one.values))
      }
    }
  }

  /// Nil where no given names tell who is another, and no family names and dates of birth either.
  private init?(_ columns: [Column], among numbers: [Int]) {
    let own = OwnNames.own(columns, among: numbers).mapValues { columns[$0] }
    births = own[.birthDate]
    if let given = own[.givenName], let family = own[.familyName] {
      (self.given, self.family, whole) = (NameReadings(given, .given), NameReadings(family, .family), nil)
    } else if let whole = own[.fullName] {
      (given, family, self.whole) = (nil, nil, NameReadings(whole, .whole))
    } else if let family = own[.familyName], births != nil {
      (given, self.family, whole) = (nil, NameReadings(family, .family), nil)
    } else if let given = own[.givenName] {
      (self.given, family, whole) = (NameReadings(given, .given), nil, nil)
    } else {
      return nil
    }
  }

  private var areGivenNamesAlone: Bool { family == nil && whole == nil }

  private func areShared(_ column: Column) -> Bool {
    // Of each value the number of its group and 1; 0 for none.
    var places: [UInt32] = []
    var groups: [[Int]] = []
    for value in 0..<column.pool.count where groups.count < Self.mostValues {
      let isShared = value > 0 && (2...Self.mostRecords).contains(column.pool.counts[value])
      if isShared { groups.append([]) }
      places.append(isShared ? UInt32(groups.count) : 0)
    }
    for record in 0..<column.values.count {
      let value = Int(column.values[record])
      if value < places.count, places[value] != 0 { groups[Int(places[value]) - 1].append(record) }
    }
    var (known, ofHomes) = (0, 0)
    for group in groups {
      let people = group.compactMap { record in name(record).map { (record, $0) } }
      for (number, one) in people.enumerated() {
        for other in people[(number + 1)...] {
          known += 1
          if one.1.family == other.1.family, areOthers(one.1.initial, other.1.initial),
            births.map({ areOthers($0.values[one.0], $0.values[other.0]) }) ?? true
          {
            ofHomes += 1
          }
        }
      }
    }
    return ofHomes >= Self.fewestPairs && Double(ofHomes) >= Self.leastShare * Double(known)
  }

  /// Whether two values are of two people, as far as they are known.
  private func areOthers<Value: BinaryInteger>(_ one: Value, _ other: Value) -> Bool {
    one == 0 || other == 0 || one != other
  }

  /// What the name of a record says; nil where the family's is not known, unless there are given names alone, or neither a
  /// given name nor a date of birth.
  private func name(_ record: Int) -> NameReadings.Reading? {
    var name = (family ?? whole)?[record] ?? NameReadings.Reading()
    if let given { name.initial = given[record].initial }
    let isSomebody = name.initial != 0 || given == nil && births.map { $0.values[record] != 0 } ?? true
    return isSomebody && (name.family != 0 || areGivenNamesAlone) ? name : nil
  }
}

/// What the names in a column say, each read once.
private final class NameReadings {
  enum Part { case given, family, whole }

  struct Reading: BitwiseCopyable {
    fileprivate(set) var isRead = false
    /// What the given name begins with, which its short forms mostly do as well; 0 where it is not known.
    var initial: UInt8 = 0
    /// The family's name by number, from 1 on; 0 where it is not known.
    fileprivate(set) var family: UInt32 = 0
  }

  private let column: Column
  private let part: Part
  private let readings: Packed<Reading>
  private var families: [[UInt8]: UInt32] = [:]
  private var reader = PersonName()

  init(_ column: Column, _ part: Part) {
    self.column = column
    self.part = part
    readings = Packed(repeating: Reading(), count: column.pool.count)
  }

  /// What the name of a record says.
  subscript(record: Int) -> Reading {
    let value = Int(column.values[record])
    if !readings[value].isRead { readings[value] = read(value) }
    return readings[value]
  }

  private func read(_ value: Int) -> Reading {
    var reading = Reading(isRead: true)
    reader.read(column.pool.text(value), isPart: part != .whole)
    let words = reader.words
    // One word alone is no whole name.
    guard let first = words.first, let last = words.last, part != .whole || words.count > 1
    else { return reading }
    if part != .family { reading.initial = first.first ?? 0 }
    if part != .given {
      let family = part == .whole ? last : Array(words.joined(separator: [0x20]))
      reading.family = families[family, default: UInt32(families.count + 1)]
      families[family] = reading.family
    }
    return reading
  }
}
