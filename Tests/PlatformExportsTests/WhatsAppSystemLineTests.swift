import AccountModel
import PlatformExports
import Testing

/// Lines of a chat that WhatsApp itself wrote, and words that look like them.
@Suite struct WhatsAppSystemLineTests {
  @Test func systemLinesAreSetAside() throws {
    let unit = try WhatsAppTextTests.read(
      """
      13/02/2024, 09:05 - Messages and calls are end-to-end encrypted. No one outside of this chat can read them.
      13/02/2024, 09:05 - Ann Example changed the subject from "a" to "Trip: Wales"
      13/02/2024, 09:05 - Ann Example created group "Trip: Wales"
      13/02/2024, 09:05 - You're now an admin
      13/02/2024, 09:05 - Bo Example joined using this group's invite link
      13/02/2024, 09:05 - Bo Example left
      13/02/2024, 09:05 - Ann Example added +44 7700 900123
      13/02/2024, 09:05 - Your security code with Bo Example changed. Tap to learn more.
      13/02/2024, 09:05 - Ann Example: she changed the subject to "x: y" she said
      13/02/2024, 09:05 - Ann Example: Bo left
      13/02/2024, 09:05 - Ann Example: <Media omitted>
      13/02/2024, 09:05 - Ann Example: IMG-1.jpg (file attached)

      """, named: "WhatsApp Chat with Trip.txt")
    #expect(unit.records.count == 4)
    #expect(
      unit.records.allSatisfy {
        $0.channel == "Trip (group)" && $0.account == "whatsapp display-name Ann Example"
      })
    #expect(unit.count("system-line")?.setAside == 8)
    #expect(unit.setAside.allSatisfy { !$0.reason.isFault })
    #expect(unit.count("message")?.counts == [4, 4, 0])
  }

  /// What the platform writes shows that a chat is a group, of which one other may have written alone.
  @Test(arguments: [
    ("Ann created group \"Trip\"", true), ("Ann changed the group name to “Trip”", true),
    ("Ann added Bo", true), ("You removed Bo", true), ("Bo left", true), ("Bo was added.", true),
    ("Bo joined using this group's invite link", true), ("You're now an admin", false),
    ("Messages to this group are now secured with end-to-end encryption. Tap for more info.", true),
    ("Ann hat die Gruppe „Trip“ erstellt", true), ("Ann hat Bo hinzugefügt", true),
    ("Bo hat die Gruppe verlassen", true), ("Ann creó el grupo \"Trip\"", true), ("Ann añadió a Bo", true),
    ("Bo salió del grupo", true), ("Ann a créé le groupe « Trip »", true), ("Ann a ajouté Bo", true),
    ("Bo a quitté", true), ("Ann criou o grupo \"Trip\"", true), ("Ann adicionou Bo", true),
    ("Bo saiu", true),
    ("Ann ha creato il gruppo \"Trip\"", true), ("Ann ha aggiunto Bo", true),
    ("Bo ha abbandonato il gruppo", true), ("Ann heeft Bo toegevoegd", true),
    ("Bo heeft de groep verlaten", true),
    ("Messages and calls are end-to-end encrypted. Only people in this chat can read them.", false),
    ("Your security code with Bo changed. Tap to learn more.", false), ("You blocked this contact", false),
    ("You turned on disappearing messages.", false), ("left", false), (" added ", false), ("Bo", false),
    ("Ann changed their phone number to a new number. Tap to message or add the new number.", false),
  ])
  func whatTheChatSaysOfItself(_ notice: String, isGroup: Bool) throws {
    let unit = try WhatsAppTextTests.read(
      "13/02/2024, 09:05 - \(notice)\n13/02/2024, 09:06 - Bo: Ann added Cy\n13/02/2024, 09:07 - Bo: Cy left\n",
      named: "WhatsApp Chat with Trip.txt")
    #expect(unit.records.map(\.text) == ["Ann added Cy", "Cy left"])
    #expect(unit.records.allSatisfy { $0.channel == (isGroup ? "Trip (group)" : "Trip") })
    // As iOS has it: under a name and behind a mark, where names are of those who wrote.
    let marked = try WhatsAppTextTests.read(
      "[13/02/2024, 09:05:01] Bo: hi\r\n[13/02/2024, 09:05:01] Ann: hi\r\n"
        + "[13/02/2024, 09:05:02] Trip: \u{200E}\(notice)\r\n",
      named: "WhatsApp Chat with Trip.txt")
    if marked.records.count == 2 {
      #expect(marked.records.allSatisfy { $0.channel == (isGroup ? "Trip (group)" : "Trip") })
    }
  }

  /// A chat that is called as a group's is kept has no such name.
  @Test func aNameMakesNoGroup() throws {
    let unit = try WhatsAppTextTests.read(
      "13/02/2024, 09:06 - Bo: hi\n", named: "WhatsApp Chat with us (group).txt")
    #expect(unit.records.map(\.channel) == ["us (group) [chat]"])
  }

  @Test func iOSWritesSystemLinesAfterANameAndAMark() throws {
    let unit = try WhatsAppTextTests.read(
      "[13/02/2024, 09:05:01] Trip: \u{200E}Messages and calls are end-to-end encrypted.\r\n"
        + "[13/02/2024, 09:05:02] Ann Example: first\r\n"
        + "[13/02/2024, 09:05:02] Trip: \u{200E}Ann Example added you, +44 7700 900124 and Ann Example"
        + "\r\n"
        + "[13/02/2024, 09:05:02] Ann Example: \u{200E}Ann Example left\r\n"
        + "\u{200E}[13/02/2024, 09:05:03] Ann Example: \u{200E}<attached: 0001-left out.jpg>\r\n"
        + "[13/02/2024, 09:05:04] ~\u{202F}Kit: hello\r\n"
        + "[13/02/2024, 09:05:05] \u{202A}+44\u{A0}7700\u{A0}900123\u{202C}: hi\r\n")
    #expect(unit.count("system-line")?.setAside == 3)
    #expect(
      unit.records.map(\.account) == [
        "whatsapp display-name Ann Example", "whatsapp display-name Ann Example",
        "whatsapp display-name ~\u{202F}Kit",
        "whatsapp phone +44\u{A0}7700\u{A0}900123",
      ])
    #expect(unit.identifiers.contains { $0.label == "push-name" && $0.value == "Kit" })
    #expect(unit.accounts.map { $0.key?.scope } == [.source, .source, .platform])
  }

  @Test(arguments: [
    ("+44 7700 900123 changed to +44 7700 900456", "phone +44 7700 900123", "phone +44 7700 900456"),
    (
      "\u{202A}+44 7700 900123\u{202C} changed to \u{202A}+44 7700 900456\u{202C}", "phone +44 7700 900123",
      "phone +44 7700 900456"
    ),
    ("Ann Example changed to +44 7700 900456", "display-name Ann Example", "phone +44 7700 900456"),
    (
      "Ann Example changed their phone number from +44 7700 900123 to +44 7700 900456.",
      "phone +44 7700 900123", "phone +44 7700 900456"
    ),
    ("+44 7700 900123 cambió a +44 7700 900456", "phone +44 7700 900123", "phone +44 7700 900456"),
  ])
  func changedNumbersAreDeclaredLinks(_ text: String, _ old: String, _ new: String) throws {
    let unit = try WhatsAppTextTests.read("13/02/2024, 09:05 - \(text)\n13/02/2024, 09:06 - Bo Example: ok\n")
    let link = try #require(unit.records(.declaredLink).first)
    #expect(link.account == "whatsapp \(old)" && link.other == "whatsapp \(new)")
    #expect(link.assertion == .claimed && link.readsAsPlatform)
    #expect(unit.records(.message).allSatisfy { $0.assertion == nil && !$0.readsAsPlatform })
    #expect(unit.count("message")?.agrees == true)
  }

  /// The first half of the group's name was an account, with what the platform wrote for its words.
  @Test(arguments: ["WhatsApp Chat - Trip: Wales 2024.txt", "WhatsApp Chat - Trip_ Wales 2024.txt"])
  func aGroupWithAColonInItsNameIsNobody(_ file: String) throws {
    let text = """
      [13/02/2024, 09:05:07] Trip: Wales 2024: \u{200E}Messages and calls are end-to-end encrypted. Only people in this chat can read, listen to, or share them. Learn more.
      [13/02/2024, 09:05:08] Trip: Wales 2024: \u{200E}You created this group
      [13/02/2024, 09:06:00] Ann Example: one: two
      [13/02/2024, 09:07:00] Trip: Wales 2024: Messages and calls are end-to-end encrypted
      [13/02/2024, 09:08:00] Ann Example: Trip: Wales 2024: \u{200E}You created this group
      [13/02/2024, 09:09:00] Trip: \u{200E}image omitted

      """
    let unit = try WhatsAppTextTests.read(text, named: file)
    #expect(
      unit.records(.message).map { "\($0.account.dropFirst("whatsapp display-name ".count)) | \($0.text)" }
        == [
          "Ann Example | one: two", "Trip | Wales 2024: Messages and calls are end-to-end encrypted",
          "Ann Example | Trip: Wales 2024: \u{200E}You created this group", "Trip | \u{200E}image omitted",
        ])
    #expect(unit.count("system-line")?.setAside == 2 && unit.count("message")?.counts == [4, 4, 0])
    // Nothing but the name of the file tells the name of the group.
    let other = try WhatsAppTextTests.read(text, named: "WhatsApp Chat - Wales.txt")
    #expect(other.records(.message).count == 6)
    #expect(try WhatsAppTextTests.read(text).records(.message).count == 6)
  }

  /// Words that somebody typed before a notice are no name of the chat's.
  @Test func wordsBeforeANoticeAreKept() throws {
    let text = """
      [13/02/2024, 09:05:07] Trip: I will find you: \u{200E}Messages and calls are end-to-end encrypted
      [13/02/2024, 09:05:08] Trip: Wales 2024: \u{200E}I will find you

      """
    let unit = try WhatsAppTextTests.read(text, named: "WhatsApp Chat - Trip_ Wales 2024.txt")
    #expect(
      unit.records(.message).map(\.text) == [
        "I will find you: \u{200E}Messages and calls are end-to-end encrypted",
        "Wales 2024: \u{200E}I will find you",
      ])
  }

  /// Names of groups and of strangers stand in system lines, and their owners choose them.
  @Test(arguments: [
    #"Eve changed the subject from "a" to "phone number from +44 7700 900111 to +44 7700 900222. ok""#,
    #"Eve created group "phone number from +44 7700 900111 to +44 7700 900222. ""#,
    #"Eve changed the group name to "+44 7700 900111 changed to +44 7700 900222. x""#,
    "Eve hat den Betreff zu „+44 7700 900111 changed to +44 7700 900222“ geändert",
    "Eve a créé le groupe « +44 7700 900111 a changé pour +44 7700 900222 »",
    "Bo Example added ~\u{202F}a changed to +44 7700 900222",
    "~\u{202F}Kit added ~\u{202F}a changed to +44 7700 900222",
    "+44 7700 900111 added x changed to +44 7700 900222",
    "~\u{202F}+44 7700 900111 changed to +44 7700 900222 left",
  ])
  func aQuotedChangeOfNumberIsNoLink(_ text: String) throws {
    let unit = try WhatsAppTextTests.read("13/02/2024, 09:05 - \(text)\n13/02/2024, 09:06 - Bo Example: ok\n")
    #expect(unit.records(.declaredLink).isEmpty)
    #expect(unit.records(.message).map(\.text) == ["ok"])
    #expect(unit.setAside.map(\.reason.code) == ["system"])
    #expect(!unit.accounts.contains { $0.key?.value.contains("900222") == true })
  }

  /// Anybody can type U+200E: what stands under a name is the name's, unless the whole line is the platform's.
  @Test(arguments: [
    "phone number from +44 7700 900111 to +44 7700 900222", "+44 7700 900111 changed to +44 7700 900222",
    "I left you a present. You will be removed from this world", "She knows nothing, and soon she left",
    "Messages and calls are end-to-end encrypted. Nobody will hear you", "Ann Example was removed",
    "Your security code with the knife changed", "You added fuel and petrol",
  ])
  func markedLinesOfMembersAreMessages(_ text: String) throws {
    let unit = try WhatsAppTextTests.read(
      "[13/02/2024, 09:05:01] Bo Example: hello\r\n"
        + "[13/02/2024, 09:05:02] +44 7700 900555: \u{200E}\(text)\r\n")
    #expect(unit.records.map(\.recordClass) == [.message, .message])
    #expect(unit.records.last?.account == "whatsapp phone +44 7700 900555")
    #expect(unit.records.last?.text.hasSuffix(text) == true)
    #expect(unit.setAside.isEmpty && unit.count("message")?.counts == [2, 2, 0])
    #expect(unit.notes.count == (text.hasPrefix("+44") ? 1 : 0))
  }

  @Test func wordsBehindASystemLineAreKept() throws {
    let unit = try WhatsAppTextTests.read(
      "[13/02/2024, 09:05:01] Eve Example: \u{200E}Eve Example left\r\nI know where you live\r\n"
        + "[13/02/2024, 09:05:02] Eve Example: \u{200E}Eve Example left\r\n\r\n"
        + "[13/02/2024, 09:05:03] \u{200E}You're now an admin\r\nand dead\r\n")
    #expect(unit.records.map(\.text) == ["\u{200E}Eve Example left\nI know where you live"])
    #expect(unit.records.first?.account == "whatsapp display-name Eve Example")
    #expect(unit.setAside.map(\.reason.code).sorted() == ["behind-system-line", "system"])
    #expect(unit.setAside.first { $0.unit == "line" }?.examples.first?.detail == "and dead")
    #expect(unit.count("message")?.agrees == true)
  }

  @Test func aChangeOfNumberWithoutTheNewOneIsNoLink() throws {
    let unit = try WhatsAppTextTests.read(
      "13/02/2024, 09:05 - Ann Example changed their phone number to a new number. Tap to message or add the "
        + "new number.\n13/02/2024, 09:06 - The timer changed to 24 hours\n"
        + "13/02/2024, 09:06 - Bo Example: +44 7700 900123 changed to +44 7700 900456\n")
    #expect(unit.records(.declaredLink).isEmpty && unit.records(.message).count == 1)
    #expect(unit.setAside.map(\.reason.code) == ["number-change-untold", "system"])
  }
}
