import Foundation
import StyleValidation
import Stylometry
import TestSupport
import Testing

@Suite("Accounts by the name of a file")
struct StyleAccountTests {
  private let folder: ScratchFolder

  init() throws { folder = try ScratchFolder() }

  private func account(_ content: some Sequence<UInt8>) throws -> StyleAccount {
    try StyleAccount(argument: try folder.write(content, to: "account").path)
  }

  private func text(_ content: String) throws -> [String] {
    try account(content.utf8).posts.map { String(decoding: $0.text, as: UTF8.self) }
  }

  private func refusal(_ content: some Sequence<UInt8>) throws -> StyleCorpusError? {
    do {
      _ = try account(content)
      return nil
    } catch let error as StyleCorpusError { return error }
  }

  private var path: String { folder.url.appendingPathComponent("account").path }

  private static let prose = "Well, I never said that, and you know it! Nor did she.\n"

  private static func bytes<Unit: FixedWidthInteger>(_ units: some Sequence<Unit>, isBig: Bool) -> [UInt8] {
    units.flatMap { unit in
      withUnsafeBytes(of: isBig ? unit.bigEndian : unit.littleEndian) { Array($0) }
    }
  }

  @Test("A text file is one post, NDJSON a line by its id")
  func forms() throws {
    let one = try account("Well… I never! I never did.".utf8)
    #expect(one.profile.length == 27 && one.posts.count == 1)
    let rate = try #require(RateCatalogue.index(named: "word.never"))
    #expect(one.examples(of: rate).count == 2)
    let file = try folder.write(
      #"{"id":"a","posts":["hi",{"text":"ho"},{}]}"# + "\n" + #"{"id":"b","text":"hum"}"# + "\n",
      to: "all.ndjson")
    let a = try StyleAccount(argument: file.path + "#a")
    #expect(a.posts.count == 2 && a.notes == StyleCorpusNotes(withoutText: 1) && a.name == "a")
    #expect(try StyleAccount(argument: file.path + "#b").notes == StyleCorpusNotes())
    #expect(throws: StyleCorpusError.severalAccounts(file: file.path, count: 2)) {
      try StyleAccount(argument: file.path)
    }
    #expect(throws: StyleCorpusError.unknownAccount(file: file.path, id: "c")) {
      try StyleAccount(argument: file.path + "#c")
    }
  }

  @Test("What cannot be opened is told in the system's words")
  func unreadable() {
    for argument in ["none", "none#a#b"] {
      #expect(
        throws: StyleCorpusError.unreadable(
          file: "none",
          reason: "cannot be read: No such file or directory; name a file that exists and can be read")
      ) { try StyleAccount(argument: argument) }
    }
    #expect(
      throws: StyleCorpusError.unreadable(
        file: folder.url.path, reason: "cannot be read: it is a folder; name a file")
    ) { try StyleAccount(argument: folder.url.path) }
  }

  @Test("Text in UTF-16 and UTF-32 is refused, with a mark and without")
  func encodings() throws {
    let texts = [Self.prose, "Ну что ты, я такого никогда не говорил. Вот так!\n"]
    for text in texts {
      for isBig in [false, true] {
        for mark in ["", "\u{FEFF}"] {
          let wide = Self.bytes((mark + text).utf16, isBig: isBig)
          #expect(try refusal(wide) == .notUTF8(file: path, encoding: "UTF-16"))
          let wider = Self.bytes((mark + text).unicodeScalars.map(\.value), isBig: isBig)
          #expect(try refusal(wider) == .notUTF8(file: path, encoding: "UTF-32"))
        }
      }
    }
    let lines = Self.bytes(#"{"id":"a","text":"t"}"#.utf16, isBig: false)
    let file = try folder.write(lines, to: "docs.ndjson").path
    #expect(throws: StyleCorpusError.notUTF8(file: file, encoding: "UTF-16")) {
      try StyleCorpus(path: file)
    }
  }

  @Test("Bytes with a NUL are no text, wherever it stands")
  func binary() throws {
    for place in [0, 5, 4_095, 4_096, 700_000] {
      var bytes = [UInt8](repeating: UInt8(ascii: "x"), count: place) + [0]
      bytes += Self.prose.utf8
      #expect(try refusal(bytes) == .binary(file: path, offset: UInt64(place)))
    }
    var noise = SplitMix(seed: 5)
    let random = (0..<6_000).map { _ in UInt8(truncatingIfNeeded: noise.next() >> 11) }
    guard case .binary = try refusal(random) else {
      Issue.record("random bytes were read")
      return
    }
  }

  @Test("A mark of UTF-8 is no character, and CR, LF and CR LF end lines alike")
  func marks() throws {
    #expect(try text("\u{FEFF}one") == ["one"])
    #expect(try account("\u{FEFF}".utf8).profile.length == 0)
    let lines = ["> quoted", "", "mine.", "-- ", "signed"]
    let expected = try account(lines.joined(separator: "\n").utf8).profile
    #expect(expected.length > 0 && expected.leftOut[LeftOut.signatures.rawValue].items == 1)
    for end in ["\r", "\r\n"] {
      let profile = try account(lines.joined(separator: end).utf8).profile
      #expect(profile.length == expected.length && profile.leftOut == expected.leftOut)
    }
    #expect(try text("a\r\n\rb\r\r\nc\r") == ["a\n\nb\n\nc\n"])
  }

  @Test("NDJSON is known behind any number of blank lines, and a text that begins with a bracket stays one")
  func beginnings() throws {
    for blank in ["", "\n", String(repeating: " \r\n", count: 100_000)] {
      #expect(try text(blank + #"{"id":"a","text":"one"}"#) == ["one"])
      #expect(try text(blank + #"{ "id":"a","text":"one"}"#) == ["one"])
      for prose in ["[12:30] hi", "[12]: see there", "{grins} hi", "\"Hi\", he said"] {
        #expect(try text(blank + prose) == [blank.replacing("\r\n", with: "\n") + prose])
      }
    }
    #expect(try text("") == [""])
  }

  @Test("A JSON array, an object over many lines and NDJSON with a damaged line are no prose")
  func otherJSON() throws {
    for array in [#"[{"id":"a","text":"t"}]"#, "\n[\n {\n\"id\":", "[\"one\",\n\"two\"]", "[]"] {
      #expect(try refusal(array.utf8) == .array(file: path), "\(array)")
    }
    for other in ["{\n \"id\":\"a\",\n \"text\":\"t\"\n}", "{", "{}x"] {
      guard case .malformed(_, 1, _) = try refusal(other.utf8) else {
        Issue.record("\(other) was read")
        continue
      }
    }
    let object = #"{"id":"a","text":"t"}"#
    #expect(
      try refusal("\ncut\"}\n\(object)\n\(object)\n".utf8)
        == .malformed(file: path, line: 2, reason: "the lines beside it are objects"))
    #expect(try text("As in:\n\(object)\n") == ["As in:\n\(object)\n"])
  }

  @Test("An exported chat is no text of one account, a diary and a mail are")
  func exports() throws {
    let lines = (10..<28).map { day in (day, day % 2 == 0 ? "Ann" : "+44 7700 900123") }
    let android = lines.map { "\($0.0)/03/2026, 10:\($0.0) - \($0.1): well, I never\n" }.joined()
    let phone = lines.map { "[\($0.0)/03/2026, 10:\($0.0):01] \($0.1): well, I never\r\n" }.joined()
    for chat in [android, "\u{FEFF}" + phone] {
      #expect(try refusal(chat.utf8) == .export(file: path, title: "WhatsApp exported chat"))
    }
    let calls =
      #"<?xml version="1.0"?><smses count="1"><sms address="1" date="1" type="1" body="x"/></smses>"#
    guard case .export = try refusal(calls.utf8) else {
      Issue.record("text messages as XML were read")
      return
    }
    for own in [
      Self.prose, "On 13/03/2026 I wrote: no.\n", "13/03/2026\nI went home. Nobody was there: odd.\n",
      "From: ann@example.org\nTo: bea@example.org\nSubject: hi\nDate: Fri, 13 Mar 2026 10:00:00 +0000\n\nHi.\n",
    ] {
      #expect(try text(own) == [own])
    }
  }

  @Test("An id may have a hash in it, as may a file; a text has no accounts")
  func hashes() throws {
    let file = try folder.write(
      #"{"id":"a#b","text":"one"}"# + "\n" + #"{"id":"b","text":"t"}"#, to: "x.ndjson")
    #expect(try StyleAccount(argument: file.path + "#a#b").name == "a#b")
    let other = try folder.write(
      #"{"id":"b","text":"two"}"# + "\n" + #"{"id":"c","text":"t"}"#, to: "x.ndjson#a")
    // The longer path is there now, and counts.
    #expect(try StyleAccount(argument: file.path + "#a#b").posts[0].text == Array("two".utf8))
    #expect(throws: StyleCorpusError.severalAccounts(file: other.path, count: 2)) {
      try StyleAccount(argument: other.path)
    }
    let prose = try folder.write(Self.prose, to: "a.txt")
    #expect(throws: StyleCorpusError.oneText(file: prose.path, id: "z")) {
      try StyleAccount(argument: prose.path + "#z")
    }
  }

  /// `Well, I never.`, packed by gzip.
  private static let packed: [UInt8] = [
    0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0x0b, 0x4f, 0xcd, 0xc9, 0xd1, 0x51, 0xf0,
    0x54, 0xc8, 0x4b, 0x2d, 0x4b, 0x2d, 0xd2, 0x03, 0x00, 0x21, 0xa3, 0x73, 0x7b, 0x0e, 0x00, 0x00, 0x00,
  ]

  @Test("A packed text is a text, and a pipe is read once")
  func packed() throws {
    #expect(try account(Self.packed).posts[0].text == Array("Well, I never.".utf8))
    for content in [Array(Self.prose.utf8), Array(#"{"id":"a","text":"\#(Self.prose.dropLast())"}"#.utf8)] {
      let pipe = Pipe()
      try pipe.fileHandleForWriting.write(contentsOf: Data(content))
      try pipe.fileHandleForWriting.close()
      let account = try StyleAccount(argument: "/dev/fd/\(pipe.fileHandleForReading.fileDescriptor)")
      #expect(account.profile.length == Self.prose.count - 1)
    }
    #expect(try StyleAccount(argument: "/dev/null").profile.length == 0)
  }

  @Test("An account is known beside itself and beside its copy")
  func copies() throws {
    let one = try account(Self.prose.utf8)
    let copy = try account(#"{"id":"a","text":"\#(Self.prose.dropLast())\n"}"#.utf8)
    #expect(one.hasSameTexts(as: one) && one.hasSameTexts(as: copy))
    #expect(!one.hasSameTexts(as: try account("Else.".utf8)))
    let empty = try account("".utf8)
    #expect(!empty.hasSameTexts(as: empty))
  }
}
