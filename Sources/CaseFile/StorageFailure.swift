internal import Foundation
internal import GRDB

/// Why a case could not be read or written, in words for the person at the keyboard.
public struct StorageFailure: Error, Sendable, Equatable, CustomStringConvertible {
  /// What is wrong and what to do.
  public let description: String
  /// Whether the database is damaged, as against a disk or rights that do not let it be used.
  public let isDamage: Bool

  /// Explains an error of the database or the file system; nil for any other.
  ///
  /// - Parameter place: the case, where it is known.
  public init?(_ error: any Error, at place: String? = nil) {
    isDamage = (error as? DatabaseError)?.resultCode == .SQLITE_CORRUPT
    if let error = error as? DatabaseError {
      description = (place.map { "\($0): " } ?? "") + Self.explain(error)
    } else if let error = error as? CocoaError {
      let path = (error.userInfo[NSFilePathErrorKey] as? String).map { "\($0): " } ?? ""
      let cause = (error.userInfo[NSUnderlyingErrorKey] as? any Error).map { "\($0.localizedDescription)" }
      description = "\(path)\(cause ?? error.localizedDescription)"
    } else {
      return nil
    }
  }

  private static func explain(_ error: DatabaseError) -> String {
    let cause = error.message ?? "SQLite error \(error.resultCode.rawValue)"
    switch error.resultCode {
    case .SQLITE_FULL:
      return
        "The disk is full: \(cause). What was under way was not stored; what was stored before stays. Free some space and run the command again."
    case .SQLITE_BUSY, .SQLITE_LOCKED:
      return
        "Another process is writing to the case. What was under way was not stored. Wait for it and run the command again."
    case .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_AUTH:
      return
        "The case cannot be written: \(cause). Check that its folder is yours and that the disk is not read-only."
    case .SQLITE_IOERR:
      return
        "The disk failed: \(cause). What was under way was not stored. Copy the case to a sound disk and work there."
    case .SQLITE_CORRUPT:
      return "The case's database is damaged: \(cause). Keep it as it is and go on from the last good copy."
    default: return "The case's database reports: \(error)"
    }
  }
}
