/// A model of styles cannot be read.
public indirect enum StyleModelError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The file cannot be opened or read.
  case unreadable(file: String, reason: String)
  /// What is wrong with a file that could be read.
  case unusable(file: String, StyleModelError)
  /// It is a file of another kind.
  case notAModel
  /// It is a file of another kind than an embedding.
  case notAnEmbedding
  /// It is a file of another kind than an encoder.
  case notAnEncoder
  /// It was made by another version of this program.
  case otherVersion(UInt32)
  /// It is cut short, or bytes of it were changed.
  case damaged
  /// A part is missing or of the wrong size.
  case lacks(section: String)
  /// It was not validated in a domain of this name, only in those known.
  case unknownDomain(String, known: [String])
  /// There is nothing to calibrate by: pairs of one author and pairs of two are needed.
  case tooFewPairs(same: Int, different: Int, needed: Int)

  /// What is wrong and what to do.
  public var description: String {
    switch self {
    case .unreadable(let file, let reason): "\(file): \(reason)"
    case .unusable(let file, let error): "\(file): \(error)"
    case .notAnEmbedding:
      "this is no embedding, as Corpora/style/embedding.py writes it; “built-in” and “none” may be named as well"
    case .notAnEncoder:
      "this is no encoder, as Corpora/style/encoder.py writes it; “built-in” and “none” may be named as well"
    case .notAModel: "this is no model of styles; `cognate style train` makes one"
    case .otherVersion(let version):
      "the model is of version \(version), this program reads version \(ModelArchive.version); train it again"
    case .damaged: "it is damaged, cut short or changed: copy it or train it again"
    case .lacks(let section): "the model has no sound part “\(section)”; train it again"
    case .unknownDomain(let domain, let known):
      "the model was not validated in a domain “\(domain)”, only in: \(known.isEmpty ? "none" : known.joined(separator: ", ")); `cognate style train --from` adds one"
    case .tooFewPairs(let same, let different, let needed):
      "there \(same == 1 ? "is 1 pair" : "are \(same) pairs") of one author and \(different) of two to calibrate by; at least \(needed) of each are needed"
    }
  }
}
