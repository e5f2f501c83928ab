/// A corpus of documents, a list of pairs or a file of scores could not be read; lines count from 1.
public enum StyleCorpusError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The file could not be opened, unpacked or read to its end.
  case unreadable(file: String, reason: String)
  /// The file is text in another encoding than UTF-8.
  case notUTF8(file: String, encoding: String)
  /// The file has NUL bytes, the first of them at this place.
  case binary(file: String, offset: UInt64)
  /// A text is longer than is read.
  case textTooLong(file: String, limit: Int)
  /// The file is what a platform or a phone exports, and no text of one account.
  case export(file: String, title: String)
  /// The file is a JSON array.
  case array(file: String)
  /// The file holds no document.
  case empty(file: String)
  /// A line is no JSON object.
  case malformed(file: String, line: Int, reason: String)
  /// A line is longer than is read.
  case lineTooLong(file: String, line: Int, limit: Int)
  /// A document lacks a field, or it is of the wrong kind.
  case missingField(file: String, line: Int, field: String)
  /// A split is none of fit, calib and test.
  case unknownSplit(file: String, line: Int, split: String)
  /// An id stands twice.
  case repeatedID(file: String, line: Int, id: String, first: Int)
  /// A line of pairs has not the fields split, id, id and 0 or 1.
  case badPair(file: String, line: Int, reason: String)
  /// A pair names a document that is not there.
  case unknownID(file: String, line: Int, id: String)

  /// The pairs to judge are not of both sorts.
  case oneSort(file: String, same: Int, different: Int)

  /// An account was named that is not in the file.
  case unknownAccount(file: String, id: String)
  /// An account was named of a file that is one text.
  case oneText(file: String, id: String)
  /// A file has several accounts and none was named.
  case severalAccounts(file: String, count: Int)

  /// What is wrong, where, and what to do.
  public var description: String {
    switch self {
    case .unreadable(let file, let reason): "\(file): \(reason)"
    case .notUTF8(let file, let encoding): "\(file): is text in \(encoding); save a copy as UTF-8"
    case .binary(let file, let offset):
      "\(file): is no text: byte \(offset) is NUL; give text in UTF-8, or NDJSON with an account or a document a line"
    case .textTooLong(let file, let limit):
      "\(file): the text is longer than \(limit >> 20) MB; give a part of it"
    case .export(let file, let title):
      "\(file): is no text of one account but an export (\(title)), which would seem like any other of its kind; import it into a case and link that, or give what one account wrote, without dates and names"
    case .array(let file):
      "\(file): is a JSON array; give NDJSON, one object a line (`jq -c '.[]'` makes it)"
    case .empty(let file):
      "\(file): holds no document; a line is {\"id\", \"author\", \"split\", \"side\", \"text\"} or an account with posts"
    case .malformed(let file, let line, let reason):
      "\(file):\(line): no JSON object: \(reason); a document or an account is one object on one line"
    case .lineTooLong(let file, let line, let limit):
      "\(file):\(line): the line is longer than \(limit >> 20) MB; split the document"
    case .missingField(let file, let line, let field): "\(file):\(line): has no \(field)"
    case .unknownSplit(let file, let line, let split):
      "\(file):\(line): the split is \(split); it must be fit, calib or test"
    case .repeatedID(let file, let line, let id, let first):
      "\(file):\(line): the id \(id) stands on line \(first) already; ids must be unique"
    case .badPair(let file, let line, let reason):
      "\(file):\(line): \(reason); a line is split, id, id and 1 or 0, between tabs"
    case .oneSort(let file, let same, let different):
      "\(file): of the split test \(same == 1 ? "1 pair is" : "\(same) pairs are") of one author and \(different) of two; figures need both"
    case .unknownAccount(let file, let id): "\(file): holds no account with the id \(id)"
    case .oneText(let file, let id):
      "\(file): is one text and holds no account “\(id)”; name the file alone, or give NDJSON with an account a line"
    case .severalAccounts(let file, let count):
      "\(file): holds \(count) accounts; name one of them as FILE#ID"
    case .unknownID(let file, let line, let id): "\(file):\(line): no document has the id \(id)"
    }
  }
}
