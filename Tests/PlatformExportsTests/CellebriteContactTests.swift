import AccountModel
import PlatformExports
import Testing

/// Contacts of a telephone and of its apps.
@Suite struct CellebriteContactTests {
  @Test func aMailProgramsContactsAreAPhoneBook() throws {
    let card = CellebriteReport.model(
      "Contact", [("Name", "Una"), ("Source", "Gmail")],
      parts: CellebriteReport.parts(
        "Entries",
        [
          CellebriteReport.model("PhoneNumber", [("Value", "+447700900124")]),
          CellebriteReport.model("EmailAddress", [("Value", "una@example.org")]),
          CellebriteReport.model("UserID", [("Category", "Instagram Username"), ("Value", "una.marsh")]),
          CellebriteReport.model("UserID", [("Category", "Profile"), ("Value", "77")]),
        ]))
    let unit = try CellebriteTests.read(CellebriteReport.document(card))
    #expect(unit.records(.contact).map(\.other) == ["sms phone +447700900124"])
    #expect(
      unit.records(.declaredLink).map(\.other) == [
        "email email una@example.org", "instagram handle una.marsh",
      ])
    #expect(unit.setAside.map(\.reason.code) == ["unknown-app"])
  }

  @Test func otherNumbersOfAnAppsContactAreNotTheAccounts() throws {
    func contact(_ app: String, _ id: String, _ numbers: [String]) throws -> ReadOutcome.Unit {
      try CellebriteTests.read(
        CellebriteReport.document(
          CellebriteReport.model(
            "Contact", [("Name", "Mum & Dad"), ("Source", app)],
            parts: CellebriteReport.parts(
              "Entries",
              [CellebriteReport.model("UserID", [("Value", id)])]
                + numbers.map { CellebriteReport.model("PhoneNumber", [("Value", $0)]) }))))
    }
    func numbers(_ unit: ReadOutcome.Unit) -> [String] {
      unit.identifiers.filter { $0.kind == .phone && $0.label == "contact" }.map {
        "\($0.account) \($0.value)"
      }
    }
    let chat = try contact(
      "WhatsApp", "447700900123@s.whatsapp.net", ["07700 900123", "+447700900124"])
    #expect(numbers(chat).isEmpty)
    #expect(chat.records(.contact).map(\.other) == ["whatsapp phone +447700900123"])
    #expect(chat.records(.declaredLink).map(\.other) == ["sms phone +447700900124"])
    #expect(chat.records(.declaredLink).map(\.assertion) == [.user])
    let two = try contact("Facebook", "100001234567890", ["+447700900123", "+447700900124"])
    #expect(numbers(two).isEmpty && two.records(.declaredLink).count == 2)
    let one = try contact("Facebook", "100001234567890", ["+447700900123"])
    #expect(numbers(one) == ["facebook platform-id 100001234567890 +447700900123"])
  }

  /// What goes out has the number as it was dialled, what comes in has its country; numbers of accounts are no telephones'.
  @Test func aNumberWrittenInTwoWaysIsOneConversation() throws {
    func text(_ app: String, _ folder: String, _ role: String, _ value: String) -> String {
      CellebriteReport.model(
        "SMS",
        [("Body", "x \(value)"), ("TimeStamp", "2021-05-21T02:38:43Z"), ("Folder", folder), ("Source", app)],
        parts: CellebriteReport.parts(
          "Parties", [CellebriteReport.party([("Identifier", value), ("Role", role)])]))
    }
    let unit = try CellebriteTests.read(
      CellebriteReport.document(
        text("", "Inbox", "From", "+447700900123") + text("", "Sent", "To", "07700 900123")
          + text("Telegram", "Inbox", "From", "5700900123") + text("Telegram", "Inbox", "From", "6700900123"))
    )
    #expect(
      unit.records(.message).map(\.channel) == ["+447700900123", "+447700900123", "5700900123", "6700900123"])
  }
}
