import PlatformExports
import Testing

/// Chats that somebody saved again in another encoding than programs write.
@Suite struct ChatEncodingTests {
  /// Ann and Iva in the letters of Windows for Russian: four bytes each, none of which is UTF-8.
  private static let names: [[UInt8]] = [[0xC0, 0xED, 0xED, 0xE0], [0xC8, 0xE2, 0xE0, 0xED]]

  private static func chat(_ heads: [String], behind: String) -> [UInt8] {
    var bytes: [UInt8] = []
    for (head, name) in zip(heads, names) {
      bytes += Array(head.utf8)
      bytes += name
      bytes += Array(behind.utf8)
      bytes += [0xE4, 0xE0, 0x0A]
    }
    return bytes
  }

  @Test(arguments: [
    (["14/01/2024, 21:05 - ", "15/01/2024, 21:06 - "], ": ", "_chat.txt", "whatsapp-txt"),
    (["[2024-01-14 21:05] ", "[2024-01-15 21:06] "], ": ", "chat.md", "signal-text"),
  ])
  func twoNamesStayTwo(_ heads: [String], _ behind: String, _ name: String, _ format: String) throws {
    var options = ReaderOptions()
    options.format = format
    let once = Self.chat(heads, behind: behind)
    let unit = try #require(try ReadOutcome.reading(once + once, named: name, options: options).units.first)
    #expect(Set(unit.records(.message).map(\.account)).count == 2)
    #expect(Set(unit.records(.message).map(\.text)) == ["äà"])
    let mended = unit.setAside.first { $0.reason.code == "invalid-utf8" }
    #expect(mended?.reason.explanation.contains("CP1252") == true && (mended?.count ?? 0) >= 4)
  }

  @Test func whatIsReadOtherwiseIsCounted() throws {
    let line = String(repeating: "=", count: 62)
    var bytes = Array("\(line)\nGuild: Direct Messages\nChannel: Direct Messages / x\n\(line)\n\n".utf8)
    bytes += Array("[21/05/2023 12:00] ann.x\ncaf".utf8)
    bytes += [0xE9]
    bytes += Array("\n\n\(line)\nExported 1 message(s)\n\(line)\n".utf8)
    let unit = try #require(try ReadOutcome.reading(bytes, named: "x.txt").units.first)
    #expect(unit.format == "discord-txt" && unit.records(.message).map(\.text) == ["café"])
    #expect(unit.setAside.map { "\($0.reason.code) \($0.count)" } == ["invalid-utf8 1"])
  }
}
