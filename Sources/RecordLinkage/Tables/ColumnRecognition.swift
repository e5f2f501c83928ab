import Identifiers

/// Recognises what a column holds from its name and its values, and from the columns beside it.
enum ColumnRecognition {
  /// Sets the kinds of columns, and says how each was found. A column of names whose header says nothing is known by
  /// those beside it.
  static func recognise(_ columns: inout [Column]) -> [ColumnReason] {
    var found = Found()
    for column in columns { found.add(column) }
    nameFamilyNames(columns, &found)
    nameGivenNames(columns, &found)
    nameByValues(columns, &found)
    leaveNamesOfOthers(columns, &found)
    leaveDaysBesideBirths(columns, &found)
    for number in columns.indices { columns[number].kind = found.kinds[number] }
    return found.reasons
  }

  /// What was found so far.
  private struct Found {
    var kinds: [ColumnKind] = []
    var reasons: [ColumnReason] = []
    /// By column, what its values look like; nil where nobody asked.
    var shapes: [ValueShape?] = []

    mutating func add(_ column: Column) {
      var shape: ValueShape?
      var kind = column.statedKind
      var reason = kind == nil ? ColumnReason.values : .stated
      if column.filled == 0 {
        kind = .empty
      } else if column.pool.count <= 2 {
        kind = .constant
      } else if kind == nil {
        let values = ValueShape(column.pool)
        let byValues = ColumnRecognition.kind(of: column, named: "", values)
        kind = ColumnRecognition.kind(of: column, named: column.name, values)
        if kind != byValues { reason = .name }
        shape = values
      }
      kinds.append(kind ?? .text)
      reasons.append(reason)
      shapes.append(shape)
    }
  }

  private static func kind(of column: Column, named name: String, _ shape: ValueShape) -> ColumnKind {
    // What the values plainly are outweighs the name.
    if shape.share(\.email) > 0.6 { return .email }
    if shape.share(\.address) > 0.8 { return .network }
    if let named = kind(named: name, column, shape) { return named }
    if shape.share(\.date) > 0.8 {
      if !shape.looksLikeBirths || ColumnNames.speaksOfEvents(name) { return .time }
      // A day of something else may last as a number does, or differ in each record of one person.
      return ColumnNames.saysOfWhatDay(name) ? .number : .birthDate
    }
    if shape.share(\.url) > 0.6 { return .url }
    if shape.share(\.phone) > 0.9 { return .phone }
    if shape.share(\.digits) > 0.9 {
      return column.pool.count * 2 > column.filled ? .idNumber : .number
    }
    if hasFewValues(column) { return .category }
    if shape.share(\.numbered) > 0.6 { return .street }
    if shape.share(\.hex) > 0.9 { return .device }
    return .text
  }

  /// The kind that a column's name speaks for, where its values allow it.
  private static func kind(named name: String, _ column: Column, _ shape: ValueShape) -> ColumnKind? {
    let header = HeaderWords(name)
    // A name that speaks of nothing else holds for dates in a layout that is not known: compared as words, those of one
    // year would be near.
    let isBirthDate =
      shape.share(\.withDigit) > 0.5
      && ColumnNames.birthDates.contains { "_\(header.joined)_".contains("_\($0)_") }
    let mayBeCategory = Self.mayBeCategory(column)
    let isPlatform = ColumnNames.hints.contains { $0.0 == .platform && $0.1.contains(header.joined) }
    func allows(_ kind: ColumnKind) -> Bool {
      switch kind {
      case .category: mayBeCategory
      case .birthDate: shape.allows(kind) || isBirthDate
      // "Customer no", whose numbers have a letter in front.
      case .fullName: shape.allows(kind) && (header.speaksOfNames || shape.share(\.code) <= 0.9)
      // The sort of a user, or who of an office made the record.
      case .handle: shape.allows(kind) && !hasFewValues(column)
      // What is not compared must be sure.
      case .platform: isPlatform || mayBeCategory
      default: shape.allows(kind)
      }
    }
    for (kind, hints) in ColumnNames.hints where hints.contains(header.joined) && allows(kind) {
      return kind
    }
    let kinds = header.kinds(
      mayBeOrdinal: shape.share(\.oneWord) > 0.5 && !hasFewValues(column), allows: allows)
    // first_and_surname
    let isPart = kinds.first == .givenName || kinds.first == .familyName
    if kinds.contains(.givenName) && kinds.contains(.familyName) || isPart && HeaderWords.joinsNames(name),
      shape.share(\.fewWords) > 0.3
    {
      return .fullName
    }
    // Of birth_place and name_suffix the one that is more than a name; first_name is a name.
    return kinds.first
  }

  /// Whether a column has few values, and many records have each.
  private static func hasFewValues(_ column: Column) -> Bool {
    column.pool.count <= 20 && column.filled >= 200
  }

  /// Most different values of a category in a small table.
  private static let mostOfSmallCategory = 20

  /// Whether a column's values are such as many records share. "Title" may be that of a person, and that of a book.
  private static func mayBeCategory(_ column: Column) -> Bool {
    let distinct = column.pool.count - 1
    if distinct * 4 <= column.filled { return true }
    guard (1...mostOfSmallCategory).contains(distinct) else { return false }
    // In small tables what is of several words is no salutation.
    let several = (1...distinct).count { column.pool.text($0).contains(0x20) }
    return several * 2 <= distinct
  }

  /// A column called "nom" or "name" beside one of given names, and no other of family names, holds family names.
  private static func nameFamilyNames(_ columns: [Column], _ found: inout Found) {
    guard found.kinds.contains(.givenName), !found.kinds.contains(.familyName) else { return }
    let fitting = columns.indices.filter { number in
      guard found.kinds[number] == .fullName || found.kinds[number] == .text,
        let shape = found.shapes[number], shape.share(\.oneWord) > 0.5
      else { return false }
      return ColumnNames.words(of: columns[number].name).contains(
        where: ColumnNames.familyBesideGiven.contains)
    }
    if let number = fitting.min(by: { columns[$0].precedes(columns[$1]) }) {
      found.kinds[number] = .familyName
    }
  }

  /// A column of single words called "nombre" or "name" beside one of family names, and no other of given names, holds given
  /// names: as whole names they would leave those of a home nothing that tells them apart.
  private static func nameGivenNames(_ columns: [Column], _ found: inout Found) {
    if found.kinds.contains(.givenName) { return }
    let owners = columns.indices.filter {
      found.kinds[$0] == .familyName && !ColumnNames.speaksOfFormerNames(columns[$0].name)
    }.map { ColumnNames.owner(columns[$0].name) }
    let fitting = columns.indices.filter { number in
      guard found.kinds[number] == .fullName, found.reasons[number] != .stated,
        let shape = found.shapes[number], shape.share(\.oneWord) > 0.5
      else { return false }
      return ColumnNames.isCalledName(columns[number].name)
        && owners.contains(ColumnNames.owner(columns[number].name))
    }
    if let number = fitting.min(by: { columns[$0].precedes(columns[$1]) }) {
      found.kinds[number] = .givenName
    }
  }

  /// Records whose value is a familiar given name make a column one of given names, from this share on.
  private static let givenShare = 0.08
  /// The same for a column of few values.
  private static let categoryShare = 0.5

  /// The same for a column beside one whose header says that it holds the names of others.
  private static let besideShare = 0.3

  /// Finds names where no header tells of any, or only of those of others, as "Client" beside "GP name".
  private static func nameByValues(_ columns: [Column], _ found: inout Found) {
    let naming: Set<ColumnKind> = [.givenName, .familyName, .fullName]
    let named = columns.indices.filter { naming.contains(found.kinds[$0]) }
    let areOfOthers = named.allSatisfy { number in
      found.kinds[number] == .fullName && !ColumnNames.owner(columns[number].name).isEmpty
    }
    if !areOfOthers { return }
    var candidates: [(number: Int, share: Double, isFull: Bool)] = []
    for (number, column) in columns.enumerated() {
      // A few values that come again and again may be names, if most of them are.
      let isCategory = found.kinds[number] == .category
      guard found.kinds[number] == .text || isCategory, let shape = found.shapes[number] else { continue }
      let isFull = shape.share(\.fewWords) > 0.6
      guard isFull || named.isEmpty && shape.share(\.oneWord) > 0.8 else { continue }
      let share = givenNameShare(column)
      if share < (isCategory ? categoryShare : named.isEmpty ? givenShare : besideShare) { continue }
      candidates.append((number, share, isFull))
    }
    let surest = candidates.max { one, other in
      one.share != other.share
        ? one.share < other.share : columns[other.number].precedes(columns[one.number])
    }
    guard let best = surest else {
      if named.isEmpty { nameShownNames(columns, &found) }
      return
    }
    if best.isFull {
      // Of victims and offenders, those of whom there are more.
      let full = candidates.filter { $0.isFull && $0.share * 2 >= best.share }.map(\.number)
      let own = full.max { one, other in
        columns[one].worth != columns[other].worth
          ? columns[one].worth < columns[other].worth : columns[other].precedes(columns[one])
      }
      guard let own, named.allSatisfy({ columns[$0].worth < columns[own].worth }) else { return }
      found.kinds[own] = .fullName
      return
    }
    found.kinds[best.number] = .givenName
    // Family names are the words beside them of which there are most.
    var family: (number: Int, distinct: Int)?
    for number in [best.number - 1, best.number + 1]
    where columns.indices.contains(number) && found.kinds[number] == .text {
      guard let shape = found.shapes[number], shape.share(\.oneWord) > 0.8 else { continue }
      let distinct = columns[number].pool.count
      if let family {
        if distinct < family.distinct { continue }
        if distinct == family.distinct, columns[family.number].precedes(columns[number]) { continue }
      }
      family = (number, distinct)
    }
    if let family { found.kinds[family.number] = .familyName }
  }

  /// Takes the names of others than the people whom the records are of for what their values are.
  private static func leaveNamesOfOthers(_ columns: [Column], _ found: inout Found) {
    let full = columns.indices.filter { found.kinds[$0] == .fullName }
    if full.count > ColumnChoice.redundancyLimit { return }
    let own = OwnNames(columns, found.kinds, among: Array(columns.indices))
    let others = full.filter { number in
      let header = columns[number].name
      if ColumnNames.owner(header).isEmpty || ColumnNames.speaksOfOtherNames(header) { return false }
      return own.isSame(number) == false
    }
    var parts = own.partsOfOthers(found.kinds)
    // Who shows an invented name may have the real one on record.
    let familiar = parts.filter { found.kinds[$0] == .givenName }.map { givenNameShare(columns[$0]) }.max()
    if let familiar, let whole = own.wholeNames, givenNameShare(whole) * 2 < familiar { parts = [] }
    for number in others + parts {
      guard let shape = found.shapes[number] else { continue }
      found.kinds[number] = kind(of: columns[number], named: "", shape)
      found.reasons[number] = .values
    }
  }

  /// Takes days that may be births, in whatever language their headers are, for days of something else beside those of which
  /// the header speaks of births. Taken for people's own, what differs in each record would be what tells them apart.
  private static func leaveDaysBesideBirths(_ columns: [Column], _ found: inout Found) {
    let days = columns.indices.filter { found.kinds[$0] == .birthDate }
    let births = days.filter {
      found.reasons[$0] == .stated || ColumnNames.speaksOfBirths(columns[$0].name) == true
    }
    for number in days
    where !births.contains(number) && ColumnNames.speaksOfBirths(columns[number].name) == false {
      let areBeside = births.contains {
        OwnNames.stands(columns[number].values, beside: columns[$0].values)
      }
      if areBeside { found.kinds[number] = .number }
    }
  }

  /// Full names among the values of a column, from this share on, make it one of names where user names tell of them.
  private static let shownShare = 0.2

  /// Finds the names that stand beside user names and e-mail addresses, in any language and mixed with user names.
  private static func nameShownNames(_ columns: [Column], _ found: inout Found) {
    let handles = columns.indices.filter { [.handle, .email].contains(found.kinds[$0]) }.map { columns[$0] }
    if handles.isEmpty { return }
    var best: (number: Int, share: Double)?
    for (number, column) in columns.enumerated() where found.kinds[number] == .text {
      guard let shape = found.shapes[number], shape.share(\.fewWords) > shownShare else { continue }
      let share = ShownNames.share(of: column, beside: handles)
      if share < ShownNames.leastShare { continue }
      if let best {
        if share < best.share || share == best.share && columns[best.number].precedes(column) { continue }
      }
      best = (number, share)
    }
    if let best { found.kinds[best.number] = .fullName }
  }

  /// Share of records whose first word is in the table of given names.
  private static func givenNameShare(_ column: Column) -> Double {
    var known = 0.0
    var total = 0.0
    var folded: [UInt8] = []
    for value in 1..<max(min(column.pool.count, ValueShape.sampleSize), 1) {
      TextFolding.foldWords(column.pool.text(value), into: &folded)
      let count = Double(column.pool.counts[value])
      total += count
      let words = folded.split(separator: 0x20)
      // Last, First as well as First Last.
      if [words.first, words.last].contains(where: { $0.map(Nicknames.isKnown) ?? false }) { known += count }
    }
    return total == 0 ? 0 : known / total
  }
}
