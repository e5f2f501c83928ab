internal import Disclosure
public import Foundation

/// Histories in a file: a line of JSON that says what they are, then one line a disclosure.
///
///     {"histories":1,"as_at":1798675200,"rule_sets":{"county-2024-01":"version = …"}}
///     {"case":"CR/1/26","id":"D4", …}
///
/// The format of the lines is `HistoryLine`. Rule sets stand in the file as TOML, as due dates depend on them; the
/// proposal of this version is known without.
public struct HistoryFile: Sendable {
  /// What a file cannot be read for.
  public struct Failure: Error, Sendable, CustomStringConvertible {
    /// Where, and what is wrong.
    public let description: String
  }

  private struct Header: Codable {
    var histories: Int
    var asAt: Int64?
    var ruleSets: [String: String]?

    enum CodingKeys: String, CodingKey { case histories, asAt = "as_at", ruleSets = "rule_sets" }
  }

  /// When the histories were written out, in seconds since 1970 UTC; nil when the file does not say.
  public let asAt: Int64?
  /// The disclosures, in the order of the file.
  public let disclosures: [AuditMaterial.Told]
  /// The latest time in any line.
  public let lastTime: Int64

  /// Reads a file.
  ///
  /// - Parameters:
  ///   - bytes: the file.
  ///   - name: what to call it in errors.
  ///   - threads: lines are decoded on so many; the result does not depend on it.
  /// - Throws: `Failure`, with the line.
  public init(_ bytes: Data, name: String, threads: Int = 1) throws {
    let lines = Self.lines(of: bytes)
    guard let first = lines.first,
      let header = try? JSONDecoder().decode(Header.self, from: bytes[first]), header.histories == 1
    else {
      throw Failure(
        description: "\(name), line 1: this is no file of histories; it begins with {\"histories\":1, …}")
    }
    if let asAt = header.asAt, !LondonTime.instants.contains(asAt) {
      throw Failure(description: "\(name), line 1: as_at lies outside the years 1 to 9999")
    }
    asAt = header.asAt
    var rules = [RuleSet.proposal.version: RuleSet.proposal]
    for (version, text) in (header.ruleSets ?? [:]).sorted(by: { $0.key < $1.key }) {
      let set: RuleSet
      do throws(RuleSet.Failure) { set = try RuleSet(toml: text) } catch {
        throw Failure(description: "\(name), line 1, rule set \(version): \(error)")
      }
      guard set.version == version else {
        throw Failure(description: "\(name), line 1, rule set \(version): it calls itself \(set.version)")
      }
      rules[version] = set
    }
    let rest = Array(lines.dropFirst())
    let parts = max(1, min(threads, rest.count / 256))
    let ranges = (0..<parts).map { (rest.count * $0 / parts)..<(rest.count * ($0 + 1) / parts) }
    let known = rules
    let results = Batches<Result<[AuditMaterial.Told], Failure>>(count: parts)
    DispatchQueue.concurrentPerform(iterations: parts) { part in
      results.set(part, Self.read(bytes, rest[ranges[part]], from: ranges[part].lowerBound + 2, name, known))
    }
    disclosures = try results.all.flatMap { try $0.get() }
    lastTime = disclosures.flatMap { $0.history.entries.map { max($0.time, $0.recordedAt) } }.max() ?? 0
  }

  /// Where the lines are. `Data.split` asks for each byte by itself, which took a fifth of the whole report.
  private static func lines(of bytes: Data) -> [Range<Int>] {
    bytes.withUnsafeBytes { buffer in
      var ranges: [Range<Int>] = []
      var start = 0
      while start < buffer.count, let base = buffer.baseAddress {
        // Safe: `start` is below the count, and memchr looks at the rest only.
        let found = memchr(base + start, 0x0A, buffer.count - start)
        let end = found.map { UnsafeRawPointer($0) - base } ?? buffer.count
        ranges.append(bytes.startIndex + start..<bytes.startIndex + end)
        start = end + 1
      }
      return ranges
    }
  }

  private static func read(
    _ bytes: Data, _ lines: ArraySlice<Range<Int>>, from number: Int, _ name: String,
    _ rules: [String: RuleSet]
  ) -> Result<[AuditMaterial.Told], Failure> {
    let decoder = JSONDecoder()
    var told: [AuditMaterial.Told] = []
    told.reserveCapacity(lines.count)
    for (place, range) in lines.enumerated() where !range.isEmpty {
      let line: HistoryLine
      do { line = try decoder.decode(HistoryLine.self, from: bytes[range]) } catch {
        return .failure(Failure(description: "\(name), line \(number + place): \(Self.explain(error))"))
      }
      guard line.times.allSatisfy(LondonTime.instants.contains) else {
        return .failure(
          Failure(
            description:
              "\(name), line \(number + place): a time lies outside the years 1 to 9999; times are seconds since 1970 UTC"
          ))
      }
      guard let set = rules[line.rules] else {
        return .failure(
          Failure(
            description:
              "\(name), line \(number + place): rule set \(line.rules) is not in the file; give it in rule_sets of line 1"
          ))
      }
      told.append(AuditMaterial.Told(caseReference: line.caseReference, history: line.history(set)))
    }
    return .success(told)
  }

  private static func explain(_ error: any Error) -> String {
    switch error as? DecodingError {
    case .keyNotFound(let key, _): "\(key.stringValue) is missing"
    case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
      context.codingPath.map(\.stringValue).joined(separator: ".") + ": " + context.debugDescription
    default: "it is not a history"
    }
  }
}

extension HistoryLine {
  /// Every instant in it.
  fileprivate var times: [Int64] {
    [basis.confirmedAt, basis.endedAt].compactMap { $0 }
      + entries.flatMap { entry -> [Int64] in
        let told: Int64? =
          switch entry.content?.event {
          case .occurrence(_, let at), .told(_, let at, _), .step(.becomeDue(let at)): at
          case .heldBack(_, _, let confirmedAt): confirmedAt
          default: nil
          }
        return [entry.time, entry.recordedAt] + (told.map { [$0] } ?? [])
      }
  }
}

/// Results of parallel parts, each set once.
private final class Batches<Value: Sendable>: @unchecked Sendable {
  private let lock = NSLock()
  private var values: [Value?]

  init(count: Int) { values = Array(repeating: nil, count: count) }

  func set(_ place: Int, _ value: Value) { lock.withLock { values[place] = value } }

  /// In order of the parts.
  var all: [Value] { lock.withLock { values.compactMap { $0 } } }
}
