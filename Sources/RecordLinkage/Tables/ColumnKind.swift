/// What a column holds.
public enum ColumnKind: String, Sendable, Codable, CaseIterable {
  case email, phone, handle
  case givenName = "given-name"
  case familyName = "family-name"
  case fullName = "full-name"
  case birthDate = "date-of-birth"
  case street, locality, region, postcode
  case houseNumber = "house-number"
  case network = "ip"
  case device
  case idNumber = "id-number"
  case occupation, category
  case text, number, time, platform, url
  /// No record has a value.
  case empty
  /// All records that have a value have the same.
  case constant

  /// Whether records are compared on it. A platform or a time of registration says who hardly more than the weather.
  public var isCompared: Bool {
    switch self {
    case .time, .platform, .empty, .constant: false
    default: true
    }
  }
}

/// Recognises what a column holds from its name and its values.
enum ColumnRecognition {
  /// Distinct values that are looked at.
  static let sampleSize = 2_000

  /// Words of column names, and the kind they speak for, first match first.
  private static let names: [(ColumnKind, [String])] = [
    (.email, ["email", "emails", "mail", "e_mail", "emailaddress"]),
    (
      .phone,
      ["phone", "phones", "mobile", "tel", "telephone", "msisdn", "cell", "phonenumber", "phone_number"]
    ),
    (.network, ["ip", "ips", "ipaddress", "ip_address", "ipv4", "ipv6"]),
    (.device, ["device", "devices", "imei", "device_id", "idfa", "gaid", "udid", "serial"]),
    (.birthDate, ["dob", "birth", "birthdate", "birthday", "born", "bday", "dateofbirth"]),
    (.postcode, ["postcode", "postal", "zip", "zipcode", "postalcode", "plz"]),
    (.houseNumber, ["street_number", "house_number", "housenumber", "streetnumber", "stnum"]),
    (
      .idNumber,
      ["ssn", "soc", "sec", "passport", "nino", "nhs", "national", "licence", "license", "tax", "vat"]
    ),
    (.platform, ["platform", "service", "site", "network"]),
    (.givenName, ["given", "firstname", "forename", "fname", "first", "givenname"]),
    (.familyName, ["surname", "lastname", "family", "lname", "last", "familyname"]),
    (
      .handle, ["username", "handle", "login", "screenname", "screen", "nick", "nickname", "account", "user"]
    ),
    (.street, ["street", "address", "addr", "address1", "address2", "address_1", "address_2", "road"]),
    (.locality, ["city", "town", "suburb", "locality", "place", "village"]),
    (.region, ["state", "county", "region", "province", "country"]),
    (.occupation, ["occupation", "job", "profession", "employer", "company"]),
    (.time, ["created", "registered", "joined", "updated", "timestamp", "time", "since", "seen"]),
    (.fullName, ["name", "fullname", "displayname", "person", "author"]),
    (.url, ["url", "urls", "website", "homepage", "link"]),
  ]

  /// The kind of a column.
  static func kind(of column: Column) -> ColumnKind {
    if column.filled == 0 { return .empty }
    if column.pool.count <= 2 { return .constant }
    if let stated = column.statedKind { return stated }
    let shape = Shape(column.pool)
    // What the values plainly are outweighs the name.
    if shape.share(\.email) > 0.6 { return .email }
    if shape.share(\.address) > 0.8 { return .network }
    let words = words(of: column.name)
    let joined = words.joined(separator: "_")
    for (kind, hints) in names where hints.contains(joined) && shape.allows(kind) { return kind }
    for (kind, hints) in names where words.contains(where: hints.contains) && shape.allows(kind) {
      return kind
    }
    if shape.share(\.date) > 0.8 { return .time }
    if shape.share(\.url) > 0.6 { return .url }
    if shape.share(\.phone) > 0.9 { return .phone }
    if shape.share(\.digits) > 0.9 {
      return column.pool.count * 2 > column.filled ? .idNumber : .number
    }
    if column.pool.count <= 20, column.filled >= 200 { return .category }
    if shape.share(\.hex) > 0.9 { return .device }
    if shape.share(\.word) > 0.9 { return .text }
    return .text
  }

  /// The words of a column name: parted by anything but letters and digits, and where a small letter meets a capital.
  static func words(of name: String) -> [String] {
    var words: [String] = []
    var word = ""
    var lastWasLower = false
    for character in name {
      if character.isLetter || character.isNumber {
        if character.isUppercase, lastWasLower {
          words.append(word)
          word = ""
        }
        lastWasLower = character.isLowercase || character.isNumber
        word += character.lowercased()
      } else if !word.isEmpty {
        words.append(word)
        word = ""
        lastWasLower = false
      }
    }
    if !word.isEmpty { words.append(word) }
    return words
  }

  /// What the values of a column look like, by share.
  private struct Shape {
    var email = 0
    var phone = 0
    var address = 0
    var date = 0
    var digits = 0
    var hex = 0
    var url = 0
    var word = 0
    var total = 0

    init(_ pool: ValuePool) {
      // Values are numbered by first appearance, so that the first ones are a fair sample of the records.
      for value in 1..<max(min(pool.count, sampleSize), 1) { add(pool.text(value)) }
    }

    func share(_ path: KeyPath<Shape, Int>) -> Double {
      total == 0 ? 0 : Double(self[keyPath: path]) / Double(total)
    }

    /// Whether values of this look can be of a kind that the name speaks for.
    func allows(_ kind: ColumnKind) -> Bool {
      switch kind {
      case .email: share(\.email) > 0.2
      case .network: share(\.address) > 0.2
      case .birthDate: share(\.date) > 0.3 || share(\.digits) > 0.8
      case .time: share(\.date) > 0.3 || share(\.digits) > 0.8
      case .phone: share(\.phone) > 0.3 || share(\.digits) > 0.3
      case .givenName, .familyName, .fullName, .locality: share(\.digits) < 0.5 && share(\.email) < 0.5
      case .street: share(\.digits) < 0.9
      case .device: share(\.word) < 0.9 || share(\.hex) > 0.5
      default: true
      }
    }

    private mutating func add(_ text: UnsafeBufferPointer<UInt8>) {
      total += 1
      var digitCount = 0
      var hexCount = 0
      var letterCount = 0
      var at = 0
      var dots = 0
      var colons = 0
      var spaces = 0
      for byte in text {
        if byte &- 0x30 < 10 {
          digitCount += 1
          hexCount += 1
        } else if (byte | 0x20) &- 0x61 < 26 || byte >= 0x80 {
          letterCount += 1
          if (byte | 0x20) &- 0x61 < 6 { hexCount += 1 }
        } else if byte == 0x40 {
          at += 1
        } else if byte == 0x2E {
          dots += 1
        } else if byte == 0x3A {
          colons += 1
        } else if byte == 0x20 {
          spaces += 1
        }
      }
      if at == 1, spaces == 0, text.count >= 3 { email += 1 }
      if dots == 3, digitCount >= 4, digitCount + dots == text.count { address += 1 }
      if colons >= 2, hexCount + colons == text.count, letterCount > 0 || colons >= 3 { address += 1 }
      if CalendarDate.looksLikeDate(text) { date += 1 }
      if digitCount == text.count { digits += 1 }
      if (8...15).contains(digitCount), letterCount == 0, digitCount + 5 >= text.count,
        text[0] == 0x2B || text[0] == 0x30 || digitCount >= 10
      {
        phone += 1
      }
      if hexCount >= 8, hexCount + 4 >= text.count, digitCount > 0 { hex += 1 }
      if letterCount > 0, digitCount == 0 { word += 1 }
      if text.count > 8, text[0] | 0x20 == 0x68, colons > 0, text.contains(0x2F) { url += 1 }
    }
  }
}
