import AccountModel
import Glibc

/// What it weighs that two sources give the same messages of one conversation to two accounts (`ConversationCopies`).
///
/// Of one controller nine of ten copies agree so far, as some are cut short or edited. Of two it takes a source that somebody
/// edited or made up, one in ten thousand, or few messages that agree by chance, each of them in one of ten. Proposals as all
/// weights here.
enum CopyWeight {
  static let m = 0.9
  static let falsified = 1e-4

  /// log10 of the likelihood ratio, to the hundredth.
  static func log10LR(messages: Int) -> Double {
    let chance = max(Glibc.pow(10, -Double(messages)), falsified)
    return (Glibc.log10(m / chance) * 100).rounded() / 100
  }

  static func item(_ copy: LinkageInput.Copy) -> EvidenceItem {
    EvidenceItem(
      family: .sharedMessage, group: "shared-message", rule: "same-conversation", log10LR: 0,
      log10LRAlone: log10LR(messages: copy.messages),
      statement:
        "Two sources show the same conversation: \(copy.messages) messages that the one gives to this account the other gives"
        + " to that, in the same words at the same times. A source that somebody edited or made up may be wrong in it.",
      references: copy.references, refersToRecords: true)
  }
}
