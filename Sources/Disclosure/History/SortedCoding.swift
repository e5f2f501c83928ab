/// A set as JSON keeps it: a sorted list, so that equal sets give equal bytes.
struct SortedList<Element: RawRepresentable & Hashable & Sendable & Codable>: Codable, Hashable, Sendable
where Element.RawValue == String {
  let elements: Set<Element>

  init(_ elements: Set<Element>) { self.elements = elements }

  init(from decoder: any Decoder) throws {
    elements = Set(try decoder.singleValueContainer().decode([Element].self))
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(elements.sorted { $0.rawValue < $1.rawValue })
  }
}

extension CivilDate: Codable {
  /// Reads `yyyy-mm-dd`.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let date = CivilDate(text) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "\(text) is no date")
    }
    self = date
  }

  /// Writes `yyyy-mm-dd`.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

extension StaffMember: Codable {
  private enum CodingKeys: String, CodingKey { case id, roles, rank }

  /// Reads what `encode` writes.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      id: try container.decode(String.self, forKey: .id),
      roles: try container.decode(SortedList<Role>.self, forKey: .roles).elements,
      rank: try container.decodeIfPresent(String.self, forKey: .rank))
  }

  /// Writes the roles in order, so that equal members give equal bytes.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(id, forKey: .id)
    try container.encode(SortedList(roles), forKey: .roles)
    try container.encodeIfPresent(rank, forKey: .rank)
  }
}

extension Decoder {
  /// A value that an event cannot be without.
  func need<Value>(_ value: Value?, _ name: String, of action: String) throws -> Value {
    guard let value else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: codingPath, debugDescription: "\(action) without \(name)"))
    }
    return value
  }
}
