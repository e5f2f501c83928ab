import AccountModel
import Foundation
import PlatformExports
import TestSupport
import Testing

@Suite struct EmailReaderTests {
  static let sample = """
    Return-Path: <bounce@mail.example.com>\r
    Received: from mx.example.net (mx.example.net [198.51.100.7]) by in.example.org with ESMTPS id 3;\r
    \tTue, 2 Jan 2024 10:00:09 +0000\r
    Received: from [192.168.1.20] (host.example.com [203.0.113.5]) by mx.example.net with ESMTPA id 2;\r
    \tTue, 2 Jan 2024 11:00:05 +0100\r
    Received: from laptop (unknown [10.0.0.3]) by host.example.com; Tue, 2 Jan 2024 10:00:01 +0000\r
    From: =?UTF-8?Q?J=C3=B6rg_M?= <joerg@example.com>\r
    Reply-To: other@example.net\r
    To: "Ann, B." <ann@example.org>, Friends: bob@example.org, =?utf-8?b?Q8OpbGluZQ==?= <celine@example.org>;\r
    Subject: =?iso-8859-1?Q?Gr=FC=DFe?=\r
    Date: Tue, 2 Jan 2024 10:00:00 +0000\r
    Message-ID: <a1@mail.example.com>\r
    X-Originating-IP: [203.0.113.9]\r
    X-Mailer: Example Mail 3.1\r
    MIME-Version: 1.0\r
    Content-Type: multipart/mixed; boundary=b1\r
    \r
    --b1\r
    Content-Type: multipart/alternative; boundary=b2\r
    \r
    --b2\r
    Content-Type: text/plain; charset=iso-8859-1\r
    Content-Transfer-Encoding: quoted-printable\r
    \r
    Gr=FC=DFe aus K=F6ln.\r
    I know where you live.\r
    --b2\r
    Content-Type: text/html; charset=utf-8\r
    \r
    <p>Grüße</p>\r
    --b2--\r
    --b1\r
    Content-Type: image/png; name="a.png"\r
    Content-Transfer-Encoding: base64\r
    Content-Disposition: attachment; filename="a.png"\r
    \r
    iVBORw0KGgo=\r
    --b1--\r

    """

  static func read(_ text: String, name: String = "a.eml") throws -> ReadOutcome.Unit {
    try #require(try ReadOutcome.reading(text, named: name).units.first)
  }

  @Test func readsHeadersAndBody() throws {
    let unit = try Self.read(Self.sample)
    #expect(unit.format == "email-eml")
    let record = try #require(unit.records.first)
    #expect(unit.records.count == 1)
    #expect(record.account == "email email joerg@example.com")
    #expect(record.text == "Grüße aus Köln.\nI know where you live.")
    #expect(record.channel == "a1@mail.example.com")
    #expect(record.writtenTime == "Tue, 2 Jan 2024 10:00:00 +0000")
    #expect(
      record.time == ObservedTime(microseconds: 1_704_189_600_000_000, zone: .known, precision: .second))
    #expect(unit.counts("message") == [1, 1, 0])
    let told = unit.identifiers.map {
      "\($0.account.dropFirst(6))|\($0.kind.rawValue)|\($0.label)|\($0.value)"
    }
    let joerg = "email joerg@example.com"
    #expect(
      told == [
        "\(joerg)|email||joerg@example.com", "\(joerg)|display-name||Jörg M",
        "\(joerg)|email|return-path|bounce@mail.example.com", "\(joerg)|email|reply-to|other@example.net",
        "\(joerg)|ip|x-originating-ip|203.0.113.9", "\(joerg)|user-agent|x-mailer|Example Mail 3.1",
        "\(joerg)|ip|received-first-hop private-range|10.0.0.3", "\(joerg)|ip|received-next-hop|203.0.113.5",
        "email ann@example.org|email||ann@example.org", "email ann@example.org|display-name||Ann, B.",
        "email bob@example.org|email||bob@example.org", "email celine@example.org|email||celine@example.org",
        "email celine@example.org|display-name||Céline",
      ])
    #expect(unit.identifiers.allSatisfy { $0.assertion == .claimed })
    let hop = try #require(unit.identifiers.first { $0.value == "203.0.113.5" })
    #expect(hop.time == ObservedTime(microseconds: 1_704_189_605_000_000, zone: .known, precision: .second))
    #expect(
      unit.setAside.map { "\($0.unit) \($0.reason.code) \($0.examples[0].detail)" } == [
        "attachment media image/png a.png"
      ])
    #expect(unit.accounts.filter { $0.role == .participant }.count == 1)
  }

  @Test func messagesOfAFolderAreOneUnit() throws {
    let folder = try ScratchFolder()
    for number in 0..<3 {
      _ = try folder.write(
        "From: ann@example.org\nTo: bob@example.org\nSubject: s\n\ntext \(number)\n", to: "mail/\(number).eml"
      )
    }
    let outcome = try ReadOutcome(reading: folder.url)
    #expect(outcome.units.count == 1)
    #expect(outcome.units[0].records.map(\.text) == ["text 0", "text 1", "text 2"])
    #expect(outcome.units[0].records.allSatisfy { $0.time.isNone })
    #expect(outcome.units[0].accounts.count == 2)
  }

  @Test func oddMessages() throws {
    #expect(
      try Self.read("To: a@example.org\nSubject: x\nReceived: by y\n\nz\n").counts("message") == [1, 0, 1])
    let before = try Self.read(
      "From: a@example.org\nDate: Tue, 30 Dec 1968 23:32:54 -0330\nTo: b@example.org\n\nz\n")
    #expect(before.setAside.contains { $0.reason == .badTime && $0.unit == "message" })
    let unread = try Self.read("From: a@example.org\nDate: yesterday\nTo: b@example.org\n\nz\n")
    #expect(unread.records[0].time.isNone && unread.setAside.contains { $0.unit == "date" })
    let html = try Self.read(
      """
      From: a@example.org
      To: b@example.org
      Subject: s
      Content-Type: text/html; charset=utf-8

      <html><head><title>t</title><style>p{}</style></head><body><p>One&nbsp;&amp; two</p><div>thr<b>ee</b><br>four
      <script>x()</script></div></body></html>
      """ + "\n")
    #expect(html.records[0].text == "One\u{A0}& two\nthree\nfour")
    let answer = try Self.read(
      """
      From: a@example.org
      Content-Type: text/html; charset=utf-8

      <p>mine</p><div class="gmail_quote">On Monday Ann wrote:<blockquote><p>hers <b>too</b><br>and this</p>
      <blockquote>older</blockquote></blockquote></div></blockquote><p>mine again</p>
      """)
    #expect(
      answer.records[0].text
        == "mine\nOn Monday Ann wrote:\n> hers too\n> and this\n> older\nmine again")
    let charset = try Self.read(
      "From: a@example.org\nTo: b@example.org\nSubject: s\nContent-Type: text/plain; charset=x-none\n\nplain\n"
    )
    #expect(charset.records[0].text == "plain")
    let local = try Self.read("From: root\nTo: b@example.org\nSubject: s\n\nplain\n")
    #expect(local.records[0].account == "email handle root")
    #expect(local.accounts[0].key?.scope == .source)
    let empty = try Self.read("From: a@example.org\nTo: b@example.org\nSubject: Only this\n\n")
    #expect(empty.records[0].text == "Only this")
  }

  /// A list that sends on under its own address is nobody's account: each message is its author's.
  @Test func listsThatSendUnderTheirOwnAddressAreNoAuthors() throws {
    let list = "List-Id: Street <street.lists.example.org>\nList-Post: <mailto:street@lists.example.org>\n"
    func read(_ headers: String) throws -> ReadOutcome.Unit {
      try Self.read(headers + "To: street@lists.example.org\nSubject: s\n\nmy words\n")
    }
    let group = try read(
      list + "From: 'Ann' via Street <street@lists.example.org>\nX-Original-From: Ann <ann@example.net>\n"
        + "Reply-To: Other <other@example.net>\n")
    #expect(group.records.map(\.account) == ["email email ann@example.net"])
    #expect(
      group.identifiers.filter { $0.kind == .displayName }.map { "\($0.account) \($0.value)" }
        == ["email email ann@example.net Ann"])
    let munged = try read(
      list + "From: Bob via Street <Street@lists.example.org>\n"
        + "Reply-To: street@lists.example.org, Bob <bob@example.net>\n")
    #expect(munged.records.map(\.account) == ["email email bob@example.net"])
    // What the list itself says, and what a member sends under an address of its own.
    let notice = try read(list + "From: street@lists.example.org\nReply-To: street@lists.example.org\n")
    #expect(notice.records.map(\.account) == ["email email street@lists.example.org"])
    let letter = try read(
      list + "From: The Street <street@lists.example.org>\nReply-To: Ann <ann@example.net>\n")
    #expect(letter.records.map(\.account) == ["email email street@lists.example.org"])
    let own = try read(list + "From: ann@example.net\nReply-To: street@lists.example.org\n")
    #expect(own.records.map(\.account) == ["email email ann@example.net"])
  }

  /// Programs under Windows declare ISO 8859-1 and write quotation marks that it has none of.
  @Test func windowsTextThatIsCalledLatin1() throws {
    let head = "From: a@example.org\nTo: b@example.org\nContent-Type: text/plain; charset=ISO-8859-1\n\n"
    let bytes = Array(head.utf8) + [0x93, 0x68, 0xE9, 0x94, 0x20, 0x96, 0x20, 0x80, 0x35, 0x0A]
    let unit = try #require(try ReadOutcome.reading(bytes, named: "a.eml").units.first)
    #expect(unit.records.map(\.text) == ["\u{201C}h\u{E9}\u{201D} \u{2013} \u{20AC}5"])
  }

  /// The date is the sender's word; that of the recipient's server is not.
  @Test func datesFarFromTheirReceipt() throws {
    func notes(_ date: String) throws -> [String] {
      try Self.read(
        "Received: from a.example (a.example [192.0.2.1]) by mx.example.org with ESMTPS id 1; Tue, 6 Jan 2026 10:00:05 +0000\n"
          + "From: a@example.net\nTo: b@example.org\nDate: \(date)\nSubject: s\n\nz\n"
      ).notes
    }
    #expect(try notes("Tue, 6 Jan 2026 10:00:00 +0000").isEmpty)
    #expect(try notes("Tue, 6 Jan 2026 10:00:00").isEmpty)
    let early = try notes("Sat, 3 Jan 2026 10:00:00 +0000")
    #expect(
      early.count == 1 && early[0].contains("3 Jan 2026 10:00:00") && early[0].contains("6 Jan 2026 10:00:05")
    )
    #expect(try notes("Tue, 6 Jan 2037 10:00:00 +0000").count == 1)
  }

  @Test func hostileMessages() throws {
    let long = String(repeating: "x", count: 1 << 20)
    let header = try Self.read(
      "From: a@example.org\nX-Long: \(long)\nTo: b@example.org\n\nz\n", name: "b.eml")
    #expect(header.records.map(\.text) == ["z"])
    var bytes = Array("From: a@example.org\nTo: b@example.org\nSubject: n\n\na".utf8) + [0, 0xFF]
    bytes += Array("z\n".utf8)
    let zero = try #require(try ReadOutcome.reading(bytes, named: "a.eml").units.first)
    #expect(zero.records.map(\.text) == ["a ÿz"] && !zero.notes.isEmpty)

    var nested = "From: a@example.org\nTo: b@example.org\nSubject: n\nMIME-Version: 1.0\n"
    for level in 0..<5000 { nested += "Content-Type: multipart/mixed; boundary=b\(level)\n\n--b\(level)\n" }
    nested += "Content-Type: text/plain\n\ndeep\n"
    let deep = try Self.read(nested)
    #expect(deep.counts("message") == [1, 1, 0])
    #expect(deep.setAside.contains { $0.unit == "part" })

    var wide =
      "From: a@example.org\nTo: b@example.org\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n"
    for _ in 0..<6000 { wide += "--b\nContent-Type: text/plain\n\nx\n" }
    #expect(try Self.read(wide + "--b--\n").setAside.contains { $0.unit == "part" })

    let recipients = (0..<5000).map { "r\($0)@example.org" }.joined(separator: ", ")
    let many = try Self.read("From: a@example.org\nTo: \(recipients)\nSubject: n\n\nz\n")
    #expect(many.setAside.contains { $0.unit == "recipient" } && many.accounts.count <= 1001)
  }

  @Test func longAttachmentsArePassedOver() throws {
    let line = String(repeating: "QUJD", count: 19) + "\n"
    let text = """
      From: a@example.org
      To: b@example.org
      Content-Type: multipart/mixed; boundary=b

      --b
      Content-Type: video/mp4
      Content-Transfer-Encoding: base64

      \(String(repeating: line, count: 40_000))
      --b
      Content-Type: text/plain

      behind
      --b--

      """
    let unit = try Self.read(text)
    #expect(unit.records.map(\.text) == ["behind"])
    #expect(unit.setAside.contains { $0.unit == "attachment" && $0.reason == .tooLarge })
  }

  @Test func everyPrefixOnlyLosesText() throws {
    // A cut between two lines of the body cannot be seen.
    try checkTruncations(
      of: Array(Self.sample.utf8), named: "a.eml", allowCutLast: true, isDetectable: { $0 != 0x0A })
  }

  // MARK: Shared samples

  @Test(.enabled(if: SharedMaterial.isPresent, "\(SharedMaterial.comment)"))
  func everySampleIsRead() throws {
    var options = ReaderOptions()
    options.format = "email-eml"
    var read = 0
    var compared = 0
    for folder in ["rfc", "thirdparty", "malformed"] {
      let root = try SharedMaterial.export("email/stalwart-mail-parser/eml/\(folder)")
      let names = try FileManager.default.contentsOfDirectory(atPath: root.path).filter {
        $0.hasSuffix(".eml")
      }
      for name in names.sorted() {
        let unit = try #require(
          try ReadOutcome(reading: root.appendingPathComponent(name), options: options).units.first)
        read += 1
        #expect(unit.count("message")?.agrees == true, "\(folder)/\(name)")
        guard folder != "malformed" else { continue }
        let expected = try Self.expected(root.appendingPathComponent("\(name.dropLast(4)).json"))
        guard let author = expected.from.first else { continue }
        compared += 1
        let record = try #require(unit.records.first, "\(folder)/\(name)")
        // A From without an address names somebody on one server only.
        let address = author[1].isEmpty ? author[0] : author[1]
        let kind = address.contains("@") ? "email" : "handle"
        #expect(record.account == "email \(kind) \(address)", "\(folder)/\(name)")
        if !author[0].isEmpty, !author[1].isEmpty {
          #expect(unit.identifiers.contains { $0.value == author[0] }, "\(folder)/\(name)")
        }
        for to in expected.to {
          #expect(
            unit.accounts.contains { $0.key?.value == (to[1].isEmpty ? to[0] : to[1]) },
            "\(folder)/\(name) \(to)")
        }
        if let date = expected.date { #expect(record.time == date, "\(folder)/\(name)") }
        let reason = Self.textExceptions["\(folder)/\(name)"]
        let isEqual = Self.words(record.text) == Self.words(expected.text)
        #expect(isEqual == (reason == nil), "\(folder)/\(name): \(record.text) | \(expected.text)")
      }
    }
    #expect(read == 53)
    #expect(compared == 18)
  }

  private static let textExceptions = [
    "rfc/001.eml": "the body holds no text: the subject stands for it",
    "thirdparty/011.eml": "the plain part is blank: the words of the HTML part are taken",
    "thirdparty/016.eml": "HTML alone", "thirdparty/018.eml": "HTML alone",
  ]

  private static func words(_ text: String) -> [Substring] { text.split(whereSeparator: \.isWhitespace) }

  private struct Expected {
    var from: [[String]] = []
    var to: [[String]] = []
    var date: ObservedTime?
    var text = ""
  }

  private static func expected(_ url: URL) throws -> Expected {
    let all = try #require(try JSONSerialization.jsonObject(with: Data(contentsOf: url)) as? [String: Any])
    let parts = all["parts"] as? [[String: Any]] ?? []
    var result = Expected()
    for header in parts.first?["headers"] as? [[String: Any]] ?? [] {
      let value = header["value"] as? [String: Any] ?? [:]
      let address = value["Address"] as? [String: Any]
      let groups = address?["Group"] as? [[String: Any]] ?? [["addresses": address?["List"] ?? []]]
      let pairs = groups.flatMap { $0["addresses"] as? [[String: Any]] ?? [] }
        .map { [$0["name"] as? String ?? "", $0["address"] as? String ?? ""] }
      switch header["name"] as? String {
      case "from": result.from = pairs
      case "to": result.to = pairs
      case "date":
        if let date = value["DateTime"] as? [String: Any] {
          func number(_ key: String) -> Int { date[key] as? Int ?? 0 }
          let sign = date["tz_before_gmt"] as? Bool == true ? "-" : "+"
          let month = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
          let zone = String(format: "%02d%02d", number("tz_hour"), number("tz_minute"))
          result.date =
            MailDate(
              "\(number("day")) \(month[number("month") - 1]) \(number("year")) "
                + "\(number("hour")):\(number("minute")):\(number("second")) \(sign)\(zone)"
            )?.time
        }
      default: break
      }
    }
    for index in all["text_body"] as? [Int] ?? [] {
      if let body = parts[index]["body"] as? [String: Any], let text = body["Text"] as? String {
        result.text += text + "\n"
      }
    }
    return result
  }
}
