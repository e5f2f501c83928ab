internal import AccountModel

/// Channels that are no conversation of two, whoever wrote in them: what stands in one was written in many places, or passed
/// on in a chat of more (`BorrowedChannels`), and its authors need never have met; or it is a group (`GroupConversation`).
enum SharedPlaces {
  /// Condition over `channel_author`, for SQL: that the channel is none of these. The first name is the reader's of downloads
  /// of Facebook, which do not say under which of the owner's pictures a comment stands.
  static let areLeftOut = """
    NOT EXISTS (
      SELECT 1 FROM channel WHERE channel.source = channel_author.source
        AND channel.number = channel_author.channel
        AND (channel.name = 'comments under pictures' OR \(BorrowedChannels.areThese)
          OR substr(channel.name, -\(GroupConversation.mark.count)) = '\(GroupConversation.mark)'))
    """
}
