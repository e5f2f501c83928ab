import PlatformExports

/// Cutting JSON against parsing it whole: the first byte selects the patterns.
///
/// Held against each text that parses whole without being mended: the splitter reaches its end and delivers,
/// in order, exactly the values that stand at the patterns. For any text: block sizes do not matter, and what
/// is mended is mended the same way twice.
struct JSONHarness: FuzzHarness {
  private static let patterns: [[String]] = [
    ["$"], ["$[*]"], ["$.*"], ["$.a[*]", "$.b"], ["$.*[*]"], ["$[*].a", "$[*].b[*]"], ["$.a.b.c"],
    ["$[*][*]"], ["$.*.*", "$[*]"], ["$.a.*[*]"],
  ]
  private static let blocks = [1, 2, 1, 5, 3, 17, 1]

  private struct Split: Equatable {
    var values: [String] = []
    var end = JSONEnd.complete
  }

  func run(_ input: UnsafeBufferPointer<UInt8>) {
    guard let first = input.first else { return }
    let patterns = Self.patterns[Int(first) % Self.patterns.count]
    let bytes = Array(input.dropFirst())
    let whole = split(bytes, patterns, blocks: [.max])
    let parts = split(bytes, patterns, blocks: Self.blocks)
    demand(whole == parts, "block sizes matter: \(whole), \(parts)")
    guard let (described, mended) = parse(bytes, patterns) else { return }
    let again = parse(bytes, patterns)
    demand(again?.0 == described && again?.1 == mended, "two parses differ")
    // Beyond the nesting that the splitter allows nothing is promised.
    if mended > 0 || Self.depth(bytes) > 500 { return }
    demand(whole.end == .complete, "parses whole but \(whole.end)")
    demand(whole.values == described, "\(whole.values) is not \(described)")
  }

  private static func depth(_ bytes: [UInt8]) -> Int { bytes.count { $0 == 0x5B || $0 == 0x7B } }

  private func split(_ bytes: [UInt8], _ patterns: [String], blocks: [Int]) -> Split {
    var result = Split()
    var position = 0
    var turn = 0
    let input = MemberInput(path: "a", member: 0) { buffer in
      let count = min(buffer.count, bytes.count - position, blocks[turn % blocks.count])
      turn += 1
      bytes.withUnsafeBytes { buffer.copyMemory(from: .init(rebasing: $0[position..<position + count])) }
      position += count
      return count
    }
    do {
      let parser = try JSONParser()
      result.end = try JSONSplitter(patterns, limits: ImportLimits()).forEachValue(in: input) { match in
        let end = Int(match.offset) + match.bytes.count
        demand(end <= bytes.count, "a value outside the input")
        demand(match.bytes.elementsEqual(bytes[Int(match.offset)..<end]), "a value elsewhere than it says")
        do {
          let value = try parser.parse(match.bytes)
          withExtendedLifetime(parser) { result.values.append(Self.describe(value)) }
        } catch {
          result.values.append("bad")
        }
      }
    } catch {
      stop("the splitter throws \(error)")
    }
    return result
  }

  /// The values at the patterns, found in the parse of the whole; nil when it does not parse.
  private func parse(_ bytes: [UInt8], _ patterns: [String]) -> ([String], Int)? {
    guard let parser = try? JSONParser() else { stop("no parser") }
    return bytes.withUnsafeBufferPointer { buffer in
      withExtendedLifetime(parser) {
        guard let root = try? parser.parse(buffer) else { return nil }
        var found: [String] = []
        Self.visit(root, patterns.map { Self.components($0)[...] }, &found)
        return (found, parser.mended)
      }
    }
  }

  private static func components(_ pattern: String) -> [String] {
    pattern.dropFirst().replacing("[*]", with: ".[]").split(separator: ".").map { String($0) }
  }

  private static func visit(_ value: JSONValue, _ ways: [ArraySlice<String>], _ found: inout [String]) {
    if ways.isEmpty { return }
    if ways.contains(where: \.isEmpty) {
      found.append(describe(value))
      return
    }
    value.forEachElement { element in
      visit(element, ways.filter { $0.first == "[]" }.map { $0.dropFirst() }, &found)
    }
    value.forEachField { key, field in
      let open = ways.filter { $0.first == "*" || $0.first == key }
      visit(field, open.map { $0.dropFirst() }, &found)
    }
  }

  private static func describe(_ value: JSONValue) -> String {
    switch value.kind {
    case .null: return "null"
    case .bool: return "\(value.bool ?? false)"
    case .int64, .uint64: return value.scalarText ?? "?"
    case .double: return "\(value.double ?? 0)"
    case .string:
      demand(String(validating: value.stringBytes, as: UTF8.self) != nil, "a string that is no UTF-8")
      return value.string?.debugDescription ?? "?"
    case .array:
      var parts: [String] = []
      value.forEachElement { parts.append(describe($0)) }
      return "[" + parts.joined(separator: ",") + "]"
    case .object:
      var parts: [String] = []
      value.forEachField { parts.append($0.debugDescription + ":" + describe($1)) }
      return "{" + parts.joined(separator: ",") + "}"
    }
  }

  func seeds() throws -> [[UInt8]] {
    Samples.json.flatMap { text in Self.patterns.indices.map { [UInt8($0)] + Array(text.utf8) } }
  }
}
