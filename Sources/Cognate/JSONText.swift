public import Foundation

/// JSON as the project prints it: sorted keys, no escaped slashes, so that equal values give equal bytes.
public enum JSONText {
  /// The bytes of a value, without a line end.
  public static func encode(_ value: some Encodable) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(value)
  }
}
