import CKernels
import Columns

/// A column, what it was taken for, and whether it is compared.
public struct ColumnFinding: Sendable, Codable, Hashable {
  /// Its name.
  public let name: String
  /// What it holds.
  public let kind: ColumnKind
  /// Records that have a value.
  public internal(set) var filled: Int
  /// Distinct values.
  public let distinct: Int
  /// Whether records are compared on it.
  public let isCompared: Bool
  /// How it was recognised.
  public var reason = ColumnReason.values
  /// What became of its values, where they are dates that records are compared on.
  public internal(set) var dates: DateFinding?

  /// What a reader of the result must know of its values, in words, with counts.
  public var remarks: [String] { dates?.remarks ?? [] }
}

/// The fields that records of a table are compared on, and what blocking keys can be made of.
struct FieldPlan {
  /// Lets the keys go.
  mutating func dropKeys() {
    keys = []
    parts = []
    statedKeys = []
  }

  /// The columns of the fields, record by record; see `gatherRows`.
  private(set) var rows: RowMatrix?

  /// Brings the columns of the fields together in rows. Keys must have been made: the columns are let go.
  mutating func gatherRows() {
    space?.dropColumns()
    identities?.dropColumns()
    let matrix = RowMatrix(fields.flatMap { $0.rowColumns.compactMap(\.own) })
    for field in fields { field.move(to: matrix) }
    rows = matrix
  }

  /// Records of the columns that it was made of.
  let recordCount: Int

  private var space: HandleSpace?
  private var identities: IdentityIndex?

  private(set) var findings: [ColumnFinding] = []
  var fields: [any ComparisonField] = []
  var keys: [KeySource] = []
  /// A full name that says what columns of its own say, but for some words.
  private(set) var madeName: Column?
  /// Columns of names, handles and e-mail addresses.
  var namingColumns: Set<String> = []
  /// Whether there are handles or e-mail addresses, which names are weighed with.
  private(set) var hasHandles = false
  /// Parts that keys of two columns are made of.
  var parts: [KeySource] = []
  /// Keys that a person asked for.
  var statedKeys: [KeySource] = []

  /// Columns whose values the people of one home share.
  private(set) var homeNames: Set<String> = []

  /// What was decided about the columns.
  var decisions: ColumnDecisions

  /// Makes the fields of the columns as it was decided. The columns are used up.
  ///
  /// - Throws: `TableError.nothingToCompare`, `.tooLarge`.
  init(_ columns: consuming [Column], _ decisions: ColumnDecisions) throws(TableError) {
    self.decisions = decisions
    recordCount = columns.first?.values.count ?? 0
    if let whole = decisions.madeName { madeName = columns[whole] }
    let areCompared = Set(decisions.compared)
    findings = columns.indices.map { [columns] number in
      ColumnFinding(
        name: columns[number].name, kind: decisions.kinds[number], filled: columns[number].filled,
        distinct: columns[number].pool.count - 1, isCompared: areCompared.contains(number))
    }
    var byKind: [ColumnKind: [Column]] = [:]
    let homes = decisions.homes
    let order = decisions.compared.map { number in
      HomeColumns.kind(decisions.kinds[number], isOfHome: homes.contains(number))
    }
    for (number, kind) in zip(decisions.compared, order) {
      byKind[kind, default: []].append(columns[number])
    }
    homeNames = Set(homes.map { [columns] in columns[$0].name })
    columns = []
    if order.isEmpty {
      throw .nothingToCompare(
        reasons: findings.isEmpty
          ? ["there is no column but the id"] : findings.map { "\($0.name) is \($0.kind.rawValue)" })
    }
    try build(&byKind, order: order)
    // A part that is a key as well is held once.
    for number in parts.indices {
      if let key = keys.first(where: { $0.name == parts[number].name }) { parts[number] = key }
    }
    if fields.isEmpty { throw .nothingToCompare(reasons: ["no column has values to compare"]) }
  }

  private mutating func build(_ byKind: inout [ColumnKind: [Column]], order: [ColumnKind]) throws(TableError)
  {
    if decisions.tellsOfIdentityAlone {
      let families = Self.homesFamilyNames(byKind)
      if families != nil { byKind[.familyName] = nil }
      try identityField(byKind)
      for kind in Self.identityKinds { byKind[kind] = nil }
      byKind[.familyName] = families
    }
    hasHandles = byKind[.handle] != nil || byKind[.email] != nil
    let names = try nameFields(byKind)
    for kind in [ColumnKind.givenName, .familyName, .middleName, .fullName] { byKind[kind] = nil }
    madeName = nil
    try handleFields(byKind, names: names)
    for kind in [ColumnKind.handle, .email] { byKind[kind] = nil }
    var done: Set<ColumnKind> = [.givenName, .familyName, .middleName, .fullName, .handle, .email]
    for kind in order where done.insert(kind).inserted {
      // Each column is let go before the next is taken up.
      var rest = Array((byKind.removeValue(forKey: kind) ?? []).reversed())
      if Self.listKinds.contains(kind), rest.count > 1 {
        try listFields(Array(rest.reversed()), kind)
        continue
      }
      let own = kind == .birthDate && rest.count > 1 ? rest.last?.values : nil
      while let column = rest.popLast() {
        let isOther = own.map { $0 !== column.values && OwnNames.stands(column.values, beside: $0) } ?? false
        try valueField(column, kind, isOwn: !isOther)
      }
    }
  }

  /// Kinds of what all at home have in common.
  private static let homeKinds: Set<ColumnKind> = [
    .phone, .familyName, .street, .houseNumber, .postcode, .locality, .region,
  ]

  /// Kinds of what is not known to be one person's own.
  private static let otherKinds: Set<ColumnKind> = [.category, .number, .occupation, .text]

  /// Whether columns of some kinds are of people, and none is known to tell those of one home apart: there are a number or a
  /// surname and a place, and no other column, or beside a place what may be anybody's: titles, sums, and names in a language
  /// that is not known. Places alone may be a list of places.
  static func areHomesAlone(_ kinds: Set<ColumnKind>) -> Bool {
    if kinds.isSubset(of: homeKinds) { return !kinds.isDisjoint(with: [.phone, .familyName]) }
    let isPlaced = !kinds.isDisjoint(with: [.street, .houseNumber, .postcode])
    let mayBePeople = kinds.contains(.familyName) ? isPlaced || kinds.contains(.phone) : isPlaced
    return mayBePeople && !kinds.isDisjoint(with: [.familyName, .text])
      && kinds.isSubset(of: homeKinds.union(otherKinds))
  }

  /// Whether a column is of what many people have in common, of one home or not.
  static func isCommon(_ column: Column) -> Bool {
    if !otherKinds.contains(column.kind) { return false }
    let agreeing = (1..<max(column.pool.count, 1)).reduce(0.0) { sum, value in
      let share = Double(column.pool.counts[value]) / Double(max(column.filled, 1))
      return sum + share * share
    }
    return agreeing >= leastAgreeing
  }

  /// Share of the pairs of records, taken at random, that agree in what many have in common.
  private static let leastAgreeing = 0.1

  /// Whether the table is of people and nothing in it is known to tell those of one home apart.
  var isOfHomesAlone: Bool {
    Self.areHomesAlone(Set(findings.lazy.filter(\.isCompared).map(\.kind)))
      && fields.contains { $0.nature == .home }
  }

  func normalise(
    _ columns: [Column], plain: PlainBytes = .none,
    _ transform: (UnsafeBufferPointer<UInt8>, Int, inout [UInt8]) -> Void
  ) throws(TableError) -> [NormalisedColumn] {
    guard let result = NormalisedColumn.normalise(columns, plain: plain, transform) else {
      throw Self.tooLarge(columns)
    }
    return result
  }

  private static func tooLarge(_ columns: [Column]) -> TableError {
    .tooLarge(file: columns.map(\.name).joined(separator: ", "), what: "more than 4 GiB of distinct text")
  }

  /// `isOwn` says that it is not the date of birth of somebody else, as a parent.
  mutating func valueField(
    _ column: Column, _ kind: ColumnKind, isOwn: Bool
  ) throws(TableError) {
    let number = fields.count
    let nature: FieldNature? = homeNames.contains(column.name) ? .home : nil
    switch kind {
    case .birthDate:
      let readings =
        column.dates
        ?? DateReadings(
          column.pool, DateLayout(of: column.pool, stated: column.dateOrder), counted: column.counted)
      guard let dates = readings.normalise(column) else { throw Self.tooLarge([column]) }
      fields.append(
        ValueField(
          dates, .date, number: number, nature: isOwn ? nil : .common,
          namedMonths: readings.namedMonths(column, dates)))
      keys.append(.whole(dates))
      parts.append(.whole(dates))
    case .phone:
      let digits = try normalise([column]) { TextFolding.foldDigits($0, into: &$2) }
      fields.append(ValueField(digits[0], .code, number: number, nature: nature))
      keys.append(.whole(digits[0]))
      keys.append(.tail(digits[0], 7))
    case .network:
      let addresses = try normalise([column], plain: .folded) { TextFolding.fold($0, into: &$2) }
      fields.append(ValueField(addresses[0], .network, number: number, nature: nature))
      keys.append(.whole(addresses[0]))
      parts.append(.whole(addresses[0]))
    case .device:
      let codes = try normalise([column], plain: .codes) { TextFolding.foldCode($0, into: &$2) }
      fields.append(ValueField(codes[0], .none, number: number, nature: nature))
      keys.append(.whole(codes[0]))
    case .age:
      let years = try normalise([column]) { TextFolding.foldDigits($0, into: &$2) }
      fields.append(ValueField(years[0], .amount, number: number))
      parts.append(.whole(years[0]))
    case .street:
      let streets = try normalise([column]) { AddressWords.fold($0, into: &$2) }
      fields.append(ValueField(streets[0], .street, number: number, nature: .home))
      keys.append(.whole(streets[0]))
      parts.append(contentsOf: [.whole(streets[0]), .number(streets[0]), .lastWord(streets[0])])
    case .idNumber, .number, .houseNumber, .postcode:
      let codes = try normalise([column], plain: .codes) { TextFolding.foldCode($0, into: &$2) }
      let isHome = nature != nil || kind == .houseNumber || kind == .postcode
      fields.append(ValueField(codes[0], .code, number: number, nature: isHome ? .home : .common))
      keys.append(.whole(codes[0]))
      parts.append(.whole(codes[0]))
    case .category, .region:
      let words = try normalise([column]) { TextFolding.foldWords($0, into: &$2) }
      fields.append(ValueField(words[0], .text, number: number))
    default:
      let words = try normalise([column]) { TextFolding.foldWords($0, into: &$2) }
      fields.append(ValueField(words[0], .text, number: number, nature: nature))
      keys.append(.whole(words[0]))
      // The same thing is seldom called the same in all its words.
      if kind == .text { keys.append(.number(words[0])) }
      parts.append(.whole(words[0]))
    }
  }

  private mutating func handleFields(
    _ byKind: [ColumnKind: [Column]], names: (given: NormalisedColumn, family: NormalisedColumn)?
  ) throws(TableError) {
    let handleColumns = byKind[.handle] ?? []
    let emailColumns = byKind[.email] ?? []
    if handleColumns.isEmpty, emailColumns.isEmpty { return }
    let emails = try normalise(emailColumns) { text, _, out in
      TextFolding.fold(text, into: &out)
      guard let at = out.lastIndex(of: 0x40), at > 0 else { return }
      if out.withUnsafeBufferPointer({ Roles.isRole(UnsafeBufferPointer(rebasing: $0[..<at])) }) {
        out.removeAll(keepingCapacity: true)
      }
    }
    let emailPool = emails.first?.pool
    let counted = (handleColumns.first ?? emailColumns.first)?.counted ?? 0
    // Local parts and handles share a pool.
    let interner = ValueInterner()
    var folding = HandleFolding()
    var queue = InternQueue(interner)
    let waiting = UInt32.max - 1
    func flush() throws(TableError) {
      if !queue.flush() { throw .tooLarge(file: "handles", what: "more than 4 GiB of distinct text") }
    }
    let localOfEmail = Packed<UInt32>(repeating: .max, count: max(emailPool?.count ?? 0, 1))
    localOfEmail[0] = 0
    var handles: [Packed<UInt32>] = []
    let firstEmails = emails.first?.values
    for column in handleColumns {
      let map = Packed<UInt32>(repeating: .max, count: column.pool.count)
      map[0] = 0
      let values = Packed<UInt32>(uninitialised: column.values.count)
      var start = 0
      while start < values.count {
        let end = min(start + InternQueue.limit, values.count)
        for record in start..<end {
          let raw = Int(column.values[record])
          column.pool.fetchOffset(raw)
          cog_prefetch(map.base + raw)
        }
        if let emailPool, let firstEmails {
          for record in start..<end {
            let address = Int(firstEmails[record])
            emailPool.fetchOffset(address)
            cog_prefetch(localOfEmail.base + address)
          }
        }
        for record in start..<end where map[Int(column.values[record])] == .max {
          column.pool.fetchBytes(Int(column.values[record]))
        }
        if let emailPool, let firstEmails {
          for record in start..<end where localOfEmail[Int(firstEmails[record])] == .max {
            emailPool.fetchBytes(Int(firstEmails[record]))
          }
        }
        for record in start..<end {
          let raw = Int(column.values[record])
          if map[raw] == .max {
            map[raw] = waiting
            queue.add(folding.handle(column.pool.text(raw)), map.base + raw)
          }
          // The address of the same record next, so that the two lie side by side.
          if let emailPool, let firstEmails {
            let address = Int(firstEmails[record])
            if localOfEmail[address] == .max {
              localOfEmail[address] = waiting
              queue.add(folding.localPart(emailPool.text(address)), localOfEmail.base + address)
            }
          }
        }
        try flush()
        for record in start..<end { values[record] = map[Int(column.values[record])] }
        start = end
      }
      handles.append(values)
    }
    if let emailPool {
      for address in 0..<emailPool.count where localOfEmail[address] == .max {
        queue.add(folding.localPart(emailPool.text(address)), localOfEmail.base + address)
        if address % InternQueue.limit == 0 { try flush() }
      }
      try flush()
    }
    var locals: [Packed<UInt32>] = []
    for column in emails {
      let values = Packed<UInt32>(uninitialised: column.values.count)
      for record in 0..<values.count {
        values[record] = localOfEmail[Int(column.values[record])]
      }
      locals.append(values)
    }
    guard let space = HandleSpace(pool: interner.takePool(), columns: handles + locals, counted: counted)
    else {
      throw .tooLarge(file: "handles", what: "more than 4 GiB of distinct text")
    }
    self.space = space
    if !handles.isEmpty {
      let name = (handleColumns + emailColumns).map(\.name).joined(separator: ", ")
      fields.append(HandleField(name, space, handles: handles, locals: locals, number: fields.count))
    }
    if let first = emails.first {
      let domains = Packed<UInt32>(repeating: 0, count: first.pool.count)
      let domainInterner = ValueInterner()
      for value in 1..<max(first.pool.count, 1) {
        let text = first.pool.text(value)
        if let at = text.lastIndex(of: 0x40) {
          domains[value] = domainInterner.intern(UnsafeBufferPointer(rebasing: text[(at + 1)...])) ?? 0
        }
      }
      fields.append(
        EmailField(
          emailColumns.map(\.name).joined(separator: ", "), pool: first.pool, columns: emails.map(\.values),
          local: localOfEmail, domain: domains, space: space, number: fields.count))
      for column in emails { keys.append(.whole(column)) }
    }
    let handleNames = Set((handleColumns + emailColumns).map(\.name))
    namingColumns.formUnion(handleNames)
    keys.append(.handles(space, names: names, columns: handleNames))
    keys.append(.stems(space, columns: handleNames))
    if let column = handles.first ?? locals.first {
      parts.append(.prefix(space, column, 5, columns: handleNames))
    }
    if let names, !handles.isEmpty || !locals.isEmpty {
      fields.append(
        NameInHandleField(
          "name in handle", given: names.given, family: names.family, space: space, handles: handles + locals)
      )
    }
  }

  /// Weighs names, handles and e-mail addresses together (`IdentityField`).
  private mutating func identityField(_ byKind: [ColumnKind: [Column]]) throws(TableError) {
    let names = try Self.nameColumns(byKind)
    let index = try IdentityIndex(
      names: names.columns, areParts: names.areParts, addresses: byKind[.email] ?? [],
      handles: byKind[.handle] ?? [])
    identities = index
    let columns = Self.identityKinds.sorted { $0.rawValue < $1.rawValue }.flatMap {
      (byKind[$0] ?? []).map(\.name)
    }
    namingColumns.formUnion(columns)
    fields.append(
      IdentityField(
        columns.joined(separator: ", "), index, records: byKind.values.first?.first?.values.count ?? 0))
    keys += IdentityKeys.keys(index, columns: namingColumns)
  }
}
