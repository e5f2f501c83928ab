import AccountModel
import Glibc

/// How much agreement on a kind of identifier weighs, before the case's own frequencies are looked at.
///
/// The weight of agreement on a value is log10(m / u), after Fellegi and Sunter (1969):
/// m is the chance that two accounts of one controller that both show the kind share the value, and
///
///     u = coincidence + borrowed + sharing * (holders - 1) / (accounts + 50)
///
/// the chance that accounts of two controllers do. `coincidence` is the background rate at which unrelated
/// people share such a value; `borrowed` is the chance that an account shows a value of somebody else's, where
/// nobody checks what it says (`WeightTable.borrowed`); `sharing` is the part of shared holdings in a case that is
/// due to different controllers, which rises where so many hold a value that it can hardly be one person's
/// (`HolderSharing`). So a value that many accounts of the case hold weighs little, and a small case supports no
/// weight beyond what its number of accounts can show: with 20 accounts an e-mail address held by two of them
/// weighs log10(.5 / (1e-7 + .002 / 70)), about 4.2. The 50 stand for accounts outside the case, of which it is
/// as good as known that they do not hold the value; without them the accounts of a small case, all of them
/// suspects, would pass for a sample of everybody. All constants are our own proposals, fixed before any
/// evaluation, to be replaced by validated ones; nothing here was fitted to labelled data.
public struct KindWeight: Sendable {
  /// P(agree | same controller, both show the kind).
  public let m: Double
  /// Background rate of coincidence; for names and handles `NameRarity` gives it by value.
  public let coincidence: Double
  /// Part of repeated holdings due to different controllers while few hold a value; for names and handles
  /// `nameSharing` gives it, whatever the number.
  public let sharing: Double
  /// Largest log10 LR that agreement can carry.
  public let cap: Double
}

/// The weights by kind and rule.
public enum WeightTable {
  /// Name of this set of constants; part of the settings and so of a run's hash.
  public static let version = "proposal-2026-12-01"

  /// Accounts outside the case that count as not holding a value.
  static let outsideAccounts = 50.0

  /// `sharing` for a handle or name of a given rarity.
  ///
  /// A common name that two accounts show is mostly two people; a rare one mostly one, and what is left are
  /// imitators: from 1 in 10 for names borne by 1 in 1,000 down to 1 in 500.
  static func nameSharing(log10Rarity rarity: Double) -> Double { max(0.002, Glibc.pow(10, -rarity / 3)) }

  /// The weight of agreement on a canonical form.
  static func weight(of kind: IdentifierKind) -> KindWeight {
    switch kind {
    case .email: KindWeight(m: 0.5, coincidence: 1e-7, sharing: 0.002, cap: 5)
    case .phone: KindWeight(m: 0.5, coincidence: 1e-6, sharing: 0.005, cap: 4.5)
    case .platformID: KindWeight(m: 0.9, coincidence: 1e-7, sharing: 0.002, cap: 5)
    case .profileLink: KindWeight(m: 0.2, coincidence: 1e-4, sharing: 0.3, cap: 2)
    case .cookie: KindWeight(m: 0.4, coincidence: 1e-7, sharing: 0.01, cap: 4.5)
    case .device: KindWeight(m: 0.4, coincidence: 1e-7, sharing: 0.02, cap: 4)
    case .ip: KindWeight(m: 0.3, coincidence: 1e-4, sharing: 1, cap: 2)
    case .handle: KindWeight(m: 0.5, coincidence: 0, sharing: 0, cap: 4)
    case .displayName: KindWeight(m: 0.4, coincidence: 0, sharing: 0, cap: 2)
    case .personName: KindWeight(m: 0.6, coincidence: 0, sharing: 0, cap: 2)
    case .dateOfBirth: KindWeight(m: 0.9, coincidence: 1 / 20_000, sharing: 0.1, cap: 3)
    case .postalAddress: KindWeight(m: 0.6, coincidence: 1e-5, sharing: 0.5, cap: 2)
    // The address of a page; a share token in it has `shareToken`.
    case .url: KindWeight(m: 0.1, coincidence: 1e-4, sharing: 0.5, cap: 1)
    case .userAgent: KindWeight(m: 0.5, coincidence: 1e-2, sharing: 1, cap: 0.4)
    }
  }

  /// The weight of a telephone at a fixed line, which a household or an office has in common, as it has its address, and of a
  /// number that a firm or a helpline is called by.
  static let sharedLine = KindWeight(m: 0.5, coincidence: 1e-6, sharing: 0.5, cap: 2)
  /// Flags of numbers that normalisation found to be such.
  private static let sharedLineFlags: Set<String> = [
    "fixed-line", "toll-free", "shared-cost", "premium-rate", "corporate", "voicemail",
  ]

  /// Whether a key is a telephone number that is seldom one person's alone.
  static func isSharedLine(_ key: LinkageInput.Key) -> Bool {
    key.kind == .phone && !sharedLineFlags.isDisjoint(with: key.flags)
  }

  /// The weight of a share token, which names whoever copied a link, until others pass it on. Who passes on knows whom the
  /// link is from, so that it is no rarer in a large case: by itself it links nobody.
  static let shareToken = KindWeight(m: 0.2, coincidence: 1e-6, sharing: 0.1, cap: 2)

  /// What a loose key loses against its canonical form, in log10; nil when sharing it is no evidence.
  static func penalty(ofRule rule: String) -> Double? {
    switch rule {
    // What a name that is a handle loses, `borrowed` takes.
    // Of an IPv6 address a home or a telephone is given the first half; the other half its machines change by the day.
    case "", "share-token", shownAsNameRule, networkRule: 0
    case "nfkc-casefold", "case-folded": 0.1
    case "sorted-tokens", "unaccented": 0.2
    case "gmail-dots", "plus-tag", "icloud-domains", "proton-folding", "yahoo-keyword", "fastmail-subdomain",
      "without-extension", "skeleton", "separators":
      0.3
    case "legacy-name", localPartRule: 0.5
    case "leet": 0.6
    case stemRule: 0.8
    // Separators and digits at the end are dropped for this one as well, and digits read as letters: `fill704er701` and
    // `fill1704er685` meet by it. So many liberties at once link nobody by themselves.
    case "collapse": 1.1
    case "other-reading": 1
    default: nil
    }
  }

  /// The rule by which a handle comes to what stands before the digits at its end.
  static let stemRule = "trailing-digits"
  /// What is lost further where both handles end in digits, which differ. A given name that is on no list passes for letters at
  /// random, and two who bear it write their years of birth behind it: that links nobody by itself.
  static let otherDigits = 0.3

  /// The rule by which a display name comes to the handle that it may be (`Handle.shownAsName`).
  public static let shownAsNameRule = "shown-as-name"

  /// The rule by which an IPv6 address comes to its first half.
  public static let networkRule = "ipv6-64"

  /// The rule by which an address comes to what stands before its @.
  static let localPartRule = "local-part"

  /// Whether sharing a key that came about by a rule is any evidence.
  public static func isEvidence(rule: String) -> Bool { penalty(ofRule: rule) != nil }

  /// Whether sharing a key is reason enough to compare two accounts; weaker keys only add to what is found.
  static func proposes(_ key: LinkageInput.Key) -> Bool {
    switch key.kind {
    case .userAgent, .dateOfBirth, .postalAddress: false
    case .url: key.flags.contains(shareTokenFlag)
    default: true
    }
  }

  /// Flag of a key that is a share token of a link, not the link's address.
  public static let shareTokenFlag = "share-token"

  /// Flags of values that identify nobody: everyone behind the same router, every shop's mailbox, what stands for
  /// none in a form, the date that a program fills in, and the model of a device.
  static let worthlessFlags: Set<String> = [
    "private-range", "loopback", "link-local", "unspecified", "multicast", "role-address", "group",
    "broadcast",
    "not-a-user", "dummy-address", "device-model", "default-date",
  ]

  /// Whether agreement on a key can weigh anything at all.
  static func isUsable(_ key: LinkageInput.Key) -> Bool {
    !key.text.isEmpty && !key.flags.contains { worthlessFlags.contains($0) }
  }

  /// What is lost when the value is not asserted by the platform, in log10.
  ///
  /// What is merely claimed loses nothing here but is borrowed more often (`borrowed`), except an address: a header
  /// can be forged, but hardly so that it meets an address used elsewhere.
  static func penalty(of assertion: Assertion, kind: IdentifierKind) -> Double {
    switch assertion {
    case .platform: 0
    case .user: 1
    case .claimed: kind == .ip ? 0.5 : 0
    case .inferred: 2
    }
  }

  /// P(an account shows this value of another controller's): a part of u that no number of accounts makes smaller.
  ///
  /// A `Reply-To` with somebody else's address costs its writer nothing. One in fifty among the mails of a case is
  /// taken to do so, which leaves an e-mail address log10(.5 / .02), 1.4: moderate support, near what a link counts
  /// for that one account claims (`oneWayLink`). To show somebody's handle as a name costs no more.
  static func borrowed(_ assertion: Assertion, kind: IdentifierKind) -> Double {
    assertion == .claimed && kind != .ip && kind != .userAgent ? 0.02 : 0
  }

  /// Background rate at which one handle of one platform names two accounts: it was released and taken again.
  static let handleReuse = 1e-4
  /// Largest weight of a handle that its platform gave to accounts of several ids: who comes back takes the old name again,
  /// and so does whoever poses as who had it, or merely finds it free.
  static let passedOnCap = 2.5
  /// Largest weight of a handle that spells the name which one of the accounts shows: whoever bears the name
  /// may spell it so, and namesakes exist.
  static let spelledNameCap = 2.5
  /// Largest weight of a handle that is another's to the eye alone (`Disguise`): an impostor's in most cases.
  static let disguisedCap = 2.5
  /// Weight of a link that the platform itself records (a changed number).
  static let platformDeclaredLink = 5.0
  /// Weight of a link that a record declares.
  ///
  /// A line that reads as the platform's own and stands in a text where anybody could have typed it (`claimed`) counts as
  /// other claims do: whoever frames somebody would write just that. A claim in somebody's own words weighs what a
  /// person's word does, at the most.
  static func declaredLink(
    _ assertion: Assertion, readsAsPlatform: Bool, threshold: Double
  ) -> Double {
    switch assertion {
    case .platform: platformDeclaredLink
    case .claimed where readsAsPlatform: claimedLimit(threshold: threshold)
    case .claimed: min(oneWayLink, claimedLimit(threshold: threshold))
    case .user, .inferred: oneWayLink
    }
  }
  /// Weight of links declared by both accounts about each other.
  static let reciprocalLink = 3.5
  /// Weight of a link that one account claims; whoever impersonates claims as well.
  static let oneWayLink = 1.0
  /// Two accounts that write to each other: most people do not talk to themselves.
  static let conversationAgainst = -1.0
  /// The most that how two accounts write may weigh, for or against, whatever the threshold.
  public static let writingLimit = 2.5
  /// What must be known of two accounts besides how they write before that can link them.
  public static let writingMargin = 0.5
  /// The most that how two accounts write may weigh for one controller, in a run that links from a threshold on.
  ///
  /// It stays below the threshold by `writingMargin`, as among many accounts some pair always writes alike: so whatever
  /// is linked, all else that is known of the two speaks for it by that much at least, or reaches the threshold alone.
  /// Clusters are joined on the strongest pair between them, so that the same holds of them, however many of their
  /// pairs write alike. Whole hundredths, as weights of writing are.
  public static func writingLimit(threshold: Double) -> Double {
    let hundredths = ((threshold - writingMargin) * 100 + 1e-6).rounded(.down)
    return max(min(writingLimit, hundredths / 100), 0)
  }
  /// The most that all claims of a pair together may weigh: whoever forges one header forges the others with it, so
  /// that only the strongest counts, and like writing it links nobody by itself.
  static func claimedLimit(threshold: Double) -> Double { writingLimit(threshold: threshold) }
  /// Two different dates of birth, both on record.
  static let birthDateAgainst = -1.5
  /// Hours between two uses of an address within which they count as one occasion.
  static let sameOccasion: Int64 = 3_600_000_000
  /// Added when an address was used by both within `sameOccasion`.
  static let occasionBonus = 0.5
  /// Microseconds between two uses of an address after which it counts no more than `formerAddressCap`: most
  /// subscribers' addresses are given out anew within weeks.
  static let addressLease: Int64 = 30 * 86_400_000_000
  /// Largest weight of an address whose uses lie further apart.
  static let formerAddressCap = 1.0
  /// The first port that address translation gives out; below it stand the ports of services (443), which some
  /// sources write beside an address and every client of it shares (RFC 6056, RFC 7857).
  static let firstTranslatedPort: UInt16 = 1024
  /// Microseconds between two uses of the same address and port within which they count as one mapping.
  static let samePortMapping: Int64 = 300_000_000
  /// The most that an address weighs without a port: with one it may be a single machine's.
  static let connectionLimit = weight(of: .ip).cap + occasionBonus
  /// Added when address and port agree within `samePortMapping`.
  static let portBonus = 1.5
  /// Largest weight of an address behind carrier-grade translation, whatever the rest says.
  static let sharedAddressCap = 0.5
  /// Microseconds between two periods of use after which a telephone number or a device may have gone to someone
  /// else; Ofcom lets operators reuse numbers within months, and telephones are sold.
  static let recyclingGap: Int64 = 180 * 86_400_000_000
  /// The same where of who had it first a moment alone is known, as that of a registration: who registered with a number or a
  /// telephone keeps it for some time, mostly for years.
  static let recyclingGapOfMoments: Int64 = 2 * 365 * 86_400_000_000
  /// Largest weight of a number or device whose periods of use lie further apart.
  static let recycledCap = 1.0
  /// Largest weight of a date of birth that two accounts share under different given names. Of two people who share
  /// an address or connection, one in thirty or so may share it (twins); a date that was made up is no better.
  static let birthDateOtherNameCap = 0.5
  /// Largest weight of an e-mail address, number or device that two accounts have under two given names and one family
  /// name: a family's, as its address is.
  static let familyCap = 2.0
  /// The most that a mailbox or a number weighs together with the home in which it may be shared: as much as a device, which
  /// a home may share as well. How often people of one home share a mailbox does not depend on how large the case is.
  static let homeLimit = weight(of: .device).cap
  /// The most accounts that have a home's address, connection or line: five people with four each.
  static let mostOfHome = 20
  /// The most that mailbox, number, device and home weigh together: couples share them all, and children use their parents'.
  static let sharedLimit = 5.0
  /// End of a date that is a first of January.
  static let firstOfJanuary = "-01-01"
  /// Largest weight of a first of January: who invents a date of birth takes it, and registers write it where the day is
  /// not known, for all of a community or a hostel. With a common name (+2) it stays below the usual threshold.
  static let firstOfJanuaryCap = 0.5
}
