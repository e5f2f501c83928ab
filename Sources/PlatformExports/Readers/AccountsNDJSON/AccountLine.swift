/// The fields of one account line, found in one walk over the object.
struct AccountLine {
  /// The names of the contract.
  enum Field {
    case id, platform, handle, name, emails, phones, urls, devices, ips, posts

    /// The field of a key, by its length and then its bytes.
    init?(_ key: UnsafeBufferPointer<UInt8>) {
      switch key.count {
      case 2: if key == "id" { self = .id; return }
      case 3: if key == "ips" { self = .ips; return }
      case 4:
        if key == "name" { self = .name; return }
        if key == "urls" { self = .urls; return }
      case 5: if key == "posts" { self = .posts; return }
      case 6:
        if key == "handle" { self = .handle; return }
        if key == "emails" { self = .emails; return }
        if key == "phones" { self = .phones; return }
      case 7: if key == "devices" { self = .devices; return }
      case 8: if key == "platform" { self = .platform; return }
      default: break
      }
      return nil
    }
  }

  var id: JSONValue?
  var platform: JSONValue?
  /// The other fields in their order, null ones left out; a repeated key comes twice.
  var fields: [(field: Field, value: JSONValue)] = []
  var posts: [JSONValue] = []
  /// Whether `id` or `platform` stands twice with different values.
  var contradicts = false

  /// The first handle, without white space around it; nil when it is missing, empty or a word for none.
  var handle: UnsafeBufferPointer<UInt8>? {
    guard let value = fields.first(where: { $0.field == .handle })?.value, value.kind == .string else {
      return nil
    }
    let text = value.stringBytes.trimmed
    return text.isEmpty || NoValue.isNamed(by: text) ? nil : text
  }

  /// Whether a value is the handle that names the account, which is an identifier already.
  func isKey(_ value: JSONValue) -> Bool {
    guard platform != nil, value.kind == .string, let handle else { return false }
    return value.stringBytes.trimmed.elementsEqual(handle)
  }

  /// Walks over an object.
  mutating func read(_ object: JSONValue, unknown: (UnsafeBufferPointer<UInt8>) -> Void) {
    id = nil
    platform = nil
    contradicts = false
    fields.removeAll(keepingCapacity: true)
    posts.removeAll(keepingCapacity: true)
    object.forEachFieldBytes { key, value in
      guard let field = Field(key) else { return unknown(key) }
      switch field {
      case .id:
        if let id, id.scalarText != value.scalarText { contradicts = true }
        id = value
      case .platform:
        if let platform, platform.string != value.string { contradicts = true }
        platform = value.isNull ? nil : value
      case .posts: if !value.isNull { posts.append(value) }
      default: if !value.isNull { fields.append((field, value)) }
      }
    }
  }
}
