/// A stored result that cannot be used.
public enum StoreError: Error, Equatable, CustomStringConvertible {
  /// The file cannot be opened or read.
  case unreadable(file: String, reason: String)
  /// The file is something else.
  case noStore(file: String)
  /// It was written by another version of the engine or in another format.
  case otherVersion(file: String, found: String, needed: String)
  /// It is shorter or longer than it was when written.
  case otherSize(file: String, bytes: Int, expected: Int)
  /// Its contents do not agree with their checksums.
  case damaged(file: String, what: String)

  /// What is wrong, where, and what to do.
  public var description: String {
    let again = "make it anew: cognate resolve TABLES… --store FILE"
    return switch self {
    case .unreadable(let file, let reason):
      "\(file): cannot be read: \(reason); name a file that exists and can be read"
    case .noStore(let file): "\(file): is no stored result of cognate resolve --store"
    case .otherVersion(let file, let found, let needed):
      "\(file): was stored by \(found), this is \(needed); \(again)"
    case .otherSize(let file, let bytes, let expected):
      "\(file): has \(bytes) bytes and had \(expected) when it was stored; \(again)"
    case .damaged(let file, let what): "\(file): is damaged (\(what)); \(again)"
    }
  }
}
