import Disclosure
import Foundation
import Reports
import TestSupport
import Testing

@Suite("Auditor's report")
struct AuditFiguresTests {
  private static let day: Int64 = 86_400
  /// Monday 2026-03-02, 10:00 in London.
  private static let monday: Int64 = 1_772_445_600
  private static let decider = StaffMember(id: "de1", roles: [.decider])
  private static let discloser = StaffMember(id: "di1", roles: [.discloser])

  private static func entry(
    _ event: DisclosureEvent, _ state: DisclosureState, _ time: Int64, by who: StaffMember = decider,
    analysts: Set<String> = ["an1"], isLogged: Bool = true
  ) -> DisclosureEntry {
    var circumstances = DisclosureRecord.Circumstances()
    circumstances.isSuspectUnder18 = false
    circumstances.isRequesterChecked = true
    circumstances.analysts = analysts
    return DisclosureEntry(
      action: event.action, state: state, time: time, recordedAt: time, who: who.id, isLogged: isLogged,
      content: .init(event: event, who: who, circumstances: circumstances))
  }

  private static let decision = DisclosureStep.Decision(
    rationale: "r", items: [.identity, .status], riskAssessment: "RA", safetyPlan: "SP")

  /// Due on Monday 10:00, decided and told after so many days.
  private static func told(
    _ id: String, unit: String = "North", after days: [Int64], pause: ClosedRange<Int64>? = nil
  ) -> AuditMaterial.Told {
    var entries = [entry(.step(.becomeDue(confirmedAt: monday)), .due, monday)]
    entries.append(entry(.step(.review), .underReview, monday + 60))
    if let pause {
      entries.append(
        entry(.pause(.decision, reason: "abroad"), .underReview, monday + pause.lowerBound * day))
      entries.append(entry(.resume(.decision), .underReview, monday + pause.upperBound * day))
    }
    if let first = days.first {
      entries.append(entry(.step(.decideToDisclose(decision)), .decidedDisclose, monday + first * day))
    }
    if days.count > 1 {
      entries.append(
        entry(
          .step(.schedule(channel: "c", discloser: discloser)), .scheduled, monday + days[0] * day,
          by: discloser))
      entries.append(
        entry(
          .step(
            .deliver(
              .init(
                method: "in person", recipients: ["victim"], noticeHash: String(repeating: "a", count: 64))
            )), .disclosed, monday + days[1] * day, by: discloser))
    }
    return history(id, unit: unit, entries)
  }

  private static func history(
    _ id: String, unit: String = "North", _ entries: [DisclosureEntry], confirmedAt: Int64? = monday,
    endedAt: Int64? = nil
  ) -> AuditMaterial.Told {
    AuditMaterial.Told(
      caseReference: "CR/1/26",
      history: DisclosureHistory(
        id: id, basis: .init(id: "I1", confirmedAt: confirmedAt, endedAt: endedAt), parent: nil, unit: unit,
        authority: .force, rules: .proposal, isEnhanced: false, entries: entries))
  }

  private static func figures(_ told: [AuditMaterial.Told], now: Int64 = monday + 30 * day) throws
    -> AuditFigures
  {
    AuditFigures(AuditMaterial(disclosures: told), now: now, try BankHolidays.builtIn())
  }

  /// Known answers: 1, 2, 4 and 10 days from confirmation to disclosure.
  @Test func mediansAndPercentiles() throws {
    let told = zip([1, 2, 4, 10] as [Int64], 1...).map { days, number in
      Self.told("D\(number)", after: [1, days])
    }
    let figures = try Self.figures(told)
    let timing = try #require(figures.all.timing(.endToEnd))
    #expect(timing.started == 4 && timing.met == 4 && timing.running == 0)
    #expect(abs(try #require(timing.medianSeconds) - 259_200) < 1e-6)
    // Between the third and the fourth of four values: 4 + 0.7 of 6 days.
    #expect(abs(try #require(timing.percentile90Seconds) - 708_480) < 1e-6)
    #expect(figures.daysToDisclosure == [1, 2, 4, 10])
    #expect(figures.all.states == ["disclosed": 4])
    #expect(figures.unreplayable.isEmpty && figures.mustBeZero.allSatisfy(\.found.isEmpty))
  }

  /// Five working days from a Monday end on the next Monday at the end of the day: day 7 is in time, day 8 is late.
  @Test func lateAndOverdue() throws {
    let figures = try Self.figures([
      Self.told("D1", after: [7]), Self.told("D2", after: [8]), Self.told("D3", after: []),
    ])
    let decision = try #require(figures.all.timing(.decision))
    #expect(decision.started == 3 && decision.met == 2 && decision.late == 1)
    #expect(decision.running == 1 && decision.overdue == 1)
    let early = try Self.figures([Self.told("D3", after: [])], now: Self.monday + 7 * Self.day)
    #expect(early.all.timing(.decision)?.overdue == 0)
  }

  /// A clock that stood from Tuesday to Thursday has two days more, and its time without pauses is two days less.
  @Test func pauses() throws {
    let figures = try Self.figures([Self.told("D1", after: [9], pause: 1...3)])
    let decision = try #require(figures.all.timing(.decision))
    #expect(decision.late == 0 && decision.pausedSeconds == 2 * 86_400)
    #expect(decision.medianSeconds == 9 * 86_400 && decision.medianUnpausedSeconds == 7 * 86_400)
    let later = try Self.figures([Self.told("D1", after: [10], pause: 1...3)])
    #expect(later.all.timing(.decision)?.late == 1)
  }

  /// Nothing that was in time is late once its content was erased.
  @Test func erasedRecordsKeepTheirTimes() throws {
    var delivered = Self.told("D2", after: [1, 9]).history.entries
    delivered.insert(
      contentsOf: [
        Self.entry(.pause(.delivery, reason: "abroad"), .scheduled, Self.monday + 2 * Self.day),
        Self.entry(.resume(.delivery), .scheduled, Self.monday + 4 * Self.day),
      ], at: delivered.count - 1)
    let deferral = DisclosureStep.Deferral(
      reasons: [.investigation], evidence: "e", reviewBy: LondonTime.date(of: Self.monday).adding(20),
      endsWhen: "arrest")
    let deferred = [
      Self.entry(.step(.becomeDue(confirmedAt: Self.monday)), .due, Self.monday),
      Self.entry(.step(.review), .underReview, Self.monday + 60),
      Self.entry(.step(.postpone(deferral)), .deferred, Self.monday + 120),
      Self.entry(.step(.review), .underReview, Self.monday + 19 * Self.day),
    ]
    for (kind, entries) in [
      (ClockKind.decision, Self.told("D1", after: [9], pause: 1...3).history.entries),
      (.delivery, delivered), (.deferralReview, deferred),
    ] {
      let erased = entries.map {
        DisclosureEntry(
          action: $0.action, state: $0.state, time: $0.time, recordedAt: $0.recordedAt, who: $0.who,
          isLogged: true, content: nil)
      }
      let whole = try Self.figures([Self.history("D1", entries)])
      #expect(whole.all.timing(kind)?.met == 1 && whole.all.timing(kind)?.late == 0, "\(kind)")
      #expect(try Self.figures([Self.history("D1", erased)]).all.timings == whole.all.timings, "\(kind)")
    }
  }

  /// A clock that the end of the record stops is neither met nor overdue.
  @Test func superseded() throws {
    let figures = try Self.figures([
      Self.history(
        "D1",
        [
          Self.entry(.step(.becomeDue(confirmedAt: Self.monday)), .due, Self.monday),
          Self.entry(.step(.supersede(reason: "withdrawn")), .closed, Self.monday + 20 * Self.day),
        ], endedAt: Self.monday + 19 * Self.day)
    ])
    let decision = try #require(figures.all.timing(.decision))
    #expect(decision.endedOtherwise == 1 && decision.met == 0 && decision.overdue == 0 && decision.late == 0)
    #expect(decision.medianSeconds == nil)
    #expect(figures.all.timing(.endToEnd)?.met == 0)
  }

  /// Decided in part on the second day and told on the eighth: one decision, in time, and one time from end to end. What was
  /// held back is a record of its own, whose decision was that one.
  @Test func whatWasHeldBackWasDecidedOnce() throws {
    let deferral = DisclosureStep.Deferral(
      reasons: [.investigation], evidence: "e", reviewBy: LondonTime.date(of: Self.monday).adding(5),
      endsWhen: "arrest")
    let partly = DisclosureStep.Decision(
      rationale: "r", items: [.status], withheld: [.identity], deferral: deferral, riskAssessment: "RA",
      safetyPlan: "SP")
    var lines = Self.told("D1", after: [2, 8]).history.entries
    lines[2] = Self.entry(.step(.decidePartly(partly)), .decidedPartial, Self.monday + 2 * Self.day)
    let told = Self.monday + 8 * Self.day
    let part = Self.entry(
      .heldBack(deferral, items: [.identity], confirmedAt: Self.monday), .deferred, told, by: Self.discloser)
    let figures = try Self.figures(
      [Self.history("D1", lines), Self.history("D2", [part])], now: Self.monday + 10 * Self.day)
    #expect(figures.unreplayable.isEmpty)
    let decision = try #require(figures.all.timing(.decision))
    #expect(decision.started == 1 && decision.met == 1 && decision.late == 0)
    #expect(decision.medianSeconds == 172_800.0)
    #expect(figures.all.deferrals == 1 && figures.all.timing(.deferralReview)?.running == 1)
    // The victim was told once, on the eighth day; the day on which the rest was told is no second such time.
    let rest = [
      part, Self.entry(.step(.review), .underReview, told + Self.day),
      Self.entry(.step(.supersede(reason: "withdrawn")), .closed, told + 2 * Self.day),
    ]
    for lines in [[Self.history("D1", lines)], [Self.history("D1", lines), Self.history("D2", rest)]] {
      let counted = try Self.figures(lines, now: Self.monday + 20 * Self.day)
      let timing = try #require(counted.all.timing(.endToEnd))
      #expect(timing.started == 1 && timing.met == 1 && timing.running == 0 && timing.endedOtherwise == 0)
      #expect(counted.daysToDisclosure == [8])
    }
  }

  /// An application is met by telling the victim, and not by a record that closed with nobody told.
  @Test func anApplicationIsNotMetByAWithdrawal() throws {
    func applied(_ id: String, _ rest: [DisclosureEntry]) -> AuditMaterial.Told {
      Self.history(
        id,
        [
          Self.entry(.step(.becomeDue(confirmedAt: Self.monday)), .due, Self.monday),
          Self.entry(.occurrence(.schemeApplication, at: Self.monday + 10), .due, Self.monday + 20),
        ] + rest)
    }
    let end = Self.monday + 50 * Self.day
    let withdrawn = Self.entry(.step(.supersede(reason: "withdrawn")), .closed, end)
    let told = Self.entry(
      .told(.schemeApplication, at: Self.monday + Self.day, how: "call"), .due, Self.monday + Self.day,
      by: Self.discloser)
    let figures = try Self.figures(
      [applied("D1", [withdrawn]), applied("D2", [told, withdrawn])], now: end + Self.day)
    let scheme = try #require(figures.all.timing(.domesticViolenceScheme))
    #expect(scheme.started == 2 && scheme.met == 1 && scheme.endedOtherwise == 1 && scheme.late == 0)
    #expect(scheme.medianSeconds == 86_390.0)
  }

  @Test func deferralsWithoutEnd() throws {
    func deferred(_ id: String, reviewBy: Int64, endsWhen: String = "trial", reviewed: Bool = false)
      -> AuditMaterial.Told
    {
      let deferral = DisclosureStep.Deferral(
        reasons: [.investigation, .proceedings], evidence: "e",
        reviewBy: LondonTime.date(of: Self.monday).adding(Int(reviewBy)), endsWhen: endsWhen)
      var entries = [
        Self.entry(.step(.becomeDue(confirmedAt: Self.monday)), .due, Self.monday),
        Self.entry(.step(.review), .underReview, Self.monday + 60),
        Self.entry(.step(.postpone(deferral)), .deferred, Self.monday + 120),
      ]
      if reviewed { entries.append(Self.entry(.step(.review), .underReview, Self.monday + 5 * Self.day)) }
      return Self.history(id, entries)
    }
    let figures = try Self.figures(
      [
        deferred("D1", reviewBy: 20), deferred("D2", reviewBy: 3),
        deferred("D3", reviewBy: 20, endsWhen: " "),
        deferred("D4", reviewBy: 3, reviewed: true),
      ], now: Self.monday + 10 * Self.day)
    #expect(figures.all.deferrals == 4 && figures.all.standingDeferrals == 3)
    #expect(figures.all.deferralsWithoutEnd == 2)
    #expect(figures.all.reasons.map(\.code) == ["R03", "R08"])
    #expect(figures.all.reasons.allSatisfy { $0.deferrals == 4 && $0.standing == 3 && $0.withoutEnd == 2 })
    // D4 was reviewed on the fifth day, and was to be by the end of the third.
    #expect(figures.all.timing(.deferralReview)?.late == 1)
  }

  /// Neither is ever overdue, however long it waits.
  @Test func whatWaitsWithoutALimitIsNamed() throws {
    let deferral = DisclosureStep.Deferral(
      reasons: [.investigation], evidence: "e", reviewBy: LondonTime.date(of: Self.monday).adding(3),
      endsWhen: "arrest")
    let tuesday = Self.monday + Self.day
    let begun = [
      Self.entry(.step(.becomeDue(confirmedAt: Self.monday)), .due, Self.monday),
      Self.entry(.step(.review), .underReview, Self.monday + 60),
    ]
    let paused = begun + [Self.entry(.pause(.decision, reason: "abroad"), .underReview, tuesday)]
    let again =
      begun + [
        Self.entry(.step(.postpone(deferral)), .deferred, Self.monday + 120),
        Self.entry(.step(.review), .underReview, tuesday),
      ]
    let resumed = paused + [Self.entry(.resume(.decision), .underReview, tuesday + 60)]
    let records = [begun, paused, again, resumed, Array(again.dropLast())].enumerated().map {
      Self.history("D\($0.offset + 1)", $0.element)
    }
    // From Tuesday, 3 March, 28 days end with 31 March, in summer time.
    let last = Self.monday + 29 * Self.day + 12 * 3_600 + 3_599
    #expect(try Self.figures(records, now: last + 3_600).withoutLimit == ["CR/1/26 D2", "CR/1/26 D3"])
    #expect(try Self.figures(records, now: last).withoutLimit == [])
    let found = try Self.figures(records, now: last + 3_600)
    #expect(AuditPage.html(found).contains("2 records wait without a limit"))
    #expect(AuditTable.csv(found).contains("found,,without_limit,\"CR/1/26 D3\""))
  }

  @Test func right6() throws {
    func arrested(_ id: String, told: Int64?) -> AuditMaterial.Told {
      var entries = [
        Self.entry(.step(.becomeDue(confirmedAt: Self.monday)), .due, Self.monday),
        Self.entry(.occurrence(.arrest, at: Self.monday), .due, Self.monday + 60),
      ]
      if let told {
        let at = Self.monday + told * Self.day
        entries.append(Self.entry(.told(.arrest, at: at, how: "call"), .due, at, by: Self.discloser))
      }
      return Self.history(id, entries)
    }
    let material = [arrested("D1", told: 7), arrested("D2", told: 8), arrested("D3", told: nil)]
    let figures = try Self.figures(material)
    #expect(figures.all.right6.inTime == 1 && figures.all.right6.late == 1 && figures.all.right6.overdue == 1)
    #expect(figures.all.right6.share == 1.0 / 3)
    let early = try Self.figures([material[2]], now: Self.monday + Self.day)
    #expect(early.all.right6.pending == 1 && early.all.right6.share == nil)
  }

  /// What falls due beyond the calendar is neither in time nor late; the rest of the record is timed all the same.
  @Test func beyondTheCalendar() throws {
    let arrested = Self.monday + 302 * Self.day
    let lines =
      Self.told("D1", after: [8]).history.entries + [
        Self.entry(.occurrence(.arrest, at: arrested), .decidedDisclose, arrested),
        Self.entry(
          .told(.arrest, at: arrested, how: "call"), .decidedDisclose, arrested + 60, by: Self.discloser),
      ]
    let year = try BankHolidays(source: "t", days: [try #require(CivilDate("2026-12-25"))])
    let figures = AuditFigures(
      AuditMaterial(disclosures: [Self.history("D1", lines)]), now: arrested + Self.day, year)
    #expect(figures.beyondCalendar == ["CR/1/26 D1"] && figures.all.timing(.decision)?.late == 1)
    #expect(figures.all.timing(.right6)?.met == 1 && figures.all.right6.share == nil)
  }

  /// Each breach alone is found, under its name and no other.
  @Test func mustBeZero() throws {
    let due = Self.entry(.step(.becomeDue(confirmedAt: Self.monday)), .due, Self.monday)
    let review = Self.entry(.step(.review), .underReview, Self.monday + 60)
    let refusal = DisclosureEvent.step(
      .refuse(.init(reason: .courtOrder, rationale: "r", approver: Self.decider, routeOfChallenge: "c")))
    let breaches: [(String, AuditMaterial.Told)] = [
      (
        "decider-is-analyst",
        Self.history(
          "D1",
          [
            due, review,
            Self.entry(
              .step(.decideToDisclose(Self.decision)), .decidedDisclose, Self.monday + 120, analysts: ["de1"]),
          ])
      ),
      (
        "told-before-confirmation",
        Self.history(
          "D2", Self.told("D2", after: [1, 2]).history.entries, confirmedAt: Self.monday + 5 * Self.day)
      ),
      (
        "refusal-without-second-person",
        Self.history("D3", [due, review, Self.entry(refusal, .refused, Self.monday + 120)])
      ),
      (
        "withdrawn-without-correction",
        Self.history(
          "D5", Self.told("D5", after: [1, 2]).history.entries, endedAt: Self.monday + 5 * Self.day)
      ),
      (
        "outside-log",
        Self.history(
          "D4", [due, Self.entry(.step(.review), .underReview, Self.monday + 60, isLogged: false)])
      ),
    ]
    for (check, told) in breaches {
      let figures = try Self.figures([told])
      for one in figures.mustBeZero {
        #expect(one.found == (one.check == check ? ["CR/1/26 \(told.history.id)"] : []), "\(check): \(one)")
      }
    }
  }

  /// A page, a table and JSON of the same figures: whole, without a name of staff, safe from names of units.
  @Test func pages() throws {
    let figures = try Self.figures([
      Self.told("D1", unit: "=North <script>", after: [1, 3]),
      Self.told("D2", unit: "South \u{202E}", after: [8, 20]),
      Self.told("D3", unit: "", after: []),
    ])
    let page = AuditPage.html(figures)
    let table = AuditTable.csv(figures)
    for text in [page, table] {
      for name in ["de1", "di1", "an1", "victim\"", "<script", "\u{202E}"]
      where text == page || name != "<script" {
        #expect(!text.contains(name), "\(name)")
      }
    }
    #expect(
      page.contains("Content-Security-Policy") && !page.contains("http://") && !page.contains("https://"))
    #expect(table.contains("\"'=North <script>\"") && !table.contains(",=North"))
    #expect(try page == GoldenFile.expected("audit.html", for: page, beside: #filePath))
    #expect(try table == GoldenFile.expected("audit.csv", for: table, beside: #filePath))
    let again = try JSONDecoder().decode(AuditFigures.self, from: JSONEncoder().encode(figures))
    #expect(again == figures)
  }

  @Test(arguments: [
    "", "{}\n", "{\"histories\":2}\n", "{\"histories\":1}\n{\n",
    "{\"histories\":1,\"rule_sets\":{\"x\":\"version = 1\"}}\n",
    "{\"histories\":1}\n{\"case\":\"c\",\"id\":\"D1\",\"unit\":\"u\",\"authority\":\"force\",\"rules\":\"unknown\",\"is_enhanced\":false,\"basis\":{\"id\":\"I1\"},\"entries\":[]}\n",
    // Times that are no dates, and sums of which would overflow.
    "{\"histories\":1,\"as_at\":9223372036854775807}\n",
    "{\"histories\":1}\n{\"case\":\"c\",\"id\":\"D1\",\"unit\":\"u\",\"authority\":\"force\",\"rules\":\"proposal-2026-11\",\"is_enhanced\":false,\"basis\":{\"id\":\"I1\",\"confirmed_at\":-9223372036854775808},\"entries\":[]}\n",
  ])
  func filesThatAreNone(text: String) throws {
    #expect(throws: HistoryFile.Failure.self) { try HistoryFile(Data(text.utf8), name: "h.ndjson") }
  }
}
