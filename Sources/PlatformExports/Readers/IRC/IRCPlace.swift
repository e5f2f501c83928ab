internal import AccountModel

/// Where in a log something stands, and what it is written into.
struct IRCPlace {
  let writer: RecordWriter
  let locator: Locator
  /// The place in words that tell it from others of its source.
  let words: String
}
