import AccountModel
import Dispatch
import Identifiers

/// Everything that is known between pairs of accounts: shared keys, declared links, conflicts.
///
/// Pure: the result does not depend on the number of threads, as pairs are cut into ranges and the results
/// joined in order.
struct Comparator {
  typealias Pair = WritingComparison.Pair

  let input: LinkageInput
  /// log10 LR from which pairs are linked.
  private let threshold: Double
  /// The most that writing may weigh for one controller.
  private let writingLimit: Double
  private let keys: KeyComparison
  /// Dates of birth of each account, with the sighting that gave each.
  let birthDates: [UInt32: [(key: KeyNode, reference: Int64)]]
  private let links: [Pair: [LinkageInput.DeclaredLink]]
  private let profileLinks: [Pair: [LinkageInput.DeclaredLink]]
  let conversations: [Pair: LinkageInput.Conversation]
  /// Of each pair the succession that weighs most.
  private let successions: [Pair: LinkageInput.Succession]
  private let repetitions: [Pair: LinkageInput.Repetition]
  private let copies: [Pair: LinkageInput.Copy]

  /// - Parameter threshold: log10 LR from which pairs are linked.
  init(_ input: LinkageInput, _ index: InvertedIndex, threshold: Double) {
    self.input = input
    self.threshold = threshold
    writingLimit = WeightTable.writingLimit(threshold: threshold)
    keys = KeyComparison(input: input, index: index, threshold: threshold)
    var births: [UInt32: [(key: KeyNode, reference: Int64)]] = [:]
    for sighting in input.sightings {
      let key = input.keys[Int(sighting.key.raw)]
      guard key.kind == .dateOfBirth, sighting.rule.isEmpty, WeightTable.isUsable(key) else { continue }
      if births[sighting.account.raw]?.contains(where: { $0.key == sighting.key }) != true {
        births[sighting.account.raw, default: []].append((sighting.key, sighting.reference))
      }
    }
    birthDates = births
    links = Dictionary(grouping: input.declaredLinks.filter { $0.from != $0.to }) { Pair($0.from, $0.to) }
    profileLinks = Dictionary(grouping: input.profileLinks.filter { $0.from != $0.to }) {
      Pair($0.from, $0.to)
    }
    conversations = Dictionary(
      input.conversations.map { (Pair($0.left, $0.right), $0) },
      // Of two exports of one conversation the longer tells; the order of imports does not.
      uniquingKeysWith: { $1.messages > $0.messages ? $1 : $0 })
    successions = Dictionary(
      input.successions.filter { $0.blocked != $0.newcomer && SuccessionWeight.log10LR($0) > 0 }
        .map { (Pair($0.blocked, $0.newcomer), $0) },
      uniquingKeysWith: SuccessionWeight.weightier)
    repetitions = Dictionary(
      input.repetitions.filter { $0.left != $0.right }.map { (Pair($0.left, $0.right), $0) },
      uniquingKeysWith: { one, _ in one })
    copies = Dictionary(
      input.copies.filter { $0.left != $0.right }.map { (Pair($0.left, $0.right), $0) },
      uniquingKeysWith: { one, _ in one })
  }

  /// The evidence of every candidate pair, by pair.
  func evidence(_ candidates: CandidatePairs, threads: Int) -> [PairEvidence] {
    // Ranges of `shared` that hold one pair each, and the pairs that only a declared link, their texts or a block propose.
    let shared = candidates.shared
    let starts = shared.indices.filter { position in
      position == 0 || shared[position - 1].left != shared[position].left
        || shared[position - 1].right != shared[position].right
    }
    let proposed = Set(starts.map { Pair(shared[$0].left, shared[$0].right) })
    let further = Set(links.keys).union(profileLinks.keys).union(input.writing?.candidates ?? [])
      .union(successions.keys).union(repetitions.keys).union(copies.keys)
      .filter { $0.left != $0.right && !proposed.contains($0) }.sorted()
    input.writing?.prepare(proposed + further)

    let blockSize = 4096
    let blocks = (starts.count + blockSize - 1) / blockSize
    nonisolated(unsafe) var results = [[PairEvidence]](repeating: [], count: blocks)
    let compute: @Sendable (Int) -> [PairEvidence] = { block in
      (block * blockSize..<min((block + 1) * blockSize, starts.count)).map { number in
        let end = number + 1 < starts.count ? starts[number + 1] : shared.count
        let (left, right) = (shared[starts[number]].left, shared[starts[number]].right)
        return pairEvidence(
          left, right, Array(shared[starts[number]..<end]) + candidates.support(left, right))
      }
    }
    if threads > 1, blocks > 1 {
      results.withUnsafeMutableBufferPointer { buffer in
        // Safe: each iteration writes its own element only.
        nonisolated(unsafe) let slots = buffer
        DispatchQueue.concurrentPerform(iterations: blocks) { slots[$0] = compute($0) }
      }
    } else {
      for block in 0..<blocks { results[block] = compute(block) }
    }
    let all =
      results.flatMap { $0 }
      + further.map { pairEvidence($0.left, $0.right, candidates.support($0.left, $0.right)) }
    return all.sorted { $0.left != $1.left ? $0.left < $1.left : $0.right < $1.right }
  }

  /// The rule of a share token.
  private static let tokenRule = "\(IdentifierKind.url.rawValue)-\(WeightTable.shareTokenFlag)"

  func pairEvidence(
    _ left: AccountNode, _ right: AccountNode, _ shared: [SharedKey]
  ) -> PairEvidence {
    let found = withoutRepetitions(shared).compactMap { key in keys.evidence(key).map { (key, $0) } }
    let showsHome = found.contains { keys.showsHome($0, $1) }
    var items = found.map { $1 }
    // That both show the page to which a link with a token leads is that link once more.
    if let token = items.first(where: { $0.rule == Self.tokenRule }) {
      items = items.map { $0.rule == KeyComparison.pageRule ? $0.inGroup(token.group) : $0 }
    }
    let pair = Pair(left, right)
    let isPose = isPose(pair, beside: items)
    if isPose {
      // The page that both show is copied as easily as the name, and so is the number that one merely writes into its profile.
      let isOfMail = [left, right].contains { input.accounts[Int($0.raw)].platform == .email }
      items = items.map { item in
        let isWritten = !isOfMail && item.isClaimed && [.contact, .person].contains(item.family)
        return item.rule == KeyComparison.pageRule || isWritten ? item.inGroup(KeyComparison.names) : item
      }
    }
    if let item = declaredLink(pair) { items.append(item) }
    if let item = profileLink(pair, beside: items, isPose: isPose) { items.append(item) }
    if let conversation = conversations[pair] {
      items.append(
        EvidenceItem(
          family: .declaredLink, group: "conversation", rule: "conversation-between",
          log10LR: 0, log10LRAlone: WeightTable.conversationAgainst,
          statement:
            "The two accounts wrote to each other (\(conversation.messages) messages), which one controller seldom does.",
          references: [conversation.reference], refersToRecords: true))
    }
    if let succession = successions[pair] { items.append(SuccessionWeight.item(succession)) }
    if let repetition = repetitions[pair] {
      items.append(RepetitionWeight.item(repetition, input, isPose: repetition.isPublic && isPose))
    }
    if let copy = copies[pair] { items.append(CopyWeight.item(copy)) }
    if let item = birthDates(left, right) {
      // Two of one family by name and by date of birth: what families have in common says nothing then, and must not outweigh
      // that they are two where somebody else's account, as that of their mailbox, would join both.
      if keys.isOfFamily(left, right) {
        let names = keys.familyRemark(left, right)
        items = items.map { $0.group == KeyComparison.premises ? $0.weightless(names: names) : $0 }
      }
      items.append(item)
    }
    if let item = writing(pair) { items.append(item) }
    return PairEvidence(left: left, right: right, candidates: withinHome(items, pair, showsHome: showsHome))
  }

  /// Without the parts of addresses that the two share whole, of mail and of the network, and the browser of a device that
  /// they share: they would say the same again.
  private func withoutRepetitions(_ shared: [SharedKey]) -> [SharedKey] {
    let keys = shared.map { input.keys[Int($0.key.raw)] }
    let whole = Set(
      keys.flatMap { key -> [String] in
        guard key.kind == .email, let end = key.text.firstIndex(of: "@") else { return [] }
        let local = String(key.text[..<end])
        return [local, LookAlike.withoutSeparators(local)]
      })
    let networks = Set(keys.filter { $0.kind == .ip }.compactMap { IPAddress($0.text)?.network })
    let isOneDevice = keys.contains { $0.kind == .device || $0.kind == .cookie }
    return zip(shared, keys).compactMap { pair, key in
      switch key.kind {
      case .email where whole.contains(key.text): nil
      case .ip where networks.contains(key.text): nil
      case .userAgent where isOneDevice: nil
      default: pair
      }
    }
  }

  private func declaredLink(_ pair: Pair) -> EvidenceItem? {
    // Whose word weighs most speaks for all of them: of equals one that is no claim, and then their words tell, as the order
    // of records is that of imports.
    let ranked: [Assertion] = [.platform, .user, .inferred, .claimed]
    func weight(_ link: LinkageInput.DeclaredLink) -> Double {
      WeightTable.declaredLink(link.assertion, readsAsPlatform: link.readsAsPlatform, threshold: threshold)
    }
    func rank(_ link: LinkageInput.DeclaredLink) -> (Double, Int, String) {
      (-weight(link), ranked.firstIndex(of: link.assertion) ?? ranked.count, link.statement)
    }
    let declared = (links[pair] ?? []).sorted { rank($0) < rank($1) }
    guard let first = declared.first else { return nil }
    let rule =
      switch first.assertion {
      case .platform: "declared-by-platform"
      case .claimed: "declared-in-text"
      case .user: "declared-by-user"
      case .inferred: "declared-by-inference"
      }
    return EvidenceItem(
      family: .declaredLink, group: "declared", rule: rule, log10LR: 0,
      log10LRAlone: weight(first), isClaimed: first.assertion == .claimed,
      statement: first.statement,
      references: declared.prefix(4).map(\.reference), refersToRecords: true)
  }

  /// - Parameter isPose: see `isPose(_:beside:)`. Whoever poses as somebody takes the name and links to the profile (“my main
  ///   account”), as fans do: beside a common name a link from one side alone says the same again. So it does beside a home or
  ///   an office, where people link to each other, and those of one family from both sides.
  private func profileLink(
    _ pair: Pair, beside items: [EvidenceItem], isPose: Bool
  ) -> EvidenceItem? {
    // Of several the words tell which is said, as their order is that of imports.
    let shown = (profileLinks[pair] ?? []).sorted {
      ($0.statement, $0.reference) < ($1.statement, $1.reference)
    }
    guard let first = shown.first else { return nil }
    var weight: Double
    let rule: String
    let said = shown.first { $0.assertion == .platform } ?? first
    var statement = said.statement
    if said.assertion == .platform {
      (weight, rule) = (WeightTable.platformDeclaredLink, "linked-by-platform")
    } else if shown.contains(where: { $0.from != first.from }) {
      (weight, rule) = (WeightTable.reciprocalLink, "profiles-link-to-each-other")
      let addresses = Set(shown.map(\.address)).subtracting([""]).sorted().prefix(4).map(VisibleText.quote)
      let places = addresses.isEmpty ? "" : " (\(addresses.joined(separator: ", ")))"
      statement = "The profiles of the two accounts link to each other\(places)."
    } else {
      (weight, rule) = (WeightTable.oneWayLink, "profile-links-to-other")
    }
    var group = "declared"
    if said.assertion != .platform {
      if keys.isOfFamily(pair.left, pair.right) {
        statement += " Two of one family may do so: \(keys.familyRemark(pair.left, pair.right))."
        (weight, group) = (min(weight, WeightTable.familyCap), KeyComparison.premises)
      } else if rule == "profile-links-to-other", isPose || isOfHome(pair, beside: items) {
        group = isPose ? KeyComparison.names : KeyComparison.premises
      }
    }
    return EvidenceItem(
      family: .declaredLink, group: group, rule: rule, log10LR: 0, log10LRAlone: weight, statement: statement,
      references: shown.prefix(4).map(\.reference), refersToRecords: false)
  }

  /// Whether what anybody can copy says no more than that one of the two took the other's name: both show one. Of a protected
  /// account one must look at who poses as it.
  private func isPose(_ pair: Pair, beside items: [EvidenceItem]) -> Bool {
    !input.isProtected(pair.left, pair.right)
      && items.contains { $0.group == KeyComparison.names && $0.log10LRAlone > 0 }
  }

  /// Whether two have a home or an office in common, and nothing of it that joins them by itself, as a device does that is
  /// taken for one person's.
  private func isOfHome(_ pair: Pair, beside items: [EvidenceItem]) -> Bool {
    let strongest = items.filter { $0.group == KeyComparison.premises }.map(\.log10LRAlone).max() ?? 0
    return !input.isProtected(pair.left, pair.right) && strongest > 0 && strongest < threshold
  }

  private func writing(_ pair: Pair) -> EvidenceItem? {
    guard let finding = input.writing?.finding(pair) else { return nil }
    let said = min(max(finding.log10LR, -WeightTable.writingLimit), WeightTable.writingLimit)
    let weight = finding.isCalibrated ? min(said, writingLimit) : 0
    var statement = finding.statement
    if finding.isCalibrated, weight < said {
      statement += " Of \(Self.decimals(said)) it counts for \(Self.decimals(weight)):"
      statement += " writing stays below the threshold, so that it links nobody by itself."
    }
    // Whoever forges `From` forges the rest of the mail with it: that its words are the sender's is a claim like others.
    let isClaimed =
      weight > 0 && [pair.left, pair.right].contains { input.accounts[Int($0.raw)].platform == .email }
    if isClaimed { statement += " Whose words a mail has, only the mail says." }
    return EvidenceItem(
      family: .style, group: "style",
      rule: finding.isCalibrated ? "writing-compared" : "writing-uncalibrated",
      log10LR: 0, log10LRAlone: weight, isClaimed: isClaimed, statement: statement,
      references: finding.references, refersToRecords: true)
  }

  /// A weight for one controller as it is printed, to the hundredth.
  static func decimals(_ weight: Double) -> String {
    let hundredths = Int((weight * 100).rounded())
    return "+\(hundredths / 100).\(hundredths / 10 % 10)\(hundredths % 10)"
  }

  private func birthDates(_ left: AccountNode, _ right: AccountNode) -> EvidenceItem? {
    guard birthDatesDiffer(left, right), let one = birthDates[left.raw], let other = birthDates[right.raw]
    else { return nil }
    let dates = [one[0], other[0]]
    let texts = dates.map { input.keys[Int($0.key.raw)].text }
    return EvidenceItem(
      family: .person, group: "date-of-birth", rule: "date-of-birth-differs", log10LR: 0,
      log10LRAlone: WeightTable.birthDateAgainst,
      statement: "The dates of birth on record differ (\(texts[0]) and \(texts[1])).",
      references: dates.map(\.reference), refersToRecords: false)
  }
}
