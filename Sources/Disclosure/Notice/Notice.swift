/// What a victim is told, in plain words: built from the items of the decision and nothing else.
public struct Notice: Hashable, Sendable {
  /// A part with a heading.
  public struct Section: Hashable, Sendable {
    /// Its heading.
    public let heading: String
    /// Its paragraphs.
    public var paragraphs: [String] = []
    /// A list below them.
    public var list: [String] = []
    /// Whether it must not be overlooked.
    public var isWarning = false
  }

  /// What the case knows, from which items are taken that nobody writes by hand.
  public struct Facts: Hashable, Sendable {
    /// Id of the disclosure: `D4`.
    public var disclosure: String
    /// The unit that answers for it.
    public var unit: String
    /// The accounts.
    public var accounts: [NoticeAccount]
    /// Accounts of the identification that were restricted or erased, of which a notice says nothing.
    public var withdrawnAccounts: Int
    /// Accounts among them that were marked as a victim's or a witness's, whatever was found about that.
    public var protectedAccounts: Int
    /// Into how many parts the last run has them, clusters and accounts alone: 1 while it joins them all.
    public var partsOfLastRun: Int
    /// First and last day on which they are known to have been used.
    public var period: ClosedRange<CivilDate>?
    /// Records of the accounts whose dates cannot be, and which the period leaves out.
    public var impossibleDates: Int
    /// The day on which the notice is made, in London.
    public var date: CivilDate

    /// Puts together what is known.
    public init(
      disclosure: String, unit: String, accounts: [NoticeAccount], withdrawnAccounts: Int = 0,
      protectedAccounts: Int = 0, partsOfLastRun: Int = 1, period: ClosedRange<CivilDate>?,
      impossibleDates: Int = 0, date: CivilDate
    ) {
      self.disclosure = disclosure
      self.unit = unit
      self.accounts = accounts
      self.withdrawnAccounts = withdrawnAccounts
      self.protectedAccounts = protectedAccounts
      self.partsOfLastRun = partsOfLastRun
      self.period = period
      self.impossibleDates = impossibleDates
      self.date = date
    }
  }

  /// What stands above it.
  public let title: String
  /// The day on which it was made.
  public let date: CivilDate
  /// Its parts, in order.
  public let sections: [Section]
  /// What whoever previews it has to know of what was left out; no part of the notice.
  public internal(set) var remarks: [String] = []

  /// A notice for a decision.
  ///
  /// - Throws: `NoticeContent.Failure` when something is given that the decision does not name, or the other way round.
  public static func telling(
    _ decision: DisclosureStep.Decision, _ content: NoticeContent, _ support: SupportContacts, _ facts: Facts
  ) throws(NoticeContent.Failure) -> Notice {
    for item in NoticeContent.written {
      if content.texts[item] != nil, !decision.items.contains(item) {
        throw NoticeContent.Failure(
          description:
            "\(item.rawValue) is not among what was decided to be told: take it out, or decide again")
      }
      if content.texts[item] == nil, decision.items.contains(item) {
        throw NoticeContent.Failure(
          description: "\(item.rawValue) was decided to be told, and the contents do not give it")
      }
    }
    guard content.wrong == nil, let status = content.status else {
      throw NoticeContent.Failure(description: "wrong belongs to a correction: take it out")
    }
    if decision.items.contains(.accounts), facts.accounts.isEmpty {
      throw NoticeContent.Failure(
        description: "the accounts were decided to be told, and all of them were restricted or erased since")
    }
    if decision.items.contains(.period), facts.period == nil {
      throw NoticeContent.Failure(
        description: "the period was decided to be told, and the case holds no dated record of the accounts"
          + (facts.impossibleDates > 0
            ? " but \(facts.impossibleDates) whose dates lie before 1995 or after their source was imported"
            : ""))
    }
    var remarks: [String] = []
    if facts.withdrawnAccounts > 0 {
      let one = facts.withdrawnAccounts == 1
      remarks.append(
        "\(facts.withdrawnAccounts) \(one ? "account" : "accounts") of the identification \(one ? "was" : "were") restricted or erased since, and \(one ? "is" : "are") left out: see that the decision still holds."
      )
    }
    var sections = [
      Section(
        heading: "Why you have this notice",
        paragraphs: [
          "You told us about contact that you did not want. We have looked into who is behind it. This notice tells you what we can tell you now.",
          "It comes from \(facts.unit). Our reference is \(facts.disclosure).",
        ])
    ]
    if let identity = content.texts[.identity] {
      sections.append(
        Section(
          heading: "Who we believe it is",
          paragraphs: [identity] + (content.texts[.relationship].map { [$0] } ?? [])))
    } else if let relationship = content.texts[.relationship] {
      sections.append(Section(heading: "How the person stands to you", paragraphs: [relationship]))
    }
    sections.append(words(status))
    if decision.items.contains(.accounts) {
      let isIdentityTold = decision.items.contains(.identity)
      sections.append(
        Section(
          heading: "The accounts", paragraphs: ["We believe that one person is behind these accounts:"],
          list: NoticeAccount.lines(facts.accounts, isIdentityTold: isIdentityTold)))
      remarks += NoticeAccount.remarks(facts.accounts, isIdentityTold: isIdentityTold)
      if facts.partsOfLastRun > 1 {
        remarks.append(
          "The last run does not join these accounts any more: it has them in \(facts.partsOfLastRun) parts. See what was found since, and that the decision still holds."
        )
      }
      if facts.protectedAccounts > 0 {
        let one = facts.protectedAccounts == 1
        remarks.append(
          "\(facts.protectedAccounts) \(one ? "account is" : "accounts are") marked as a victim's or witness's, and told of as the person's all the same: restrict what is not the person's."
        )
      }
    }
    if decision.items.contains(.period), let period = facts.period {
      sections.append(
        Section(
          heading: "When they were used",
          paragraphs: [
            "What we have seen of them is from \(period.lowerBound.inWords) to \(period.upperBound.inWords). They may have been used before or after."
          ]))
      if facts.impossibleDates > 0 {
        remarks.append(
          "The period leaves out \(facts.impossibleDates) \(facts.impossibleDates == 1 ? "record" : "records") of the accounts, dated before 1995 or after the source was imported."
        )
      }
    }
    if let conditions = content.texts[.conditions] {
      sections.append(Section(heading: "What the person must not do", paragraphs: [conditions]))
    }
    if let address = content.texts[.address] {
      sections.append(Section(heading: "Where the person lives", paragraphs: [address]))
    }
    sections.append(warning)
    sections.append(help(support))
    sections.append(Section(heading: "Questions", paragraphs: ["Ask: \(content.officer)"]))
    return Notice(title: "What we can tell you", date: facts.date, sections: sections, remarks: remarks)
  }

  /// A correction of what was told, which names everybody who gets it.
  ///
  /// - Parameters:
  ///   - recipients: everybody who was told.
  ///   - earlier: the notices that it corrects, by number and SHA-256.
  ///   - hasFallen: whether the identification was rejected or withdrawn. While it stands something else was wrong, and
  ///     nobody is to read that the person may have nothing to do with it.
  ///   - wasPersonTold: whether the earlier notice said who it is, or how the person stands to the victim.
  /// - Throws: `NoticeContent.Failure`.
  public static func correcting(
    _ content: NoticeContent, recipients: [String], earlier: [String], hasFallen: Bool, wasPersonTold: Bool,
    _ support: SupportContacts, _ facts: Facts
  ) throws(NoticeContent.Failure) -> Notice {
    guard let wrong = content.wrong else {
      throw NoticeContent.Failure(description: "a correction says what was wrong: write wrong = \"…\"")
    }
    // A correction repeats nothing of what was told in error.
    for item in NoticeContent.written where content.texts[item] != nil {
      throw NoticeContent.Failure(
        description: "\(item.rawValue) has no place in a correction: decide anew, and make a new notice")
    }
    return Notice(
      title: "A correction: \(hasFallen ? "what" : "something that") we told you was wrong", date: facts.date,
      sections: [
        Section(
          heading: "Why you have this notice",
          paragraphs: [
            sorry(hasFallen: hasFallen, wasPersonTold: wasPersonTold),
            "It comes from \(facts.unit). Our reference is \(facts.disclosure).",
          ]),
        Section(heading: "What was wrong", paragraphs: [wrong]),
        Section(
          heading: "What we ask of you",
          paragraphs: [
            hasFallen
              ? "Do not rely on the earlier notice. The person it was about may have nothing to do with what happened to you. Do not contact them or anybody near them, and do not repeat what it said."
              : "Do not rely on that part of the earlier notice, and do not repeat it. This correction is about nothing else that we told you. Do not contact the person or anybody near them.",
            "If you told somebody, tell us whom, so that we can tell them too. Give the earlier notice back, or destroy it.",
          ], isWarning: true),
        Section(
          heading: "Which notice this corrects", list: earlier.isEmpty ? ["the earlier one"] : earlier),
        Section(
          heading: "Who gets this correction", paragraphs: ["Everybody who was told:"], list: recipients),
        help(support), Section(heading: "Questions", paragraphs: ["Ask: \(content.officer)"]),
      ])
  }

  /// The whole of it as text, by which it is previewed and known: equal notices give equal text.
  public var text: String {
    var parts = [title.uppercased(), date.inWords]
    for section in sections {
      parts.append(
        ([section.heading] + section.paragraphs + section.list.map { "- " + $0 }).joined(separator: "\n"))
    }
    return parts.joined(separator: "\n\n") + "\n"
  }

  private static func sorry(hasFallen: Bool, wasPersonTold: Bool) -> String {
    switch (hasFallen, wasPersonTold) {
    case (true, true):
      "We told you who we believed was behind contact that you did not want. We were wrong, and we are sorry."
    case (true, false):
      "We told you what we had found out about contact that you did not want. It was wrong, and we are sorry."
    case (false, _):
      "Something that we told you about contact that you did not want was wrong, and we are sorry."
    }
  }

  private static func words(_ status: NoticeContent.Status) -> Section {
    switch status {
    case .suspected:
      Section(
        heading: "Where the case stands: SUSPECTED",
        paragraphs: [
          "The police suspect this person. They have not been charged, and no court has decided anything. We may be wrong."
        ])
    case .charged:
      Section(
        heading: "Where the case stands: CHARGED",
        paragraphs: [
          "This person has been charged with an offence. No court has found them guilty, and they may be found not guilty."
        ])
    case .convicted:
      Section(
        heading: "Where the case stands: CONVICTED",
        paragraphs: ["A court has found this person guilty of an offence."])
    }
  }

  private static let warning = Section(
    heading: "Please keep this to yourself",
    paragraphs: [
      "Do not share or post what is in this notice, and do not contact the person or anybody near them. It could put you in danger, it could harm somebody who has done nothing if we are wrong, and it could spoil the case.",
      "You may show it to somebody who helps you to stay safe: a support worker, a solicitor or a doctor. Keep it where the person cannot see it.",
    ], isWarning: true)

  private static func help(_ support: SupportContacts) -> Section {
    Section(heading: "Who can help you", list: support.contacts.map { "\($0.name): \($0.how)" })
  }
}

extension CivilDate {
  /// The day as people write it: `3 December 2026`.
  public var inWords: String {
    let names = [
      "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
      "November", "December",
    ]
    let (year, month, day) = parts
    return "\(day) \(names[month - 1]) \(year)"
  }
}
