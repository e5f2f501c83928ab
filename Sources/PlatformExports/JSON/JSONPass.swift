internal import AccountModel

/// Reads JSON members: cuts each into values, parses them, and reports whatever cannot be read.
struct JSONPass {
  /// The unit under which damage to a member as a whole is counted.
  static let fileUnit = "file"

  /// Keys named in locators; a source with more has been made to exhaust the table.
  private static let patternLimit = 1024

  private let parser: JSONParser
  private let limits: ImportLimits

  /// Makes a pass; throws when there is no memory for a parser.
  init(limits: ImportLimits) throws {
    parser = try JSONParser()
    self.limits = limits
  }

  /// Calls `body` with each value at a pattern.
  ///
  /// A value that is no JSON is set aside as malformed, one beyond the limit as too large, and a text that
  /// ends early or goes wrong is set aside as a file; what stood before it counts.
  ///
  /// - Parameter entersLarge: as of `JSONSplitter`.
  /// - Returns: whether the member was read to its end.
  @discardableResult
  func read(
    _ patterns: [String], of input: MemberInput, into writer: RecordWriter, entersLarge: Bool = false,
    unit: (JSONMatch) -> String, _ body: (JSONMatch, JSONValue, Locator) throws -> Void
  ) throws -> Bool {
    let splitter = JSONSplitter(patterns, limits: limits, entersLarge: entersLarge)
    // What a locator says of a pattern of objects is the way to it.
    let patterns = patterns.map {
      $0.hasSuffix(JSONSplitter.objectMark) ? String($0.dropLast(JSONSplitter.objectMark.count)) : $0
    }
    let numbers = patterns.map { writer.pattern($0) }
    let hasAnyKey = patterns.map { $0.contains(".*") }
    let mendedBefore = parser.mended
    var keyed: (pattern: Int, key: String, number: UInt16) = (-1, "", 0)
    func place(_ match: JSONMatch) -> Locator {
      var number = numbers[match.pattern]
      if hasAnyKey[match.pattern], !match.key.isEmpty, writer.patterns.count < Self.patternLimit {
        if keyed.pattern != match.pattern || keyed.key != match.key {
          let pattern = patterns[match.pattern]
          keyed = (match.pattern, match.key, writer.pattern(Self.fill(pattern, match.key)))
        }
        number = keyed.number
      }
      return Locator(
        member: input.member, offset: match.offset, length: UInt32(clamping: match.bytes.count),
        pattern: number, index: match.index)
    }
    let end = try splitter.forEachValue(
      in: input,
      tooLarge: { offset in
        writer.setAside(Self.fileUnit, .tooLarge, at: Locator(member: input.member, offset: offset))
      },
      { match in
        let locator = place(match)
        let value: JSONValue
        do {
          value = try parser.parse(match.bytes)
        } catch let error as JSONError {
          writer.setAside(unit(match), .malformed, at: locator, detail: error.description)
          return
        }
        try body(match, value, locator)
      })
    var isWhole = false
    switch end {
    case .complete: isWhole = true
    case .truncated(let offset):
      writer.setAside(
        Self.fileUnit, .truncated, at: Locator(member: input.member, offset: offset), detail: input.path)
    case .malformed(let offset, let what):
      writer.setAside(
        Self.fileUnit, .malformed, at: Locator(member: input.member, offset: offset), detail: what)
      // The second count sees the whole member, however far the blocks reached beyond the fault.
      try input.skipRest()
    }
    let mended = parser.mended - mendedBefore
    if mended > 0 {
      writer.note(
        "\(input.path): \(mended) values were mended before they parsed (lone surrogates, invalid UTF-8, "
          + "numbers out of range, control characters, trailing commas)")
    }
    return isWhole
  }

  /// Parses a value that `read` gave before; valid until the next one is parsed.
  func parse(_ bytes: UnsafeBufferPointer<UInt8>) throws -> JSONValue { try parser.parse(bytes) }

  private static func fill(_ pattern: String, _ key: String) -> String {
    var parts = pattern.split(separator: ".", omittingEmptySubsequences: false).map { String($0) }
    if let last = parts.lastIndex(where: { $0.first == "*" }) { parts[last] = key + parts[last].dropFirst() }
    return parts.joined(separator: ".")
  }
}
