import CorpusKit
import Foundation
import Testing
import TestSupport

/// `Corpora/demonstration` of this checkout.
private let storedCase = URL(fileURLWithPath: #filePath)
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  .appendingPathComponent("Corpora/demonstration")

/// The columns of the truth file, line by line.
private func truthRows(_ text: String) -> [[String]] {
  text.split(whereSeparator: \.isNewline).dropFirst().map {
    $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
  }
}

@Suite struct DemonstrationCaseTests {
  static let seeds: [UInt64] = [DemonstrationCase.defaultSeed, 1, 2, 99, .max]

  private func file(_ made: DemonstrationCase, _ suffix: String) throws -> GeneratedFile {
    try #require(made.files.first { $0.path.hasSuffix(suffix) }, "no file ends in \(suffix)")
  }
  private func text(_ made: DemonstrationCase, _ suffix: String) throws -> String {
    String(decoding: try file(made, suffix).bytes, as: UTF8.self)
  }

  @Test func storedCaseIsTheDefaultSeedByteForByte() throws {
    let made = try DemonstrationCase.generate()
    if ProcessInfo.processInfo.environment["COGNATE_RECORD"] != nil {
      try? FileManager.default.removeItem(at: storedCase)
      try made.write(to: storedCase)
    }
    var stored: [String: Data] = [:]
    let walk = try #require(
      FileManager.default.enumerator(at: storedCase, includingPropertiesForKeys: [.isRegularFileKey]))
    for case let file as URL in walk {
      guard try file.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true else { continue }
      let path = file.standardizedFileURL.path
      stored[String(path.dropFirst(storedCase.standardizedFileURL.path.count + 1))] = try Data(
        contentsOf: file)
    }
    var expected: [String: Data] = [
      "truth.csv": Data(made.truth.utf8), "traps.json": Data(made.trapsJSON.utf8),
    ]
    for file in made.files { expected["exports/" + file.path] = Data(file.bytes) }
    #expect(stored.keys.sorted() == expected.keys.sorted())
    for (path, bytes) in expected { #expect(stored[path] == bytes, "\(path) differs") }
    #expect(expected.values.reduce(0) { $0 + $1.count } < 1_500_000)
  }

  @Test(arguments: seeds) func everySeedKeepsTheStructure(seed: UInt64) throws {
    let made = try DemonstrationCase.generate(seed: seed)
    let suspects = made.accounts.filter(\.isSuspect)
    #expect(suspects.count >= 16)
    #expect(Set(suspects.map(\.platform)).count >= 7)
    #expect(Set(suspects.map(\.controller)) == ["k1", "k2", "k3"])
    #expect(
      made.traps.map(\.name).sorted() == [
        "carrier-translator", "impostor", "namesakes", "public-library", "recycled-number",
        "shared-household",
        "victim-quotes-abuser",
      ])
    let names = Set(made.accounts.map(\.name))
    #expect(names.count == made.accounts.count)
    for trap in made.traps { #expect(names.isSuperset(of: trap.accounts)) }
    for path in [
      "_chat.txt", ".zip", "result.json", ".mbox", ".eml", "-return.csv", "-return.toml", ".ndjson", ".xml",
    ] {
      _ = try file(made, path)
    }
    #expect(made.protectedAccounts.count == 7)
    #expect(Set(made.files.map(\.path)).count == made.files.count)
  }

  @Test(arguments: seeds) func noNameLeadsToTwoAccounts(seed: UInt64) throws {
    let made = try DemonstrationCase.generate(seed: seed)
    var holder: [String: String] = [:]
    for row in truthRows(made.truth) {
      #expect(row.count == 6)
      let key = row[1...3].joined(separator: "|")
      #expect(holder[key] == nil || holder[key] == row[0], "\(key) names \(holder[key] ?? "") and \(row[0])")
      holder[key] = row[0]
    }
    #expect(Set(holder.values).count == made.accounts.count)
  }

  @Test func handlesKeepThePlatformsRules() throws {
    for seed in 100..<130 as Range<UInt64> {
      let made = try DemonstrationCase.generate(seed: seed)
      for account in made.accounts {
        guard let handle = account.handle else { continue }
        let fits: Bool
        switch account.platform {
        case .x: fits = handle.wholeMatch(of: /[a-z0-9_]{4,15}/) != nil
        case .telegram: fits = handle.wholeMatch(of: /[a-z](?:_?[a-z0-9]){4,31}/) != nil
        case .instagram: fits = handle.wholeMatch(of: /[a-z0-9_](?:\.?[a-z0-9_]){0,29}/) != nil
        case .facebook: fits = handle.wholeMatch(of: /[a-z0-9]{5,50}/) != nil
        default: fits = false
        }
        #expect(fits, "\(account.platform) allows no \(handle) (seed \(seed))")
      }
      #expect(
        Set(made.accounts.map { "\($0.platform) \($0.platformID ?? $0.name)" }).count == made.accounts.count)
    }
  }

  @Test(arguments: seeds) func identifiersAloneFindMostPairsButNotAll(seed: UInt64) throws {
    let made = try DemonstrationCase.generate(seed: seed)
    let suspects = made.accounts.filter(\.isSuspect)
    var parent = Dictionary(uniqueKeysWithValues: suspects.map { ($0.name, $0.name) })
    func root(_ name: String) throws -> String {
      var at = name
      while let above = parent[at], above != at { at = above }
      return try #require(parent[at])
    }
    for link in made.links {
      let first = made.accounts.first { $0.name == link.accounts.0 }
      let second = made.accounts.first { $0.name == link.accounts.1 }
      #expect(first?.controller == second?.controller && first != nil)
      parent[try root(link.accounts.0)] = try root(link.accounts.1)
    }
    var true_ = 0
    var found = 0
    for (position, left) in suspects.enumerated() {
      for right in suspects[(position + 1)...] where left.controller == right.controller {
        true_ += 1
        if try root(left.name) == root(right.name) { found += 1 }
      }
    }
    let recall = Double(found) / Double(true_)
    #expect(recall > 0.6 && recall < 0.9, "recall \(recall)")
  }

  @Test func anotherSeedIsAnotherCase() throws {
    let one = try DemonstrationCase.generate(seed: 1)
    #expect(try DemonstrationCase.generate(seed: 1).files == one.files)
    let two = try DemonstrationCase.generate(seed: 2)
    #expect(one.truth != two.truth)
    #expect(one.files.map(\.bytes) != two.files.map(\.bytes))
  }

  @Test(arguments: seeds) func layoutsAreThePlatformsOwn(seed: UInt64) throws {
    let made = try DemonstrationCase.generate(seed: seed)
    let sms = try text(made, ".xml")
    #expect(sms.contains("&#55357;&#56832;"))
    #expect(!sms.unicodeScalars.contains { $0.value > 0xffff })
    let openers = sms.split(separator: "\n").count { $0.hasPrefix("  <sms ") || $0.hasPrefix("  <mms ") }
    #expect(sms.contains("<smses count=\"\(openers)\""))
    let facebook = try text(made, "profile_information.json")
    #expect(facebook.utf8.allSatisfy { $0 < 0x80 })
    let chats = made.files.filter { $0.path.hasPrefix("whatsapp/") }.map {
      String(decoding: $0.bytes, as: UTF8.self)
    }
    #expect(chats.contains { $0.contains("\u{200E}") } && chats.contains { $0.contains("\u{202F}pm] ") })
    #expect(chats.contains { $0.contains(" changed their phone number to ") })
    // A day above 12 in each chat, so that the order of day and month can be decided.
    for chat in chats {
      let days = chat.split(whereSeparator: \.isNewline).compactMap { line -> Int? in
        let bare = line.drop { "\u{200E}[".unicodeScalars.contains($0.unicodeScalars.first ?? " ") }
        return bare.dropFirst(2).first == "/" ? Int(bare.prefix(2)) : nil
      }
      #expect(days.contains { $0 > 12 })
    }
    let mail = try text(made, ".mbox")
    #expect(
      mail.contains("X-Originating-IP: [") && mail.contains("\n>From our shop")
        && mail.contains("Received: from "))
    #expect(try text(made, "message-01.eml").contains("quoted-printable\r\n"))
    for suffix in ["result.json", "profile_information.json"] {
      _ = try JSONSerialization.jsonObject(with: Data(file(made, suffix).bytes))
    }
    for line in try text(made, ".ndjson").split(separator: "\n") {
      _ = try JSONSerialization.jsonObject(with: Data(line.utf8))
    }
  }

  @Test(arguments: seeds) func theNextAccountComesHoursAfterTheBlock(seed: UInt64) throws {
    let made = try DemonstrationCase.generate(seed: seed)
    #expect(made.successions.count >= 4)
    for succession in made.successions {
      #expect(succession.hours > 0 && succession.hours < 18, "\(succession)")
    }
  }

  @Test(arguments: seeds) func eachStalkerWritesEnoughToJudgeStyle(seed: UInt64) throws {
    let made = try DemonstrationCase.generate(seed: seed)
    for controller in ["k1", "k2", "k3"] {
      #expect(made.charactersWritten[controller, default: 0] >= 6_000)
    }
    #expect(made.messageCount >= 300)
  }
}
