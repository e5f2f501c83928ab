internal import AccountModel

/// The fields of a section of logins that does not begin as such sections do.
///
/// Facebook and Instagram write `IP Address`, `Time` and `Action` of each login, WhatsApp `Time` and `IP Address`. A section
/// that begins with another label is in the other order, or lacks the first label of its first login; taken for the wrong
/// one of the two, every address gets its neighbour's time. Only the whole section may tell which.
struct MetaRecordLogins {
  private static let addresses: Set<String> = ["ip address", "ip"]
  private static let times: Set<String> = ["time", "timestamp", "date"]
  /// Fields kept of one section.
  private static let limit = 200_000

  private(set) var fields: [MetaRecordField] = []
  private var first: Set<String> = []

  /// Whether fields are held back.
  var isHolding: Bool { !fields.isEmpty }

  /// Whether a row holds no more than the title of a section, which returns write above its first login.
  static func isTitle(_ row: MetaRecordRow) -> Bool {
    row.fields.allSatisfy {
      $0.value.isEmpty && !addresses.contains($0.name) && !times.contains($0.name)
    }
  }

  /// Holds the first field of a section back, unless it is the one that a platform's logins begin with.
  mutating func holds(_ field: MetaRecordField, of platform: Platform?) -> Bool {
    guard let platform else { return false }
    let isTimeFirst = platform == .whatsapp
    first = isTimeFirst ? Self.times : Self.addresses
    guard (isTimeFirst ? Self.addresses : Self.times).contains(field.name) else { return false }
    fields = [field]
    return true
  }

  /// Keeps a further field; false where there are too many.
  mutating func keep(_ field: MetaRecordField) -> Bool {
    fields.append(field)
    return fields.count <= Self.limit
  }

  /// A login from each label that the first begins with.
  var rowsAsWritten: [MetaRecordRow] {
    fields.first.map { begin in Self.rows(fields) { $0 == begin.name } } ?? []
  }

  /// The logins of the section; nil where either order leaves as many of them without a time or an address.
  func rows() -> [MetaRecordRow]? {
    let asWritten = rowsAsWritten
    let asExpected = Self.rows(fields) { first.contains($0) }
    let gaps = (Self.incomplete(asWritten), Self.incomplete(asExpected))
    if gaps.0 != gaps.1 { return gaps.0 < gaps.1 ? asWritten : asExpected }
    // What was done stands at the end of a login.
    return asWritten.contains { row in
      let names = row.fields.map(\.name)
      guard let action = names.firstIndex(of: "action") else { return false }
      return names[action...].contains { Self.addresses.contains($0) }
    } ? asExpected : nil
  }

  private static func rows(_ fields: [MetaRecordField], where begins: (String) -> Bool) -> [MetaRecordRow] {
    var rows: [MetaRecordRow] = []
    for field in fields {
      if rows.isEmpty || begins(field.name) { rows.append(MetaRecordRow()) }
      rows[rows.count - 1].append(field)
    }
    return rows
  }

  private static func incomplete(_ rows: [MetaRecordRow]) -> Int {
    rows.count { row in
      !row.fields.contains { addresses.contains($0.name) } || !row.fields.contains { times.contains($0.name) }
    }
  }
}
