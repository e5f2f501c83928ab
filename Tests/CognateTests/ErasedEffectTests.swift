import CaseFile
import Cognate
import Disclosure
import Foundation
import GRDB
import TestSupport
import Testing

/// What is left of what was erased, against the entries that told of it.
@Suite struct ErasedEffectTests {
  /// The evidence of every run went unchecked once any account was erased.
  @Test func runsAreHeldAcrossErasures() throws {
    let test = try StaffedCase()
    let changes = [
      ("UPDATE evidence SET statement = 'x'", "the evidence of run"),
      ("DELETE FROM evidence", "the evidence of run"), ("UPDATE pair SET log10_lr = 9", "what run"),
      ("UPDATE cluster_member SET cluster = 7 WHERE account = 1", "what run"),
    ]
    func expectHeld(_ changes: [(String, String)], sourceLocation: SourceLocation = #_sourceLocation) throws {
      #expect(try test.faults() == [], sourceLocation: sourceLocation)
      for (sql, fault) in changes {
        let found = try test.tampered(sql)
        #expect(found.contains { $0.contains(fault) }, "\(sql): \(found)", sourceLocation: sourceLocation)
      }
    }
    // An account with no evidence; the entry of the run itself; a run that was made later.
    _ = try test.by("DI3").erase("A3", .erase, reason: "not a party", second: test.person("RV2"))
    try expectHeld(changes)
    let linked = try #require(
      try test.database.read { try LogEntry.all($0, .init(action: "link")).last?.index })
    _ = try test.by("DI3").erase("E\(linked)", .erase, reason: "a slip", second: test.person("RV2"))
    try expectHeld(changes)
    _ = try test.by("AN1").link()
    try expectHeld(changes)
    // What is left of the evidence once its account is gone: nothing, and nothing is put there.
    _ = try test.by("DI3").erase("A1", .erase, reason: "not a party", second: test.person("RV2"))
    try expectHeld([
      (
        "INSERT INTO evidence VALUES (1, 1, 2, 0, 'contact', 'x', 9, 9, 'x', 0, '[]')", "the evidence of run"
      ), changes[2], changes[3],
    ])
    _ = try test.by("AN1").link()
    try expectHeld([changes[3]])
  }

  /// A run that was made twice has two entries, of which one can be erased.
  @Test func oneOfTwoEntriesOfARunIsErased() throws {
    let test = try StaffedCase()
    test.wait(hours: 1)
    _ = try test.by("AN1").link()
    let linked = try test.database.read { try LogEntry.all($0, .init(action: "link")) }
    #expect(linked.count == 2 && Set(linked.map { $0.payload?.details["run"] }).count == 1)
    for entry in linked {
      _ = try test.by("DI3").erase("E\(entry.index)", .erase, reason: "a slip", second: test.person("RV2"))
      #expect(try test.faults() == [], "\(entry.index)")
      let found = try test.tampered("UPDATE run_order SET made_at = 'x' WHERE id = 1")
      #expect(found.contains { $0.contains("link:1 is not what was left of it") }, "\(found)")
    }
  }

  @Test func whatWasImportedIsHeldOnceItsEntryIsErased() throws {
    let test = try StaffedCase()
    let imported = try #require(
      try test.database.read { try LogEntry.all($0, .init(action: "import")).first?.index })
    _ = try test.by("DI3").erase("E\(imported)", .erase, reason: "a slip", second: test.person("RV2"))
    #expect(try test.faults() == [])
    for sql in [
      "UPDATE record SET at = 7", "UPDATE sighting SET written = 'x' WHERE id = 1",
      "UPDATE account SET written = 'x' WHERE id = 1", "DELETE FROM reconciliation",
    ] {
      let found = try test.tampered(sql)
      #expect(found.contains { $0.contains("of source S1") }, "\(sql): \(found)")
    }
  }

  @Test func anErasedChangeOfAPassphraseIsNoFault() throws {
    let test = try StaffedCase()
    try test.by("AN1").changePassphrase(to: Array("another battery staple horse".utf8))
    let changed = try #require(
      try test.database.read { try LogEntry.all($0, .init(action: "who.passphrase")).last?.index })
    _ = try test.by("DI3").erase("E\(changed)", .erase, reason: "a slip", second: test.person("RV2"))
    #expect(try test.faults() == [])
  }

  /// Who did what and when stays of an erased entry, as the law asks, and is held.
  @Test func theColumnsOfAnErasedEntryAreHeld() throws {
    let test = try StaffedCase()
    _ = try test.by("AN1").account("A2")
    let looked = try #require(
      try test.database.read { try LogEntry.all($0, .init(action: "account")).last?.index })
    _ = try test.by("DI3").erase("E\(looked)", .erase, reason: "a slip", second: test.person("RV2"))
    #expect(try test.faults() == [])
    for column in ["operation", "action", "actor", "at"] {
      let found = try test.tampered("UPDATE log_entry SET \(column) = 'x' WHERE idx = \(looked)")
      #expect(
        found.contains("entry \(looked) is listed with other words than it had when it was erased"),
        "\(column): \(found)")
    }
  }

  @Test func anErasedAccountIsNoFault() throws {
    let test = try StaffedCase()
    try test.by("AN1").judge("A1", "A3", .different, reason: "seen at once in Kent")
    _ = try test.by("DI3").erase("A3", .erase, reason: "not a party", second: test.person("RV2"))
    #expect(try test.faults() == [])
    #expect(try CaseLog(of: test.place).verify().unpinned == 0)
    // The entry of the erasure says what is left of the judgement.
    for sql in [
      "UPDATE judgement SET verdict = 'same'", "UPDATE judgement SET left = 2", "DELETE FROM judgement",
      "UPDATE judgement SET reason = 'seen apart'", "UPDATE judgement SET made_at = 'x'",
    ] {
      let found = try test.tampered(sql)
      #expect(found.contains { $0.contains("judge:1 is not what was left of it") }, "\(sql): \(found)")
    }
    let added = try test.tampered(
      "INSERT INTO judgement (left, right, verdict, reason, made_at) VALUES (1, 2, 'same', 'r', 't')")
    #expect(added.contains { $0.contains("judgement 2 is stored, and no entry") }, "\(added)")
    // And of the source.
    let found = try test.tampered("UPDATE account SET written = 'x' WHERE id = 1")
    #expect(found.contains { $0.contains("of source S1") }, "\(found)")
  }

  @Test func anErasedRecordIsHeldAsFarAsItIsLeft() throws {
    let test = try StaffedCase()
    let identification = try test.identified()
    let disclosure = try test.scheduled(identification)
    try test.told(disclosure)
    _ = try test.by("PC5").disclose(disclosure) { _, _ in .step(.acknowledge(how: "signed for")) }
    _ = try test.by("DI3").disclose(disclosure) { _, _ in .step(.close) }
    for subject in [disclosure, identification] {
      _ = try test.by("DI3").erase(subject, .erase, reason: "time is over", second: test.person("RV2"))
      #expect(try test.faults() == [])
    }
    #expect(try CaseLog(of: test.place).verify().unpinned == 0)
    for (sql, fault) in [
      ("UPDATE disclosure_step SET at = at - 8640000 WHERE action = 'decide'", "disclosure:1:3 is not what"),
      ("UPDATE disclosure_step SET state = 'refused' WHERE action = 'decide'", "disclosure:1:3 is not what"),
      ("UPDATE disclosure SET unit = 'South'", "disclose.start:1 is not what"),
      ("UPDATE notice SET made_at = 'x'", "notice:1 is not what"),
      ("UPDATE identification SET members = '[3]'", "identification:1:0 is not what"),
      ("UPDATE identification_step SET who = 'DCI4' WHERE action = 'confirm'", "identification:1:"),
    ] {
      let found = try test.tampered(sql)
      #expect(found.contains { $0.contains(fault) }, "\(sql): \(found)")
    }
  }
}
