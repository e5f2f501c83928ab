/// What is wrong with a note, a key or a checkpoint.
public enum NoteFailure: Error, Hashable, Sendable {
  /// Not in the form of a signed note: why.
  case malformed(String)
  /// Not in the form of a key: why.
  case malformedKey(String)
  /// A signature of a known key does not fit the text.
  case badSignature(key: String)
  /// No known key signed the note.
  case unsigned
  /// The checkpoint is of another log.
  case otherLog(found: String, expected: String)
}

extension NoteFailure: CustomStringConvertible {
  /// What is wrong, in a sentence.
  public var description: String {
    switch self {
    case .malformed(let why): "not a signed note: \(why)"
    case .malformedKey(let why): "not a key: \(why)"
    case .badSignature(let key): "the signature of \(key) does not fit the text"
    case .unsigned: "no known key signed this"
    case .otherLog(let found, let expected): "this checkpoint is of the log \(found), not of \(expected)"
    }
  }
}
