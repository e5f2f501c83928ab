import Columns

/// A table could not be read; the line is where the fault begins, from 1.
public enum TableError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The file could not be opened or read.
  case unreadable(path: String, reason: String)
  /// There is no header line.
  case empty(path: String)
  /// There is a header and no line below it.
  case noRecords(path: String)
  /// The header has none of the columns that are needed.
  case missingColumn(path: String, wanted: [String], found: [String])
  /// A quoted field is never closed.
  case unclosedQuote(path: String, line: Int)
  /// Text follows a closing quote, or a quote stands inside an unquoted field.
  case strayQuote(path: String, line: Int)
  /// A line has too few fields to reach the columns that are needed.
  case shortLine(path: String, line: Int, fields: Int)
  /// An id or a cluster is empty: read as a name, it would put all such lines into one cluster.
  case emptyCell(path: String, line: Int, column: String)
  /// An id stands twice in different clusters.
  case conflictingID(path: String, line: Int, id: String)
  /// No id of the truth stands in the clusters, so that nothing can be scored.
  case noCommonID(truth: String, clusters: String)

  /// What is wrong, where, and what to do.
  public var description: String {
    switch self {
    case .unreadable(let path, let reason):
      "\(path): cannot be read: \(reason); name a file that exists and can be read"
    case .empty(let path): "\(path): the file is empty; a header line with unique_id and cluster_id is needed"
    case .noRecords(let path): "\(path): there is no line below the header, so that there is nothing to score"
    case .missingColumn(let path, let wanted, let found):
      "\(path):1: no column \(wanted.joined(separator: " or ")) among \(found.joined(separator: ", "))"
    case .unclosedQuote(let path, let line): "\(path):\(line): the quote that opens here is never closed"
    case .strayQuote(let path, let line): "\(path):\(line): a quote inside a field must be doubled (RFC 4180)"
    case .shortLine(let path, let line, let fields):
      "\(path):\(line): only \(fields) fields; the columns of the header are needed"
    case .emptyCell(let path, let line, let column):
      "\(path):\(line): \(column) is empty; each line needs an id and a cluster"
    case .conflictingID(let path, let line, let id):
      "\(path):\(line): \(id) stands in two clusters; an id may stand in one only"
    case .noCommonID(let truth, let clusters):
      "\(clusters): has none of the ids of \(truth); ids are compared as they are written, so that 01 is not 1"
    }
  }
}

extension DelimitedRows {
  /// Moves to the next record of the table at a path; false at the end.
  mutating func next(of path: String) throws(TableError) -> Bool {
    do { return try next() } catch {
      switch error {
      case .unclosedQuote(let line): throw .unclosedQuote(path: path, line: line)
      case .strayQuote(let line): throw .strayQuote(path: path, line: line)
      }
    }
  }
}
