import Disclosure
import Testing

let analyst = StaffMember(id: "analyst", roles: [.analyst])
let reviewer = StaffMember(id: "reviewer", roles: [.reviewer])
let officer = StaffMember(id: "officer", roles: [.decider], rank: "inspector")
let second = StaffMember(id: "second", roles: [.decider], rank: "superintendent")
let discloser = StaffMember(id: "discloser", roles: [.discloser])

@Suite struct IdentificationTests {
  private static let independent = Identification.Corroboration(
    statement: "the number is in the subscriber's name", reference: "EX/4", isIndependent: true)

  private static func step(_ state: Identification.State) -> (Identification.Step, StaffMember)? {
    switch state {
    case .hypothesis: nil
    case .candidate: (.propose(personReference: "N/17", sourceReference: "EX/3"), analyst)
    case .corroborated:
      (
        .corroborate(
          [independent], contrary: "searched for other users of the device; none found", reviewer: reviewer),
        analyst
      )
    case .confirmed: (.confirm(rationale: "all three agree"), officer)
    case .rejected: (.reject(reason: "another user"), officer)
    case .withdrawn: (.withdraw(reason: "the device was sold"), officer)
    }
  }

  private static func at(_ state: Identification.State) throws -> Identification {
    let way: [Identification.State] =
      switch state {
      case .hypothesis: []
      case .candidate: [.candidate]
      case .corroborated: [.candidate, .corroborated]
      case .confirmed: [.candidate, .corroborated, .confirmed]
      case .rejected: [.candidate, .rejected]
      case .withdrawn: [.candidate, .corroborated, .confirmed, .withdrawn]
      }
    var identification = Identification(cluster: "C1")
    for (place, state) in way.enumerated() {
      let (step, who) = try #require(Self.step(state))
      identification = try identification.taking(step, by: who, at: Int64(place))
    }
    return identification
  }

  /// Each step from each state: those of the rules are taken, and every other is refused by name.
  @Test func allStepsFromAllStates() throws {
    let allowed: [Identification.State: Set<Identification.State>] = [
      .hypothesis: [.candidate, .rejected], .candidate: [.corroborated, .rejected],
      .corroborated: [.confirmed, .rejected], .confirmed: [.rejected, .withdrawn],
    ]
    for from in Identification.State.allCases {
      let identification = try Self.at(from)
      #expect(identification.state == from)
      for to in Identification.State.allCases {
        guard let (step, who) = Self.step(to) else { continue }
        if allowed[from]?.contains(to) == true {
          #expect(try identification.taking(step, by: who, at: 9).state == to)
        } else {
          #expect(throws: Refusal.noSuchStep(from: from.rawValue, to: to.rawValue)) {
            try identification.taking(step, by: who, at: 9)
          }
        }
      }
    }
  }

  @Test func aHypothesisHasNoPerson() {
    #expect(Identification(cluster: "C1").personReference == nil)
  }

  @Test func confirmationIsT0WithTheOfficersRank() throws {
    let confirmed = try Self.at(.corroborated).taking(
      .confirm(rationale: "x"), by: officer, at: 1_700_000_000)
    #expect(confirmed.confirmedAt == 1_700_000_000 && confirmed.confirmedBy?.rank == "inspector")
  }

  @Test func everyThingThatIsMissingIsNamed() throws {
    let hypothesis = Identification(cluster: "C1")
    let candidate = try Self.at(.candidate)
    let corroborated = try Self.at(.corroborated)
    let dependent = Identification.Corroboration(
      statement: "the same name", reference: "EX/3", isIndependent: false)
    func refused(_ identification: Identification, _ step: Identification.Step, _ who: StaffMember) -> Bool {
      do throws(Refusal) {
        _ = try identification.taking(step, by: who, at: 1)
        return false
      } catch {
        if case .missing = error { return true }
        return false
      }
    }
    #expect(refused(hypothesis, .propose(personReference: "", sourceReference: "EX/3"), analyst))
    #expect(refused(hypothesis, .propose(personReference: "N/1", sourceReference: " "), analyst))
    #expect(refused(candidate, .corroborate([], contrary: "none found", reviewer: reviewer), analyst))
    #expect(
      refused(candidate, .corroborate([dependent], contrary: "none found", reviewer: reviewer), analyst))
    #expect(refused(candidate, .corroborate([Self.independent], contrary: "", reviewer: reviewer), analyst))
    #expect(refused(corroborated, .confirm(rationale: ""), officer))
    #expect(
      refused(corroborated, .confirm(rationale: "x"), StaffMember(id: "o", roles: [.decider])), "no rank")
    #expect(refused(corroborated, .reject(reason: ""), reviewer))
  }

  @Test func rolesAndSecondPersons() throws {
    let hypothesis = Identification(cluster: "C1")
    #expect(throws: Refusal.roleNeeded(.analyst, who: "officer")) {
      try hypothesis.taking(.propose(personReference: "N", sourceReference: "S"), by: officer, at: 1)
    }
    let both = StaffMember(id: "analyst", roles: [.analyst, .reviewer, .decider], rank: "inspector")
    let candidate = try Self.at(.candidate)
    #expect(throws: Refusal.self) {
      try candidate.taking(
        .corroborate([Self.independent], contrary: "none found", reviewer: both), by: analyst, at: 1)
    }
    #expect(throws: Refusal.self) {
      try Self.at(.corroborated).taking(.confirm(rationale: "x"), by: both, at: 1)
    }
    #expect(throws: Refusal.roleNeeded(.decider, who: "reviewer")) {
      try Self.at(.confirmed).taking(.withdraw(reason: "x"), by: reviewer, at: 1)
    }
  }
}
