import Foundation

/// Whether entries are dated in the order in which they were written. A date that falls is no fault of the log: it says
/// that a machine's clock was changed, which is for somebody to look at.
struct EntryDates {
  /// How far a clock is put right without anybody's doing, in seconds.
  private static let slack: TimeInterval = 60

  private var latest = ""
  private var fallen = 0
  private var furthest: (index: UInt64, at: String, after: String, seconds: TimeInterval)?

  /// Takes the next entry.
  ///
  /// - Parameter at: ISO 8601 in UTC, as entries have it, so that times compare as texts do.
  mutating func note(_ at: String, _ index: UInt64) {
    guard at < latest else {
      latest = at
      return
    }
    let form = Date.ISO8601FormatStyle()
    guard let time = try? form.parse(at), let last = try? form.parse(latest) else { return }
    let seconds = last.timeIntervalSince(time)
    guard seconds > Self.slack else { return }
    fallen += 1
    if seconds > furthest?.seconds ?? 0 { furthest = (index, at, latest, seconds) }
  }

  /// What there is to say, in words; nil when the dates rise.
  var remark: String? {
    guard let furthest else { return nil }
    let many = fallen == 1 ? "1 entry is" : "\(fallen) entries are"
    return
      "\(many) dated before what was written earlier; the furthest is entry \(furthest.index) of \(furthest.at), after one of \(furthest.after). A machine's clock was changed: times and due dates of that while are to be doubted."
  }
}
