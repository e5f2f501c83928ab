internal import Disclosure

/// A record is written in the order of time. A machine whose clock was put back would else set the confirmation (T0), and
/// every due date that follows from it, in the past.
enum RecordOrder {
  /// Refuses to write a line that is dated before the last one.
  ///
  /// - Parameters:
  ///   - record: its id.
  ///   - last: when its last line was written, in seconds since 1970 UTC; nil when it has none.
  ///   - time: the time of the next one.
  static func check(_ record: String, last: Int64?, _ time: Int64) throws(Refusal) {
    guard let last, time < last else { return }
    throw .dateOutOfRange(
      what: "the time \(Instant.text(time))",
      why:
        "it is before the last line of \(record), \(Instant.text(last)). Set this machine's clock right; if it was wrong then, withdraw the identification and begin anew"
    )
  }
}
