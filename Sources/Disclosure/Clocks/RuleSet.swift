import Configuration

/// The limits and gates that a force has agreed on, in a version of their own. Each due date names its rule set.
///
/// Where the law gives no number there is none in the code: every limit stands here, and a force may change it.
public struct RuleSet: Hashable, Sendable {
  /// What is wrong with a file of rules.
  public struct Failure: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong, where, and what to do.
    public let description: String
  }

  /// Name and version, as `proposal-2026-11`.
  public let version: String
  /// The limit of each clock; a clock that is not named has none.
  public let limits: [ClockKind: TimeLimit]
  /// The limit of each clock for a victim with enhanced rights, where it differs.
  public let enhancedLimits: [ClockKind: TimeLimit]
  /// Days from a deferral to its review, at most.
  public let longestDeferral: Int

  /// The rules that this version proposes. Right 6 of the Victims' Code, the disclosure scheme and the notification of a
  /// protection order are given by their sources; the other limits are a proposal, no law.
  public static let proposal = RuleSet(
    version: "proposal-2026-11",
    limits: [
      .decision: .workingDays(5), .delivery: .workingDays(5), .deferralReview: .days(7),
      .right6: .workingDays(5),
      .domesticViolenceScheme: .days(28), .protectionOrder: .daysBeginningWith(3), .correction: .withoutDelay,
    ],
    enhancedLimits: [.decision: .workingDays(1), .delivery: .workingDays(1), .right6: .workingDays(1)],
    longestDeferral: 28)

  init(
    version: String, limits: [ClockKind: TimeLimit], enhancedLimits: [ClockKind: TimeLimit],
    longestDeferral: Int
  ) {
    self.version = version
    self.limits = limits
    self.enhancedLimits = enhancedLimits
    self.longestDeferral = longestDeferral
  }

  /// The limit of a clock.
  ///
  /// - Parameter enhanced: whether the victim has enhanced rights.
  public func limit(_ kind: ClockKind, enhanced: Bool) -> TimeLimit? {
    enhanced ? enhancedLimits[kind] ?? limits[kind] : limits[kind]
  }

  /// Reads TOML.
  ///
  ///     version = "county-2027-01"
  ///     longest-deferral-days = 28
  ///     [limits.decision]
  ///     working-days = 5
  ///     enhanced-working-days = 1
  ///     [limits.spo-notification]
  ///     days-beginning-with = 3
  ///
  /// - Throws: `Failure`, with the key that is wrong.
  public init(toml text: String) throws(Failure) {
    let file: TOMLSection
    do { file = try TOMLSection(toml: text) } catch {
      throw Failure(description: "the rule set is not TOML: \(error)")
    }
    guard let version = try? file.text("version"), !version.isEmpty else {
      throw Failure(description: "the rule set has no version; add version = \"…\"")
    }
    // Beyond any rule, and far from what days can be reckoned with.
    guard let longest = try? file.integer("longest-deferral-days"), (1...3_660).contains(longest) else {
      throw Failure(description: "longest-deferral-days is missing or not a number of days, 1 to 3660")
    }
    for key in file.keys where !["version", "longest-deferral-days", "limits"].contains(key) {
      throw Failure(description: "\(key) is not known in a rule set")
    }
    var limits: [ClockKind: TimeLimit] = [:]
    var enhanced: [ClockKind: TimeLimit] = [:]
    let named: TOMLSection?
    do { named = try file.section("limits") } catch {
      throw Failure(description: "\(error)")
    }
    for name in named?.keys ?? [] {
      guard let kind = ClockKind(rawValue: name), let limit = try? named?.section(name) else {
        throw Failure(
          description:
            "limits.\(name) is no clock; there are \(ClockKind.allCases.map(\.rawValue).joined(separator: ", "))"
        )
      }
      for key in limit.keys {
        let isEnhanced = key.hasPrefix("enhanced-")
        guard let count = try? limit.integer(key), (0...366).contains(count),
          let value = Self.limit(isEnhanced ? String(key.dropFirst("enhanced-".count)) : key, count)
        else {
          throw Failure(
            description:
              "limits.\(name).\(key): working-days, days or days-beginning-with, 0 to 366, alone or after enhanced-"
          )
        }
        guard (isEnhanced ? enhanced[kind] : limits[kind]) == nil else {
          throw Failure(description: "limits.\(name) is given in two units; keep one of them")
        }
        if isEnhanced { enhanced[kind] = value } else { limits[kind] = value }
      }
    }
    self.init(version: version, limits: limits, enhancedLimits: enhanced, longestDeferral: longest)
  }

  private static func limit(_ unit: String, _ count: Int) -> TimeLimit? {
    switch unit {
    case "working-days": .workingDays(count)
    case "days": count == 0 ? .withoutDelay : .days(count)
    case "days-beginning-with": .daysBeginningWith(count)
    default: nil
    }
  }
}
