internal import AccountModel

/// Logs of IRC as programs write them: XChat and HexChat with XChat's scrollback, irssi, WeeChat, and the bouncer ZNC.
///
/// A log is of one channel or one conversation, and a nick means something in it only: an account is a nick, scope
/// `.source`. What a change of nick says, and who bears a nick that several bore, is described at `IRCNicks`. A message of
/// IRC is one line, so that nobody can write a line that looks like another's, but for actions where a program marks its own
/// lines as it marks these (`IRCBody`).
///
/// Times are those of the clock beside the program, without a zone; the scrollback has seconds since 1970.
struct IRCLogReader: ExportReader {
  static let format = ExportFormat(
    id: "irc-log", title: "IRC log (XChat, HexChat, irssi, WeeChat, ZNC)", version: 2)
  static let options: Set<ReadingOption> = [.timeZone]

  private let records: IRCRecords
  private let limits: ImportLimits

  /// Judges by lines that the programs alone write.
  static func recognise(_ head: MemberHead) -> Recognition { IRCLayout.recognise(head)?.recognition ?? .no }

  /// Logs of one channel that have a file for each day belong together.
  static func root(of path: String) -> String { IRCLogPath(path).root }

  init(context: UnitContext) throws {
    limits = context.options.limits
    records = IRCRecords(
      clock: try ZonedClock.make(context.options), isAlone: context.memberPaths.count < 2,
      limit: limits.recordBytes)
  }

  mutating func read(_ input: MemberInput, into writer: RecordWriter) throws {
    let head = try MemberHead(beginningOf: input, options: ReaderOptions())
    guard let layout = IRCLayout.recognise(head)?.layout else {
      if input.window.allSatisfy(\.isSpace), input.isExhausted { return }
      throw ExportRefusal(
        "unknown-layout", what: "no line is as a known program for IRC writes it", place: input.path,
        advice:
          "Logs of XChat, HexChat, irssi, WeeChat and ZNC are read, in the layouts that these have by default."
      )
    }
    let path = IRCLogPath(input.path)
    if layout == .znc, path.day == nil {
      throw ExportRefusal(
        "no-date", what: "the lines of the log have a time of day, and the file's name no date",
        place: input.path,
        advice: "Give the log under the name that ZNC gave it (2024-01-31.log, #channel_20240131.log).")
    }
    var count = IRCLogCount(layout, limit: limits.recordBytes)
    input.tap { count.add($0) }
    let channel = writer.channel(path.name.isEmpty ? input.path : path.name)
    // In a channel two who write need not write to each other; a log of two is named by a nick, and nobody joins there.
    if path.name.utf8.contains(where: { "#&".utf8.contains($0) }) { writer.markAsGroup(channel) }
    records.begin(IRCTimes(layout, day: path.day), channel: channel, member: input.member, path: input.path)
    var lines = LineReader(input, limit: limits.recordBytes)
    while let line = try lines.next() { try records.take(line, writer) }
    count.finish()
    writer.count(.message, seen: count.count - records.cutLines + records.unmarkedMessages)
  }

  mutating func finish(into writer: RecordWriter) throws { records.finish(writer) }
}
