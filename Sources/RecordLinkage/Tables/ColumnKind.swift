/// What a column holds.
public enum ColumnKind: String, Sendable, Codable, CaseIterable {
  case email, phone, handle
  case givenName = "given-name"
  case familyName = "family-name"
  case middleName = "middle-name"
  case fullName = "full-name"
  case birthDate = "date-of-birth"
  case street, locality, region, postcode
  case houseNumber = "house-number"
  case network = "ip"
  case device
  case idNumber = "id-number"
  case occupation, category, age
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
