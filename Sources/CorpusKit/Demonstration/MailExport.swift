/// The victim's mail: a mailbox from Google Takeout, and single messages saved by hand.
struct MailExport {
  let script: Script
  private var cast: Cast { script.cast }

  func files() throws -> [GeneratedFile] {
    var random = SeededRandom(seed: UInt64(script.exportedAt)).branch("mail")
    let own = try cast.account("victim-em")
    var mailbox: [(at: Int, text: String, sent: Bool)] = []
    var files: [GeneratedFile] = []
    for name in ["b11-em", "k2-em1", "k2-em2"] {
      let other = try cast.account(name)
      for message in try script.conversation(name).messages {
        let incoming = message.author == name
        let text = mail(message, incoming ? other : own, incoming ? own : other, &random, quoted: false)
        mailbox.append((message.at, text, !incoming))
      }
    }
    let shop = try cast.account("b10-em")
    for position in 0..<3 {
      let message = ScriptMessage(
        author: "b10-em", at: script.instant(day: 11 + position * 37, hour: 6, minute: 30),
        text: "Your order has been sent.\nFrom our shop to your door.\nPlease do not reply to this address.")
      mailbox.append((message.at, mail(message, shop, own, &random, quoted: false), false))
    }
    mailbox.sort { ($0.at, $0.text) < ($1.at, $1.text) }
    var box = ""
    for item in mailbox {
      let time = CivilTime(seconds: item.at)
      box += "From \(random.digits(19))@xxx \(Stamp.weekdays[time.weekday]) \(Stamp.months[time.month - 1]) "
      box +=
        "\(Stamp.two(time.day)) \(Stamp.two(time.hour)):\(Stamp.two(time.minute)):\(Stamp.two(time.second)) "
      box += "+0000 \(time.year)\n"
      box += "X-GM-THRID: \(random.digits(19))\nX-Gmail-Labels: \(item.sent ? "Sent" : "Inbox,Unread")\n"
      // A body line that begins with "From " is quoted, or a reader would take it for a new message.
      box += item.text.split(separator: "\n", omittingEmptySubsequences: false)
        .map { $0.hasPrefix("From ") ? ">" + $0 : String($0) }.joined(separator: "\n")
      box += "\n\n"
    }
    files.append(GeneratedFile("email/Takeout/Mail/All mail Including Spam and Trash.mbox", box))
    let third = try cast.account("k2-em3")
    let saved = try script.conversation("k2-em3").messages.filter { $0.author == "k2-em3" }
    for (position, message) in saved.enumerated() {
      let text = mail(message, third, own, &random, quoted: true)
        .split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n")
      files.append(GeneratedFile("email/saved/message-\(Stamp.two(position + 1)).eml", text))
    }
    return files
  }

  /// One message with its trace: two hops of the victim's provider, which can be trusted, above the sender's own.
  private func mail(
    _ message: ScriptMessage, _ sender: CastAccount, _ recipient: CastAccount, _ random: inout SeededRandom,
    quoted: Bool
  ) -> String {
    let from = sender.email ?? ""
    let to = recipient.email ?? ""
    let domain = from.split(separator: "@").last.map(String.init) ?? "example.com"
    let client = script.mailAddresses[sender.name] ?? "2001:db8:77::\(random.hex(2))"
    let literal = client.contains(":") ? "IPv6:\(client)" : client
    let id = random.hex(10).uppercased()
    var head = ""
    if sender.isProtected { return letter(message, sender, recipient, domain, &random, quoted: quoted) }
    head += "Delivered-To: \(to)\n"
    head += "Received: from mx.example.org (mx.example.org [2001:db8:0:25::1])\n"
    head += "\tby store.example.org with LMTP id \(id)\n\tfor <\(to)>; \(Stamp.mail(message.at + 3))\n"
    head += "Received: from out.\(domain) (out.\(domain) [2001:db8:0:26::\(random.hex(2))])\n"
    head += "\tby mx.example.org with ESMTPS id \(id)A\n\tfor <\(to)>; \(Stamp.mail(message.at + 2))\n"
    head += "Received: from [\(literal)] (helo=client)\n"
    head +=
      "\tby out.\(domain) with ESMTPSA id \(random.hex(12))\n\tfor <\(to)>; \(Stamp.mail(message.at + 1))\n"
    head += "Return-Path: <\(from)>\n"
    if script.mailAddresses[sender.name] != nil { head += "X-Originating-IP: [\(client)]\n" }
    return head + letter(message, sender, recipient, domain, &random, quoted: quoted)
  }

  /// The message as its author's program wrote it, without a trace.
  private func letter(
    _ message: ScriptMessage, _ sender: CastAccount, _ recipient: CastAccount, _ domain: String,
    _ random: inout SeededRandom, quoted: Bool
  ) -> String {
    let from = sender.email ?? ""
    let to = recipient.email ?? ""
    var head = "From: \"\(sender.shownName)\" <\(from)>\nTo: <\(to)>\n"
    head += "Subject: \(sender.name.hasPrefix("k2") ? "For your attention" : "Hello")\n"
    head += "Date: \(Stamp.mail(message.at))\nMessage-ID: <\(random.hex(20))@out.\(domain)>\n"
    head += "MIME-Version: 1.0\nContent-Type: text/plain; charset=\"UTF-8\"\n"
    head += "Content-Transfer-Encoding: \(quoted ? "quoted-printable" : "8bit")\n\n"
    return head + (quoted ? Self.quotedPrintable(message.text) : message.text) + "\n"
  }

  /// RFC 2045 quoted-printable with lines of at most 76 characters.
  static func quotedPrintable(_ text: String) -> String {
    var result = ""
    var column = 0
    let bytes = Array(text.utf8)
    for (position, byte) in bytes.enumerated() {
      if byte == 0x0a {
        result += "\n"
        column = 0
        continue
      }
      let endsLine = position + 1 == bytes.count || bytes[position + 1] == 0x0a
      let plain = (byte >= 0x21 && byte <= 0x7e && byte != 0x3d) || (byte == 0x20 && !endsLine)
      let piece =
        plain
        ? String(UnicodeScalar(byte))
        : "=" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
      if column + piece.utf8.count > 75 {
        result += "=\n"
        column = 0
      }
      result += piece
      column += piece.utf8.count
    }
    return result
  }
}
