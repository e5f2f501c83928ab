import CaseFile
import Cognate
import Foundation
import PlatformExports
import Reports
import TestSupport
import Testing

@Suite("Exports of a case")
struct ExportRunTests {
  private let lines = """
    {"id":"a1","platform":"x","handle":"grim.reefer","name":"G","emails":["g@example.org"]}
    {"id":"a2","platform":"telegram","handle":"somebody_else_77","name":"S","emails":["g@example.org"]}
    {"id":"a3","platform":"instagram","handle":"stranger_danger","name":"T","emails":["v@example.org"]}
    {"id":"a4","platform":"facebook","handle":"sian.whitlock","name":"Siân","emails":["v@example.org"]}

    """

  private func linked(protecting: [String] = ["facebook:sian.whitlock"]) throws -> CaseUnderTest {
    let made = try CaseUnderTest()
    _ = try made.importing(lines, "accounts.ndjson") { $0.protected = protecting }
    _ = try made.opened.link()
    return made
  }

  private func export(
    _ made: CaseUnderTest, _ format: CaseExportFormat, _ name: String = UUID().uuidString
  ) throws -> (made: MadeExport, text: String) {
    let place = made.folder.url.appendingPathComponent(name)
    let export = try made.opened.export(format, to: place.path, recipients: ["CPS"])
    return (export, String(decoding: try Data(contentsOf: place), as: UTF8.self))
  }

  /// Each export has the next number, and stands in the log as a disclosure with the hash of the file.
  @Test func numberedAndLogged() throws {
    let made = try linked()
    for number in 1...3 {
      let (export, text) = try export(made, .graphml)
      #expect(export.number == number)
      #expect(text.contains("export \(number)"))
      let entries = try made.opened.database.read {
        try LogEntry.all($0, .init(action: "export", subject: "X\(number)"))
      }
      let entry = try #require(entries.first)
      #expect(entries.count == 1 && entry.index == export.entry && entry.operation == .disclosure)
      #expect(entry.payload?.recipients == ["CPS"])
      #expect(entry.payload?.details["sha256"] == export.sha256)
      #expect(entry.payload?.details["bytes"] == String(text.utf8.count))
    }
  }

  /// An item that is not added, as a stronger one says the same, is not said to support nothing.
  @Test(arguments: [CaseExportFormat.csv, .ftm, .stix])
  func whatIsNotAddedAgainIsSaid(format: CaseExportFormat) throws {
    let made = try CaseUnderTest()
    _ = try made.importing(
      """
      {"id":"a1","platform":"facebook","handle":"paper.lantern","name":"Zoë Quill"}
      {"id":"a2","platform":"snapchat","handle":"p4per.lantern","name":"Zoë Quill"}

      """, "accounts.ndjson")
    _ = try made.opened.link()
    let evidence = try made.opened.why("A1", "A2").evidence
    let again = evidence.filter(\.isCountedElsewhere)
    #expect(!again.isEmpty && again.allSatisfy { $0.support.hasPrefix("not added again") })
    #expect(evidence.contains { $0.support == "strong support" })
    let text = try export(made, format).text
    #expect(text.contains("not added again: a stronger item says the same"))
    #expect(!text.contains("no meaningful support"))
  }

  /// But for number and time, the same case gives the same bytes.
  @Test(arguments: CaseExportFormat.allCases)
  func deterministic(format: CaseExportFormat) throws {
    let one = try export(linked(), format).text
    let other = try export(linked(), format).text
    #expect(one == other)
  }

  /// The account of a victim is alone in an export: no pair, no cluster, no identifier, in any format.
  @Test(arguments: CaseExportFormat.allCases)
  func protectedAccountsAreAlone(format: CaseExportFormat) throws {
    let (export, text) = try export(linked(), format)
    #expect(export.pairsOfProtected == 1)
    // What the platform takes for one handle: without the full stop.
    if format != .prov { #expect(text.contains("sianwhitlock")) }
    #expect(!text.contains("Siân"))
    // The stranger that shares her address has it; she has no line to it.
    let owners = text.split(whereSeparator: \.isNewline).filter {
      $0.contains("v@example.org") && $0.contains("sianwhitlock")
    }
    #expect(owners.isEmpty, "\(owners)")
  }

  /// A run that joined an account which is protected since cannot leave the house.
  @Test func aStaleRunIsRefused() throws {
    let made = try linked(protecting: [])
    let before = try export(made, .csv).text
    #expect(before.contains("\npair,A3,A4,") || before.contains("\npair,A3,A4"))
    try made.opened.protect(["facebook:sian.whitlock"])
    #expect(throws: CaseError.self) { try export(made, .csv, "second") }
    #expect(!FileManager.default.fileExists(atPath: made.folder.url.appendingPathComponent("second").path))
    _ = try made.opened.link()
    let after = try export(made, .csv, "third")
    #expect(after.made.number == 2, "a refused export takes no number")
    #expect(!after.text.contains("\npair,A3,A4"))
  }

  /// Names, dates of birth and addresses of persons stay in the case; evidence about them says so.
  @Test func personsAreNotNamed() throws {
    let made = try CaseUnderTest()
    let mapping = """
      version = 1
      platform_column = "platform"
      [account]
      column = "handle"
      kind = "handle"
      scope = "platform"
      [record]
      class = "profile"
      [[identifier]]
      column = "name"
      kind = "person-name"
      [[identifier]]
      column = "born"
      kind = "date-of-birth"
      [[identifier]]
      column = "email"
      kind = "email"
      """
    let table = """
      platform,handle,name,born,email
      x,one.handle,Marigold Quillfeather,1990-02-03,m@example.org
      telegram,two.handle,Marigold Quillfeather,1990-02-03,m@example.org

      """
    let mappings = [try TableMapping(toml: mapping)]
    _ = try made.importing(table, "people.csv") { $0.options.mappings = mappings }
    _ = try made.opened.link()
    let pair = try made.opened.why("A1", "A2")
    #expect(
      pair.evidence.contains { $0.statement.lowercased().contains("marigold") },
      "nothing to withhold: \(pair.evidence)")
    for format in CaseExportFormat.allCases {
      let (written, text) = try export(made, format)
      #expect(written.personDetails == 2)
      #expect(!text.lowercased().contains("marigold") && !text.contains("1990-02-03"), "\(format)")
    }
  }

  @Test func anUnwritablePlaceLeavesNoEntry() throws {
    let made = try linked()
    let before = try made.opened.database.read { try LogEntry.all($0).count }
    #expect(throws: (any Error).self) {
      try made.opened.export(.csv, to: made.folder.url.path + "/none/such/out.csv")
    }
    #expect(try made.opened.database.read { try LogEntry.all($0).count } == before)
  }

  /// Evidence, the case itself and an earlier export stay, whatever name is given, and the log says nothing of it.
  @Test func nothingIsReplaced() throws {
    let made = try linked()
    let root = made.folder.url
    let (_, first) = try export(made, .csv, "first.csv")
    try FileManager.default.createSymbolicLink(
      at: root.appendingPathComponent("way"), withDestinationURL: root.appendingPathComponent("t.cognate"))
    func bytes(_ name: String) throws -> Data { try Data(contentsOf: root.appendingPathComponent(name)) }
    let evidence = try bytes("accounts.ndjson")
    let before = try made.opened.database.read { try LogEntry.all($0).count }
    for name in [
      "first.csv", "accounts.ndjson", "t.cognate/case.sqlite", "t.cognate/key/log-key", "t.cognate/new.csv",
      "t.cognate/log/../new.csv", "way/new.csv", "way/case.sqlite",
    ] {
      #expect(throws: CaseError.self, "\(name)") {
        try made.opened.export(.csv, to: root.appendingPathComponent(name).path)
      }
    }
    #expect(String(decoding: try bytes("first.csv"), as: UTF8.self) == first)
    #expect(try bytes("accounts.ndjson") == evidence)
    #expect(!FileManager.default.fileExists(atPath: root.appendingPathComponent("t.cognate/new.csv").path))
    #expect(try made.opened.database.read { try LogEntry.all($0).count } == before)
    #expect(try Case.open(root.appendingPathComponent("t.cognate")).accounts().count > 1)
    // What cannot be replaced is written to.
    #expect(try made.opened.export(.csv, to: "/dev/null").number == 2)
  }

  @Test func neverLinked() throws {
    let made = try CaseUnderTest()
    #expect(throws: CaseError.neverLinked) { try export(made, .csv) }
  }
}

@Suite("Exports by people")
struct ExportPeopleTests {
  private func staffed() throws -> (case: CaseUnderTest, analyst: SignedIn, reviewer: SignedIn) {
    let made = try CaseUnderTest()
    _ = try made.importing(accountLines, "accounts.ndjson")
    _ = try made.opened.link()
    let word = Array("correct horse battery".utf8)
    try made.opened.addPerson("boss", roles: [.admin], passphrase: word)
    let boss = made.opened.acting(as: try made.opened.signIn("boss", passphrase: word))
    try boss.addPerson("an.one", roles: [.analyst], passphrase: word)
    try boss.addPerson("re.two", roles: [.reviewer], passphrase: word)
    try boss.addPerson("di.three", roles: [.discloser], passphrase: word)
    return (
      made, try made.opened.signIn("an.one", passphrase: word),
      try made.opened.signIn("re.two", passphrase: word)
    )
  }

  /// Once people are registered, an export takes one who may and a second who agrees; both stand on it and in the log.
  @Test func twoPersons() throws {
    let (made, analyst, reviewer) = try staffed()
    let place = made.folder.url.appendingPathComponent("out").path
    let asAnalyst = made.opened.acting(as: analyst)
    #expect(throws: (any Error).self) { try made.opened.export(.csv, to: place, second: reviewer) }
    #expect(throws: (any Error).self) { try asAnalyst.export(.csv, to: place) }
    #expect(throws: (any Error).self) { try asAnalyst.export(.csv, to: place, second: analyst) }
    #expect(throws: (any Error).self) {
      try made.opened.acting(as: reviewer).export(.csv, to: place, second: analyst)
    }
    #expect(!FileManager.default.fileExists(atPath: place))
    let export = try asAnalyst.export(.csv, to: place, second: reviewer)
    #expect(export.number == 1 && export.who == "an.one" && export.approvedBy == "re.two")
    let text = String(decoding: try Data(contentsOf: URL(fileURLWithPath: place)), as: UTF8.self)
    #expect(text.contains("by an.one, approved by re.two"))
    let entry = try made.opened.database.read { try LogEntry.one($0, export.entry) }
    #expect(entry.payload?.who.isAuthenticated == true && entry.payload?.details["second"] == "re.two")
  }

  /// An account that was restricted leaves with nothing.
  @Test func restrictedAccountsStay() throws {
    let made = try CaseUnderTest()
    _ = try made.importing(accountLines, "accounts.ndjson")
    _ = try made.opened.link()
    let place = made.folder.url.appendingPathComponent("out").path
    try made.opened.database.operation { database, entries in
      let index = try entries.append(made.opened.entry(.alteration, "restrict", subjects: ["A3"]))
      try Erasure.mark(account: 3, .restrict, at: "2026-01-01T00:00:00Z", entry: index, database)
    }
    for format in CaseExportFormat.allCases {
      let place = "\(place).\(format.rawValue)"
      let export = try made.opened.export(format, to: place)
      let text = String(decoding: try Data(contentsOf: URL(fileURLWithPath: place)), as: UTF8.self)
      #expect(export.withdrawnAccounts == 1)
      #expect(!text.contains("stranger_danger") && !text.contains("t@example.org"), "\(format)")
      #expect(format == .prov || text.contains("grim.reefer"))
    }
  }

  /// A case's report: what it holds, and that its log holds.
  @Test func auditMaterialOfACase() throws {
    let (made, analyst, _) = try staffed()
    #expect(throws: (any Error).self) { try made.opened.auditMaterial() }
    let material = try made.opened.acting(as: analyst).auditMaterial()
    #expect(material.disclosures.isEmpty && material.identifications.isEmpty)
    let log = try #require(material.logs.first)
    #expect(log.isSound && log.faults.isEmpty && log.caseReference == "r")
    #expect(log.entries == log.signed && log.entries > 6)
    let last = try made.opened.database.read { try LogEntry.all($0).last }
    #expect(last?.action == "audit.report" && last?.operation == .consultation)
  }
}
