import ArgumentParser
import Foundation
import StyleValidation
import Stylometry

struct StyleCompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare", abstract: "Compare how two accounts write, and show their habits.",
    discussion: """
      A and B are text files in UTF-8, or NDJSON with an account or a document a line: FILE#ID names one of several. \
      Either may be packed by gzip or zstd, or a pipe. Without --domain there is a score and no likelihood ratio: a \
      ratio needs texts of the kind it was calibrated on, and no more of them is compared than there. What both posted \
      word for word, sixty letters or more, is left out and counted. The built-in model knows blogs and chat; `cognate \
      style train --from built-in --calibrate NAME=FILE` adds a domain.

      EXAMPLES:
        cognate style compare one.txt other.txt
        cognate style compare accounts.ndjson#a1 accounts.ndjson#b7 --domain chat \\
          --json
      """)

  @Argument(help: "The one account.", completion: .file()) var left: String
  @Argument(help: "The other account.", completion: .file()) var right: String
  @Option(help: "The model: a file, or built-in.", completion: .file()) var model: String = "built-in"
  @Option(help: "What kind of texts these are, by a name that the model was calibrated for.")
  var domain: String?
  @Option(help: "Most habits for, and most against.") var limit = 5
  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard (0...1000).contains(limit) else { throw ValidationError("--limit is 0 to 1000") }
  }

  func run() throws {
    let model = try StyleModelArgument.model(model)
    if let domain { try model.require(domain: domain) }
    let profiler = model.profiler(in: domain)
    let one = try StyleAccount(argument: left, by: profiler)
    let other = try StyleAccount(argument: right, by: profiler)
    for (argument, account) in [(left, one), (right, other)] {
      Terminal.warn(of: account.notes, in: argument)
    }
    Terminal.warn(ofUnplacedTimes: one.notes.unplacedTimes + other.notes.unplacedTimes)
    let areSame = one.hasSameTexts(as: other)
    if areSame {
      Terminal.warning(
        "both accounts hold the very same texts: what both posted is left out, and what is left says nothing of two accounts."
      )
    }
    let (left, right) = try one.apart(from: other, by: profiler)
    let result = StyleComparisonText(model, left, right, areSame: areSame, domain: domain, limit: limit)
    try output.show(result) { result.text }
  }
}

/// A comparison, as printed.
struct StyleComparisonText: Encodable {
  struct Side: Encodable {
    var name: String
    var characters: Int
    var words: Int
    var posts: Int
    var leftOut: [String: UInt64]
    /// Nil where the hour of no post is known.
    var hours: Hours?

    enum CodingKeys: String, CodingKey { case name, characters, words, posts, leftOut = "left_out", hours }

    /// Nil where nothing was left out.
    var leftOutText: String?

    init(_ account: StyleAccount) {
      name = account.name
      characters = account.profile.length
      words = Int(clamping: account.profile.units[RateUnit.words.rawValue])
      posts = account.profile.posts
      leftOut = [:]
      for reason in LeftOut.allCases where account.profile.leftOut[reason.rawValue].items > 0 {
        leftOut[reason.code] = account.profile.leftOut[reason.rawValue].items
      }
      hours = Hours(account.profile.hours)
      let parts = LeftOut.allCases.compactMap { reason -> String? in
        let count = account.profile.leftOut[reason.rawValue]
        if count.items == 0 { return nil }
        return
          "\(reason.label) (\(count.items), \(Terminal.count(Int(clamping: count.scalars), "character")))"
      }
      if !parts.isEmpty { leftOutText = "left out: \(parts.joined(separator: ", "))" }
    }
  }

  /// When an account posted, in UTC.
  struct Hours: Encodable {
    /// Different hours in which it posted.
    var count: Int
    /// Shares of them from 0, 6, 12 and 18 o'clock on.
    var quarters: [Double]
    /// Share of them on Saturdays and Sundays.
    var weekend: Double

    enum CodingKeys: String, CodingKey { case count, quarters = "quarters_of_day", weekend }

    init?(_ hours: PostingHours) {
      guard hours.count > 0 else { return nil }
      count = hours.count
      let share = 1 / Double(hours.count)
      quarters = hours.quarters.map { Double($0) * share }
      weekend = Double(hours.weekends) * share
    }

    var text: String {
      func percent(_ value: Double) -> String { String(format: "%.0f %%", value * 100) }
      let parts = zip(["0–6", "6–12", "12–18", "18–24"], quarters).map { "\($0) \(percent($1))" }
      return
        "posted in \(Terminal.count(count, "hour")) (UTC): \(parts.joined(separator: ", ")); weekends \(percent(weekend))"
    }
  }

  struct Habit: Encodable {
    var habit: String
    /// What the rates are counted by.
    var per: String
    var left: Double
    var right: Double
    var typical: Double
    var weight: Double
    var leftExamples: [String]
    var rightExamples: [String]

    enum CodingKeys: String, CodingKey {
      case habit, per, left, right, typical, weight, leftExamples = "left_examples"
      case rightExamples = "right_examples"
    }

    init(_ words: String, _ contrast: HabitContrast, _ one: StyleAccount, _ other: StyleAccount) {
      habit = words
      per =
        switch RateCatalogue.rates[contrast.rate].denominator {
        case .unit(let unit): String("\(unit)".dropLast())
        case .choice: "choice"
        }
      left = contrast.left
      right = contrast.right
      typical = contrast.typical
      weight = contrast.weight
      leftExamples = one.examples(of: contrast.rate)
      rightExamples = other.examples(of: contrast.rate)
    }
  }

  var left: Side
  var right: Side
  var score: Double
  var domain: String?
  var log10LR: Double?
  /// log10 of what posting hours multiply the ratio by, a part of `score`: before lapses and bounds.
  var hoursLog10LR: Double?
  var abstained: String?
  var reason: String?
  var agreeing: [Habit]
  var differing: [Habit]

  enum CodingKeys: String, CodingKey {
    case left, right, score, domain, log10LR = "log10_lr", hoursLog10LR = "hours_log10_lr", abstained, reason,
      agreeing, differing
  }

  /// `areSame`: whether the two hold the very same texts.
  init(
    _ model: StyleModel, _ one: StyleAccount, _ other: StyleAccount, areSame: Bool, domain: String?,
    limit: Int
  ) {
    let (first, second) = (model.prepare(one.profile), model.prepare(other.profile))
    let compared = model.compare(first, second, domain: domain)
    let result = areSame ? compared.ofSameTexts : compared
    let habits = model.habits(first, second, limit: limit)
    left = Side(one)
    right = Side(other)
    score = result.score
    self.domain = domain
    log10LR = result.log10LR
    hoursLog10LR = result.hours
    if case .abstained(let why) = result.verdict {
      abstained = why.code
      reason = why.description
    }
    agreeing = habits.agreeing.map { Habit($0.agreement, $0, one, other) }
    differing = habits.differing.map { Habit($0.sentence, $0, one, other) }
  }

  var text: String {
    var lines = [left, right].map {
      "\(Terminal.safe($0.name)): \(Terminal.count($0.characters, "character")) of its own text, \(Terminal.count($0.words, "word"))"
        + [$0.leftOutText, $0.hours?.text].compactMap { $0.map { "\n  " + $0 } }.joined()
    }
    if let log10LR {
      lines.append("log10 LR \(Terminal.signed(log10LR)), calibrated on “\(Terminal.safe(domain ?? ""))”")
      if let hoursLog10LR {
        lines.append(
          "before it was drawn in to what the calibration supports: how they write \(Terminal.signed(score - hoursLog10LR)), when they posted \(Terminal.signed(hoursLog10LR))"
        )
      }
    } else {
      lines.append("no likelihood ratio: \(Terminal.safe(reason ?? ""))")
      lines.append("uncalibrated score \(Terminal.signed(score)): for ranking alone, it adds nothing")
    }
    for (title, habits) in [("habits that agree", agreeing), ("habits that differ", differing)]
    where !habits.isEmpty {
      lines.append("")
      lines.append(title)
      for habit in habits {
        lines.append(
          "  \(habit.habit): \(Self.rate(habit.left)) and \(Self.rate(habit.right)) per \(habit.per), others \(Self.rate(habit.typical))"
        )
        for example in habit.leftExamples.prefix(1) + habit.rightExamples.prefix(1) {
          lines.append("      … \(Terminal.safe(example.replacing("\n", with: " "))) …")
        }
      }
    }
    return lines.joined(separator: "\n")
  }

  private static func rate(_ value: Double) -> String { String(format: "%.4f", value) }
}
