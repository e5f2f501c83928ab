import CaseFile
import Cognate
import CorpusKit
import Disclosure
import Foundation
import GRDB
import TestSupport
import Testing
import TransparencyLog

/// Holding, restricting and erasing.
@Suite struct ErasureTests {
  private func strings(_ test: StaffedCase) throws -> String {
    // All that the database file and its write-ahead log hold, also in pages that are free.
    let place = test.folder.url.appendingPathComponent("t.cognate")
    var bytes = Data()
    for name in ["case.sqlite", "case.sqlite-wal"] {
      bytes += (try? Data(contentsOf: place.appendingPathComponent(name))) ?? Data()
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test func anErasedAccountIsGoneAndTheLogStillVerifies() throws {
    let test = try StaffedCase()
    let before = try test.by("AN1").link()
    _ = try test.by("AN1").account("A3")
    #expect(try strings(test).contains("stranger_danger"))
    let report = try test.by("DI3").erase("A3", .erase, reason: "not a party", second: test.person("RV2"))
    #expect(report.erasedEntries.count == 1)
    #expect(try !strings(test).contains("stranger_danger"))
    #expect(try !strings(test).contains("t@example.org"))
    let entry = try test.database.read { try LogEntry.one($0, report.entry) }
    #expect(entry.operation == .erasure && entry.payload?.subjects.contains("A3") == true)
    #expect(entry.payload?.details["second"] == "RV2")
    // The tree holds, with the leaves of what was erased.
    let verified = try LogVerifier(test.database.log, key: test.database.logKey).verify()
    #expect(verified.isSound, "\(verified.faults)")
    #expect(throws: CaseError.self) { try test.by("AN1").account("A3") }
    // The erasure is part of what the next run depends on.
    let after = try test.by("AN1").link()
    #expect(after.run != before.run && after.accounts == before.accounts - 1)
    #expect(throws: CaseError.self) {
      try test.by("DI3").erase("A3", .erase, reason: "again", second: test.person("RV2"))
    }
  }

  /// Where a page of an index was split, what went to the other page stayed behind, and outlived the erasure.
  @Test func nothingIsLeftBetweenRows() throws {
    let test = try StaffedCase()
    var state: UInt64 = 1
    var lines = ""
    for number in 0..<3000 {
      var name = "zq"
      // No z, so that no name holds the beginning of one.
      for _ in 0..<13 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        name.unicodeScalars.append(Unicode.Scalar(UInt8(0x61 + (state >> 33) % 25)))
      }
      lines +=
        #"{"id":"\#(number)","platform":"x","handle":"\#(name)","emails":["\#(name)@example.org"]}"# + "\n"
    }
    let file = try test.folder.write(lines, to: "many.ndjson")
    _ = try test.by("AN1").importSources(ImportRequest(paths: [file]))
    let queue = try DatabaseQueue(path: test.folder.url.path + "/t.cognate/case.sqlite")
    try queue.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
    try queue.close()
    var counts: [String: Int] = [:]
    let parts = try strings(test).components(separatedBy: "zq").dropFirst()
    for part in parts { counts[String(part.prefix(13)), default: 0] += 1 }
    // Most stand in the same places; of some a key has other letters.
    let often = Dictionary(grouping: counts.values, by: { $0 }).mapValues(\.count)
    let usual = often.max { ($0.value, $0.key) < ($1.value, $1.key) }?.key ?? 0
    let more = counts.filter { $0.value > usual }.keys.sorted()
    #expect(!more.isEmpty && more.count < 100)
    for name in more.prefix(4) {
      let id = try test.by("AN1").account("x:zq\(name)").account.id
      _ = try test.by("DI3").erase(id, .erase, reason: "not a party", second: test.person("RV2"))
      #expect(try !strings(test).contains(name), "\(name)")
    }
  }

  /// Copies of sources kept what was erased, and nobody was told.
  @Test func copiesThatMayHoldWhatWasErasedAreNamed() throws {
    let test = try StaffedCase()
    let file = try test.folder.write(
      #"{"id":"n1","platform":"x","handle":"newcomer.one"}"# + "\n", to: "new.ndjson")
    var request = ImportRequest(paths: [file])
    request.keepsCopy = true
    let hash = try #require(try test.by("AN1").importSources(request).sources[0].sha256)
    let id = try #require(try test.by("AN1").accounts().last?.id)
    func erase(_ id: String) throws -> [String] {
      try test.by("DI3").erase(id, .erase, reason: "not a party", second: test.person("RV2")).keptCopies
    }
    // Nor is the copy of a chat without the account named, whose files may belong to those beside them.
    let rule = String(repeating: "=", count: 62)
    let chat = try test.folder.write(
      "\(rule)\nGuild: Club\nChannel: Text / general\n\(rule)\n\n[1/17/2023 7:33 PM] una\nhello\n\n\(rule)\nExported 1 message(s)\n\(rule)\n",
      to: "chat.txt")
    request.paths = [chat]
    #expect(try test.by("AN1").importSources(request).sources.map(\.format) == ["discord-txt"])
    #expect(try erase("A3") == [])
    #expect(try erase(id) == ["sources/\(hash)"])
    // Of an archive all is kept for each of its sources, by whatever name it was imported first.
    let zip = test.folder.url.appendingPathComponent("both.zip")
    let others = ["n2", "n3"].map { name in
      let line = #"{"id":"1","platform":"x","handle":"\#(name).one"}"# + "\n"
      return (name: "\(name).ndjson", bytes: Array(line.utf8))
    }
    try Data(zipFile(others)).write(to: zip)
    _ = try test.by("AN1").importSources(ImportRequest(paths: [zip]))
    let renamed = test.folder.url.appendingPathComponent("renamed.zip")
    try FileManager.default.moveItem(at: zip, to: renamed)
    request.paths = [renamed]
    let hashes = try test.by("AN1").importSources(request).sources.compactMap(\.sha256)
    let last = try #require(try test.by("AN1").accounts().last?.id)
    #expect(hashes.count == 2)
    #expect(try erase(last) == hashes.sorted().map { "sources/\($0)" })
  }

  /// It would be said that no copy holds it.
  @Test func nothingIsErasedWhereCopiesCannotBeListed() throws {
    let test = try StaffedCase()
    try Data().write(to: test.place.appendingPathComponent("sources"))
    #expect(throws: CaseError.self) {
      try test.by("DI3").erase("A3", .erase, reason: "not a party", second: test.person("RV2"))
    }
    #expect(try test.by("AN1").account("A3").account.id == "A3")
  }

  /// What an import set aside quotes its source, and goes with an account of it.
  @Test func whatWasQuotedOfItsSourcesGoes() throws {
    let test = try StaffedCase()
    let file = try test.folder.write(
      #"{"id":"n1","platform":"x","handle":"newcomer.one","posts":[{"at":"quoted_in_an_example","text":"t"}]}"#
        + "\n",
      to: "damaged.ndjson")
    let report = try test.by("AN1").importSources(ImportRequest(paths: [file]))
    #expect(
      report.sources.flatMap(\.setAside).flatMap(\.examples).contains { $0.contains("quoted_in_an_example") })
    #expect(try strings(test).contains("quoted_in_an_example"))
    let id = try #require(try test.by("AN1").accounts().last?.id)
    _ = try test.by("DI3").erase(id, .erase, reason: "not a party", second: test.person("RV2"))
    #expect(try !strings(test).contains("quoted_in_an_example"))
    let verified = try CaseLog(of: test.folder.url.appendingPathComponent("t.cognate")).verify()
    #expect(verified.isSound, "\(verified.faults) \(verified.folder.faults)")
  }

  @Test func aRestrictedAccountIsKeptAndNeitherShownNorLinked() throws {
    let test = try StaffedCase()
    let before = try test.by("AN1").link()
    #expect(before.clusters.count == 1)
    _ = try test.by("DI3").erase("A1", .restrict, reason: "disputed", second: test.person("DCI4"))
    #expect(throws: CaseError.self) { try test.by("AN1").why("A1", "A2") }
    let shown = try test.by("AN1").accounts().first { $0.id == "A1" }
    #expect(shown?.name == "restricted")
    let after = try test.by("AN1").link()
    #expect(after.clusters.isEmpty && after.run != before.run)
    #expect(try strings(test).contains("grim.reefer"))
  }

  @Test func aHoldForbidsErasureAndNotRestriction() throws {
    let test = try StaffedCase()
    let hold = try test.by("DI3").placeHold(on: nil, reason: "trial listed", reference: "T/3")
    let refused = #expect(throws: CaseError.self) {
      try test.by("DI3").erase("A3", .erase, reason: "x", second: test.person("RV2"))
    }
    #expect(refused?.description.contains("\(hold) (T/3) holds the whole case") == true)
    _ = try test.by("DI3").erase("A3", .restrict, reason: "x", second: test.person("RV2"))
    #expect(throws: PeopleFailure.samePersonTwice("DI3")) {
      try test.by("DI3").liftHold(hold, reason: "over", second: test.person("DI3"))
    }
    try test.by("DI3").liftHold(hold, reason: "over", second: test.person("RV2"))
    _ = try test.by("DI3").erase("A3", .erase, reason: "x", second: test.person("RV2"))
    #expect(try test.by("DI3").holds().map { $0.liftedBy } == ["DI3"])
    // A hold of an identification reaches its accounts.
    let identification = try test.identified(.candidate)
    _ = try test.by("DI3").placeHold(on: identification, reason: "appeal", reference: "CA/9")
    _ = try test.by("AN1").identify(identification) { _ in .step(.reject(reason: "another user")) }
    for subject in ["A1", identification] {
      #expect(throws: CaseError.self) {
        try test.by("DI3").erase(subject, .erase, reason: "x", second: test.person("RV2"))
      }
    }
  }

  /// A hold that was lifted as H01 or 1 had an entry about another hold, and the log was unsound from then on.
  @Test func holdsAndWhatIsErasedAreNamedInOneForm() throws {
    let test = try StaffedCase()
    let hold = try test.by("DI3").placeHold(on: "e1", reason: "trial listed", reference: "T/3")
    for id in ["H01", "01", "H+1", "H-1", "H 1", "H", "", "A1", "H1x", "H99999999999999999999"] {
      #expect(throws: CaseError.self, "\(id)") {
        try test.by("DI3").liftHold(id, reason: "over", second: test.person("RV2"))
      }
    }
    #expect(try test.by("DI3").liftHold("1", reason: "over", second: test.person("RV2")) == hold)
    let other = try test.by("DI3").placeHold(on: nil, reason: "trial listed", reference: "T/4")
    #expect(try test.by("DI3").liftHold("h2", reason: "over", second: test.person("RV2")) == other)
    let entries = try test.database.read { try LogEntry.all($0) }
    #expect(entries.first { $0.action == "hold.place" }?.payload?.subjects == ["H1", "E1"])
    #expect(entries.filter { $0.action == "hold.lift" }.map(\.payload?.subjects) == [["H1"], ["H2"]])
    _ = try test.identified(.candidate)
    for id in ["A03", "A+3", "A-3", "A", "E01", "E+1", "E", "I01", "I+1", "D01", "H1", "3", ""] {
      #expect(throws: (any Error).self, "\(id)") {
        try test.by("DI3").erase(id, .erase, reason: "x", second: test.person("RV2"))
      }
    }
    let report = try CaseLog(of: test.folder.url.appendingPathComponent("t.cognate")).verify()
    #expect(report.isSound, "\(report.faults)")
  }

  @Test func aHoldKeepsWhatWouldGoWithSomethingElse() throws {
    let test = try StaffedCase()
    try test.by("AN1").judge("A1", "A3", .different, reason: "seen at once in Kent")
    let judged = try #require(
      try test.database.read { try LogEntry.all($0, .init(action: "judge")).last?.index })
    for subject in ["E\(judged)", "A1"] {
      let hold = try test.by("DI3").placeHold(on: subject, reason: "appeal", reference: "CA/9")
      let refused = #expect(throws: CaseError.self) {
        try test.by("DI3").erase("A3", .erase, reason: "x", second: test.person("RV2"))
      }
      #expect(refused?.description.contains("\(hold) (CA/9) holds \(subject), ") == true)
      #expect(refused?.description.contains("would go with A3") == true)
      try test.by("DI3").liftHold(hold, reason: "over", second: test.person("RV2"))
    }
    #expect(try test.database.read { try LogEntry.one($0, judged).payload } != nil)
    _ = try test.by("DI3").erase("A3", .erase, reason: "x", second: test.person("RV2"))
    #expect(try test.database.read { try LogEntry.one($0, judged).payload } == nil)
    // The words of a hold stay in the case, and so does what tells of it.
    let placed = try test.database.read { try LogEntry.all($0, .init(action: "hold.place")) }
    #expect(placed.count == 2 && placed.allSatisfy { $0.payload != nil })
  }

  @Test func whatWasHeldBackOutlivesWhatItWasHeldBackFrom() throws {
    let test = try StaffedCase()
    let whole = try test.scheduled(try test.identified(), StaffedCase.partly)
    let hash = try test.notice(whole, "status = \"suspected\"\nofficer = \"PC Five\"\n").sha256
    _ = try test.by("PC5").disclose(whole) { _, _ in
      .step(.deliver(.init(method: "in person", recipients: ["V/1"], noticeHash: hash)))
    }
    _ = try test.by("PC5").disclose(whole) { _, _ in .step(.acknowledge(how: "signed for")) }
    _ = try test.by("DI3").disclose(whole) { _, _ in .step(.close) }
    _ = try test.by("DI3").disclosures()
    let listed = try #require(
      try test.database.read { try LogEntry.all($0, .init(action: "disclose.list")).last })
    #expect(listed.payload?.subjects == ["D1", "D2"])
    func erase() throws -> ErasureReport {
      try test.by("DI3").erase(whole, .erase, reason: "retention period over", second: test.person("RV2"))
    }
    // A hold on either keeps both.
    let hold = try test.by("DI3").placeHold(on: "D2", reason: "appeal", reference: "CA/9")
    #expect(throws: CaseError.self) { try erase() }
    try test.by("DI3").liftHold(hold, reason: "over", second: test.person("RV2"))
    let report = try erase()
    #expect(!report.erasedEntries.contains(listed.index))
    #expect(
      try !strings(test).contains("signed for") && !strings(test).contains("the accounts can be blocked"))
    #expect(try test.faults() == [])
    let part = try #require(try test.by("DI3").disclosures("D2").first)
    #expect(part.problem == nil && part.violations.isEmpty && part.victim == "V/1")
    #expect(try test.by("DI3").disclose("D2") { _, _ in .step(.review) }.state == "under-review")
  }

  @Test func whatNamesAnErasedAccountGoesWithIt() throws {
    let test = try StaffedCase()
    #expect(throws: CaseError.self) { try test.by("AN1").why("x:nobody", "instagram:stranger_danger") }
    _ = try test.by("AN1").protect(["instagram:stranger_danger"])
    // An entry as earlier versions wrote it.
    let listing = try test.database.operation { _, entries in
      try entries.append(
        test.by("AN1").entry(
          .alteration, "protect", details: ["listed": "instagram:stranger_danger sms:07700 900123"]))
    }
    func payload(_ index: UInt64) throws -> LogPayload? {
      try test.database.read { try LogEntry.one($0, index).payload }
    }
    let own = listing - 1
    #expect(try payload(own)?.subjects == ["A3"])
    _ = try test.by("DI3").erase("A2", .erase, reason: "x", second: test.person("RV2"))
    #expect(try payload(listing) != nil, "A2 is not protected")
    let report = try test.by("DI3").erase("A3", .erase, reason: "x", second: test.person("RV2"))
    #expect(report.erasedEntries.contains(listing) && !report.erasedEntries.contains(own))
    #expect(try payload(listing) == nil && payload(own) != nil)
    let words = try test.database.read { database in
      try String.fetchAll(database, sql: "SELECT payload FROM log_entry WHERE payload LIKE '%danger%'")
    }
    #expect(words == [])
    #expect(try test.faults() == [])
  }

  @Test func twoPersonsAndTheRightOnes() throws {
    let test = try StaffedCase()
    for (who, second) in [("AN1", "RV2"), ("RV2", "DI3"), ("DI3", "DI3"), ("DI3", "AN1"), ("AU6", "DI3")] {
      #expect(throws: (any Error).self, "\(who) and \(second)") {
        try test.by(who).erase("A3", .erase, reason: "x", second: test.person(second))
      }
      #expect(throws: (any Error).self) { try test.by(who).placeHold(on: "A99", reason: "x", reference: "y") }
    }
    #expect(throws: CaseError.self) {
      try test.by("DI3").erase("A3", .erase, reason: " ", second: test.person("RV2"))
    }
  }

  @Test func aClosedDisclosureIsErasedAndStillCounted() throws {
    let test = try StaffedCase()
    let identification = try test.identified()
    let id = try test.scheduled(identification)
    func erase(_ subject: String) throws -> ErasureReport {
      try test.by("DI3").erase(subject, .erase, reason: "retention period over", second: test.person("RV2"))
    }
    #expect(throws: CaseError.self) { try erase(id) }
    #expect(throws: CaseError.self) { try erase(identification) }
    #expect(throws: CaseError.self) { try erase("A1") }
    try test.told(id)
    _ = try test.by("PC5").disclose(id) { _, _ in .step(.acknowledge(how: "signed for by the victim")) }
    _ = try test.by("DI3").disclose(id) { _, _ in .step(.close) }
    #expect(try strings(test).contains("signed for by the victim"))
    _ = try erase(id)
    #expect(try !strings(test).contains("signed for by the victim"))
    let view = try #require(try test.by("DI3").disclosures(id).first)
    #expect(view.state == "closed" && view.victim == nil && view.steps.count == 8)
    // What can still be told without content is told: nothing must-be-zero, and how long it took.
    #expect(view.violations.isEmpty)
    #expect(view.dueDates.contains { $0.clock == "end-to-end" && $0.stoppedAt != nil })
    _ = try erase(identification)
    #expect(try !strings(test).contains("three sources agree"))
    let verified = try LogVerifier(test.database.log, key: test.database.logKey).verify()
    #expect(verified.isSound, "\(verified.faults)")
  }

  /// Confirmed, told and erased, an identification kept its accounts from being erased and its cluster from being taken up
  /// anew, and took no step that would have ended it; a victim could still be given a record that leads nowhere.
  @Test func anErasedIdentificationStandsInNobodysWay() throws {
    let test = try StaffedCase()
    let id = try test.identified()
    let disclosure = try test.scheduled(id)
    try test.told(disclosure)
    _ = try test.by("PC5").disclose(disclosure) { _, _ in .step(.acknowledge(how: "signed for")) }
    _ = try test.by("DI3").disclose(disclosure) { _, _ in .step(.close) }
    func erase(_ subject: String) throws {
      _ = try test.by("DI3").erase(subject, .erase, reason: "period over", second: test.person("RV2"))
    }
    #expect(throws: CaseError.self) { try erase("A1") }
    #expect(throws: CaseError.self) { try test.by("AN1").propose("C1", person: "N/18", source: "EX/4") }
    try erase(id)
    #expect(throws: CaseError.self) {
      try test.by("DI3").startDisclosure(
        DisclosureRequest(identification: id, victim: "V/2", unit: "North"))
    }
    let next = try test.by("AN1").propose("C1", person: "N/18", source: "EX/4").id
    #expect(next == "I2")
    #expect(throws: CaseError.self) { try erase("A1") }
    _ = try test.by("AN1").identify(next) { _ in .step(.reject(reason: "somebody else")) }
    try erase("A1")
    #expect(try CaseLog(of: test.folder.url.appendingPathComponent("t.cognate")).verify().faults == [])
  }

  @Test func anEntryOfTheLogIsErasedUnlessItVouchesForAStep() throws {
    let test = try StaffedCase()
    try test.by("AN1").judge("A1", "A3", .different, reason: "seen at once in Kent")
    let (judged, step) = try test.database.read { database in
      (
        try LogEntry.all(database, .init(action: "judge")).last?.index,
        try LogEntry.all(database, .init(action: "identify.propose")).last?.index
      )
    }
    #expect(step == nil)
    let entry = try #require(judged)
    _ = try test.by("DI3").erase("E\(entry)", .erase, reason: "x", second: test.person("RV2"))
    #expect(try test.database.read { try LogEntry.one($0, entry).payload } == nil)
    _ = try test.identified(.candidate)
    let vouching = try #require(
      try test.database.read { try LogEntry.all($0, .init(action: "identify.propose")).last?.index })
    #expect(throws: CaseError.self) {
      try test.by("DI3").erase("E\(vouching)", .erase, reason: "x", second: test.person("RV2"))
    }
    #expect(throws: (any Error).self) {
      try test.by("DI3").erase("E99999", .erase, reason: "x", second: test.person("RV2"))
    }
  }
}
