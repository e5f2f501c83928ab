internal import CSimdJSON

/// Why a JSON value could not be parsed.
public struct JSONError: Error, Sendable, CustomStringConvertible {
  /// simdjson's words.
  public let description: String
}

/// Parses one JSON value at a time (simdjson, through the shim).
///
/// Not thread-safe; the values of a parse live until the next one.
public final class JSONParser {
  private let parser: OpaquePointer
  /// Values of which something had to be mended before they parsed (lone surrogates, invalid UTF-8,
  /// integers beyond 64 bits): the damage is replaced by U+FFFD, such integers become strings.
  public private(set) var mended = 0

  /// Makes a parser; throws when there is no memory for it.
  public init() throws {
    guard let parser = cog_json_parser_new() else { throw JSONError(description: "out of memory") }
    self.parser = parser
  }

  deinit { cog_json_parser_free(parser) }

  /// Parses the bytes of one value.
  ///
  /// - Returns: the value, valid until the next call and as long as the parser lives: use
  ///   `withExtendedLifetime` where nothing else uses the parser after its values.
  public func parse(_ bytes: UnsafeBufferPointer<UInt8>) throws -> JSONValue {
    var root = cog_json_value()
    let status = cog_json_parse(parser, bytes.baseAddress, bytes.count, &root)
    if status == 0 { return JSONValue(root) }
    if let repaired = JSONRepair.repair(bytes) {
      let second = repaired.withUnsafeBufferPointer {
        cog_json_parse(parser, $0.baseAddress, $0.count, &root)
      }
      if second == 0 {
        mended += 1
        return JSONValue(root)
      }
    }
    throw JSONError(description: String(cString: cog_json_error_message(status)))
  }
}

/// A parsed JSON value; valid until its parser parses again.
public struct JSONValue {
  private let value: cog_json_value
  init(_ value: cog_json_value) { self.value = value }

  /// What a value is.
  public enum Kind: Int32, Sendable {
    case null, bool, int64, uint64, double, string, array, object
  }

  /// What this value is.
  public var kind: Kind { Kind(rawValue: cog_json_kind_of(value)) ?? .null }
  /// Whether it is null.
  public var isNull: Bool { kind == .null }

  /// The first field of that name, unless this is no object or the field is null.
  public subscript(key: StaticString) -> JSONValue? {
    var found = cog_json_value()
    let there = key.utf8Start.withMemoryRebound(to: CChar.self, capacity: key.utf8CodeUnitCount) {
      cog_json_field(value, $0, key.utf8CodeUnitCount, &found)
    }
    guard there == 1 else { return nil }
    let field = JSONValue(found)
    return field.isNull ? nil : field
  }

  /// The first of some fields that is there and not null, for exports that write one name in several ways.
  public func field(_ keys: StaticString...) -> JSONValue? {
    for key in keys { if let field = self[key] { return field } }
    return nil
  }

  /// Whether an object has a field of that name, be it null.
  public func hasField(_ key: StaticString) -> Bool {
    var found = cog_json_value()
    return key.utf8Start.withMemoryRebound(to: CChar.self, capacity: key.utf8CodeUnitCount) {
      cog_json_field(value, $0, key.utf8CodeUnitCount, &found)
    } == 1
  }

  /// The string, or nil when it is none.
  public var string: String? { withBytes { String(decoding: $0, as: UTF8.self) } }

  /// Lends the UTF-8 of a string, or nil when it is none.
  public func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) throws -> Result) rethrows -> Result? {
    guard kind == .string else { return nil }
    return try body(stringBytes)
  }

  /// The UTF-8 of a string (empty when it is none), valid as long as the value.
  public var stringBytes: UnsafeBufferPointer<UInt8> {
    var length = 0
    let text = cog_json_string(value, &length)
    return UnsafeBufferPointer(
      start: UnsafeRawPointer(text)?.assumingMemoryBound(to: UInt8.self), count: length)
  }

  /// An integer, also when it is written as a decimal string or a number with no fraction.
  public var int64: Int64? {
    switch kind {
    case .int64: cog_json_int64(value)
    case .uint64: Int64(exactly: cog_json_uint64(value))
    case .double: Int64(exactly: cog_json_double(value))
    case .string: string.flatMap { Int64($0) }
    default: nil
    }
  }

  /// A number.
  public var double: Double? {
    switch kind {
    case .int64: Double(cog_json_int64(value))
    case .uint64: Double(cog_json_uint64(value))
    case .double: cog_json_double(value)
    default: nil
    }
  }

  /// A truth value, or nil when it is none.
  public var bool: Bool? { kind == .bool ? cog_json_bool(value) != 0 : nil }

  /// A string or an integer as text, exact to the last digit: for ids, which exports write either way.
  public var scalarText: String? {
    switch kind {
    case .string: string
    case .int64: String(cog_json_int64(value))
    case .uint64: String(cog_json_uint64(value))
    case .double: Int64(exactly: cog_json_double(value)).map { String($0) }
    default: nil
    }
  }

  /// Calls `body` with each element of an array; does nothing for another kind.
  public func forEachElement(_ body: (JSONValue) throws -> Void) rethrows {
    guard kind == .array else { return }
    var iterator = cog_json_iterate(value)
    var key: UnsafePointer<CChar>?
    var length = 0
    var element = cog_json_value()
    while cog_json_next(&iterator, &key, &length, &element) == 1 { try body(JSONValue(element)) }
  }

  /// Calls `body` with each field of an object, in order; does nothing for another kind.
  public func forEachField(_ body: (String, JSONValue) throws -> Void) rethrows {
    try forEachFieldBytes { key, field in try body(String(decoding: key, as: UTF8.self), field) }
  }

  /// As `forEachField`, with the key's UTF-8 (valid during the call) instead of a `String`.
  public func forEachFieldBytes(
    _ body: (UnsafeBufferPointer<UInt8>, JSONValue) throws -> Void
  ) rethrows {
    guard kind == .object else { return }
    var iterator = cog_json_iterate(value)
    var key: UnsafePointer<CChar>?
    var length = 0
    var field = cog_json_value()
    while cog_json_next(&iterator, &key, &length, &field) == 1 {
      let name = UnsafeBufferPointer(
        start: UnsafeRawPointer(key)?.assumingMemoryBound(to: UInt8.self), count: length)
      try body(name, JSONValue(field))
    }
  }
}
