/// An account cannot be measured.
public enum StyleProfileError: Error, Sendable, Equatable, CustomStringConvertible {
  /// There is no memory for its counted n-grams: bytes of its text, and bytes that were asked for.
  case noMemory(textBytes: Int, wanted: Int)

  /// What is wrong and what to do.
  public var description: String {
    switch self {
    case .noMemory(let textBytes, let wanted):
      "an account with \(textBytes) bytes of text cannot be measured: there is no memory for \(wanted) bytes of counted n-grams; give this program more memory, or leave out a part of the account's posts"
    }
  }
}
