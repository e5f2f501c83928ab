internal import CaseFile
import Foundation

/// Times of the records: seconds since 1970 UTC.
enum Instant {
  /// ISO 8601 in UTC.
  static func text(_ seconds: Int64) -> String {
    CaseDatabase.timestamp(Date(timeIntervalSince1970: Double(seconds)))
  }

  /// The second that a time lies in.
  static func seconds(_ date: Date) -> Int64 { Int64(date.timeIntervalSince1970.rounded(.down)) }
}
