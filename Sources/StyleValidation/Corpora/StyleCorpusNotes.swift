/// What of a corpus, or of one document of it, is not compared as it stands, by number.
public struct StyleCorpusNotes: Sendable, Equatable {
  /// Posts without a text (media, most often), and lists of posts that are none: left out.
  public var withoutText = 0
  /// Lines that had to be mended before they could be read: lone surrogates, invalid UTF-8, integers beyond 64 bits.
  public var mended = 0
  /// Times of posts that say nothing of the hour: without a zone, days alone, or not of ISO 8601. Their texts count.
  public var unplacedTimes = 0

  /// Nothing.
  public init() {}

  /// Nothing but what is given.
  public init(withoutText: Int, mended: Int = 0, unplacedTimes: Int = 0) {
    self.withoutText = withoutText
    self.mended = mended
    self.unplacedTimes = unplacedTimes
  }

  static func += (left: inout Self, right: Self) {
    left.withoutText += right.withoutText
    left.mended += right.mended
    left.unplacedTimes += right.unplacedTimes
  }
}
