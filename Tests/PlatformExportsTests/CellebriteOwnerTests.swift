import AccountModel
import Foundation
import PlatformExports
import TestSupport
import Testing

/// Whose a phone is, and its cards.
extension CellebriteTests {
  @Test func theOwnerIsWhoTheReportSays() throws {
    let unit = try Self.read(CellebriteReport.sample)
    func owners(_ platform: Platform) -> [String?] {
      unit.accounts.filter { $0.role == .owner && $0.platform == platform && $0.sameAs == nil }.map {
        $0.key?.value
      }
    }
    #expect(owners(.whatsapp) == ["+447700900999"])
    #expect(owners(.telegram) == ["700000001"])
    #expect(owners(.sms) == [nil])
    #expect(owners(.instagram) == [] && owners(.email) == [])
    func devices(_ account: String) -> [String] {
      unit.identifiers.filter { $0.account == account && ($0.kind == .device || $0.label == "msisdn") }
        .map { "\($0.label) \($0.value) \($0.assertion)" }
    }
    let device = [
      "imei 490154203237518 platform", "imsi 234150000000001 platform", "mac 00:53:00:00:00:01 platform",
    ]
    #expect(devices("whatsapp phone +447700900999") == device)
    #expect(devices("telegram platform-id 700000001") == device)
    #expect(devices("owner?") == device + ["msisdn +447700900999 user"])
    #expect(devices("whatsapp phone +447700900123").isEmpty)
    // Nothing of a password comes out anywhere.
    #expect(!unit.identifiers.contains { $0.value.contains("hunter2") })
    #expect(!unit.records.contains { $0.text.contains("hunter2") })
  }

  @Test func anOwnerWithoutANameIsTheOnlyAccountOfTheApp() throws {
    func report(_ accounts: [String]) -> String {
      CellebriteReport.document(
        CellebriteReport.model(
          "Call", [("Source", "WhatsApp"), ("Type", "Outgoing"), ("TimeStamp", "2021-05-21T02:38:43Z")],
          parts: CellebriteReport.parts(
            "Parties",
            [CellebriteReport.party([("Identifier", "447700900123@s.whatsapp.net"), ("Role", "To")])]))
          + accounts.map {
            CellebriteReport.model(
              "UserAccount", [("ServiceType", "WhatsApp"), ("Username", "\($0)@s.whatsapp.net")])
          }.joined())
    }
    #expect(try Self.read(report([])).records(.call).map(\.account) == ["owner?"])
    #expect(
      try Self.read(report(["447700900999"])).records(.call).map(\.account) == [
        "whatsapp phone +447700900999"
      ])
    let two = try Self.read(report(["447700900999", "447700900998"]))
    #expect(two.records(.call).map(\.account) == ["owner?"])
    #expect(two.notes.contains { $0.contains("the phone has 2 accounts of whatsapp") })
  }

  @Test func whatWasDeletedDoesNotNameThePhonesOwner() throws {
    func report(_ state: String) -> String {
      CellebriteReport.document(
        CellebriteReport.model(
          "UserAccount", [("ServiceType", "WhatsApp"), ("Username", "447700900777@s.whatsapp.net")],
          attributes: "deleted_state=\"\(state)\"")
          + CellebriteReport.model(
            "Call", [("Source", "WhatsApp"), ("Type", "Outgoing"), ("TimeStamp", "2021-05-21T02:38:43Z")],
            parts: CellebriteReport.parts(
              "Parties",
              [CellebriteReport.party([("Identifier", "447700900123@s.whatsapp.net"), ("Role", "To")])])))
    }
    let former = try Self.read(report("Deleted"))
    #expect(former.records(.call).map(\.account) == ["owner?"])
    #expect(former.notes.contains { $0.contains("may be a former owner's") })
    // Such an account is protected with the owner's, which whoever protects it must know.
    func isNamed(_ unit: ReadOutcome.Unit) -> Bool {
      unit.notes.contains { $0.contains("--protect owner") && $0.hasSuffix("whatsapp:+447700900777") }
    }
    #expect(isNamed(former))
    #expect(try !isNamed(Self.read(report("Intact"))))
    #expect(
      try Self.read(report("Intact")).records(.call).map(\.account) == ["whatsapp phone +447700900777"])
  }

  /// Who wrote what never left the phone nobody says, and it is no message to anybody.
  @Test func aTextThatWasNotSentIsADraft() throws {
    func text(_ type: String, _ folder: String, _ body: String) -> String {
      CellebriteReport.model(
        type,
        [
          ("Status", "Unsent"), ("Folder", folder), ("Body", body), ("TimeStamp", "2021-05-21T02:38:43Z"),
        ],
        parts: CellebriteReport.parts(
          "Parties", [CellebriteReport.party([("Identifier", "+447700900123"), ("Role", "To")])]))
    }
    let unit = try Self.read(
      CellebriteReport.document(
        text("SMS", "", "one") + text("MMS", "Unknown", "two") + text("SMS", "Outbox", "three")))
    #expect(unit.records(.message).map(\.text) == ["three"])
    #expect(unit.setAside.map { "\($0.unit) \($0.reason.code) \($0.count)" } == ["message draft 2"])
    #expect(unit.counts("message") == [3, 1, 2])
  }

  @Test func theNumberOfACardThatWasInThePhoneBeforeIsNotTheOwners() throws {
    let unit = try Self.read(
      CellebriteReport.sample.replacing("name=\"MSISDN\"", with: "name=\"Last used MSISDN\""))
    #expect(!unit.identifiers.contains { $0.label == "msisdn" })
    #expect(unit.notes.contains { $0.contains("+447700900999") && $0.contains("former owner's") })
  }

  @Test func whatWasDeletedDoesNotShowThePhoneToBeTheAccounts() throws {
    func report(_ state: String, _ extraction: String) -> String {
      CellebriteReport.document(
        CellebriteReport.model(
          "UserAccount", [("ServiceType", "Telegram"), ("Username", "700000001")],
          attributes: "deleted_state=\"\(state)\" extractionId=\"\(extraction)\""))
    }
    func devices(_ text: String) throws -> Int {
      try Self.read(text).identifiers.filter { $0.account.hasPrefix("telegram") && $0.kind == .device }.count
    }
    #expect(try devices(report("Intact", "0")) == 3)
    #expect(try devices(report("Deleted", "0")) == 0)
    #expect(try devices(report("Intact", "7")) == 0)
  }

  /// A card that was in a phone last may be in its former owner's new phone, whose report gives it as the card in use.
  @Test(arguments: ["Last ICCID", "Last user ICCID", "LastUsedICCID"])
  func theCardThatWasLastInAPhoneIsNobodys(_ name: String) throws {
    let card = "8944110065432109876"
    let unit = try Self.read(
      CellebriteReport.sample.replacing(
        "name=\"ICCID\" sourceExtraction=\"0\"><![CDATA[N/A]]>",
        with: "name=\"\(name)\" sourceExtraction=\"0\"><![CDATA[\(card)]]></item>"
          + "<item name=\"\(name)\" sourceExtraction=\"0\"><![CDATA[8944110065432109999]]>"))
    #expect(!unit.identifiers.contains { $0.value == card })
    #expect(unit.identifiers.contains { $0.label == "imei" })
    #expect(
      unit.notes.contains {
        $0.contains("former owner's") && $0.hasSuffix("ICCID \(card), ICCID 8944110065432109999")
      })
  }

  @Test func twoPhonesInOneReportHaveTwoOwners() throws {
    func sms(_ body: String, _ extraction: Int) -> String {
      CellebriteReport.model(
        "SMS", [("TimeStamp", "2021-05-21T02:38:43Z"), ("Body", body), ("Folder", "Sent")],
        attributes: "extractionId=\"\(extraction)\"",
        parts: CellebriteReport.parts(
          "Parties", [CellebriteReport.party([("Identifier", "+447700900123"), ("Role", "To")])]))
    }
    let models =
      CellebriteReport.model(
        "UserAccount", [("ServiceType", "WhatsApp"), ("Username", "447700900999@s.whatsapp.net")],
        attributes: "extractionId=\"0\"") + sms("one", 0) + sms("two", 1)
      + CellebriteReport.model(
        "Call", [("Source", "WhatsApp"), ("Type", "Outgoing"), ("TimeStamp", "2021-05-21T02:38:43Z")],
        attributes: "extractionId=\"1\"",
        parts: CellebriteReport.parts(
          "Parties",
          [CellebriteReport.party([("Identifier", "447700900123@s.whatsapp.net"), ("Role", "To")])]))
    func report(_ imei: String) throws -> ReadOutcome.Unit {
      let item =
        "<item name=\"IMEI\" sourceExtraction=\"1\"><![CDATA[\(imei)]]></item>\n</metadata>\n<decodedData>"
      return try Self.read(
        CellebriteReport.document(models).replacing("</metadata>\n<decodedData>", with: item))
    }
    func owners(_ unit: ReadOutcome.Unit) -> Int {
      unit.accounts.filter { $0.role == .owner && $0.platform == .sms && $0.sameAs == nil }.count
    }
    let two = try report("356938035643809")
    #expect(owners(two) == 2)
    #expect(two.records(.call).map(\.account) == ["owner?"])
    #expect(
      two.identifiers.filter { $0.account == "whatsapp phone +447700900999" && $0.label == "imei" }.map(
        \.value)
        == ["490154203237518"])
    // Two extractions of one phone.
    for imei in ["490154203237518", "490154-20-323751-8", "49015420323751", "4901542032375102"] {
      let one = try report(imei)
      #expect(owners(one) == 1)
      #expect(one.records(.call).map(\.account) == ["whatsapp phone +447700900999"])
    }
  }
}
