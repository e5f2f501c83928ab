internal import AccountModel
internal import Identifiers

/// Counts messages whose id says another time than the one that is written beside it.
///
/// Discord makes a message's id from the moment at which it was sent, so that one of the two was edited where they
/// differ. Which one nobody can tell from the file: both stay as they are.
struct SnowflakeCheck {
  private var count = 0
  private var first = ""

  /// Holds an id against a time.
  mutating func judge(_ id: String, _ time: ObservedTime, _ locator: Locator, _ writer: RecordWriter) {
    guard EmbeddedTime.agrees(id, scheme: .discordSnowflake, with: time) == false else { return }
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
    writer.note(
      "\(messages): one of the two was edited. Nothing was corrected; the first is \(first).")
  }
}
