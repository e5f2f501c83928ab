internal import Columns

/// What a file is that no reader reads, where its beginning shows it, and what the person can do instead.
///
/// Nothing is imported by it: it only makes a refusal say more than that nothing was recognised.
struct KnownUnread: Sendable, Hashable {
  /// What the file is, as the end of a sentence: `a page of …`.
  let what: String
  /// What to do.
  let advice: String
  /// Whether it is of a platform's export or return, so that something that belongs into the case is missing;
  /// a document or a table may as well be what somebody sent.
  var isOfExport = false

  /// Looks at the beginning of a file that no reader recognised.
  static func of(_ head: MemberHead) -> KnownUnread? {
    let known = spreadsheet(head) ?? backup(head) ?? binary(head) ?? chat(head) ?? chatOfOtherApp(head)
    if let known = known ?? snapchatPage(head) { return known }
    var ofExport: KnownUnread?
    switch head.firstByte {
    case UInt8(ascii: "<"): ofExport = markup(head)
    case UInt8(ascii: "{"), UInt8(ascii: "["): ofExport = json(head)
    default: ofExport = text(head)
    }
    ofExport?.isOfExport = true
    return ofExport ?? table(head)
  }

  private static let takeout = "Google Takeout"

  /// Whether a file is of a Takeout, as far as it is known here.
  static func isOfTakeout(_ head: MemberHead) -> Bool { of(head)?.what.contains(takeout) ?? false }

  private static func binary(_ head: MemberHead) -> KnownUnread? {
    if head.bytes.starts(with: "SQLite format 3\0".utf8) {
      return KnownUnread(
        what: "an SQLite database of an app or a phone",
        advice:
          "Have the tool that extracted it write messages and accounts as CSV, and give that with --mapping.")
    }
    if DatabaseMembers.logMagics.contains(where: { head.bytes.starts(with: $0) }) {
      return KnownUnread(
        what: "the log of a database",
        advice: "Give the database that it lay beside, with the log beside it: they are read together.")
    }
    if head.bytes.starts(with: "%PDF-".utf8) {
      return KnownUnread(what: "a PDF", advice: "Ask for the same return as CSV or text.")
    }
    if head.bytes.starts(with: "!BDN".utf8) {
      return KnownUnread(
        what: "a mailbox of Outlook (PST, OST)", advice: "Have it exported as mbox or eml, and give that.",
        isOfExport: true)
    }
    // Other programs write this container as well.
    if head.bytes.starts(with: FileMark.compoundFile),
      head.path.lowercased().hasSuffix(".msg")
    {
      return KnownUnread(
        what: "a message of Outlook (MSG)", advice: "Save it as eml, and give that.", isOfExport: true)
    }
    for (name, mark) in packed where head.bytes.starts(with: mark) {
      return KnownUnread(
        what: "a file packed by \(name), which is not opened",
        advice: "Unpack it, and give the folder or file.", isOfExport: true)
    }
    if let encoding = TextEncoding(beginning: head.bytes) {
      return KnownUnread(
        what: "text in \(encoding.name)", advice: "Save a copy as UTF-8; a table needs --mapping as well.")
    }
    return nil
  }

  /// What archives begin with that are not opened.
  private static let packed: [(name: String, mark: [UInt8])] = [
    ("7-Zip", [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C]), ("RAR", Array("Rar!\u{1A}\u{07}".utf8)),
    ("bzip2", Array("BZh".utf8)), ("xz", [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]),
  ]

  /// A backup that a phone keeps, which is what somebody finds on it first; its bytes look like nothing.
  private static func backup(_ head: MemberHead) -> KnownUnread? {
    if head.bytes.isEmpty { return nil }
    let name = (head.path.split(separator: "/").last ?? "").lowercased()
    let ending = name.split(separator: ".").last ?? ""
    if ending.hasPrefix("crypt"), ending.dropFirst(5).allSatisfy(\.isWholeNumber) {
      return KnownUnread(
        what: "an encrypted backup of WhatsApp's",
        advice:
          "Have it decrypted with the phone's key, and give the msgstore.db; else export the chats on the phone.",
        isOfExport: true)
    }
    if name.hasPrefix("signal-"), ending == "backup" {
      return KnownUnread(
        what: "an encrypted backup of Signal's",
        advice:
          "Have signalbackup-tools write the chats as text, with the backup's passphrase, and give these.",
        isOfExport: true)
    }
    return nil
  }

  /// A chat in a language whose dates or halves of the day are not known: with its commas it looks like a table. Somebody's
  /// notes on WhatsApp begin with no number.
  private static func chat(_ head: MemberHead) -> KnownUnread? {
    guard WhatsAppText.isChatName(head.path), head.path.lowercased().hasSuffix(".txt"),
      DirectionMarks.stripped(String(decoding: head.bytes.prefix(64), as: UTF8.self))
        .first(where: { $0 != "[" })?.isNumber == true
    else { return nil }
    return KnownUnread(
      what:
        "a chat of WhatsApp's by its name, of which no line at its beginning has a date and time in a layout that is read",
      advice:
        "Set the phone's language to English and its calendar to the Gregorian one, and export the chat again; else put it into a table of time, name and text, and give that with --mapping.",
      isOfExport: true)
  }

  /// A chat that LINE or KakaoTalk wrote as text.
  private static func chatOfOtherApp(_ head: MemberHead) -> KnownUnread? {
    let text = DirectionMarks.stripped(String(decoding: head.bytes.prefix(400), as: UTF8.self))
    let first = text.prefix { !$0.isNewline }
    let isKakao = first.contains("KakaoTalk Chat") || first.contains("카카오톡 대화")
    guard let app = first.hasPrefix("[LINE] ") ? "LINE" : isKakao ? "KakaoTalk" : nil else { return nil }
    return KnownUnread(
      what: "a chat of \(app)'s",
      advice: "Put it into a table of time, name and text, and give that with --mapping.", isOfExport: true)
  }

  /// A page of a download that mostly lies there as JSON as well: nothing is missing then.
  private static func snapchatPage(_ head: MemberHead) -> KnownUnread? {
    guard head.firstByte == UInt8(ascii: "<"), head.contains("Login History and Account Information"),
      head.contains("Snap History")
    else { return nil }
    return KnownUnread(
      what: "a page of Snapchat's My Data",
      advice:
        "Where the download has a folder json, that holds the same; where not, ask for it again, as JSON.")
  }

  private static func markup(_ head: MemberHead) -> KnownUnread? {
    if MetaPage.hasMarks(head) {
      // Where the download is whole, other pages hold no account records.
      if MetaPage(path: head.path) == nil, MetaPage.isOfDownload(head.path) { return nil }
      return KnownUnread(
        what: "a page of a Facebook or Instagram download as HTML, of which nothing says what it holds",
        advice:
          "Give the folder of the download as it came, or the page under its own name (message_1.html); else ask for the download again, in the format JSON."
      )
    }
    if head.contains("chatlog__message") {
      return KnownUnread(
        what: "a chat of Discord as HTML",
        advice: "Export it again as JSON.")
    }
    if head.contains("hChatLog") || head.contains("class=\"haudio\"") {
      return KnownUnread(
        what: "calls or text messages of Google Voice",
        advice: "Put their numbers, times and texts into a table, and give that with --mapping.")
    }
    if head.contains("ANDROID DEVICE CONFIGURATION") {
      return KnownUnread(
        what: "what Google knows of a phone, as HTML",
        advice: "Put its IMEI, Android ID and users into a table, and give that with --mapping.")
    }
    // Pages of activity begin with their style, and the first entry may lie behind it.
    if head.contains("mdl-typography"),
      head.contains("outer-cell") || head.path.hasSuffix("MyActivity.html") || head.path.contains("Takeout/")
    {
      return KnownUnread(
        what: "a page of a \(takeout) export as HTML",
        advice: "Put what matters of it into a table, and give that with --mapping.")
    }
    // In another language than English, or too little of one that is read.
    if head.contains("Google Account ID") || head.path.hasSuffix("SubscriberInfo.html") {
      return KnownUnread(
        what: "what Google knows of an account, as HTML",
        advice: "Put its identifiers and its addresses into tables, and give these with --mapping.")
    }
    return nil
  }

  private static func json(_ head: MemberHead) -> KnownUnread? {
    func platform(_ name: String) -> KnownUnread {
      KnownUnread(
        what: "a file of a \(name) export",
        advice: "Turn it into accounts, an account a line (Docs/Formats.md), or into a table for --mapping.")
    }
    if head.contains("www.w3.org/ns/activitystreams"),
      head.contains("\"preferredUsername\"") || head.contains("\"orderedItems\"")
    {
      return platform("Mastodon")
    }
    if head.contains("\"semanticSegments\"")
      || head.contains("\"mostRecentData\"") && head.contains("\"device\"")
    {
      return platform(takeout)
    }
    if head.contains("\"time_usec\"") || head.contains("\"latitudeE7\"")
      || head.contains("\"header\"") && head.contains("\"titleUrl\"")
    {
      return platform(takeout)
    }
    if head.contains("\"gaia_id\"") && head.contains("\"participant_data\"") {
      return KnownUnread(
        what: "chats of Google's Hangouts",
        advice:
          "Put them into a table of time, name, address and text, and give that with --mapping.")
    }
    if isOfOldInstagram(head) {
      return KnownUnread(
        what: "a file of an Instagram download of before 2021",
        advice:
          "Ask for the download again, in the format JSON; what is gone from it goes into tables for --mapping."
      )
    }
    if head.contains("\"requester\"") && head.contains("\"via\"") && head.contains("\"comments\"") {
      return KnownUnread(
        what: "a ticket of a help desk, as Roblox's returns have them",
        advice: "Put its addresses and times into a table, and give that with --mapping.")
    }
    return nil
  }

  /// Whether a file is of the form that Instagram's downloads had until December 2020.
  static func isOfOldInstagram(_ head: MemberHead) -> Bool {
    let marks: [[StaticString]] = [
      ["\"participants\"", "\"conversation\"", "\"sender\"", "\"created_at\""],
      ["\"login_history\"", "\"cookie_name\""], ["\"date_joined\"", "\"private_account\""],
      ["\"blocked_users\"", "\"follow_requests_sent\""], ["\"media_comments\"", "\"story_comments\""],
    ]
    return marks.contains { all in all.allSatisfy { head.contains($0) } }
  }

  private static func text(_ head: MemberHead) -> KnownUnread? {
    if head.bytes.starts(with: "Grailbird.data".utf8) {
      return KnownUnread(
        what: "a file of an X archive of before 2018",
        advice: "Ask for a new archive: it holds the same posts.")
    }
    if head.bytes.starts(with: "-------Report".utf8) {
      return KnownUnread(
        what: "a report of abuse in a Kik return",
        advice: "Read it by eye. What matters of it goes into a table for --mapping.")
    }
    if head.bytes.starts(with: "Session Start: ".utf8) || head.contains("\nSession Ident: ") {
      return KnownUnread(
        what: "a log of IRC by mIRC",
        advice: "Turn it into a table of time, nick and text, and give that with --mapping.")
    }
    if head.bytes.starts(with: "Gaia ID,".utf8) {
      return KnownUnread(
        what: "a table of Google's that is no access log",
        advice:
          "Say what its columns mean, with --mapping; `cognate mapping` drafts one (Docs/TableMapping.md).")
    }
    if head.path.contains(".LinkedBy"), head.path.lowercased().hasSuffix(".csv") {
      return KnownUnread(
        what: "a list of accounts that Google found to share cookies, a number or an address with another",
        advice:
          "Read it by eye: its columns differ from return to return. What matters of it goes into a table for --mapping."
      )
    }
    if head.contains("\nDevice System: ") && head.contains("\nNetwork Type: ") {
      return KnownUnread(
        what: "a file of a TikTok export as text",
        advice: "Ask for the export again in the format JSON.")
    }
    let first = head.bytes.prefix { $0 != 0x0A && $0 != 0x0D }
    if first.count <= 12, !first.isEmpty, first.allSatisfy({ $0.isDigit || $0 == 0x20 }),
      head.contains("\nFrom:") || head.contains("\nReceived:")
    {
      return KnownUnread(
        what: "a message of Apple Mail (EMLX)", advice: "Export the mailbox as mbox, and give that.")
    }
    return nil
  }

  /// Bytes of a table's first row that are shown.
  private static let rowLimit = 200

  private static func table(_ head: MemberHead) -> KnownUnread? {
    if let first = head.firstByte, [UInt8(ascii: "<"), UInt8(ascii: "{"), UInt8(ascii: "[")].contains(first) {
      return nil
    }
    // Files of an X archive that hold no account record are assignments with commas, too.
    if head.bytes.starts(with: "window.".utf8) { return nil }
    let first = head.bytes.prefix { $0 != 0x0A && $0 != 0x0D }
    let isText = !first.isEmpty && first.allSatisfy { $0 >= 0x20 || $0 == 0x09 }
    let separators = first.count { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: ";") || $0 == 0x09 }
    guard isText, separators >= 2 else { return nil }
    if !head.options.mappings.isEmpty {
      return KnownUnread(
        what: "something like a table, and no row at its beginning has \(wanted(head.options.mappings))",
        advice:
          "Correct the mapping's headers, or its encoding or delimiter. The table begins: \(String(decoding: first.prefix(rowLimit), as: UTF8.self))"
      )
    }
    return KnownUnread(
      what: "something like a table",
      advice:
        "Say what its columns mean, with --mapping; `cognate mapping` drafts one (Docs/TableMapping.md).")
  }
}
