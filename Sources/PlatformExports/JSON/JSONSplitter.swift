internal import CKernels

/// A value that a splitter found at one of its patterns; valid during the call that delivers it.
public struct JSONMatch {
  /// Position of the pattern in the splitter's list.
  public let pattern: Int
  /// Positions in the first and second array on the way.
  public let index: (UInt32, UInt32)
  /// The key that the pattern's last `.*` stood for; empty without one.
  public let key: String
  /// Byte offset of the value in the member.
  public let offset: UInt64
  /// The value's bytes; not yet checked to be valid JSON.
  public let bytes: UnsafeBufferPointer<UInt8>
}

/// How a JSON text ended.
public enum JSONEnd: Sendable, Equatable {
  case complete
  /// The text ends inside a value.
  case truncated(at: UInt64)
  /// What stands at the offset cannot stand there.
  case malformed(at: UInt64, what: String)
}

/// Cuts a JSON text of any size into the values that a reader wants, with memory for one of them.
///
/// Patterns are paths from the root: `$.messages[*]`, `$.chats.list[*].messages[*]`, `$.*[*]` (any key).
/// Values at a pattern are delivered whole, in order; everything else is passed over. At most 64 patterns.
/// `$.*{}` is any key whose value is an object. A pattern that continues below another pattern's value is reached
/// only where values that are larger than the limit are entered (`entersLarge`).
///
/// Only structure on the way is checked here; the parser of each value checks the rest. Memory: the largest
/// delivered value, at most `limits.recordBytes`; nesting at most `limits.depth`.
public struct JSONSplitter {
  private enum Component: Equatable {
    case key([UInt8])
    case anyKey
    case anyIndex
  }

  private struct Frame {
    let isArray: Bool
    /// Patterns whose first components match the way to this container.
    let mask: UInt64
    var index: UInt32 = 0
    var key = ""
    var isFirst = true
  }

  private let patterns: [[Component]]
  /// Which patterns are of objects alone.
  private let isOfObjects: [Bool]
  private let entersLarge: Bool
  /// Which components of a pattern stand for any key.
  private let isAnyKey: [[Bool]]
  private let limits: ImportLimits

  /// Makes a splitter.
  ///
  /// - Parameter entersLarge: whether a value at a pattern that is larger than the limit is looked into where another
  ///   pattern continues below it.
  public init(_ patterns: [String], limits: ImportLimits, entersLarge: Bool = false) {
    self.patterns = patterns.prefix(64).map(Self.parse)
    isOfObjects = patterns.prefix(64).map { $0.hasSuffix(Self.objectMark) }
    self.entersLarge = entersLarge
    isAnyKey = self.patterns.map { $0.map { $0 == .anyKey } }
    self.limits = limits
  }

  /// Behind a pattern of objects alone.
  static let objectMark = "{}"

  private static func parse(_ pattern: String) -> [Component] {
    var result: [Component] = []
    var rest = pattern.utf8.dropFirst()
    if pattern.hasSuffix(objectMark) { rest = rest.dropLast(objectMark.utf8.count) }
    while let first = rest.first {
      rest = rest.dropFirst()
      if first == UInt8(ascii: "[") {
        rest = rest.dropFirst(2)
        result.append(.anyIndex)
      } else {
        let key = rest.prefix { $0 != UInt8(ascii: ".") && $0 != UInt8(ascii: "[") }
        rest = rest.dropFirst(key.count)
        result.append(Array(key) == [UInt8(ascii: "*")] ? .anyKey : .key(Array(key)))
      }
    }
    return result
  }

  /// Walks through the text.
  ///
  /// - Parameters:
  ///   - tooLarge: called with the offset of a wanted value that exceeds the limit and is passed over.
  ///   - body: called with each wanted value.
  /// - Returns: how the text ended.
  public func forEachValue(
    in input: MemberInput, tooLarge: (UInt64) throws -> Void = { _ in },
    _ body: (JSONMatch) throws -> Void
  ) throws -> JSONEnd {
    var stack: [Frame] = []
    let everything: UInt64 = patterns.count >= 64 ? .max : (1 << UInt64(patterns.count)) - 1
    if let end = try value(input, mask: everything, &stack, tooLarge: tooLarge, body) { return end }
    while !stack.isEmpty {
      if let end = try step(input, &stack, tooLarge: tooLarge, body) { return end }
    }
    while let byte = try nextByte(input) {
      // Some exports are assignments of JavaScript, which may end in a semicolon.
      guard byte == UInt8(ascii: ";") else {
        return .malformed(at: input.offset, what: "content after the end of the JSON text")
      }
      input.consume(1)
    }
    return .complete
  }

  /// One entry of the innermost container, or its end.
  private func step(
    _ input: MemberInput, _ stack: inout [Frame], tooLarge: (UInt64) throws -> Void,
    _ body: (JSONMatch) throws -> Void
  ) throws -> JSONEnd? {
    let top = stack.count - 1
    guard var byte = try nextByte(input) else { return .truncated(at: input.offset) }
    if byte == UInt8(ascii: stack[top].isArray ? "]" : "}") {
      input.consume(1)
      stack.removeLast()
      return nil
    }
    if !stack[top].isFirst {
      guard byte == UInt8(ascii: ",") else {
        return .malformed(at: input.offset, what: "expected a comma or the end of the container")
      }
      input.consume(1)
      guard let next = try nextByte(input) else { return .truncated(at: input.offset) }
      byte = next
      // A trailing comma is damage that loses nothing.
      if byte == UInt8(ascii: stack[top].isArray ? "]" : "}") { return nil }
      stack[top].index &+= 1
    }
    stack[top].isFirst = false
    if stack[top].isArray {
      return try value(
        input, mask: advance(stack[top].mask, depth: top, key: nil), &stack, tooLarge: tooLarge, body)
    }
    guard byte == UInt8(ascii: "\"") else {
      return .malformed(at: input.offset, what: "expected a key in quotation marks")
    }
    guard let keyEnd = try scan(input, limit: 1 << 20) else { return .truncated(at: input.offset) }
    guard keyEnd > 1 else { return .malformed(at: input.offset, what: "a key of more than 1 MiB") }
    let key = Array(input.window[1..<keyEnd - 1])
    input.consume(keyEnd)
    guard let colon = try nextByte(input) else { return .truncated(at: input.offset) }
    guard colon == UInt8(ascii: ":") else {
      return .malformed(at: input.offset, what: "expected a colon after a key")
    }
    input.consume(1)
    stack[top].key = Self.text(ofKey: key)
    return try value(
      input, mask: advance(stack[top].mask, depth: top, key: key), &stack, tooLarge: tooLarge, body)
  }

  /// A value whose way matches the patterns in `mask`: delivers it, enters it or passes over it.
  private func value(
    _ input: MemberInput, mask: UInt64, _ stack: inout [Frame], tooLarge: (UInt64) throws -> Void,
    _ body: (JSONMatch) throws -> Void
  ) throws -> JSONEnd? {
    guard let byte = try nextByte(input) else { return .truncated(at: input.offset) }
    switch byte {
    case UInt8(ascii: ","), UInt8(ascii: ":"), UInt8(ascii: "]"), UInt8(ascii: "}"):
      return .malformed(at: input.offset, what: "expected a value")
    default: break
    }
    let wanted = patterns.indices.first {
      mask & (1 << UInt64($0)) != 0 && patterns[$0].count == stack.count
        && (!isOfObjects[$0] || byte == UInt8(ascii: "{"))
    }
    if let wanted {
      let mayEnter = entersLarge && continues(mask, below: stack.count, in: byte)
      switch try deliver(wanted, input, stack, mayEnter: mayEnter, tooLarge: tooLarge, body) {
      case .delivered: return nil
      case .ended(let end): return end
      case .tooLarge: break
      }
    }
    let isArray = byte == UInt8(ascii: "[")
    if mask != 0, isArray || byte == UInt8(ascii: "{"),
      !entersLarge || continues(mask, below: stack.count, in: byte)
    {
      guard stack.count < limits.depth else {
        return .malformed(at: input.offset, what: "nested deeper than \(limits.depth)")
      }
      input.consume(1)
      stack.append(Frame(isArray: isArray, mask: mask))
      return nil
    }
    let start = input.offset
    let end = try passOver(input, isRoot: stack.isEmpty)
    // Of a value that was entered no pattern may have asked for the part that made it large.
    if entersLarge, end == nil, input.offset - start > UInt64(clamping: limits.recordBytes) {
      try tooLarge(start)
    }
    return end
  }

  /// What became of a value at a pattern.
  private enum Delivery {
    case delivered
    case ended(JSONEnd)
    /// It is to be entered.
    case tooLarge
  }

  /// Whether one of the patterns in `mask` goes on below the value at a depth, which begins with a byte.
  private func continues(_ mask: UInt64, below depth: Int, in byte: UInt8) -> Bool {
    let isArray = byte == UInt8(ascii: "[")
    guard isArray || byte == UInt8(ascii: "{") else { return false }
    return patterns.indices.contains {
      mask & (1 << UInt64($0)) != 0 && patterns[$0].count > depth
        && (patterns[$0][depth] == .anyIndex) == isArray
    }
  }

  private func deliver(
    _ pattern: Int, _ input: MemberInput, _ stack: [Frame], mayEnter: Bool, tooLarge: (UInt64) throws -> Void,
    _ body: (JSONMatch) throws -> Void
  ) throws -> Delivery {
    let offset = input.offset
    guard let count = try scan(input, limit: limits.recordBytes, isRoot: stack.isEmpty) else {
      return .ended(.truncated(at: offset))
    }
    if count == 0 {
      if mayEnter { return .tooLarge }
      try tooLarge(offset)
      return try passOver(input, isRoot: stack.isEmpty).map { .ended($0) } ?? .delivered
    }
    var positions: (UInt32, UInt32) = (0, 0)
    var arrays = 0
    var key = ""
    for (depth, frame) in stack.enumerated() {
      if frame.isArray {
        if arrays == 0 { positions.0 = frame.index } else if arrays == 1 { positions.1 = frame.index }
        arrays += 1
      } else if isAnyKey[pattern][depth] {
        key = frame.key
      }
    }
    try body(
      JSONMatch(
        pattern: pattern, index: positions, key: key, offset: offset,
        bytes: UnsafeBufferPointer(rebasing: input.window[..<count])))
    input.consume(count)
    return .delivered
  }

  /// Length of the value at the window's start, the whole of it in the window; nil when the text ends first,
  /// 0 when it is longer than the limit.
  private func scan(_ input: MemberInput, limit: Int, isRoot: Bool = false) throws -> Int? {
    var state = cog_json_scan()
    var position = 0
    while true {
      let window = input.window
      position = cog_json_scan_value(window.baseAddress, position, window.count, &state)
      if state.done != 0 { return position > limit ? 0 : position }
      if position > limit { return 0 }
      if try !input.fillMore() { return isRoot && state.started == 3 ? position : nil }
    }
  }

  private func passOver(_ input: MemberInput, isRoot: Bool) throws -> JSONEnd? {
    var state = cog_json_scan()
    let start = input.offset
    while true {
      let window = input.window
      let position = cog_json_scan_value(window.baseAddress, 0, window.count, &state)
      input.consume(position)
      if state.done != 0 { return nil }
      if input.window.isEmpty, try !input.fillMore() {
        return isRoot && state.started == 3 ? nil : .truncated(at: start)
      }
    }
  }

  private func advance(_ mask: UInt64, depth: Int, key: [UInt8]?) -> UInt64 {
    var result: UInt64 = 0
    for pattern in patterns.indices where mask & (1 << UInt64(pattern)) != 0 {
      guard depth < patterns[pattern].count else { continue }
      let matches =
        switch patterns[pattern][depth] {
        case .key(let wanted): key == wanted
        case .anyKey: key != nil
        case .anyIndex: key == nil
        }
      if matches { result |= 1 << UInt64(pattern) }
    }
    return result
  }

  /// The next byte that is not white space, not consumed.
  private func nextByte(_ input: MemberInput) throws -> UInt8? {
    while true {
      let window = input.window
      var position = 0
      while position < window.count {
        let byte = window[position]
        guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else {
          input.consume(position)
          return byte
        }
        position += 1
      }
      input.consume(position)
      if try !input.fillMore() { return nil }
    }
  }

  private static func text(ofKey raw: [UInt8]) -> String {
    guard raw.contains(UInt8(ascii: "\\")) else { return String(decoding: raw, as: UTF8.self) }
    let quoted = [UInt8(ascii: "\"")] + raw + [UInt8(ascii: "\"")]
    guard let parser = try? JSONParser() else { return String(decoding: raw, as: UTF8.self) }
    // The value lives no longer than its parser.
    let parsed = withExtendedLifetime(parser) {
      try? quoted.withUnsafeBufferPointer { try parser.parse($0).string }
    }
    return (parsed ?? nil) ?? String(decoding: raw, as: UTF8.self)
  }
}
