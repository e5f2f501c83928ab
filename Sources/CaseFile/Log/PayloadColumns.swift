import Foundation
import GRDB
import Glibc

/// Whether columns repeat a payload, for payloads in the form that `LogPayload.encoder` writes: told without parsing it.
enum PayloadColumns {
  /// Whether a payload has the words of the columns operation, action, actor and time, which follow each other from a
  /// column on. False also for what is written in another way, with escapes for example: that is to be parsed.
  static func areRepeated(in payload: Data, _ row: Row, from column: Int) throws -> Bool {
    try row.withUnsafeData(atIndex: column) { operation in
      try row.withUnsafeData(atIndex: column + 1) { action in
        try row.withUnsafeData(atIndex: column + 2) { actor in
          try row.withUnsafeData(atIndex: column + 3) { at in
            guard let operation, let action, let actor, let at else { return false }
            return isRepeated(payload, operation, action, actor, at)
          }
        }
      }
    }
  }

  private static func isRepeated(
    _ payload: Data, _ operation: Data, _ action: Data, _ actor: Data, _ at: Data
  ) -> Bool {
    payload.withUnsafeBytes { bytes in
      var start = bytes[...]
      for part in [opening, action, beforeTime, at, quote] {
        guard take(part, &start) else { return false }
      }
      var end = bytes[...]
      guard drop(closing, &end), drop(actor, &end), drop(beforeName, &end) else { return false }
      guard drop(isTrue, &end) || drop(isFalse, &end), drop(beforeWho, &end) else { return false }
      // Inside a text every quote is escaped, and details are texts: this can stand in one place alone.
      return contains(beforeOperation + operation + afterOperation, bytes)
    }
  }

  private static let opening = Data(#"{"action":""#.utf8)
  private static let beforeTime = Data(#"","at":""#.utf8)
  private static let quote = Data(#"","#.utf8)
  private static let beforeOperation = Data(#","operation":""#.utf8)
  private static let afterOperation = Data(#"","recipients":["#.utf8)
  private static let beforeWho = Data(#","who":{"is_authenticated":"#.utf8)
  private static let isTrue = Data("true".utf8)
  private static let isFalse = Data("false".utf8)
  private static let beforeName = Data(#","name":""#.utf8)
  private static let closing = Data(#""}}"#.utf8)

  private static func take(_ part: Data, _ bytes: inout Slice<UnsafeRawBufferPointer>) -> Bool {
    guard bytes.starts(with: part) else { return false }
    bytes = bytes.dropFirst(part.count)
    return true
  }

  private static func drop(_ part: Data, _ bytes: inout Slice<UnsafeRawBufferPointer>) -> Bool {
    guard bytes.count >= part.count, bytes.suffix(part.count).elementsEqual(part) else { return false }
    bytes = bytes.dropLast(part.count)
    return true
  }

  private static func contains(_ part: Data, _ bytes: UnsafeRawBufferPointer) -> Bool {
    part.withUnsafeBytes { part in
      guard let sought = part.baseAddress, let base = bytes.baseAddress, bytes.count >= part.count else {
        return false
      }
      return (0...(bytes.count - part.count)).contains { memcmp(base + $0, sought, part.count) == 0 }
    }
  }
}
