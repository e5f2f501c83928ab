/// An array in a property list: the number of its section in the file of a `StoreWriter` or `StoreReader`. An array that
/// several values share is one object again when it is read.
struct StoredArray<Element: BitwiseCopyable>: Codable {
  let array: Packed<Element>

  init(_ array: Packed<Element>) { self.array = array }

  init(from decoder: any Decoder) throws {
    let number = try decoder.singleValueContainer().decode(Int.self)
    guard let key = StoreFile.key, let reader = decoder.userInfo[key] as? StoreReader else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "an array without a file"))
    }
    array = try reader.array(number, of: Element.self)
  }

  func encode(to encoder: any Encoder) throws {
    guard let key = StoreFile.key, let writer = encoder.userInfo[key] as? StoreWriter else {
      throw EncodingError.invalidValue(
        array, .init(codingPath: encoder.codingPath, debugDescription: "an array without a file"))
    }
    var container = encoder.singleValueContainer()
    try container.encode(writer.number(of: array))
  }
}

extension KeyedEncodingContainer {
  mutating func encode<Element: BitwiseCopyable>(array: Packed<Element>, _ key: Key) throws {
    try encode(StoredArray(array), forKey: key)
  }
}

extension KeyedDecodingContainer {
  func array<Element: BitwiseCopyable>(_ key: Key) throws -> Packed<Element> {
    try decode(StoredArray<Element>.self, forKey: key).array
  }
}
