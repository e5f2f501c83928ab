import CorpusKit
import Foundation
import Testing

/// That each trap is really in the exports, read from the files themselves.
@Suite struct DemonstrationTrapTests {
  private func text(_ made: DemonstrationCase, _ suffix: String) throws -> String {
    let file = try #require(made.files.first { $0.path.hasSuffix(suffix) }, "no file ends in \(suffix)")
    return String(decoding: file.bytes, as: UTF8.self)
  }

  private func rows(_ made: DemonstrationCase, _ suffix: String) throws -> [[String]] {
    try text(made, suffix).split(separator: "\r\n").dropFirst().map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
  }

  private func account(_ made: DemonstrationCase, _ name: String) throws -> CastAccount {
    try #require(made.accounts.first { $0.name == name })
  }

  /// Accounts by IP address, from the return.
  private func users(_ made: DemonstrationCase) throws -> [String: Set<String>] {
    try rows(made, "ip-return.csv").reduce(into: [:]) { $0[$1[5], default: []].insert($1[2]) }
  }

  private func handles(_ made: DemonstrationCase, _ names: [String]) throws -> Set<String> {
    var result: Set<String> = []
    for name in names {
      let found = try account(made, name)
      result.insert(try #require(found.handle))
    }
    return result
  }

  @Test(arguments: DemonstrationCaseTests.seeds) func sharedAddresses(seed: UInt64) throws {
    let made = try DemonstrationCase.generate(seed: seed)
    let shared = try users(made).values.filter { $0.count > 1 }
    for name in ["shared-household", "public-library", "carrier-translator"] {
      let trap = try #require(made.traps.first { $0.name == name })
      #expect(shared.contains(try handles(made, trap.accounts)), "\(name) is not in the return")
    }
    // Nothing is shared but by the traps and the planted links.
    #expect(shared.count == 5)
    // The same address and port within a minute, for the planted links; another port for the carrier's.
    let carrier = try handles(made, ["k1-x1", "b17-x"])
    for (address, people) in try users(made) where people.count == 2 {
      let visits = try rows(made, "ip-return.csv").filter { $0[5] == address }
      let ports = Set(visits.map { $0[6] })
      if people == carrier { #expect(ports.count == visits.count) }
      if people == (try handles(made, ["k1-ig4", "k1-ig6"])) { #expect(ports.count * 2 == visits.count) }
    }
    // The household's address is the one from which the threatening mail came.
    let household = try handles(made, ["k2-x1", "b14-ig"])
    let addresses = try users(made)
    let home = try #require(addresses.first { $0.value == household }?.key)
    #expect(try text(made, ".mbox").contains("X-Originating-IP: [\(home)]"))
  }

  @Test(arguments: DemonstrationCaseTests.seeds) func namesakesHaveTwoBirthdays(seed: UInt64) throws {
    let made = try DemonstrationCase.generate(seed: seed)
    let all = try rows(made, "subscriber-return.csv")
    let both = try handles(made, ["k3-fb1", "b15-ig"])
    let named = all.filter { both.contains($0[2]) }
    #expect(named.count == 2 && named[0][5] == named[1][5] && named[0][6] != named[1][6])
    #expect(named.allSatisfy { $0[5].count > 5 && $0[6].count == 10 })
  }

  @Test(arguments: DemonstrationCaseTests.seeds) func theVictimQuotes(seed: UInt64) throws {
    let made = try DemonstrationCase.generate(seed: seed)
    let group = try text(made, "Sunday walkers/_chat.txt")
    #expect(group.components(separatedBy: "This is what I keep getting:").count == 4)
    let colleague = try account(made, "k3-fb1")
    let slug = try #require(colleague.displayName).lowercased().filter(\.isLetter)
    let facebook = try #require(made.files.first { $0.path.contains("/inbox/\(slug)_") })
    let thread = try #require(try JSONSerialization.jsonObject(with: Data(facebook.bytes)) as? [String: Any])
    let first = try #require((thread["messages"] as? [[String: Any]])?.last?["content"] as? String)
    // Undo Meta's escaping of bytes.
    let said = String(
      decoding: first.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }, as: UTF8.self)
    #expect(group.contains("\"\(said)\""))
  }

  @Test(arguments: DemonstrationCaseTests.seeds) func theNumberChangedHandsAYearApart(seed: UInt64) throws {
    let made = try DemonstrationCase.generate(seed: seed)
    let second = try account(made, "k1-wa1")
    let phone = try #require(second.phone)
    #expect(try account(made, "b08-sms").phone == phone)
    let local = "0" + phone.dropFirst(3)
    let dates = try text(made, ".xml").split(separator: "\n").compactMap { line -> Int? in
      guard line.contains("address=\"\(phone)\"") || line.contains("address=\"\(local)\"") else { return nil }
      return line.components(separatedBy: " date=\"").dropFirst().first.flatMap { Int($0.prefix(10)) }
    }
    let registered: String? = try rows(made, "subscriber-return.csv").first { $0[8] == phone }?[4]
    let format = DateFormatter()
    format.locale = Locale(identifier: "en_US_POSIX")
    format.timeZone = TimeZone(secondsFromGMT: 0)
    format.dateFormat = "yyyy-MM-dd HH:mm:ss"
    let written = try #require(registered)
    let later = try #require(format.date(from: written)).timeIntervalSince1970
    #expect(dates.count == 10)
    let last = try #require(dates.max())
    #expect(later - Double(last) > 365 * 86_400)
  }

  @Test(arguments: DemonstrationCaseTests.seeds) func theImpostorLooksLikeTheVictim(seed: UInt64) throws {
    let made = try DemonstrationCase.generate(seed: seed)
    let impostor = try account(made, "k1-x1")
    let victim = try account(made, "victim-x")
    let name = try #require(impostor.displayName)
    #expect(name != victim.displayName && name.replacing("о", with: "o") == victim.displayName)
    #expect(impostor.handle != victim.handle)
    #expect(impostor.handle?.dropLast() == victim.handle?.dropLast())
  }
}
