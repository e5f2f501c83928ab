import AccountModel
import Foundation
import PlatformExports
import TestSupport
import Testing

/// Reports that are cut off, hostile or of another kind.
extension CellebriteTests {
  // MARK: Damage and attacks

  @Test func everyPrefixOnlyLosesRecords() throws {
    try expectPrefixes(of: Array(CellebriteReport.sample.utf8), named: "report.xml")
  }

  @Test func aFaultKeepsWhatStoodBeforeIt() throws {
    let sms = CellebriteReport.model(
      "SMS", [("Body", "one"), ("Folder", "Inbox")],
      parts: CellebriteReport.parts(
        "Parties", [CellebriteReport.party([("Identifier", "+447700900123"), ("Role", "From")])]))
    let unit = try Self.read(CellebriteReport.document(sms + "<a b='1' b='2'/>" + sms + sms))
    #expect(unit.records.map(\.text) == ["one"])
    #expect(unit.counts("message") == [3, 1, 2])
    #expect(unit.setAside.contains { $0.unit == "document" && $0.reason.isFault })
  }

  /// Where folder and status contradict each other, nothing that was received is the owner's.
  @Test func aStatusMakesNoReceivedTextTheOwners() throws {
    let sms = CellebriteReport.model(
      "SMS",
      [
        ("TimeStamp", "2021-05-21T02:38:43Z"), ("Body", "x"), ("Folder", "Inbox"), ("Status", "Sent"),
      ], parts: CellebriteReport.parts("Parties", [CellebriteReport.party([("Identifier", "+447700900123")])])
    )
    let unit = try Self.read(CellebriteReport.document(sms))
    #expect(unit.records.map(\.account) == ["sms phone +447700900123"])
  }

  @Test func markupInWordsIsWords() throws {
    let words = "]] > <model type=\"SMS\"> &amp; &#65; ]]"
    let unit = try Self.read(
      CellebriteReport.document(
        CellebriteReport.model(
          "SMS", [("Body", words), ("Folder", "Inbox")],
          parts: "<!-- <model type=\"SMS\"> --><?x it's <model type=\"SMS\"> ?>"
            + CellebriteReport.parts(
              "Parties", [CellebriteReport.party([("Identifier", "+447700900123"), ("Role", "From")])]))))
    #expect(unit.records.map(\.text) == [words])
    #expect(unit.counts("message") == [1, 1, 0])
  }

  @Test func longTextsAreReadAndLimited() throws {
    let long = String(repeating: "words & more > less ", count: 1_000_000)
    func report(_ body: String) -> String {
      CellebriteReport.document(
        CellebriteReport.model(
          "SMS", [("Body", body), ("Folder", "Inbox")],
          parts: CellebriteReport.parts(
            "Parties", [CellebriteReport.party([("Identifier", "+447700900123"), ("Role", "From")])]))
      )
    }
    #expect(try Self.read(report(long)).records.first?.text.utf8.count == long.utf8.count - 1)
    var options = ReaderOptions()
    options.limits.recordBytes = 1 << 20
    let small = try #require(
      try ReadOutcome.reading(report(long) + " ", named: "report.xml", options: options).units.first)
    #expect(small.counts("message") == [1, 0, 1])
    #expect(small.setAside.first?.reason == .tooLarge)
  }

  @Test(arguments: [
    "<!DOCTYPE project [<!ENTITY a \"b\">]>\n",
    "<?xml version='1.0'?><!DOCTYPE project SYSTEM \"http://192.0.2.1/x\">",
  ])
  func refusesDeclarations(beginning: String) throws {
    let refusal = #expect(throws: ExportRefusal.self) {
      try ReadOutcome.reading(beginning + CellebriteReport.document(""), named: "report.xml")
    }
    #expect(refusal?.code == "doctype")
  }

  @Test func depthIsLimited() throws {
    let sms = CellebriteReport.model(
      "SMS", [("Body", "one")],
      parts: CellebriteReport.parts(
        "Parties", [CellebriteReport.party([("Identifier", "+447700900123"), ("Role", "From")])]))
    let text = CellebriteReport.document(sms).replacing(
      "</decodedData>", with: String(repeating: "<model type=\"Chat\">", count: 100_000))
    let unit = try Self.read(text)
    #expect(unit.records.count == 1)
    #expect(unit.setAside.contains { $0.unit == "document" && $0.examples[0].detail.contains("nested") })
  }

  @Test(arguments: [
    "1.9223372036854775807:00:00", "-9223372036854775808.00:00:00", "9999.100000000:100000000:100000000",
    "99999999999999999999", "9223372036854775807:0:0",
  ])
  func aDurationThatIsTooLongIsNoTrap(text: String) throws {
    let unit = try Self.read(
      CellebriteReport.document(
        CellebriteReport.model(
          "Call", [("Type", "Incoming"), ("Duration", text), ("TimeStamp", "2021-05-21T02:38:43Z")],
          parts: CellebriteReport.parts(
            "Parties", [CellebriteReport.party([("Identifier", "+447700900123"), ("Role", "From")])]))))
    #expect(unit.records(.call).count == 1)
  }

  @Test func otherXMLIsNotTaken() throws {
    for text in [
      "<html>pa.cellebrite.com</html>", "<project xmlns=\"http://example.org/\"/>",
      "pa.cellebrite.com/report",
    ] {
      #expect(try ReadOutcome.reading(text, named: "report.xml").units.isEmpty)
    }
  }

  @Test func anArchiveIsOpenedAndItsFilesPassedOver() throws {
    var zip = ZipBuilder()
    zip.add("files/Document/a.docx", "PK\u{3}\u{4} not to be opened")
    zip.add("files/Text/mail.eml", "From: a@example.org\nDate: Mon, 5 Jan 2026 10:00:00 +0000\n\nhello\n")
    zip.add("report.xml", CellebriteReport.sample)
    zip.add("chats/WhatsApp_1/chat-1.txt", "Start Time: 21/05/2021\n")
    let outcome = try ReadOutcome.reading(zip.bytes, named: "phone.ufdr")
    #expect(outcome.units.map(\.format) == ["cellebrite-xml"])
    #expect(outcome.refused.isEmpty && outcome.unread.isEmpty)
    #expect(outcome.unrecognised.count == 3)
    #expect(outcome.units.first?.counts("message") == [14, 8, 6])
  }

  @Test func anUnpackedReportIsOneSource() throws {
    let folder = try ScratchFolder()
    var zip = ZipBuilder()
    zip.add("a.txt", "x")
    _ = try folder.write(zip.bytes, to: "case/files/Archives/a.zip")
    _ = try folder.write(zip.bytes, to: "case/other.zip")
    _ = try folder.write(Array(CellebriteReport.sample.utf8), to: "case/report.xml")
    let plan = try ImportPlan(folder.url, options: ReaderOptions())
    #expect(plan.units.map(\.format.id) == ["cellebrite-xml"])
    #expect(plan.archives.map(\.lastPathComponent) == ["other.zip"])
  }
}
