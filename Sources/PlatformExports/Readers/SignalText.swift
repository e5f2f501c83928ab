internal import AccountModel

/// A chat of Signal as text: what signal-export writes for each chat (`chat.md`, once `index.md`), and what
/// signalbackup-tools does (`Name (_id5).txt`).
///
///     [2019-05-29 15:04:05] Me: text                signal-export; older ones without seconds, or with a comma
///     [May 29, 2019 15:04:05] <Name> text           signalbackup-tools
///     [May 29, 2019 15:04:05] *** words of Signal
///
/// Times are local, without a zone. Names are those that the exporting device shows, this source only, and a number among
/// them is claimed, as people call themselves what they like; `Me` is its owner.
/// A file is plain text: who knows its layout can write a line into a message that looks like the head of another.
struct SignalTextReader: ExportReader {
  static let format = ExportFormat(
    id: "signal-text", title: "Signal chat as text (signal-export, signalbackup-tools)", version: 2)
  static let options: Set<ReadingOption> = [.timeZone, .ownerPhone]

  private let context: UnitContext
  private let clock: ZonedClock?

  init(context: UnitContext) throws {
    self.context = context
    clock = try ZonedClock.make(context.options)
  }

  /// Judges by the heads of messages. WhatsApp's chats may begin their lines as signal-export does with seconds, so that
  /// these need what else that program writes; programs and people who keep a diary write lines like those without.
  static func recognise(_ head: MemberHead) -> Recognition {
    var isFirst = true
    var (heads, spaced, marks) = (0, 0, isChatName(head.path) ? 1 : 0)
    var minutes = Minutes()
    let isCut = head.isWhole && head.bytes.last != 0x0A
    for line in head.bytes.split(separator: 0x0A, maxSplits: 400) {
      let bytes = UnsafeBufferPointer(rebasing: line.last == 0x0D ? line.dropLast() : line)
      let found = SignalHeader.scan(bytes)
      if isFirst {
        if bytes.trimmed.isEmpty { continue }
        guard let found else { return .no }
        if found.form == .bracketed { return .likely }
        isFirst = false
      }
      // WhatsApp's own lines begin with a mark of direction.
      if minutes.heads == 0, holds(bytes, [0xE2, 0x80, 0x8E]) { return .no }
      if holds(bytes, Array("](./media/".utf8)) { marks += 1 }
      guard let found, found.form == .colon else { continue }
      if found.isOwner { marks += 1 }
      if !found.hasSeconds {
        minutes.take(String(decoding: bytes[found.name].prefix(200), as: UTF8.self))
        continue
      }
      heads += 1
      let isLast = isCut && line.endIndex == head.bytes.endIndex
      if bytes.last == 0x20 || bytes.count == found.body || isLast { spaced += 1 }
    }
    if minutes.heads > 0 {
      if WhatsAppText.isChatName(head.path) { return .no }
      return marks > 0 || minutes.areOfChat ? .certain : .no
    }
    return heads > 0 && marks > 0 && spaced * 2 >= heads ? .certain : .no
  }

  /// Heads without seconds, by whom.
  private struct Minutes {
    private(set) var heads = 0
    private var names: Set<String> = []

    /// What programs write between time and text.
    private static let levels: Set<String> = [
      "trace", "debug", "info", "notice", "warn", "warning", "error", "err", "critical", "fatal", "alert",
      "emergency", "[alpm] warning", "[alpm] error", "[pacman] warning",
    ]

    /// Whether somebody writes twice, or few do, and none is a program's word for how grave a thing is.
    var areOfChat: Bool {
      (heads < 4 || names.count < heads) && names.isDisjoint(with: Self.levels)
    }

    mutating func take(_ name: String) {
      heads += 1
      names.insert(name.lowercased())
    }
  }

  private static func holds(_ bytes: UnsafeBufferPointer<UInt8>, _ wanted: [UInt8]) -> Bool {
    wanted.withUnsafeBufferPointer { ByteSearch.offset(of: $0, in: bytes) != nil }
  }

  private static func isChatName(_ path: String) -> Bool {
    ["chat.md", "index.md"].contains(path.split(separator: "/").last ?? "")
  }

  mutating func read(_ input: MemberInput, into writer: RecordWriter) throws {
    let limit = context.options.limits.recordBytes
    var count = SignalHeaderCount()
    input.tap { count.add($0) }
    let chat = SignalChat(
      writer, channel: writer.channel(Self.channelName(input.path)), member: input.member, path: input.path,
      limit: limit,
      clock: clock, ownerPhone: context.options.ownerPhone)
    var lines = LineReader(input, limit: limit)
    while let line = try lines.next() { try chat.take(line) }
    try chat.finish()
    count.finish()
    writer.count(.message, seen: count.count - chat.otherHeads)
    clock?.report(to: writer)
  }

  /// The folder of a `chat.md`, the name of any other file without what signalbackup-tools puts behind it.
  private static func channelName(_ path: String) -> String {
    let parts = path.split(separator: "/")
    if isChatName(path), parts.count > 1 { return String(parts[parts.count - 2]) }
    var name = String(parts.last ?? "")
    if name.hasSuffix(".txt") { name.removeLast(4) }
    if name.hasSuffix(")"), let mark = name.firstRange(ofBytes: " (_id") {
      name = String(name[..<mark.lowerBound])
    }
    return name.isEmpty ? path : name
  }
}
