/// How the name of a conversation ends of which an export shows that more than two take part, whoever of them wrote.
///
/// Where two wrote in such a one, they need not have written to each other.
public enum GroupConversation {
  /// The end of its name.
  public static let mark = " (group)"

  /// The name under which a conversation is kept: people name chats, and none but a group's may end as that of a group.
  public static func name(_ name: String, isGroup: Bool) -> String {
    isGroup ? name + mark : name.hasSuffix(mark) ? name + " [chat]" : name
  }
}
