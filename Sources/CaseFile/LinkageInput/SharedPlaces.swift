/// Channels that are no conversation: what stands in one was written in many places, or passed on in a chat of more
/// (`BorrowedChannels`), and its authors need never have met.
enum SharedPlaces {
  /// Condition over `channel_author`, for SQL: that the channel is none of these. The name is the reader's of downloads of
  /// Facebook, which do not say under which of the owner's pictures a comment stands.
  static let areLeftOut = """
    NOT EXISTS (
      SELECT 1 FROM channel WHERE channel.source = channel_author.source
        AND channel.number = channel_author.channel
        AND (channel.name = 'comments under pictures' OR \(BorrowedChannels.areThese)))
    """
}
