public import Disclosure
public import Foundation

/// Three years of a police force's disclosures, invented: what an auditor's report is made of and tested with.
///
/// Every record is led through the rules of `Disclosure`, step by step, until the day on which the corpus ends; so they
/// stand in every state, with late and overdue ones among them. Into some a breach is then planted that the rules would
/// have refused; `planted.json` says which, and a report must find exactly these.
public struct ForceCorpus: Sendable {
  /// A disclosure with the reference of its case.
  public struct Told: Sendable {
    /// Reference of the case.
    public var caseReference: String
    /// Its life.
    public var history: DisclosureHistory
  }

  /// The day on which the corpus ends: 2026-11-02T09:00:00Z.
  public static let end: Int64 = 1_793_610_000
  /// The day on which it begins: 2024-01-02T09:00:00Z.
  static let start: Int64 = 1_704_186_000

  /// The rules of the first eighteen months; the proposal applies afterwards.
  public static let earlierRules = """
    version = "county-2024-01"
    longest-deferral-days = 42
    [limits.decision]
    working-days = 7
    enhanced-working-days = 2
    [limits.delivery]
    working-days = 7
    [limits.deferral-review]
    days = 14
    [limits.right-6]
    working-days = 5
    enhanced-working-days = 1
    [limits.dvds]
    days = 35
    [limits.spo-notification]
    days-beginning-with = 3
    [limits.correction]
    days = 0
    """

  /// The disclosures, in the order of their cases.
  public let disclosures: [Told]
  /// What was planted: case and id by the name of the check that must find it.
  public let planted: [String: [String]]

  /// Makes a force.
  ///
  /// - Parameters:
  ///   - count: how many disclosures; those that hold back what another told come on top.
  ///   - seed: the same seed gives the same force.
  /// - Throws: `RuleSet.Failure`, for a build that was damaged.
  public init(disclosures count: Int, seed: UInt64) throws {
    var random = SeededRandom(seed: seed).branch("force")
    let earlier = try RuleSet(toml: Self.earlierRules)
    var told: [Told] = []
    var number = 0
    var made = 0
    while made < count {
      number += 1
      let inCase = min(random.chance(0.25) ? random.int(in: 2...3) : 1, count - made)
      made += inCase
      let unit = random.pick(Self.units)
      let begun = Self.start + Int64(random.below(Int(Self.end - Self.start)))
      let rules = begun < 1_751_324_400 ? earlier : .proposal
      let reference = "CR/\(number)/\(CivilTime(seconds: Int(begun)).year % 100)"
      var place = 0
      for _ in 0..<inCase {
        place += 1
        var walk = DisclosureWalk(
          unit: unit, begun: begun, end: Self.end, rules: rules,
          random: random.branch("\(reference) \(place)"))
        let lives = walk.lives(firstNumber: place)
        place += lives.count - 1
        told += lives.map { Told(caseReference: reference, history: $0) }
      }
    }
    var breaches = PlantedBreaches(random: SeededRandom(seed: seed).branch("breaches"))
    disclosures = told.map { breaches.plant(in: $0) }
    planted = breaches.planted
  }

  static let units = [
    "Central Digital Unit", "Coast & Harbour", "East Stalking Team", "North Digital Unit",
    "South \"Sentinel\"",
    "Valley, Upper and Lower", "West Public Protection",
  ]

  /// Writes `histories.ndjson` and `planted.json`, which must not be there yet, and returns the names.
  public func write(to folder: URL) throws -> [String] {
    try refuseReplacing(["histories.ndjson", "planted.json"], in: folder)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let lines = try ByteSink(folder.appendingPathComponent("histories.ndjson"))
    struct Header: Encodable {
      var histories = 1
      var asAt = ForceCorpus.end
      var ruleSets = ["county-2024-01": ForceCorpus.earlierRules]
      enum CodingKeys: String, CodingKey { case histories, asAt = "as_at", ruleSets = "rule_sets" }
    }
    lines.append([UInt8](try encoder.encode(Header())))
    lines.append(byte: 0x0A)
    for one in disclosures {
      lines.append([UInt8](try encoder.encode(HistoryLine(one.history, caseReference: one.caseReference))))
      lines.append(byte: 0x0A)
    }
    try lines.close()
    let truth = try ByteSink(folder.appendingPathComponent("planted.json"))
    truth.append([UInt8](try encoder.encode(planted)))
    truth.append(byte: 0x0A)
    try truth.close()
    return ["histories.ndjson", "planted.json"]
  }
}
