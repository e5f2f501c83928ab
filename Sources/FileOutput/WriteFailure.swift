import Glibc

/// A file that cannot be written.
public struct WriteFailure: Error, Sendable, CustomStringConvertible {
  /// The file.
  public let path: String
  /// The system's reason.
  public let reason: String
  /// What and why.
  public var description: String { "\(path): cannot be written: \(reason)" }

  /// A failure with a reason.
  public init(path: String, reason: String) {
    self.path = path
    self.reason = reason
  }

  /// A failure with the system's last error as its reason.
  public init(_ path: String) { self.init(path: path, reason: String(cString: strerror(errno))) }
}
