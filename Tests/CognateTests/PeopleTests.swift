import CaseFile
import Cognate
import Disclosure
import Foundation
import GRDB
import TestSupport
import Testing

/// Who may do what, as the library enforces it.
@Suite struct PeopleTests {
  @Test func anAnalystIsNoAdminAndAnAdminReadsNothing() throws {
    let test = try StaffedCase()
    let keeper = try test.by("keeper")
    #expect(throws: PeopleFailure.notAllowed(who: "keeper", what: .readContent)) { try keeper.accounts() }
    #expect(throws: PeopleFailure.notAllowed(who: "keeper", what: .readContent)) { try keeper.clusters() }
    #expect(throws: PeopleFailure.notAllowed(who: "keeper", what: .readContent)) {
      try keeper.why("A1", "A2")
    }
    #expect(throws: PeopleFailure.notAllowed(who: "keeper", what: .readContent)) {
      try keeper.identifications()
    }
    #expect(throws: PeopleFailure.notAllowed(who: "keeper", what: .readContent)) { try keeper.disclosures() }
    #expect(throws: PeopleFailure.notAllowed(who: "keeper", what: .work)) { try keeper.link() }
    let auditor = try test.by("AU6")
    #expect(throws: PeopleFailure.notAllowed(who: "AU6", what: .readContent)) { try auditor.accounts() }
    try test.database.read { database in
      try auditor.authorise(.readLog, database)
      #expect(throws: PeopleFailure.notAllowed(who: "keeper", what: .readLog)) {
        try keeper.authorise(.readLog, database)
      }
    }
    let analyst = try test.by("AN1")
    #expect(throws: PeopleFailure.notAllowed(who: "AN1", what: .administer)) {
      try analyst.addPerson("X9", roles: [.analyst], passphrase: StaffedCase.passphrase)
    }
    #expect(throws: PeopleFailure.notAllowed(who: "AN1", what: .administer)) {
      try analyst.removePerson("RV2")
    }
    _ = try analyst.accounts()
    #expect(throws: PeopleFailure.notAllowed(who: "PC5", what: .work)) {
      try test.by("PC5").judge("A1", "A3", .different, reason: "no")
    }
  }

  /// A refusal named the notice that was made, the state of a record, and accounts that were judged different.
  @Test func noRefusalTellsAnAdminOrAuditorOfContent() throws {
    let test = try StaffedCase()
    let identification = try test.identified()
    let id = try test.scheduled(identification)
    _ = try test.notice(id)
    for reader in ["keeper", "AU6"] {
      let refused = PeopleFailure.notAllowed(who: reader, what: .readContent)
      #expect(throws: refused) {
        try test.by(reader).disclose(id) { _, _ in
          .step(
            .deliver(
              .init(method: "m", recipients: ["V/1"], noticeHash: String(repeating: "0", count: 64))))
        }
      }
      #expect(throws: refused) { try test.by(reader).disclose(id) { _, _ in .step(.close) } }
      #expect(throws: refused) {
        try test.by(reader).identify(identification) { _ in .step(.reject(reason: "r")) }
      }
      #expect(throws: refused) { try test.by(reader).propose("C1", person: "N/1", source: "EX/1") }
      #expect(throws: refused) { try test.by(reader).examineAlerts(identification, finding: "f") }
    }
  }

  @Test func onceSomebodyIsRegisteredNobodyWorksUnnamed() throws {
    let test = try StaffedCase()
    #expect(throws: PeopleFailure.signInNeeded) { try test.unattended.accounts() }
    #expect(throws: PeopleFailure.signInNeeded) { try test.unattended.link() }
    #expect(throws: PeopleFailure.signInNeeded) { try test.unattended.undo() }
    #expect(throws: PeopleFailure.signInNeeded) { try test.unattended.protect(["x:a"]) }
    #expect(throws: PeopleFailure.signInNeeded) {
      try test.unattended.importSources(ImportRequest(paths: []))
    }
    #expect(throws: PeopleFailure.signInNeeded) {
      try test.unattended.propose("C1", person: "N", source: "S")
    }
    // A name that was only claimed is nobody.
    let claimed = test.unattended.acting(as: LogActor(name: "DI3", isAuthenticated: true))
    #expect(!claimed.actor.isAuthenticated)
    #expect(throws: PeopleFailure.signInNeeded) { try claimed.accounts() }
  }

  @Test func withoutPeopleAnalystsWorkAndNobodyIsIdentified() throws {
    let test = try CaseUnderTest()
    _ = try test.importing(accountLines, "a.ndjson")
    _ = try test.opened.link()
    #expect(throws: PeopleFailure.nobodyRegistered) {
      try test.opened.propose("C1", person: "N", source: "S")
    }
    #expect(throws: PeopleFailure.nobodyRegistered) {
      try test.opened.signIn("DC1", passphrase: StaffedCase.passphrase)
    }
    #expect(throws: PeopleFailure.firstIsAdmin) {
      try test.opened.addPerson("DC1", roles: [.analyst], passphrase: StaffedCase.passphrase)
    }
  }

  @Test func passphrasesAreCheckedAndRefusalsAreLogged() throws {
    let test = try StaffedCase()
    let wrong = Array("correct horse battery stapler".utf8)
    #expect(throws: PeopleFailure.notSignedIn("DI3")) { try test.unattended.signIn("DI3", passphrase: wrong) }
    #expect(throws: PeopleFailure.notSignedIn("DI3")) { try test.unattended.signIn("DI3", passphrase: []) }
    #expect(throws: PeopleFailure.notSignedIn("nobody")) {
      try test.unattended.signIn("nobody", passphrase: StaffedCase.passphrase)
    }
    let refused = try test.database.read { try LogEntry.all($0, .init(action: "sign-in.refused")) }
    #expect(refused.compactMap { $0.payload?.details["id"] } == ["DI3", "DI3", "nobody"])
    #expect(throws: PeopleFailure.weakPassphrase) {
      try test.by("keeper").addPerson("X9", roles: [.analyst], passphrase: Array("short".utf8))
    }
    let stored = try test.database.read { try String.fetchAll($0, sql: "SELECT verifier FROM person") }
    #expect(stored.allSatisfy { $0.hasPrefix("$argon2id$v=19$m=65536,t=3,p=1$") })
    // Equal passphrases have different verifiers.
    #expect(Set(stored).count == stored.count)
  }

  @Test func rolesAndIDs() throws {
    let test = try StaffedCase()
    let keeper = try test.by("keeper")
    func add(_ id: String, _ roles: Set<Role>) throws {
      try keeper.addPerson(id, roles: roles, passphrase: StaffedCase.passphrase)
    }
    #expect(throws: PeopleFailure.standsAlone(.admin)) { try add("X9", [.admin, .analyst]) }
    #expect(throws: PeopleFailure.standsAlone(.auditor)) { try add("X9", [.auditor, .decider]) }
    #expect(throws: PeopleFailure.noRole) { try add("X9", []) }
    for id in ["", "a b", "-x", "é", "x\u{1B}", String(repeating: "a", count: 41)] {
      #expect(throws: PeopleFailure.badID(id)) { try add(id, [.analyst]) }
    }
    #expect(throws: PeopleFailure.idTaken("an1")) { try add("an1", [.analyst]) }
    #expect(throws: PeopleFailure.lastAdmin) { try keeper.removePerson("keeper") }
    #expect(throws: PeopleFailure.noSuchPerson("X9")) { try keeper.removePerson("X9") }
  }

  @Test func whoIsRemovedOrElsewhereIsNobody() throws {
    let test = try StaffedCase()
    try test.by("keeper").removePerson("AN1")
    #expect(throws: PeopleFailure.noLongerValid("AN1")) { try test.by("AN1").accounts() }
    #expect(throws: PeopleFailure.idTaken("AN1")) {
      try test.by("keeper").addPerson("AN1", roles: [.analyst], passphrase: StaffedCase.passphrase)
    }
    #expect(throws: PeopleFailure.notSignedIn("AN1")) {
      try test.unattended.signIn("AN1", passphrase: StaffedCase.passphrase)
    }
    // Somebody of another case.
    let other = try CaseUnderTest()
    try other.opened.addPerson("keeper", roles: [.admin], passphrase: StaffedCase.passphrase)
    let stranger = try other.opened.signIn("keeper", passphrase: StaffedCase.passphrase)
    #expect(throws: PeopleFailure.noLongerValid("keeper")) {
      try test.unattended.acting(as: stranger).removePerson("RV2")
    }
    // A new passphrase ends what was proved by the old one.
    let new = Array("another passphrase altogether".utf8)
    try test.by("RV2").changePassphrase(to: new)
    #expect(throws: PeopleFailure.noLongerValid("RV2")) { try test.by("RV2").accounts() }
    let again = try test.unattended.signIn("RV2", passphrase: new)
    _ = try test.unattended.acting(as: again).accounts()
  }
}
