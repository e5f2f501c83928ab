import Columns
import Foundation

/// Why decisions about records cannot be used.
public enum JudgementError: Error, Equatable, CustomStringConvertible {
  /// The file cannot be opened or read.
  case unreadable(file: String, reason: String)
  /// The header has not the columns that are needed.
  case missingColumn(file: String, name: String)
  /// A quote that is never closed, or stands where none may.
  case badQuote(file: String, line: Int)
  /// A line with fewer fields than are needed.
  case shortLine(file: String, line: Int)
  /// A word that is no decision.
  case noJudgement(file: String, line: Int, text: String)
  /// An id that no table has.
  case noSuchRecord(file: String, line: Int, id: String)
  /// A record judged with itself.
  case oneRecord(file: String, line: Int, id: String)
  /// Two lines that contradict each other.
  case contradiction(file: String, line: Int, earlier: Int)
  /// Labels that are all the same: nothing can be learnt from them.
  case oneClass(file: String, isSame: Bool?)

  /// What is wrong, where, and what to do.
  public var description: String {
    switch self {
    case .unreadable(let file, let reason):
      "\(file): cannot be read: \(reason); name a file that exists and can be read"
    case .missingColumn(let file, let name):
      "\(file), line 1: no column \(name); needed are id_l, id_r and judgement, or label for --labels"
    case .badQuote(let file, let line):
      "\(file), line \(line): a quote is never closed or not doubled (RFC 4180)"
    case .shortLine(let file, let line): "\(file), line \(line): fewer fields than the header has"
    case .noJudgement(let file, let line, let text):
      "\(file), line \(line): \(VisibleName.quote(text)) is no judgement; write same, different or unsure (labels: 1 or 0 as well)"
    case .noSuchRecord(let file, let line, let id):
      "\(file), line \(line): no record has the id \(VisibleName.quote(id))"
    case .oneRecord(let file, let line, let id):
      "\(file), line \(line): \(VisibleName.quote(id)) stands on both sides"
    case .contradiction(let file, let line, let earlier):
      "\(file), line \(line): says the contrary of line \(earlier); take one of the two out"
    case .oneClass(let file, nil): "\(file): no pair has a label"
    case .oneClass(let file, .some(let isSame)):
      "\(file): all pairs are labelled \(isSame ? "same" : "different"); probabilities can be learnt from both only"
    }
  }
}

/// What humans decided about pairs of records: which are of one origin, and which are not.
public struct RecordJudgements: Sendable {
  /// A decision.
  public struct Judgement: Sendable, Hashable {
    /// The lower record.
    public let left: UInt32
    /// The higher record.
    public let right: UInt32
    /// Whether the two are of one origin.
    public let isSame: Bool
  }

  static let columns = ["id_l", "id_r", "judgement"]
  static let labelColumns = ["id_l", "id_r", "label"]

  /// The decisions, each pair once, by record.
  public private(set) var judgements: [Judgement] = []

  /// The records that were judged.
  var records: [UInt32] { judgements.flatMap { [$0.left, $0.right] } }

  /// No decision.
  public init() {}

  /// Reads a CSV file with the columns id_l, id_r and judgement, which says same, different or unsure; other columns
  /// are passed over, and so are lines that say unsure or nothing. A file of edges with a column added will do.
  public init(path: String, for table: Table) throws(JudgementError) {
    try self.init(path: path, columns: Self.columns, for: table)
  }

  /// Reads decisions from columns of other names. Beside the words, 1 and 0 are understood as same and different in a
  /// column of labels.
  init(path: String, columns: [String], for table: Table) throws(JudgementError) {
    let bytes = try Self.bytes(of: path)
    var result: Result<[Line], JudgementError> = .success([])
    var ids = Interner()
    bytes.withUnsafeBytes { raw in
      do throws(JudgementError) {
        result = .success(try Self.lines(raw.bindMemory(to: UInt8.self), path, columns, &ids))
      } catch { result = .failure(error) }
    }
    let lines = try result.get()
    var recordOfID = [UInt32](repeating: .max, count: ids.count)
    for record in 0..<table.recordCount {
      if let id = ids.find(table.idText(record)) {
        recordOfID[Int(id.raw)] = UInt32(truncatingIfNeeded: record)
      }
    }
    var all: [(judgement: Judgement, line: Int)] = []
    for line in lines {
      let (one, other) = (recordOfID[Int(line.left.raw)], recordOfID[Int(line.right.raw)])
      for (record, id) in [(one, line.left), (other, line.right)] where record == .max {
        throw .noSuchRecord(file: path, line: line.number, id: ids.string(id))
      }
      if one == other { throw .oneRecord(file: path, line: line.number, id: ids.string(line.left)) }
      all.append(
        (Judgement(left: min(one, other), right: max(one, other), isSame: line.isSame), line.number))
    }
    all.sort {
      let (one, other) = ($0.judgement, $1.judgement)
      if one.left != other.left { return one.left < other.left }
      return one.right != other.right ? one.right < other.right : $0.line < $1.line
    }
    for (judgement, line) in all {
      guard let last = judgements.last, (last.left, last.right) == (judgement.left, judgement.right) else {
        judgements.append(judgement)
        continue
      }
      if last.isSame != judgement.isSame {
        let earlier = all.first { $0.judgement == last }?.line ?? 0
        throw .contradiction(file: path, line: line, earlier: earlier)
      }
    }
  }

  private struct Line {
    let left: TokenID
    let right: TokenID
    let isSame: Bool
    let number: Int
  }

  private static func lines(
    _ bytes: UnsafeBufferPointer<UInt8>, _ path: String, _ columns: [String], _ ids: inout Interner
  ) throws(JudgementError) -> [Line] {
    var rows = DelimitedRows(bytes)
    let header = try rows.next(of: path) ? (0..<rows.count).map { rows.string($0) } : []
    var places: [Int] = []
    for name in columns {
      guard let place = header.firstIndex(of: name) else { throw .missingColumn(file: path, name: name) }
      places.append(place)
    }
    var lines: [Line] = []
    while try rows.next(of: path) {
      guard rows.count > max(places[0], places[1], places[2]) else {
        throw .shortLine(file: path, line: rows.line)
      }
      let written = rows.string(places[2])
      var verdict = written
      if columns == labelColumns, let word = ["1": "same", "0": "different"][written] { verdict = word }
      switch verdict {
      case "same", "different":
        lines.append(
          Line(
            left: rows.withField(places[0]) { ids.intern($0) },
            right: rows.withField(places[1]) { ids.intern($0) }, isSame: verdict == "same",
            number: rows.line))
      case "unsure", "": break
      default: throw .noJudgement(file: path, line: rows.line, text: written)
      }
    }
    return lines
  }

  private static func bytes(of path: String) throws(JudgementError) -> Data {
    do {
      return try Data(contentsOf: URL(fileURLWithPath: path), options: .mappedIfSafe)
    } catch {
      let isThere = FileManager.default.fileExists(atPath: path)
      throw .unreadable(
        file: path, reason: isThere ? "it is no file that may be read" : "there is no such file")
    }
  }
}

extension DelimitedRows {
  fileprivate mutating func next(of path: String) throws(JudgementError) -> Bool {
    do { return try next() } catch {
      switch error {
      case .unclosedQuote(let line), .strayQuote(let line): throw .badQuote(file: path, line: line)
      }
    }
  }
}
