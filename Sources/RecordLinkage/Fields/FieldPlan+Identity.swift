import Columns

/// Tables of names, handles and e-mail addresses with little beside them.
extension FieldPlan {
  /// What the columns of other things must come to, to judge what names and handles are worth.
  static let judgementNeeded = 2

  /// What a column of a kind is worth as a judge: many people have one city, trade or sex.
  private static func judgement(_ kind: ColumnKind) -> Int {
    switch kind {
    case .birthDate: 2
    case .phone, .network, .device, .idNumber, .street, .houseNumber, .postcode: 1
    default: 0
    }
  }

  /// A column judges only if this share of the records has a value in it.
  static let judgingShare = 0.1

  /// Kinds that tell of a person's name, or of what is made from it.
  static let identityKinds: Set<ColumnKind> = [
    .givenName, .familyName, .middleName, .fullName, .handle, .email,
  ]

  /// Whether names, handles and addresses must be weighed without other columns that could teach how.
  static func tellsOfIdentityAlone(_ byKind: [ColumnKind: [Column]]) -> Bool {
    if byKind[.email] == nil, byKind[.handle] == nil { return false }
    var judgement = 0
    for (kind, columns) in byKind where !identityKinds.contains(kind) {
      let filled = columns.filter { Double($0.filled) >= judgingShare * Double($0.counted) }.count
      judgement += self.judgement(kind) * (listKinds.contains(kind) ? min(filled, 1) : filled)
    }
    return judgement < judgementNeeded
  }

  /// Columns of family names, where they are of a home and no part of whole names: beside a place, without given names. Two
  /// of one family name and one place are then no more one person for the name than for the place.
  static func homesFamilyNames(_ byKind: [ColumnKind: [Column]]) -> [Column]? {
    let names = [ColumnKind.givenName, .middleName, .fullName]
    let places = [ColumnKind.street, .houseNumber, .postcode, .locality, .phone]
    guard names.allSatisfy({ byKind[$0] == nil }), places.contains(where: { byKind[$0] != nil })
    else { return nil }
    return byKind[.familyName]
  }

  /// Columns of names: full names as they are, and given and family name joined, or the one of them that there is.
  static func nameColumns(
    _ byKind: [ColumnKind: [Column]]
  ) throws(TableError) -> (columns: [Column], areParts: [Bool]) {
    let full = byKind[.fullName] ?? []
    var columns = full
    if let given = byKind[.givenName]?.first, let family = byKind[.familyName]?.first {
      columns.append(try joined(given, family))
    } else {
      columns += (byKind[.givenName] ?? []) + (byKind[.familyName] ?? [])
    }
    return (columns, columns.indices.map { $0 >= full.count })
  }

  private static func joined(_ given: Column, _ family: Column) throws(TableError) -> Column {
    let interner = ValueInterner()
    let values = Packed<UInt32>(repeating: 0, count: given.values.count)
    var text: [UInt8] = []
    for record in 0..<values.count {
      let (one, other) = (Int(given.values[record]), Int(family.values[record]))
      text.removeAll(keepingCapacity: true)
      for (pool, value) in [(given.pool, one), (family.pool, other)] {
        let part = pool.text(value)
        if part.isEmpty || TextFolding.isPlaceholder(part) { continue }
        if !text.isEmpty { text.append(0x20) }
        text += part
      }
      guard let number = text.withUnsafeBufferPointer({ interner.intern($0) }) else {
        throw IdentityIndex.tooLarge
      }
      values[record] = number
    }
    return Column(name: "\(given.name), \(family.name)", values: values, pool: interner.takePool())
  }
}
