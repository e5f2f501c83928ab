internal import AccountModel
internal import Identifiers

/// Counts messages whose id says another time than the one that is written beside it.
///
/// Platforms that make a message's id from the moment at which it was sent leave two times, so that one of the two was
/// edited, or set by a program, where they differ. Which one nobody can tell from the file: both stay as they are.
struct SnowflakeCheck {
  private let scheme: EmbeddedTime.Scheme
  private let tolerance: Int64
  /// What it means that the two differ, as a clause.
  private let meaning: String
  private var count = 0
  private var first = ""

  /// - Parameter tolerance: how far the two may lie apart, in microseconds.
  init(
    _ scheme: EmbeddedTime.Scheme = .discordSnowflake, tolerance: Int64 = 1_000_000,
    meaning: String = "one of the two was edited"
  ) {
    self.scheme = scheme
    self.tolerance = tolerance
    self.meaning = meaning
  }

  /// Holds an id against a time.
  mutating func judge(_ id: String, _ time: ObservedTime, _ locator: Locator, _ writer: RecordWriter) {
    guard EmbeddedTime.agrees(id, scheme: scheme, with: time, tolerance: tolerance) == false else { return }
    if count == 0 { first = writer.describe(locator) }
    count += 1
  }

  /// Notes how many differ, if any do.
  func report(to writer: RecordWriter) {
    guard count > 0 else { return }
    let messages =
      count == 1
      ? "1 message has an id that says another time than the one beside it"
      : "\(count) messages have ids that say other times than those beside them"
    writer.note("\(messages): \(meaning). Nothing was corrected; the first is \(first).")
  }
}
