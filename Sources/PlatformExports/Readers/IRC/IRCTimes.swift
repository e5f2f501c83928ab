internal import AccountModel
internal import Columns

/// The times of a log's lines, some of which have a part of a date only.
///
/// XChat writes no year: it is that of the line that opened or closed the log last, and the next one where the months go
/// back. irssi and ZNC write the time of day alone: the day is that of the line that opened the log or said that the day
/// changed, or of the file's name.
struct IRCTimes {
  /// The stamp of a line.
  enum Stamp {
    /// The time, where it stands, and where the rest of the line begins.
    case time(ObservedTime, written: Range<Int>, body: Int)
    /// What stands in its place is none, or lacks its year or day.
    case unreadable(SetAsideReason, body: Int)
    /// The line has none.
    case missing
  }

  let layout: IRCLayout
  private var day: Int64?
  private var year: Int?
  private var last: Int64?

  /// How far months must go back to be those of another year, and not a clock that was set back.
  private static let leap = 30 * CivilTime.day

  static let noYear = SetAsideReason(
    "no-year", "stands before the first line that says which year it is", isFault: true)
  static let noDay = SetAsideReason(
    "no-day", "stands before the first line that says which day it is", isFault: true)

  init(_ layout: IRCLayout, day: Int64?) {
    self.layout = layout
    self.day = day
  }

  // MARK: Lines that open, close, or begin a day

  /// Whether a line opens or closes a log, or begins a day.
  static func isBanner(_ line: UnsafeBufferPointer<UInt8>, _ layout: IRCLayout) -> Bool {
    banner(line, layout) != nil
  }

  /// Whether a line that takes the place of those says that a day begins, and no more: whoever was there still is.
  static func beginsDay(_ line: UnsafeBufferPointer<UInt8>) -> Bool { line.starts(with: dayMark.utf8) }

  private static let dayMark = "--- Day changed "

  /// Whether this log is of the day behind that of another, as a bouncer's files of one channel are.
  func follows(_ other: IRCTimes) -> Bool {
    guard layout == .znc, other.layout == .znc, let day, let before = other.day else { return false }
    return day == before &+ CivilTime.day
  }

  /// Takes a line that opens or closes the log, or begins a day; false for any other.
  mutating func takeBanner(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let (time, year) = Self.banner(line, layout) else { return false }
    day = time - time % CivilTime.day
    self.year = year
    last = time
    return true
  }

  /// `**** BEGIN LOGGING AT Mon Dec 31 21:11:55 2001` in any language, `--- Log opened Mon Jan 01 00:00:00 2024`,
  /// `--- Day changed Tue Jan 02 2024`.
  private static func banner(_ line: UnsafeBufferPointer<UInt8>, _ layout: IRCLayout) -> (Int64, year: Int)? {
    switch layout {
    case .xchat: if !line.starts(with: "**** ".utf8) { return nil }
    case .irssi:
      let marks = ["--- Log opened ", "--- Log closed ", dayMark]
      if !marks.contains(where: { line.starts(with: $0.utf8) }) { return nil }
    default: return nil
    }
    guard line.count <= 400 else { return nil }
    var words = String(decoding: line, as: UTF8.self).split(separator: " ")
    guard let year = words.popLast().flatMap({ $0.utf8.count == 4 ? Int($0) : nil }),
      var word = words.popLast()
    else {
      return nil
    }
    var clock = ClockReading(hour: 0, minute: 0)
    if word.utf8.contains(UInt8(ascii: ":")) {
      guard let read = Self.clock(word), let next = words.popLast() else { return nil }
      (clock, word) = (read, next)
    } else if layout == .xchat {
      return nil
    }
    guard word.utf8.count <= 2, let day = Int(word), let month = words.popLast().flatMap({ Self.month($0) }),
      let time = CivilTime.microseconds(
        year: year, month: month, day: day, hour: clock.hour, minute: clock.minute, second: clock.second),
      ObservedTime.plausible.contains(time)
    else { return nil }
    return (time, year)
  }

  private static func month(_ word: Substring) -> Int? {
    MonthNames.month(of: word.last == "." ? word.dropLast() : word)
  }

  private static func clock(_ word: Substring) -> ClockReading? {
    var text = String(word)
    return text.withUTF8 { bytes in
      var scan = ByteScan(bytes)
      guard let clock = scan.clock(), scan.isAtEnd else { return nil }
      return clock
    }
  }

  // MARK: Stamps

  /// The stamp of a line that is none of those.
  mutating func stamp(_ line: UnsafeBufferPointer<UInt8>) -> Stamp {
    switch layout {
    case .xchat: return dated(line)
    case .irssi, .znc: return ofDay(line)
    case .scrollback: return seconds(line)
    case .weechat:
      guard let tab = line.firstIndex(of: 0x09) else { return .missing }
      let field = UnsafeBufferPointer(rebasing: line[..<tab])
      guard let time = TimeText.plausible(TimeText.iso8601(field)), time.precision != .day else {
        return .unreadable(.badTime, body: tab + 1)
      }
      return .time(time, written: 0..<tab, body: tab + 1)
    }
  }

  /// Words in front of a line, each with the space behind it.
  private static func words(_ count: Int, of line: UnsafeBufferPointer<UInt8>) -> (
    words: [Range<Int>], body: Int
  )? {
    var words: [Range<Int>] = []
    var position = 0
    while words.count < count {
      let start = position
      while position < line.count, line[position] != 0x20 { position += 1 }
      guard position > start, position < line.count else { return nil }
      words.append(start..<position)
      if words.count < count { while position < line.count, line[position] == 0x20 { position += 1 } }
    }
    return (words, position + 1)
  }

  private static func text(_ line: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Substring {
    Substring(String(decoding: line[range], as: UTF8.self))
  }

  /// `Dec 31 21:15:17 `
  private mutating func dated(_ line: UnsafeBufferPointer<UInt8>) -> Stamp {
    guard let (words, body) = Self.words(3, of: line) else { return .missing }
    guard words[0].count <= 32, words[1].count <= 2, words[2].count <= 8,
      let month = Self.month(Self.text(line, words[0])), let day = Int(Self.text(line, words[1])),
      let clock = Self.clock(Self.text(line, words[2]))
    else { return .unreadable(.badTime, body: body) }
    guard let year, let last else { return .unreadable(Self.noYear, body: body) }
    func wall(_ year: Int) -> Int64? {
      CivilTime.microseconds(
        year: year, month: month, day: day, hour: clock.hour, minute: clock.minute, second: clock.second)
    }
    var found = wall(year).map { ($0, year) }
    if found == nil || found.map({ $0.0 < last - Self.leap }) == true, let next = wall(year + 1) {
      found = (next, year + 1)
    }
    guard let found, ObservedTime.plausible.contains(found.0) else {
      return .unreadable(.badTime, body: body)
    }
    self.year = found.1
    self.last = found.0
    return .time(
      ObservedTime(microseconds: found.0, zone: .unknown, precision: clock.precision),
      written: 0..<words[2].upperBound, body: body)
  }

  /// `12:34 `, `[12:34:56] `
  private func ofDay(_ line: UnsafeBufferPointer<UInt8>) -> Stamp {
    guard let (words, body) = Self.words(1, of: line) else { return .missing }
    var word = Self.text(line, words[0].clamped(to: 0..<32))
    if word.first == "[", word.last == "]" { word = word.dropFirst().dropLast() }
    guard let clock = Self.clock(word) else { return .unreadable(.badTime, body: body) }
    guard let day else { return .unreadable(Self.noDay, body: body) }
    guard (0...23).contains(clock.hour), (0...59).contains(clock.minute), (0...60).contains(clock.second)
    else {
      return .unreadable(.badTime, body: body)
    }
    let time = day + Int64(clock.hour * 3600 + clock.minute * 60 + clock.second) * 1_000_000
    return .time(
      ObservedTime(microseconds: time, zone: .unknown, precision: clock.precision), written: words[0],
      body: body)
  }

  /// `T 1232959932 `
  private func seconds(_ line: UnsafeBufferPointer<UInt8>) -> Stamp {
    guard let (words, body) = Self.words(2, of: line) else { return .missing }
    guard line[words[0]].elementsEqual("T".utf8), words[1].count <= 12,
      let seconds = Int64(Self.text(line, words[1])),
      let time = TimeText.epoch(seconds: seconds)
    else { return .unreadable(.badTime, body: body) }
    return .time(time, written: words[1], body: body)
  }
}
