import AccountModel
import Foundation
import PlatformExports
import TestSupport
import Testing

/// Defects that fuzzing or hostile files found, one test each. Only added to, never edited.
@Suite struct RegressionTests {
  /// Everything that reading gave, for comparison.
  private static func reading(
    _ reader: any ExportReader.Type, _ text: String, blocks: Int, _ options: ReaderOptions
  ) throws -> [String] {
    let bytes = Array(text.utf8)
    var lines: [String] = []
    let writer = RecordWriter { batch in
      for record in batch.records { lines.append("\(record.locator) \(batch.arena.string(record.text))") }
      for identifier in batch.identifiers { lines.append(batch.arena.string(identifier.value)) }
    }
    var position = 0
    let input = MemberInput(path: "a", member: writer.addMember(path: "a")) { buffer in
      let count = min(buffer.count, bytes.count - position, blocks)
      bytes.withUnsafeBytes { buffer.copyMemory(from: .init(rebasing: $0[position..<position + count])) }
      position += count
      return count
    }
    var instance = try reader.init(
      context: UnitContext(container: "c", root: "a", memberPaths: ["a"], options: options))
    try instance.read(input, into: writer)
    try instance.finish(into: writer)
    try writer.finish()
    return lines + writer.reconciliation.map { "\($0)" } + writer.setAside.map { "\($0)" }
  }

  private static func expectBlocksDoNotMatter(
    _ format: String, _ text: String, _ options: ReaderOptions = ReaderOptions(),
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let reader = try #require(ExportRegistry.readers.first { $0.format.id == format })
    let whole = try reading(reader, text, blocks: .max, options)
    for blocks in [1, 7, 64] {
      #expect(try reading(reader, text, blocks: blocks, options) == whole, sourceLocation: sourceLocation)
    }
  }

  /// The path of the entry before was read again after libarchive had freed it (found by the address sanitizer).
  @Test func damageBehindAnEntryReadsNoFreedPath() throws {
    var zip = ZipBuilder()
    let long = String(repeating: "n", count: 150)
    zip.add("\(long)/a.txt", "a")
    zip.add("\(long)/b.txt", "b")
    let bytes = zip.bytes
    for position in stride(from: 0, to: bytes.count, by: 3) {
      var damaged = bytes
      damaged[position] ^= 0xFF
      do { _ = try ReadOutcome.reading(damaged, named: "e.zip") } catch is ExportRefusal {}
    }
  }

  /// A line a little over the limit was taken whole or cut, by the blocks in which it came.
  @Test func lineLimitsDoNotDependOnBlocks() throws {
    var options = ReaderOptions()
    options.limits.recordBytes = 100
    let long = #"{"id":"a2","platform":"x","name":"\#(String(repeating: "n", count: 100))"}"#
    let short = #"{"id":"a1","platform":"x","name":"n"}"#
    try Self.expectBlocksDoNotMatter("accounts-ndjson", "\(short)\n\(long)\n\(short)\n", options)
    for length in 99...102 {
      let text = String(repeating: "y", count: length)
      for isTerminated in [true, false] {
        let bytes = Array((text + (isTerminated ? "\nz\n" : "")).utf8)
        var position = 0
        for block in [1, 13, .max] {
          position = 0
          let input = MemberInput(path: "a", member: 0) { buffer in
            let count = min(buffer.count, bytes.count - position, block)
            bytes.withUnsafeBytes {
              buffer.copyMemory(from: .init(rebasing: $0[position..<position + count]))
            }
            position += count
            return count
          }
          var lines = LineReader(input, limit: 100)
          #expect(try lines.next()?.isCut == (length > 100), "\(length) bytes in blocks of \(block)")
          #expect(try lines.next()?.offset == (isTerminated ? UInt64(length + 1) : nil))
        }
      }
    }
  }

  /// A row over the limit was read all the same where one block held it whole.
  @Test func rowLimitsDoNotDependOnBlocks() throws {
    var options = ReaderOptions()
    options.limits.recordBytes = 100
    let columns = "id,permalink,date,ip,subreddit,gildings,link,parent,body,media"
    for length in [20, 40, 60, 200] {
      let row = "c1,p,2024-05-01 10:00:00 UTC,,leeds,0,l,p,\(String(repeating: "y", count: length)),"
      try Self.expectBlocksDoNotMatter("reddit-csv", "\(columns)\n\(row)\nc2\(row.dropFirst(2))\n", options)
    }
  }

  /// The second count of a JSON member ended wherever the block with a fault ended.
  @Test func theSecondCountSeesWhatStandsBehindAFault() throws {
    let message = #"{"type":"message","date":"2022-01-01T10:00:00","from":"A","text":"x"}"#
    let text =
      #"{"name":"c","type":"personal_chat","id":1,"messages":[\#(message)] "oops" [\#(message),\#(message)]}"#
    try Self.expectBlocksDoNotMatter("telegram-json", text)
    let unit = try #require(try ReadOutcome.reading(text, named: "r.json").units.first)
    #expect(unit.count("message")?.seen == 3 && unit.count("message")?.imported == 1)
  }

  @Test func pagesAndMarkupDoNotDependOnBlocks() throws {
    try Self.expectBlocksDoNotMatter("telegram-html", TelegramHTMLTests.chat)
    let content = #"<quote author=\"b\"><legacyquote>[1] </legacyquote>a</quote>b <ss>:)</ss>"#
    let message =
      #"{"from":"8:rex","messagetype":"RichText","originalarrivaltime":"2024-03-04T11:20:34Z","content":"\#(content)"}"#
    try Self.expectBlocksDoNotMatter(
      "skype-json",
      #"{"userId":"8:una","conversations":[{"id":"8:rex","MessageList":[\#(message),\#(message)]}]}"#)
  }

  /// The place of an XML fault was that of the parser's look-ahead, which followed the source's blocks.
  @Test func placesOfFaultsDoNotDependOnBlocks() throws {
    let sms = #"<sms address="+447700900123" date="1700000001000" type="1" body="x" />"#
    for damage in ["<sms address read />", "<sms a='1' a='2'/>", "</x>", "<", "&x;", "<sms body='&#0;<'/>"] {
      try Self.expectBlocksDoNotMatter(
        "sms-backup-xml",
        "<?xml version='1.0'?>\n<smses count=\"9\">\n\(sms)\n\(sms)\(damage)\n\(sms)\n</smses>")
    }
    let from =
      #"<multiModelField name="Parties"><model type="Party"><field name="Identifier"><value>+447700900123</value>"#
      + #"</field><field name="Role"><value>From</value></field></model></multiModelField>"#
    for body in ["a <![CDATA[b ]] > & <c]]> d &lt;", "a &x; b", "<![CDATA[a", "\u{1}<![CDATA[\u{1} é ]]]>"] {
      try Self.expectBlocksDoNotMatter(
        "cellebrite-xml",
        "<project xmlns='http://pa.cellebrite.com/report/2.0'><model type='SMS'><field name='Body'><value>\(body)"
          + "</value></field>\(from)</model></project>")
    }
  }

  /// An entry that nobody reads is unpacked all the same when the archive is one packed stream.
  @Test func unreadEntriesOfAPackedTarCount() throws {
    let scratch = try ScratchFolder()
    let zeros = scratch.url.appendingPathComponent("zeros.bin")
    try Data().write(to: zeros)
    let handle = try FileHandle(forWritingTo: zeros)
    try handle.truncate(atOffset: 96 << 20)
    try handle.close()
    _ = try scratch.write(#"{"id":"a1","platform":"x","handle":"one_handle"}"#, to: "a.ndjson")
    let tar = Process()
    tar.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    let archive = scratch.url.appendingPathComponent("bomb.tar.gz")
    tar.arguments = ["tar", "-C", scratch.url.path, "-czf", archive.path, "a.ndjson", "zeros.bin"]
    try tar.run()
    tar.waitUntilExit()
    try #require(tar.terminationStatus == 0)
    let refusal = #expect(throws: ExportRefusal.self) { try ReadOutcome(reading: archive) }
    #expect(refusal?.code == "archive-bomb")
  }

  /// One file that was packed alone was taken for a damaged archive.
  @Test func aFilePackedAloneIsRead() throws {
    let scratch = try ScratchFolder()
    let line = #"{"id":"a1","platform":"x","handle":"one_handle"}"#
    let file = try scratch.write(line + "\n", to: "a.ndjson")
    let gzip = Process()
    gzip.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    gzip.arguments = ["gzip", file.path]
    try gzip.run()
    gzip.waitUntilExit()
    try #require(gzip.terminationStatus == 0)
    let archive = scratch.url.appendingPathComponent("a.ndjson.gz")
    let outcome = try ReadOutcome(reading: archive)
    #expect(outcome.units.map(\.format) == ["accounts-ndjson"] && outcome.refused.isEmpty)
    #expect(outcome.units.first?.records.map(\.locator) == ["a.ndjson line 1 byte 0"])
    let bytes = try Data(contentsOf: archive)
    try bytes.prefix(bytes.count / 2).write(to: archive)
    let refusal = #expect(throws: ExportRefusal.self) { try ReadOutcome(reading: archive) }
    #expect(refusal?.code == "bad-archive")
  }

  /// A key of an over-long line was missed where two blocks met in it.
  @Test func keysAcrossBlocksAreCounted() throws {
    var options = ReaderOptions()
    options.limits.recordBytes = 100
    let posts = (0..<40).map { #"{"text":"p\#($0)","time":"2026-01-01T10:00:00Z"}"# }.joined(separator: ",")
    let line = #"{"id":"a1","platform":"x","posts":[\#(posts)]}"#
    for ending in ["\n", "", "\n{\"id\":\"a2\",\"platform\":\"x\"}\n"] {
      try Self.expectBlocksDoNotMatter("accounts-ndjson", line + ending, options)
    }
    let unit = try #require(
      try ReadOutcome.reading(
        "{\"id\":\"a0\",\"platform\":\"x\"}\n" + line, named: "a.ndjson", options: options
      ).units.first)
    #expect(unit.count("message")?.seen == 40)
  }

  @Test func entriesOfRedditDoNotDependOnBlocks() throws {
    let entries = RedditDumpTests.comments + RedditDumpTests.submissions
    for text in [RedditDumpTests.lines(entries) + " \n\r\n", "[" + entries.joined(separator: ",\n") + "]"] {
      try Self.expectBlocksDoNotMatter("reddit-dump", text)
    }
  }

  @Test func chatsAsTextAndPagesDoNotDependOnBlocks() throws {
    for log in [IRCLogTests.xchat, IRCLogTests.irssi, IRCLogTests.weechat] {
      try Self.expectBlocksDoNotMatter("irc-log", log)
    }
    try Self.expectBlocksDoNotMatter("signal-text", SignalTextTests.chat)
    try Self.expectBlocksDoNotMatter("discord-html", DiscordHTMLTests.page)
    try Self.expectBlocksDoNotMatter("discord-csv", DiscordTextTests.table)
    try Self.expectBlocksDoNotMatter("discord-txt", DiscordTextTests.plain)
  }
}
