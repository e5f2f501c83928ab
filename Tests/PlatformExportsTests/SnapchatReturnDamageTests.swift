import AccountModel
import Foundation
import PlatformExports
import TestSupport
import Testing

/// Files that are cut off or begin again.
extension SnapchatReturnTests {
  /// Files of two accounts that somebody put together to one are still of two.
  @Test(arguments: ["", "---------------\n"])
  func aFileMayBeginAgain(_ line: String) throws {
    let una = Self.banner.replacing("rex.t", with: "una.fic").replacing("11111111", with: "22222222")
    let one = Self.legend + "ip,timestamp\n192.0.2.7,2026-04-11 04:02:00 UTC\n"
    let two = Self.legend + "ip,timestamp\n192.0.2.8,2026-04-12 04:02:00 UTC\n"
    let text = Self.banner + one + line + Self.banner + one + line + una + two
    let unit = try #require(try Self.read([("ip_data.csv", text)]).units.first)
    #expect(
      unit.identifiers.filter { $0.kind == .ip }.map { "\($0.account) \($0.value)" } == [
        "\(Self.owner) 192.0.2.7", "\(Self.owner) 192.0.2.7",
        "snapchat platform-id 22222222-2222-4333-8444-555555555555 192.0.2.8",
      ])
    #expect(unit.setAside.isEmpty && unit.tally("login") == [3, 3, 0])
    // Above the first beginning nothing says whose records they are, and a legend of several cells is no row.
    let early = Self.legend + "ip,timestamp\n192.0.2.6,2026-04-10 04:02:00 UTC\n"
    let bare = una.split(separator: "\n").filter { !$0.hasPrefix("---") }.joined(separator: "\n")
    let late = try #require(
      try Self.read([("ip_data.csv", early + bare + "\nip: an address, as seen\n" + two)]).units.first)
    #expect(
      late.identifiers.filter { $0.kind == .ip }.map { "\($0.account) \($0.value)" }.last
        == "snapchat platform-id 22222222-2222-4333-8444-555555555555 192.0.2.8")
    #expect(late.tally("login") == [2, 2, 0])
  }

  @Test func linesThatBelongToNoSectionAreTold() throws {
    let text =
      Self.banner + Self.legend + "ip,timestamp\n192.0.2.7,2026-04-11 04:02:00 UTC\nstray\n192.0.2.8\n"
    let unit = try #require(try Self.read([("ip_data.csv", text)]).units.first)
    #expect(unit.setAside.map { "\($0.unit) \($0.reason.code) \($0.count)" } == ["line malformed 2"])
    let parted = try #require(try Self.read([("ip_data.csv", text + "-------\n" + Self.legend)]).units.first)
    #expect(parted.setAside.map { "\($0.unit) \($0.reason.code) \($0.count)" } == ["line malformed 2"])
    // One that is followed by a line of `=` was a legend.
    let legend = try #require(
      try Self.read([("ip_data.csv", text + "======\nip,timestamp\n192.0.2.9,2026-04-11 04:02:00 UTC\n")])
        .units.first)
    #expect(legend.setAside.isEmpty && legend.tally("login") == [2, 2, 0])
  }

  @Test(arguments: SnapchatReturnTests.files.indices)
  func truncation(_ index: Int) throws {
    let (path, text) = Self.files[index]
    guard path != "geo_locations.csv" else { return }
    try Truncation.check(Array(text.utf8), named: path)
  }

  /// A cut is told unless it is at the end of a line.
  @Test(arguments: SnapchatReturnTests.files.indices)
  func cutsAreTold(_ index: Int) throws {
    let (path, text) = Self.files[index]
    let bytes = Array(text.utf8)
    for count in stride(from: 300, to: bytes.count, by: 7)
    where bytes[count - 1] != 0x0A && bytes[count] != 0x0A {
      guard let unit = try ReadOutcome.reading(Array(bytes[..<count]), named: path).units.first else {
        continue
      }
      #expect(unit.setAside.contains { $0.reason.isFault }, "\(path) cut to \(count)")
    }
  }
}
