import AccountModel

/// What it weighs that two sources give the same messages of one conversation to two accounts (`ConversationCopies`).
///
/// Of one controller that is certain. Of two it takes a source that somebody edited or made up, one in ten thousand, or few
/// messages that agree by chance, of which each further one does so in one of ten. Proposals as all weights here.
enum CopyWeight {
  static let cap = 4.0

  /// log10 of the likelihood ratio.
  static func log10LR(messages: Int) -> Double { min(Double(messages), cap) }

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
