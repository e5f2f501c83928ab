/// WhatsApp's "Export chat": text for people, without ids or zones.
struct WhatsAppExport {
  let script: Script
  private var cast: Cast { script.cast }

  /// A chat exported on Android, one on an iPhone, and a group on an iPhone with a 12-hour clock.
  func files() throws -> [GeneratedFile] {
    let colleague = try cast.account("k3-wa1").phone ?? ""
    let friend = try cast.account("b01-wa").shownName
    let stranger = try cast.account("k1-wa1").phone ?? ""
    return [
      GeneratedFile("whatsapp/WhatsApp Chat with \(Self.spaced(colleague)).txt", try colleagueChat()),
      GeneratedFile("whatsapp/WhatsApp Chat with \(friend).txt", try friendChat(friend)),
      GeneratedFile("whatsapp/WhatsApp Chat - \(Self.spaced(stranger))/_chat.txt", try strangerChat()),
      GeneratedFile("whatsapp/WhatsApp Chat - Sunday walkers/_chat.txt", try groupChat()),
    ]
  }

  /// `+44 7700 900123`, as WhatsApp shows a number that is not saved.
  static func spaced(_ phone: String) -> String {
    let digits = Array(phone)
    guard digits.count == 13 else { return phone }
    return String(digits[0..<3]) + " " + String(digits[3..<7]) + " " + String(digits[7...])
  }

  private func sender(_ name: String) throws -> String {
    let account = try cast.account(name)
    if let shown = account.displayName { return shown }
    return Self.spaced(account.phone ?? "")
  }

  private static func androidHead(_ at: Int) -> String {
    let time = London.civil(at)
    return "\(Stamp.two(time.day))/\(Stamp.two(time.month))/\(time.year), "
      + "\(Stamp.two(time.hour)):\(Stamp.two(time.minute)) - "
  }

  private static func phoneHead(_ at: Int) -> String {
    let time = London.civil(at)
    return "[\(Stamp.two(time.day))/\(Stamp.two(time.month))/\(time.year), "
      + "\(Stamp.two(time.hour)):\(Stamp.two(time.minute)):\(Stamp.two(time.second))] "
  }

  private static func twelveHourHead(_ at: Int) -> String {
    let time = London.civil(at)
    let hour = time.hour % 12 == 0 ? 12 : time.hour % 12
    return "[\(Stamp.two(time.day))/\(Stamp.two(time.month))/\(time.year), "
      + "\(hour):\(Stamp.two(time.minute)):\(Stamp.two(time.second))\u{202F}\(time.hour < 12 ? "am" : "pm")] "
  }

  private static let encryption =
    "Messages and calls are end-to-end encrypted. Only people in this chat can read, listen to, or share them."

  /// One chat, two numbers: the man changed his.
  private func colleagueChat() throws -> String {
    let old = try script.conversation("k3-wa1")
    let new = try script.conversation("k3-wa2")
    var text = Self.androidHead(old.messages[0].at) + Self.encryption + " Tap to learn more.\n"
    for (position, message) in old.messages.enumerated() {
      text += Self.androidHead(message.at) + (try sender(message.author)) + ": " + message.text + "\n"
      if position % 9 == 4 {
        text += Self.androidHead(message.at) + (try sender(message.author)) + ": <Media omitted>\n"
      }
    }
    text += Self.androidHead(script.numberChangedAt) + "\u{200E}" + (try sender("k3-wa1"))
    text += " changed their phone number to " + (try sender("k3-wa2"))
    text += ". Tap to message or add the new number.\n"
    for message in new.messages {
      text += Self.androidHead(message.at) + (try sender(message.author)) + ": " + message.text + "\n"
    }
    return text
  }

  private func friendChat(_ friend: String) throws -> String {
    let messages = try script.conversation("b01-wa").messages
    var text = Self.androidHead(messages[0].at) + Self.encryption + " Tap to learn more.\n"
    for (position, message) in messages.enumerated() {
      text += Self.androidHead(message.at) + (try sender(message.author)) + ": " + message.text
      if position % 11 == 7 { text += "\nPS: 10/10 would walk again - bring boots: it is muddy" }
      text += "\n"
    }
    return text
  }

  /// iPhone: seconds, CRLF, U+200E before system text and attachments, a number in directional marks.
  private func strangerChat() throws -> String {
    let conversation = try script.conversation("k1-wa1")
    let number = "\u{202A}" + (try sender("k1-wa1")) + "\u{202C}"
    let first = conversation.messages[0].at
    var text = Self.phoneHead(first) + number + ": \u{200E}" + Self.encryption + "\r\n"
    for (position, message) in conversation.messages.enumerated() {
      let from = message.author == "k1-wa1" ? number : try sender(message.author)
      if position % 8 == 5 {
        text += "\u{200E}" + Self.phoneHead(message.at) + from + ": \u{200E}image omitted\r\n"
      }
      text += Self.phoneHead(message.at) + from + ": " + message.text + "\r\n"
    }
    if let blocked = conversation.blockedAt {
      text += "\u{200E}" + Self.phoneHead(blocked) + number + ": \u{200E}You blocked this contact\r\n"
    }
    return text
  }

  private func groupChat() throws -> String {
    var text = ""
    if let first = script.group.first {
      text += Self.twelveHourHead(first.at - 60) + "Sunday walkers: \u{200E}" + Self.encryption + "\r\n"
    }
    for message in script.group {
      let body = message.text.split(separator: "\n", omittingEmptySubsequences: false).joined(
        separator: "\r\n")
      text += Self.twelveHourHead(message.at) + (try sender(message.author)) + ": " + body + "\r\n"
    }
    return text
  }
}
