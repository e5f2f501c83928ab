import AccountModel
import Cognate
import Foundation
import TestSupport
import Testing

@Suite("A report on a phone in a case")
struct CellebriteCaseTests {
  private static func field(_ name: String, _ value: String) -> String {
    "<field name=\"\(name)\"><value><![CDATA[\(value)]]></value></field>"
  }

  private static func party(_ identifier: String, _ more: String = "") -> String {
    "<model type=\"Party\">\(field("Identifier", identifier))\(more)</model>"
  }

  private static func message(_ text: String, _ from: String, _ minute: Int) -> String {
    "<model type=\"InstantMessage\" deleted_state=\"Intact\">\(field("Body", text))"
      + field("TimeStamp", "2026-01-05T10:1\(minute):00+00:00")
      + "<modelField name=\"From\">\(from)</modelField></model>"
  }

  private static let report = """
    <project xmlns="http://pa.cellebrite.com/report/2.0"><metadata section="Device Info">
    <item name="IMEI"><![CDATA[490154203237518]]></item></metadata><decodedData>
    <modelType type="Chat"><model type="Chat" deleted_state="Intact">\(field("Source", "WhatsApp"))
    \(field("Id", "447700900123@s.whatsapp.net"))<multiModelField name="Messages">
    \(message("I see you", party("447700900123@s.whatsapp.net"), 1))
    \(message("go away", party("447700900999@s.whatsapp.net", field("IsPhoneOwner", "True")), 2))
    </multiModelField></model></modelType>
    <modelType type="UserAccount"><model type="UserAccount" deleted_state="Intact">
    \(field("ServiceType", "Instagram"))\(field("Username", "hilda.snail"))</model></modelType>
    </decodedData></project>
    """

  @Test("The phone's own accounts are its owner's, and others are those of other sources")
  func accountsAreOne() throws {
    let test = try CaseUnderTest()
    let report = try test.importing(Self.report, "report.xml") { $0.protected = ["owner"] }
    #expect(report.outcome == .complete)
    #expect(report.sources.map(\.format) == ["cellebrite-xml"])
    _ = try test.importing(
      "25/12/2025, 10:00 - +44 7700 900123: still here\n25/12/2025, 10:01 - +44 7700 900123: and here\n",
      "WhatsApp Chat with A.txt")
    _ = try test.importing(
      #"{"id":"1","platform":"instagram","handle":"Hilda.Snail","name":"H"}"# + "\n", "a.ndjson")
    let accounts = try test.opened.accounts()
    #expect(
      Set(accounts.map { "\($0.platform) \($0.name) \($0.isProtected)" }) == [
        "whatsapp +447700900123 false", "whatsapp +447700900999 true", "instagram hilda.snail true",
        "sms (owner of the export) true",
      ])
    // Nothing joins what is protected, not even the phone.
    let result = try test.opened.link()
    #expect(result.clusters.isEmpty)
  }

  @Test("A report made of a legal return needs what the return does")
  func reportOfALegalReturn() throws {
    let text = Self.report.replacing(
      "<metadata section",
      with: "<sourceExtractions><extractionInfo id=\"0\" name=\"Google Warrant Return\"/>"
        + "</sourceExtractions><metadata section")
    let charity = try CaseUnderTest(mode: .charity)
    let refused = try charity.importing(text, "report.xml") { $0.authorisation = "AUTH/1" }
    #expect(refused.sources.map(\.refusalCode) == ["communications-data"])
    #expect(try charity.opened.accounts().isEmpty)
    let test = try CaseUnderTest()
    #expect(try test.importing(text, "report.xml").sources.map(\.refusalCode) == ["authorisation"])
    let given = try test.importing(text, "report.xml") { $0.authorisation = "AUTH/1" }
    #expect(given.sources.map(\.outcome) == [.imported])
    // A phone's own report needs none.
    let own = try CaseUnderTest(mode: .charity).importing(Self.report, "report.xml")
    #expect(own.sources.map(\.outcome) == [.imported])
  }

  @Test("Two numbers on one card of the phone book are not joined by the card alone")
  func numbersOfOneCard() throws {
    func card(_ name: String, _ numbers: [Int]) -> String {
      let entries = numbers.map { number in
        "<model type=\"PhoneNumber\">\(Self.field("Value", "+447700900\(number)"))</model>"
      }
      return "<model type=\"Contact\">\(Self.field("Name", name))"
        + "<multiModelField name=\"Entries\">\(entries.joined())</multiModelField></model>"
    }
    let cards = (130..<280).map { card("Person \($0)", [$0]) } + [card("Landlord Dave", [300, 301])]
    let test = try CaseUnderTest()
    _ = try test.importing(
      Self.report.replacing("</decodedData>", with: cards.joined() + "</decodedData>"), "report.xml")
    _ = try test.opened.link()
    #expect(try test.opened.why("sms:+447700900300", "sms:+447700900301").log10LR < 2)
  }

  @Test("The owners of two phones in one report are two accounts, each with its own phone")
  func twoPhonesInOneReport() throws {
    func sent(_ extraction: Int) -> String {
      "<model type=\"SMS\" extractionId=\"\(extraction)\">\(Self.field("Body", "from \(extraction)"))"
        + Self.field("Folder", "Sent")
        + "<multiModelField name=\"Parties\"><model type=\"Party\">\(Self.field("Identifier", "+447700900333"))"
        + "\(Self.field("Role", "To"))</model></multiModelField></model>"
    }
    let report =
      "<project xmlns=\"http://pa.cellebrite.com/report/2.0\"><metadata section=\"Device Info\">"
      + "<item name=\"IMEI\" sourceExtraction=\"0\"><![CDATA[490154203237518]]></item>"
      + "<item name=\"IMEI\" sourceExtraction=\"1\"><![CDATA[356938035643809]]></item></metadata><decodedData>"
      + sent(0) + sent(1) + "</decodedData></project>"
    let test = try CaseUnderTest()
    _ = try test.importing(report, "report.xml") { $0.protected = ["owner"] }
    let accounts = try test.opened.accounts()
    #expect(
      Set(accounts.map { "\($0.platform) \($0.name) \($0.isProtected)" }) == [
        "sms (owner of the export) true", "sms (owner of the export, 2) true", "sms +447700900333 false",
      ])
    for (name, own) in [("", "490154203237518"), (", 2", "356938035643809")] {
      let devices = try test.opened.account("sms:(owner of the export\(name))").identifiers
        .filter { $0.canonical.contains("imei:") }
      #expect(devices.map(\.canonical) == ["imei:\(own)"])
    }
  }

  @Test("Accounts of one phone share it, which joins nobody by itself")
  func accountsOfOnePhone() throws {
    let test = try CaseUnderTest()
    _ = try test.importing(Self.report, "report.xml")
    #expect(try test.opened.link().clusters.isEmpty)
    let why = try test.opened.why("instagram:hilda.snail", "whatsapp:+447700900999")
    #expect("\(why)".contains("imei:490154203237518"))
  }
}
