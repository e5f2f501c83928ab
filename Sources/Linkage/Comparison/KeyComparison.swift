import AccountModel
import Glibc
import Identifiers

/// Weighs a key that two accounts share.
struct KeyComparison {
  let input: LinkageInput
  let index: InvertedIndex
  /// The most that a claim may weigh.
  private let claimedLimit: Double
  private let spelledNames: SpelledNames
  private let givenNames: GivenNames
  private let disguise: Disguise
  private let passedOnHandles: PassedOnHandles
  /// Of accounts that show several numbers or several devices, from when until when these were seen; nil where of one of them
  /// no time is known.
  let severalOfKind: [OfKind: ClosedRange<Int64>?]

  struct OfKind: Hashable {
    let account: AccountNode
    let kind: IdentifierKind
  }

  /// - Parameter threshold: log10 LR from which pairs are linked.
  init(input: LinkageInput, index: InvertedIndex, threshold: Double) {
    self.input = input
    self.index = index
    claimedLimit = WeightTable.claimedLimit(threshold: threshold)
    givenNames = GivenNames(input)
    disguise = Disguise(input)
    passedOnHandles = input.passedOnHandles ?? PassedOnHandles(input)
    spelledNames = SpelledNames(input)
    var seen: [OfKind: [KeyNode: ClosedRange<Int64>?]] = [:]
    for sighting in input.sightings {
      let key = input.keys[Int(sighting.key.raw)]
      if sighting.rule.isEmpty, key.kind == .phone || key.kind == .device || key.kind == .cookie {
        let holding = OfKind(account: sighting.account, kind: key.kind)
        let known = seen[holding]?[sighting.key].flatMap { $0 }
        let times = sighting.time.map { min($0, known?.lowerBound ?? $0)...max($0, known?.upperBound ?? $0) }
        seen[holding, default: [:]].updateValue(times ?? known, forKey: sighting.key)
      }
    }
    severalOfKind = seen.filter { $0.value.count > 1 }.mapValues { values -> ClosedRange<Int64>? in
      let times = values.values.compactMap { $0 }
      guard times.count == values.count, let first = times.map(\.lowerBound).min(),
        let last = times.map(\.upperBound).max()
      else { return nil }
      return first...last
    }
  }

  /// The evidence of a shared key, or nil when it says nothing.
  func evidence(_ shared: SharedKey) -> EvidenceItem? {
    let key = input.keys[Int(shared.key.raw)]
    guard WeightTable.isUsable(key) else { return nil }
    let left = Self.withoutNames(index.sightings(of: shared.key, by: shared.left, input))
    let right = Self.withoutNames(index.sightings(of: shared.key, by: shared.right, input))
    let rules = [strictestRule(left), strictestRule(right)]
    let isShownAsName = rules.map { $0 == WeightTable.shownAsNameRule }
    // That both show one name, the name says.
    if isShownAsName[0], isShownAsName[1] { return nil }
    // Anybody can take another's handle for a name, which nobody checks: that is a claim.
    let said: [Assertion] = [
      isShownAsName[0] ? .claimed : bestAssertion(left), isShownAsName[1] ? .claimed : bestAssertion(right),
    ]
    let isClaimed = said.contains(.claimed)
    var weight = agreement(shared, key, rules, said, left, right)
    weight -= said.map { WeightTable.penalty(of: $0, kind: key.kind) }.max() ?? 0
    // Capped before a rule takes its part, or among many accounts a loose form would weigh as much as an equal one.
    if key.kind != .ip { weight = min(weight, Self.weight(of: key).cap) }
    let isLocalPart = Self.isLocalPart(key)
    let losses = isLocalPart ? rules + [WeightTable.localPartRule] : rules
    weight -= losses.map { WeightTable.penalty(ofRule: $0) ?? 0 }.max() ?? 0
    // Who poses as a protected account is to be looked at, whatever digits it writes.
    if rules.allSatisfy({ $0 == WeightTable.stemRule }), !input.isProtected(shared.left, shared.right) {
      weight -= WeightTable.otherDigits
    }
    var (remark, nearest): (String, [Int64]) = ("", [])
    let namesDiffer =
      key.kind == .dateOfBirth
      && (givenNames.differ(shared.left, shared.right) || isOfFamily(shared.left, shared.right))
    let isFirstOfJanuary = key.kind == .dateOfBirth && key.text.hasSuffix(WeightTable.firstOfJanuary)
    switch key.kind {
    case .ip: weight = network(key, weight, left, right, &remark, &nearest)
    case .phone: weight = succession(key, weight, shared, left, right, &remark)
    case .device, .cookie:
      remark = "; a device can have several users"
      weight = succession(key, weight, shared, left, right, &remark)
    case .dateOfBirth where namesDiffer:
      remark = "; the \(givenNames.difference(shared.left, shared.right)) differ"
      weight = min(weight, WeightTable.birthDateOtherNameCap)
    case .dateOfBirth where isFirstOfJanuary:
      remark = "; the first of January stands for many a date that is not known or made up"
      weight = min(weight, WeightTable.firstOfJanuaryCap)
    case .handle where isPassedOn(shared, left, right):
      remark = "; accounts of several ids have had it: it was released and taken again, perhaps by another"
      weight = min(weight, WeightTable.passedOnCap)
    case .handle where isDisguised(shared, rules):
      remark = "; letters in it only look alike, as whoever poses as somebody writes them"
      weight = min(weight, WeightTable.disguisedCap)
    case .handle
    where !isOnePlatformsHandle(shared, rules, left, right) && spellsName(shared, key, left + right),
      .email where isLocalPart && spellsName(shared, key, left + right):
      remark = "; it spells the name that is shown with it"
      weight = min(weight, WeightTable.spelledNameCap)
    case .handle where isOpenToAnybody(shared, rules):
      remark = "; on another service anybody may take it who finds it free"
    case .email where isLocalPart: remark = "; with each provider somebody else may have it"
    default: break
    }
    // Who shows it as a name is one more that the sentence speaks of.
    let holders = Int(index.holders[Int(shared.key.raw)]) + (isShownAsName.contains(true) ? 1 : 0)
    let isOfFamily = !isLocalPart && isOfFamily(shared, key)
    if isOfFamily {
      remark += "; \(familyRemark(shared.left, shared.right)), so it may be a family's"
      weight = min(weight, WeightTable.familyCap)
    } else if Self.isChecked(key.kind), !isLocalPart, givenNames.areUnlike(shared.left, shared.right) {
      remark +=
        "; the names on record have no word in common, as those of two people or a made-up one have none"
    }
    let isCommon = Self.isCommon(key, holders: holders)
    if isCommon { remark += "; so many hold it that it may be nobody's own" }
    weight = max(weight, 0)
    if isClaimed { weight = min(weight, claimedLimit) }
    return EvidenceItem(
      family: Self.family(of: key.kind),
      group: namesDiffer || isFirstOfJanuary || isOfFamily
        ? Self.premises : Self.group(of: key, isCommon: isCommon),
      rule: Self.ruleName(key, rules), log10LR: 0, log10LRAlone: rounded(weight),
      isClaimed: isClaimed,
      statement: Self.statement(
        key, rules, claims: [said[0] == .claimed ? left : nil, said[1] == .claimed ? right : nil],
        holders: holders,
        isPlatformsName: (key.kind == .handle || key.kind == .platformID)
          && isOnePlatformsHandle(shared, rules, left, right),
        accounts: input.accounts.count, remark: remark),
      references: references(left, nearest) + references(right, nearest), refersToRecords: false)
  }

  /// What an account has a key by. That it shows a handle of its own as a name adds nothing.
  private static func withoutNames(_ sightings: [LinkageInput.Sighting]) -> [LinkageInput.Sighting] {
    let own = sightings.filter { $0.rule != WeightTable.shownAsNameRule }
    return own.isEmpty ? sightings : own
  }

  /// log10(m / u), as `KindWeight` describes.
  private func agreement(
    _ shared: SharedKey, _ key: LinkageInput.Key, _ rules: [String], _ said: [Assertion],
    _ left: [LinkageInput.Sighting], _ right: [LinkageInput.Sighting]
  ) -> Double {
    if key.kind == .handle, isOnePlatformsHandle(shared, rules, left, right), !isPassedOn(shared, left, right)
    {
      return Glibc.log10(Self.weight(of: key).m / WeightTable.handleReuse)
    }
    return Self.agreement(
      key, holders: Int(index.holders[Int(shared.key.raw)]), counted: countedHolders(shared, key),
      accounts: input.accounts.count,
      borrowed: said.reduce(0) { $0 + WeightTable.borrowed($1, kind: key.kind) })
  }

  /// Whether a key is what stands before the @ of an e-mail address, with its separators or without: a name, which somebody
  /// else has at another provider.
  static func isLocalPart(_ key: LinkageInput.Key) -> Bool {
    key.kind == .email && !key.text.contains("@")
  }

  static func isName(_ key: LinkageInput.Key) -> Bool {
    switch key.kind {
    case .handle, .displayName, .personName: true
    case .email: isLocalPart(key)
    default: false
    }
  }

  /// Whether both accounts are on one platform and the platform itself gives both this handle.
  private func isOnePlatformsHandle(
    _ shared: SharedKey, _ rules: [String], _ left: [LinkageInput.Sighting],
    _ right: [LinkageInput.Sighting]
  ) -> Bool {
    rules.allSatisfy(\.isEmpty)
      && input.accounts[Int(shared.left.raw)].platform == input.accounts[Int(shared.right.raw)].platform
      && left.contains { $0.assertion == .platform } && right.contains { $0.assertion == .platform }
  }

  /// Whether two accounts have the name in a handle in common that each of two services, or of two servers of one, gave out by
  /// itself.
  private func isOpenToAnybody(_ shared: SharedKey, _ rules: [String]) -> Bool {
    rules.allSatisfy(Disguise.rulesOfNames.contains)
      && (input.areOfTwoServices(shared.left, shared.right)
        || rules.allSatisfy { $0 == WeightTable.localPartRule })
  }

  /// Whether two accounts have nothing but handles in common that their platform gave to several accounts in turn; of two
  /// services, whether that of one did: whoever has the name on the other would join all who had it in turn. Who took a
  /// protected account's is to be looked at.
  private func isPassedOn(
    _ shared: SharedKey, _ left: [LinkageInput.Sighting], _ right: [LinkageInput.Sighting]
  ) -> Bool {
    if input.isProtected(shared.left, shared.right) { return false }
    if input.areOfTwoServices(shared.left, shared.right) {
      return passedOnHandles.isOfThem(left) || passedOnHandles.isOfThem(right)
    }
    return passedOnHandles.areAll(between: shared.left, shared.right)
  }

  /// Kinds of which names on record tell whether they are one person's.
  private static func isChecked(_ kind: IdentifierKind) -> Bool {
    [.email, .phone, .device, .cookie].contains(kind)
  }

  /// Whether people of one family may have a value in common. With a protected account anybody of the family is to be looked
  /// at.
  private func isOfFamily(_ shared: SharedKey, _ key: LinkageInput.Key) -> Bool {
    Self.isChecked(key.kind) && isOfFamily(shared.left, shared.right)
  }

  /// What tells two accounts for those of one family.
  func familyRemark(_ left: AccountNode, _ right: AccountNode) -> String {
    "the \(givenNames.difference(left, right)) differ and a family name is the same or a form of it"
  }

  /// Whether names, on record or shown, tell two accounts for those of one family, of which none is protected.
  func isOfFamily(_ left: AccountNode, _ right: AccountNode) -> Bool {
    !input.isProtected(left, right) && givenNames.areOfOneFamily(left, right)
  }

  /// Whether two handles meet by letters that look alike alone. Who poses as a protected account is to be looked at: its
  /// handle is weighed as any other, so that an alert is raised.
  private func isDisguised(_ shared: SharedKey, _ rules: [String]) -> Bool {
    // A name that is a handle has a rule of its own.
    guard rules.contains(where: { !$0.isEmpty && $0 != WeightTable.shownAsNameRule }),
      !input.isProtected(shared.left, shared.right)
    else { return false }
    return disguise.isBetween(shared.left, shared.right)
  }

  /// Whether a handle or a local part consists of the very letters of a name that one of the two accounts shows. Of a
  /// protected account one must look at who takes both.
  private func spellsName(
    _ shared: SharedKey, _ key: LinkageInput.Key, _ seen: [LinkageInput.Sighting]
  ) -> Bool {
    !input.isProtected(shared.left, shared.right)
      && spelledNames.has(key.text, shared.left, shared.right, seen: seen)
  }

  /// Who says it, of all that say an account has a key: whoever is to be believed most.
  private func bestAssertion(_ sightings: [LinkageInput.Sighting]) -> Assertion {
    let ranked: [Assertion] = [.platform, .user, .claimed, .inferred]
    return ranked.first { assertion in sightings.contains { $0.assertion == assertion } } ?? .inferred
  }

  /// At most three of an account's sightings, first those of which something is said: the explanation needs a place to look,
  /// not every one.
  private func references(_ sightings: [LinkageInput.Sighting], _ first: [Int64]) -> [Int64] {
    let references = sightings.map(\.reference)
    return Array((references.filter(first.contains) + references.filter { !first.contains($0) }).prefix(3))
  }

  static func family(of kind: IdentifierKind) -> EvidenceFamily {
    switch kind {
    case .email, .phone: .contact
    case .handle, .displayName, .platformID: .handle
    case .personName, .dateOfBirth, .postalAddress: .person
    case .ip: .network
    case .device, .cookie, .userAgent: .device
    case .url, .profileLink: .declaredLink
    }
  }

  /// The group of all that people have in common who live or work together: the address, the line, the connection, a
  /// device or browser that several use and that is behind that connection anyhow, the date of birth of twins or of a
  /// hostel whose dates are not known, and the page that one showed the other.
  static let premises = "premises"

  /// The group of the mailbox and the number that many hold.
  private static let commonContact = "common-contact"

  /// Groups of what people of one home may share, of which each says more than the others.
  static let groupsOfHome: Set<String> = [
    premises, commonContact, IdentifierKind.email.rawValue, IdentifierKind.phone.rawValue,
  ]

  /// The group of names, and of what whoever takes another's name does with it.
  static let names = "names"

  /// The rule of the address of a page that both show, unlike a share token in it.
  static let pageRule = "url-equal"

  /// Names of all sorts are one group: a person who keeps a handle often keeps the display name with it. So are the
  /// address and the number that many hold: whoever is of one office has both.
  private static func group(of key: LinkageInput.Key, isCommon: Bool) -> String {
    switch key.kind {
    case .handle, .displayName, .personName: names
    case .email where isLocalPart(key): names
    case .ip, .postalAddress, .device, .cookie: premises
    case .url where !key.flags.contains(WeightTable.shareTokenFlag): premises
    case .phone where WeightTable.isSharedLine(key): premises
    case .email where isCommon, .phone where isCommon: commonContact
    default: key.kind.rawValue
    }
  }

  private static func ruleName(_ key: LinkageInput.Key, _ rules: [String]) -> String {
    let loose = rules.filter { !$0.isEmpty }
    return "\(key.kind.rawValue)-\(loose.isEmpty ? "equal" : Set(loose).sorted().joined(separator: "-and-"))"
  }

  /// The rule of least loss by which an account comes to a key.
  private func strictestRule(_ sightings: [LinkageInput.Sighting]) -> String {
    sightings.map(\.rule).min {
      let (one, other) = (WeightTable.penalty(ofRule: $0) ?? 9, WeightTable.penalty(ofRule: $1) ?? 9)
      return one != other ? one < other : $0 < $1
    } ?? ""
  }

  static func weight(of key: LinkageInput.Key) -> KindWeight {
    if key.flags.contains(WeightTable.shareTokenFlag) { return WeightTable.shareToken }
    if isLocalPart(key) { return WeightTable.weight(of: .handle) }
    if WeightTable.isSharedLine(key) { return WeightTable.sharedLine }
    return WeightTable.weight(of: key.kind)
  }

  static func duration(_ microseconds: Int64) -> String {
    let seconds = microseconds / 1_000_000
    switch seconds {
    case ..<120: return "\(seconds) s"
    case ..<7200: return "\(seconds / 60) min"
    case ..<172_800: return "\(seconds / 3600) h"
    default: return "\(seconds / 86_400) days"
    }
  }

  /// Two decimals: what is printed is what is summed.
  private func rounded(_ weight: Double) -> Double { (weight * 100).rounded() / 100 }
}
