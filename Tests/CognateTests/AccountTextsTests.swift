import AccountModel
import CaseFile
import Cognate
import Foundation
import GRDB
import TestSupport
import Testing

/// What counts as the words of an account.
@Suite struct AccountTextsTests {
  private func texts(_ content: String, _ name: String) throws -> [String] {
    let test = try CaseUnderTest()
    let report = try test.importing(content, name)
    #expect(report.outcome == .complete)
    var texts: [String] = []
    try test.opened.database.read { try AccountTexts.forEach($0) { _, _, text, _ in texts.append(text) } }
    return texts
  }

  @Test func whatWasPassedOnIsNotTheSendersOwn() throws {
    let chat = #"""
      {"name": "Rex", "type": "personal_chat", "id": 77, "messages": [
       {"id": 1, "type": "message", "date": "2022-06-01T12:00:00", "date_unixtime": "1654077600",
        "from": "Rex", "from_id": "user77", "text": "mine"},
       {"id": 2, "type": "message", "date": "2022-06-01T12:01:00", "date_unixtime": "1654077660",
        "from": "Rex", "from_id": "user77", "forwarded_from": "Eve", "text": "hers"},
       {"id": 3, "type": "message", "date": "2022-06-01T12:02:00", "date_unixtime": "1654077720",
        "from": "Rex", "from_id": "user77", "via_bot": "@gif", "text": "a bot's"}
      ]}
      """#
    #expect(try texts(chat, "result.json") == ["mine"])
  }

  @Test func whatProgramsWroteInDiscordAndSlackIsNobodysOwn() throws {
    func message(_ id: Int, _ text: String, _ rest: String) -> String {
      #"{"id":"\#(id)","type":"Default","timestamp":"2022-06-01T12:00:00","isPinned":false,"content":"\#(text)",\#(rest)}"#
    }
    let own = message(1, "mine", #""author":{"id":"77","name":"rex","isBot":false}"#)
    let program = message(2, "a bot's", #""author":{"id":"66","name":"dice","isBot":true}"#)
    let passedOn = message(
      3, "", #""author":{"id":"77","name":"rex"},"forwardedMessage":{"content":"hers"}"#)
    func chat(_ name: String) -> String {
      #"{"guild":{"id":"9","name":"S"},"channel":{"id":"6","name":"\#(name)"},"exportedAt":"","messages":["#
        + [own, program, passedOn].joined(separator: ",") + "]}"
    }
    #expect(try texts(chat("general"), "general.json") == ["mine"])
    // Whoever names a channel so keeps no words back by it.
    #expect(try texts(chat("general (via bot)"), "general.json") == ["mine"])
    let day = #"""
      [{"type":"message","user":"U1","text":"mine","ts":"1452988821.000002"},
       {"type":"message","subtype":"bot_message","bot_id":"B1","text":"a bot's","ts":"1452988822.000002"}]
      """#
    #expect(try texts(day, "2016-01-16.json") == ["mine"])
  }

  @Test func whatWhatsAppsDatabaseMarksAsForwardedIsNotTheSendersOwn() throws {
    let test = try CaseUnderTest()
    let place = test.folder.url.appendingPathComponent("msgstore.db")
    let queue = try DatabaseQueue(path: place.path)
    try queue.write {
      try $0.execute(
        sql: """
          CREATE TABLE jid (_id INTEGER PRIMARY KEY, user TEXT, server TEXT, raw_string TEXT);
          CREATE TABLE chat (_id INTEGER PRIMARY KEY, jid_row_id INTEGER, subject TEXT);
          CREATE TABLE message (_id INTEGER PRIMARY KEY, chat_row_id INTEGER, from_me INTEGER,
            sender_jid_row_id INTEGER, timestamp INTEGER, message_type INTEGER, text_data TEXT);
          CREATE TABLE message_forwarded (message_row_id INTEGER PRIMARY KEY, forward_score INTEGER);
          INSERT INTO jid VALUES (1, '447700900123', 's.whatsapp.net', '447700900123@s.whatsapp.net'),
            (2, '120363000000000001', 'g.us', '120363000000000001@g.us');
          INSERT INTO chat VALUES (1, 1, NULL), (2, 2, 'gang (forwarded)');
          INSERT INTO message VALUES (1, 1, 0, 0, 1700000000000, 0, 'mine'),
            (2, 1, 0, 0, 1700000001000, 0, 'hers'), (3, 2, 0, 1, 1700000002000, 0, 'mine too'),
            (4, 2, 0, 1, 1700000003000, 0, 'his');
          INSERT INTO message_forwarded VALUES (2, 1), (4, 5);
          """)
    }
    try queue.close()
    let report = try test.opened.importSources(ImportRequest(paths: [place]))
    #expect(report.outcome == .complete)
    var texts: [String] = []
    try test.opened.database.read { try AccountTexts.forEach($0) { _, _, text, _ in texts.append(text) } }
    // A group that is called so keeps no words back: its address stands behind its name.
    #expect(texts == ["mine", "mine too"])
  }

  @Test func whatAReportOrATakeoutMarksAsForwardedIsNotTheSendersOwn() throws {
    func message(_ text: String, _ minute: Int, _ rest: String) -> String {
      """
      <model type="InstantMessage"><field name="Body"><value>\(text)</value></field>
      <field name="TimeStamp"><value>2021-05-21T02:\(10 + minute):00Z</value></field>\(rest)
      <modelField name="From"><model type="Party"><field name="Identifier">
      <value>447700900123@s.whatsapp.net</value></field></model></modelField></model>
      """
    }
    let label =
      "<multiModelField name=\"Labels\"><model type=\"MessageLabel\"><field name=\"Label\">"
      + "<value>Forwarded</value></field></model></multiModelField>"
    let report = """
      <?xml version="1.0" encoding="utf-8"?>
      <project id="1" name="x" reportVersion="5.2.0.0" xmlns="http://pa.cellebrite.com/report/2.0"><decodedData>
      <modelType type="Chat"><model type="Chat"><field name="Source"><value>WhatsApp</value></field>
      <field name="Id"><value>7</value></field><multiModelField name="Messages">
      \(message("mine", 1, ""))\(message("hers", 2, label))</multiModelField></model></modelType></decodedData></project>
      """
    #expect(try texts(report, "report.xml") == ["mine"])
    func line(_ text: String) -> String {
      #"{"creator": {"name": "Una", "email": "una@example.org", "user_type": "Human"}, "text": "\#(text)","#
        + #" "created_date": "Thursday, 5 January 2023 at 17:13:44 UTC","#
        + #" "quoted_message_metadata": {"creator": {"name": "Rex"}, "text": "hers"}}"#
    }
    let chat = "{\"messages\": [\(line("mine")),\(line("hers"))]}"
    let test = try CaseUnderTest()
    _ = try test.write(chat, "in/Takeout/Google Chat/Groups/DM a/messages.json")
    _ = try test.opened.importSources(ImportRequest(paths: [test.folder.url.appendingPathComponent("in")]))
    var own: [String] = []
    try test.opened.database.read { try AccountTexts.forEach($0) { _, _, text, _ in own.append(text) } }
    #expect(own == ["mine"])
  }

  /// Members choose the name of a group, which becomes that of the file.
  @Test(arguments: ["gang (forwarded)", "gang (via bot)"])
  func aChatThatIsNamedSoKeepsNobodysWordsBack(_ name: String) throws {
    let chat = "13/02/2026, 10:00 - Ann: see you\n"
    #expect(try texts(chat, "WhatsApp Chat with \(name).txt") == ["see you"])
    let line = #"{"id":"1","posts":[{"text":"mine","channel":"\#(name)"}]}"#
    #expect(try texts(line + "\n", "a.ndjson") == ["mine"])
  }

  @Test func textsComeWithTheirTimes() throws {
    let test = try CaseUnderTest()
    _ = try test.importing("13/02/2026, 10:00 - Ann: see you\n13/02/2026, 10:05 - Ann: or not\n", "_chat.txt")
    var times: [ObservedTime] = []
    try test.opened.database.read { try AccountTexts.forEach($0) { _, _, _, time in times.append(time) } }
    #expect(times.map(\.zone) == [.unknown, .unknown])
    #expect(times.map(\.precision) == [.minute, .minute])
    #expect(times[1].microseconds - times[0].microseconds == 300_000_000)
  }

  @Test func aTimeThatWasTamperedWithIsOfNoKnownZone() throws {
    let test = try CaseUnderTest()
    _ = try test.importing("13/02/2026, 10:00 - Ann: see you\n", "_chat.txt")
    let place = test.folder.url.appendingPathComponent("t.cognate/case.sqlite").path
    try DatabaseQueue(path: place).write {
      try $0.execute(sql: "UPDATE record SET zone = 999, precision = -1 WHERE text IS NOT NULL")
      #expect($0.changesCount > 0)
    }
    var times: [ObservedTime] = []
    try test.opened.database.read { try AccountTexts.forEach($0) { _, _, _, time in times.append(time) } }
    #expect(times.map(\.zone) == [.unknown])
    #expect(times.map(\.precision) == [.day])
  }

  @Test func whatWhatsAppWritesIsNotTheSendersOwn() throws {
    let said = [
      "<Media omitted>", "IMG-1.jpg (file attached)\nlook at this", "This message was deleted",
      "see you <This message was edited>", "\u{200E}image omitted", "Du hast diese Nachricht gelöscht.",
      "POLL:\nWho?\nOPTION: me (1 vote)", "a <b> c", "null", "Missed voice call", "<Без медиафайлов>",
      "report.pdf \u{2022} \u{200E}3 pages \u{200E}<attached: 1-report.pdf>",
      "look \u{200E}<attached: 2.jpg>",
      "see \u{2022} this", "\u{200E}mine or not",
      "as they are \u{200E}<This message was edited>",
    ]
    let chat = said.map { "13/02/2026, 10:00 - Ann: \($0)\n" }.joined()
    #expect(
      try texts(chat, "_chat.txt") == [
        "look at this", "see you ", "Who?", "a <b> c", "look ", "see \u{2022} this",
        "as they are ",
      ])
  }

  /// Several messages that were copied in WhatsApp and pasted into another chat.
  @Test func whatWasPastedIsNotTheSendersOwn() throws {
    let chat =
      "13/02/2026, 10:00 - Ann: look what he wrote\n[15/01, 3:20 pm] Bob: you will see\n"
      + "13/02/2026, 10:01 - Ann: [15/01, 15:20] Bob: and this\n"
      + "13/02/2026, 10:02 - Ann: [15:20] at home: no\n13/02/2026, 10:03 - Ann: [1] see: that\n"
    #expect(
      try texts(chat, "_chat.txt") == ["look what he wrote", "[15:20] at home: no", "[1] see: that"])
  }

  @Test func whatMetaWritesIsNotTheSendersOwn() throws {
    let said = [
      "Liked a message", #"Reacted \u00e2\u009d\u00a4 to your message "#, "Ann sent an attachment.",
      "Ann a envoy\\u00c3\\u00a9 une pi\\u00c3\\u00a8ce jointe.", "Reacted badly, I know",
      "I sent an attachment.\\nSee it?",
    ]
    let messages = said.map { #"{"sender_name":"Ann","timestamp_ms":1700000000000,"content":"\#($0)"}"# }
    let chat =
      #"{"participants":[{"name":"Ann"},{"name":"Bo"}],"messages":[\#(messages.joined(separator: ","))]}"#
    #expect(
      try texts(chat, "instagram message_1.json") == [
        "Reacted badly, I know", "I sent an attachment.\nSee it?",
      ])
  }
}
