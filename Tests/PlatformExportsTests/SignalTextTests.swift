import AccountModel
import Foundation
import PlatformExports
import TestSupport
import Testing

/// Chats of Signal as text, of invented people.
@Suite struct SignalTextTests {
  static let chat = """
    [2024-05-29 15:04:05] Me: hello  
    [2024-05-29 15:05:05] Rex T: 

    > hello

    hello yourself
    second line  
    (- Me: 👍, Una: 🐌 -)
    [2024-05-29 15:06:05] Me: look ![x.png](./media/x.png)  [y.pdf](./media/y.pdf)  
    [2024-05-29 15:06:06] Me:   
    (( 🐌 ))
    [2024-05-29 15:06:07] Rex T: (This message was deleted)
    [2024-05-29 15:06:08] No-Sender: Outgoing call  
    [2024-05-29 15:06:09] +447700900123: a number  
    [2024-13-29 15:06:09] Rex T: when  

    """

  static let plain = """
    [May 29, 2024 15:04:05] *** Rex T changed the group name.
    [May 29, 2024 15:05:05] <Rex T> hello
    on two lines
    [May 29, 2024 15:06:05] *** <Rex T> sent file "x.png"
    [May 29, 2024 15:07:05] <A > B> so I am called

    """

  private static func unit(_ text: String, _ name: String, _ options: ReaderOptions = ReaderOptions()) throws
    -> ReadOutcome.Unit
  {
    let outcome = try ReadOutcome.reading(text, named: name, options: options)
    #expect(outcome.units.map(\.format) == ["signal-text"])
    let unit = try #require(outcome.units.first)
    #expect(unit.reconciliation.allSatisfy { $0.agrees }, "\(unit.reconciliation)")
    return unit
  }

  @Test func readsSignalExport() throws {
    let unit = try Self.unit(Self.chat, "chat.md")
    #expect(
      unit.records.map { "\($0.account): \($0.text)" } == [
        "owner?: hello", "signal display-name Rex T: > hello\n\nhello yourself\nsecond line", "owner?: look",
        "owner?: ",
        "signal display-name +447700900123: a number",
      ])
    #expect(unit.records.allSatisfy { $0.time.zone == .unknown && $0.time.precision == .second })
    #expect(unit.records.first?.time.microseconds == TimeText.iso8601("2024-05-29T15:04:05")?.microseconds)
    #expect(unit.records.first?.writtenTime == "2024-05-29 15:04:05")
    #expect(unit.accounts.filter { $0.role == .owner }.count == 1)
    #expect(unit.tally("message") == [8, 5, 3])
    #expect(
      Set(unit.setAside.map { "\($0.unit) \($0.reason.code) \($0.count)" }) == [
        "attachment media 3", "reaction reaction 2", "message unsent 1", "message no-author 1",
        "message bad-time 1",
      ])
  }

  @Test func readsSignalbackupTools() throws {
    let unit = try Self.unit(Self.plain, "Rex T (_id5).txt")
    #expect(
      unit.records.map { "\($0.channel) \($0.account): \($0.text)" } == [
        "Rex T signal display-name Rex T: hello\non two lines",
        "Rex T signal display-name A: B> so I am called",
      ])
    #expect(unit.tally("message") == [2, 2, 0])
    #expect(
      unit.setAside.map { "\($0.unit) \($0.reason.code) \($0.count)" } == [
        "system-line system 1", "attachment media 1",
      ])
  }

  /// Older exports wrote no seconds, and a comma; so does no chat of WhatsApp.
  @Test func readsOlderExports() throws {
    let unit = try Self.unit(
      "[2019-12-24, 12:23] Una: Hello Rex!\n[2020-01-17, 21:49] Rex: Hello\nUna!\n", "export.txt")
    #expect(unit.records.map(\.text) == ["Hello Rex!", "Hello\nUna!"])
    #expect(unit.records.map(\.time.precision) == [.minute, .minute])
    #expect(unit.accounts.allSatisfy { $0.role == .participant })
  }

  /// What signal-export writes of calls and of Signal's own notes is nobody's words, whosever name stands before it.
  @Test func callsAndNotes() throws {
    let unit = try Self.unit(
      "[2024-05-29 15:04:05] Rex: Outgoing call  \n[2024-05-29 15:04:06] Me: Missed voice call  \n"
        + "[2024-05-29 15:04:07] Rex: Incoming video call (accepted, 1m 2s)  \n[2024-05-29 15:04:08] Rex:   \n"
        + "[2024-05-29 15:04:09] Rex: Incoming call from home  \n[2024-05-29 15:04:10] Rex: Missed a call  \n",
      "chat.md")
    #expect(unit.records.map(\.text) == ["Incoming call from home", "Missed a call"])
    #expect(
      Set(unit.setAside.map { "\($0.unit) \($0.reason.code) \($0.count)" }) == [
        "message system 3", "message empty 1",
      ])
  }

  /// Whoever calls himself by somebody else's number is not that number's account.
  @Test(arguments: [
    ("[2024-05-29 15:04:05] Me: hello  \n[2024-05-29 15:04:06] +44 7700 900123: hi  \n", "chat.md"),
    ("[May 29, 2024 15:04:05] <Una> hello\n[May 29, 2024 15:04:06] <+44 7700 900123> hi\n", "a.txt"),
  ])
  func aNumberForAName(text: String, name: String) throws {
    let unit = try Self.unit(text, name)
    let account = "signal display-name +44 7700 900123"
    #expect(unit.records.last?.account == account)
    #expect(
      unit.identifiers.filter { $0.kind == .phone }.map { "\($0.account) \($0.value) \($0.assertion)" } == [
        "\(account) +44 7700 900123 claimed"
      ])
  }

  /// Names of files may hold brackets; words in brackets stay.
  @Test func attachmentsWithBrackets() throws {
    let unit = try Self.unit(
      "[2024-05-29 15:04:05] Me: look  ![x_(1).jpg](./media/x_(1).jpg)  [y[2].pdf](./media/y[2].pdf)  \n"
        + "[2024-05-29 15:04:06] Me: see [z.pdf](./media/z.pdf) (and smile)\n[2024-05-29 15:04:07] Me: ((( no)\n"
        + "[2024-05-29 15:04:08] Me: [🐌](../exported_stickers/1/2.webp)  \n",
      "chat.md")
    #expect(
      unit.records.map(\.text) == ["look", "see [z.pdf](./media/z.pdf) (and smile)", "((( no)", ""])
    #expect(
      unit.setAside.flatMap(\.examples).map(\.detail) == ["y[2].pdf", "x_(1).jpg", "🐌"])
    let cut = try Self.unit("[2024-05-29 15:04:05] Me: a[1] look  [y[2].pdf](./media/y[2", "chat.md")
    #expect(cut.records.map(\.text) == ["a[1] look"])
  }

  @Test func theOwnersNumber() throws {
    var options = ReaderOptions()
    options.ownerPhone = "+447700900001"
    let unit = try Self.unit(Self.chat, "chat.md", options)
    #expect(unit.records.first?.account == "signal phone +447700900001")
    #expect(
      unit.identifiers.first.map { "\($0.kind.rawValue) \($0.value) \($0.assertion.rawValue)" }
        == "phone +447700900001 user")
  }

  @Test func chatsOfWhatsAppStayItsOwn() throws {
    for text in [
      "[2024-05-29 15:04:05] Una: hello\n[2024-05-29 15:05:05] Rex: hi\n",
      "[2024-05-29, 15:04:05] Una: hello\n[2024-05-29, 15:05:05] Me: hi\n",
      "[2024-05-29 15:04:05] Una: \u{200E}image omitted  \n[2024-05-29 15:05:05] Me: hi  \n",
    ] {
      let outcome = try ReadOutcome.reading(text, named: "_chat.txt")
      #expect(outcome.units.map(\.format) == ["whatsapp-txt"], "\(text)")
    }
    for text in ["[2024-05-29 15:04:05] <rex> hi\n", "[May 2024] notes: x\n", "[a](b): c\n"] {
      #expect(try ReadOutcome.reading(text, named: "chat.md").units.isEmpty, "\(text)")
    }
  }

  /// Lines without seconds are what programs and diaries write as well.
  @Test func linesOfOthersAreNotTaken() throws {
    for text in [
      "[2024-05-29 15:04] INFO: started\n[2024-05-29 15:05] ERROR: disk is full\n",
      "[2024-05-29 15:04] warning: permissions differ\n[2024-05-29 15:05] upgraded x (1 -> 2)\n",
      "[2024-05-29 15:04] Gate: shut\n[2024-05-29 15:05] Shed: locked\n[2024-05-29 15:06] Path: swept\n"
        + "[2024-05-29 15:07] Pond: full\n",
    ] {
      let outcome = try ReadOutcome.reading(text, named: "log.txt")
      #expect(outcome.units.allSatisfy { $0.format != "signal-text" }, "\(text)")
    }
    let chat = "[2024-05-29, 15:04] Una: hello\n[2024-05-29, 15:05] Rex: hi\n"
    let outcome = try ReadOutcome.reading(chat, named: "WhatsApp Chat with Una.txt")
    #expect(outcome.units.map(\.format) == ["whatsapp-txt"])
  }

  @Test(arguments: [("chat.md", chat), ("a.txt", plain)])
  func truncation(name: String, text: String) throws {
    try checkTruncations(of: Array(text.utf8), named: name, allowCutLast: true) { $0 != 0x0A }
  }

  /// Each is looked for from the end of what is left, however long the line is.
  @Test func manyAttachments() throws {
    let links = String(repeating: "![a](./media/b)", count: 50_000)
    let marks = String(repeating: "](./media/", count: 50_000)
    let unit = try Self.unit(
      "[2024-05-29 15:04:00] Me: hi  \n[2024-05-29 15:04:01] Me: \(links)  \n"
        + "[2024-05-29 15:04:02] Rex: [\(marks))  \n", "chat.md")
    #expect(unit.records.map(\.text.utf8.count) == [2, 49_000 * 15, 0])
    #expect(unit.setAside.filter { $0.unit == "attachment" }.map(\.count) == [1_001])
  }

  @Test func hostile() throws {
    let text =
      "[2024-05-29 15:04] Me: \n[2024-05-29 15:04] : x\n[2024-05-29 15:04]\n[2024-05-29 99:99] Rex: x\n[[[\n"
      + "[2024-05-29 15:04] Rex: [](./media/)\n(-  -)\n[May 29, 2024 15:05:05] <Rex> not the same form\n"
      + "[2024-05-29 15:04] Rex: a[](./media/)[](./media/)[(./media/)\n(( ))\n(- -)\n"
    let unit = try Self.unit(text, "a.txt")
    #expect(unit.records.count == 3)
  }
}
