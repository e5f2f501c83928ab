internal import AccountModel

/// Reads JSON of which each line is a value of its own.
struct JSONLines {
  let parser: JSONParser
  let limits: ImportLimits

  /// Calls `body` with the value of each line that is not blank; a line that is too long or no JSON is set aside under
  /// `unit`.
  func read(
    _ input: MemberInput, unit: RecordClass, into writer: RecordWriter,
    _ body: (JSONValue, Locator) throws -> Void
  ) throws {
    var lines = LineReader(input, limit: limits.recordBytes)
    while let next = try lines.next() {
      let locator = Locator(
        member: input.member, offset: next.offset, length: UInt32(clamping: next.bytes.count),
        line: next.number)
      if next.isCut {
        writer.setAside(unit, .tooLarge, at: locator)
        continue
      }
      let bytes = next.bytes.trimmed
      if bytes.isEmpty { continue }
      do {
        try body(parser.parse(bytes), locator)
      } catch let error as JSONError {
        writer.setAside(
          unit, next.isTerminated ? .malformed : .truncated, at: locator, detail: error.description)
      }
    }
  }
}
