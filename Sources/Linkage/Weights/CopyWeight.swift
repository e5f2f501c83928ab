import AccountModel
import Glibc

/// What it weighs that two sources give the same messages of one conversation to two accounts (`ConversationCopies`).
///
/// Of one controller nine of ten copies agree so far, as some are cut short or edited. Of two it takes a source that somebody
/// edited or made up, one in ten thousand, or few messages that agree by chance, each of them in one of ten. What is brief
/// is one coincidence however many they are: customers of one bot press the same buttons at one pace, and clocks that may
/// differ by any quarter of an hour put one in five of such chats of a day beside each other. Proposals as all weights here.
enum CopyWeight {
  static let m = 0.9
  static let falsified = 1e-4
  /// What a brief copy counts as, in messages.
  static let messagesOfBrief = 3

  /// log10 of the likelihood ratio, to the hundredth.
  static func log10LR(_ copy: LinkageInput.Copy) -> Double {
    let messages = copy.isBrief ? min(copy.messages, messagesOfBrief) : copy.messages
    let chance = max(Glibc.pow(10, -Double(messages)), falsified)
    return (Glibc.log10(m / chance) * 100).rounded() / 100
  }

  static func item(_ copy: LinkageInput.Copy) -> EvidenceItem {
    EvidenceItem(
      family: .sharedMessage, group: "shared-message", rule: "same-conversation", log10LR: 0,
      log10LRAlone: log10LR(copy),
      statement:
        "Two sources show the same conversation: \(copy.messages) messages that the one gives to this account the other gives"
        + " to that, in the same words at the same times."
        + (copy.isBrief
          ? " All stand within a quarter of an hour, by clocks that differ: two whom one program asks may answer so as well."
          : "") + " A source that somebody edited or made up may be wrong in it.",
      references: copy.references, refersToRecords: true)
  }
}
