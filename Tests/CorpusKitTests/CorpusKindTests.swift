import CorpusKit
import Foundation
import Testing
import TestSupport

/// FNV-1a, 64 bits.
private func fingerprint(_ bytes: some Sequence<UInt8>) -> UInt64 {
  bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
}

@Suite struct CorpusKindTests {
  private func generate(
    _ kind: CorpusKind, accounts: Int, seed: UInt64, size: Int? = nil
  ) throws -> [String: Data] {
    let folder = try ScratchFolder()
    let names = try generateCorpus(kind: kind, accounts: accounts, seed: seed, size: size, to: folder.url)
    return try Dictionary(
      uniqueKeysWithValues: names.map { ($0, try Data(contentsOf: folder.url.appendingPathComponent($0))) })
  }

  /// The bytes of a seed are the same everywhere and for good; a change here changes published corpora.
  @Test func bytesOfASeedNeverChange() throws {
    let table = try generate(.accounts, accounts: 500, seed: 7)
    let tablePrint = fingerprint(try #require(table["accounts.csv"]))
    #expect(tablePrint == 275_901_600_635_927_313)
    let posts = try generate(.posts, accounts: 20, seed: 7, size: 50_000)
    let postsPrint = fingerprint(try #require(posts["posts.ndjson"]))
    #expect(postsPrint == 13_315_747_032_966_761_529)
    let sms = try generate(.sms, accounts: 12, seed: 7, size: 1_000_000)
    let smsPrint = fingerprint(try #require(sms["sms.xml"]))
    #expect(smsPrint == 10_686_236_955_175_914_190)
  }

  @Test(arguments: CorpusKind.allCases) func theSameSeedGivesTheSameBytesAndAnotherDoesNot(kind: CorpusKind)
    throws
  {
    let one = try generate(kind, accounts: 60, seed: 3, size: 60_000)
    #expect(try generate(kind, accounts: 60, seed: 3, size: 60_000) == one)
    #expect(try generate(kind, accounts: 60, seed: 4, size: 60_000) != one)
  }

  @Test func accountTableHasItsColumnsAndItsTruth() throws {
    let files = try generate(.accounts, accounts: 3_000, seed: 11)
    let text = String(decoding: try #require(files["accounts.csv"]), as: UTF8.self)
    let lines = text.split(separator: "\r\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
    #expect(
      lines[0].joined(separator: ",")
        == "unique_id,cluster,platform,username,first_name,surname,dob,city,email,phone,ip,device,created")
    #expect(lines.count == 3_001)
    #expect(lines.allSatisfy { $0.count == 13 })
    #expect(lines.dropFirst().enumerated().allSatisfy { $0.element[0] == "\($0.offset)" })
    let inTable = try ClusterAssignment(data: try #require(files["accounts.csv"]), path: "accounts.csv")
    let beside = try ClusterAssignment(data: try #require(files["truth.csv"]), path: "truth.csv")
    #expect(ClusterMetrics(truth: beside, predicted: inTable).exactClusters == beside.clusterCount)
    // 2.5 accounts a person, as in the benchmark.
    #expect(
      Double(3_000) / Double(beside.clusterCount) > 2.2 && Double(3_000) / Double(beside.clusterCount) < 2.8)
    // Each column is filled about as often as its rate says.
    for (column, rate) in [(6, 0.44), (7, 0.65), (8, 0.55), (9, 0.40), (10, 0.80), (11, 0.50)] {
      let filled = Double(lines.dropFirst().count { !$0[column].isEmpty }) / 3_000
      #expect(abs(filled - rate) < 0.04, "column \(column) is filled at \(filled)")
    }
    // Accounts of one person do not stand together.
    let neighbours = zip(lines.dropFirst(), lines.dropFirst(2)).count { $0[1] == $1[1] }
    #expect(neighbours < 30)
  }

  @Test func postLinesAreAccountLines() throws {
    let files = try generate(.posts, accounts: 40, seed: 5, size: 200_000)
    let bytes = try #require(files["posts.ndjson"])
    #expect(bytes.count >= 200_000 && bytes.count < 215_000)
    var ids: [String] = []
    var posts = 0
    for line in bytes.split(separator: 0x0a) {
      let account = try #require(try JSONSerialization.jsonObject(with: Data(line)) as? [String: Any])
      ids.append(try #require(account["id"] as? String))
      for post in try #require(account["posts"] as? [[String: Any]]) {
        posts += 1
        #expect(post["text"] is String && (post["at"] as? String)?.count == 20)
      }
    }
    #expect(ids.count == 40 && Set(ids).count == 40 && posts > 400)
    let truth = try ClusterAssignment(data: try #require(files["truth.csv"]), path: "truth.csv")
    #expect(truth.count == 40 && truth.clusterCount < 40)
  }

  @Test func messageBackupTellsItsTrueCount() throws {
    let bytes = try #require(try generate(.sms, accounts: 1_200, seed: 5, size: 1_500_000)["sms.xml"])
    #expect(bytes.count >= 1_500_000 && bytes.count < 1_750_000)
    let text = String(decoding: bytes, as: UTF8.self)
    let lines = text.split(separator: "\n")
    let texts = lines.count { $0.hasPrefix("  <sms ") }
    let pictures = lines.count { $0.hasPrefix("  <mms ") }
    #expect(pictures >= 1 && lines.count { $0 == "  </mms>" } == pictures)
    #expect(lines[1].hasPrefix("<smses count=\"\(texts + pictures)\" "))
    #expect(text.contains("&#55357;&#56832;") && lines.last == "</smses>")
    #expect(lines.contains { $0.utf8.count > 150_000 && $0.contains("data=\"") })
  }

  @Test func refusesWhatCannotBe() throws {
    let folder = try ScratchFolder()
    #expect(throws: CorpusRequestError.accounts(0, allowed: 1...200_000_000)) {
      try generateCorpus(kind: .accounts, accounts: 0, seed: 1, size: nil, to: folder.url)
    }
    #expect(throws: CorpusRequestError.size(5, least: 1_024)) {
      try generateCorpus(kind: .sms, accounts: 1, seed: 1, size: 5, to: folder.url)
    }
    // A device that is always full: the first error of the system is the one reported.
    let full = folder.url.appendingPathComponent("sms.xml")
    try FileManager.default.createSymbolicLink(
      at: full, withDestinationURL: URL(fileURLWithPath: "/dev/full"))
    let failure = #expect(throws: CorpusWriteError.self) {
      try generateCorpus(kind: .sms, accounts: 1, seed: 1, size: 3_000_000, to: folder.url)
    }
    #expect(failure?.path == full.path && failure?.reason.isEmpty == false)
    // What is there already is somebody's.
    for (kind, name) in [
      (CorpusKind.accounts, "truth.csv"), (.posts, "posts.ndjson"), (.force, "planted.json"),
      (.demonstration, "truth.csv"), (.demonstration, "exports/own.csv"),
    ] {
      let folder = try ScratchFolder()
      let own = try folder.write("mine", to: name)
      #expect(throws: CorpusRequestError.self, "\(name)") {
        try generateCorpus(kind: kind, accounts: 3, seed: 1, size: nil, disclosures: 2, to: folder.url)
      }
      #expect(try String(contentsOf: own, encoding: .utf8) == "mine")
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).count == 1)
    }
    let file = try folder.write("x", to: "taken")
    #expect(throws: (any Error).self) {
      try generateCorpus(kind: .sms, accounts: 1, seed: 1, size: 2_000, to: file)
    }
  }
}

@Suite struct SeededRandomTests {
  /// The first outputs of SplitMix64 and xoshiro256** as the authors' C code gives them for seed 0.
  @Test func referenceOutputs() {
    var random = SeededRandom(seed: 0)
    #expect(
      (0..<3).map { _ in random.next() } == [
        0x99ec_5f36_cb75_f2b4, 0xbf6e_1f78_4956_452a, 0x1a5f_849d_4933_e6e0,
      ])
  }

  @Test func drawsStayInRangeAndCoverIt() {
    var random = SeededRandom(seed: 1)
    var seen = Set<Int>()
    for _ in 0..<1_000 { seen.insert(random.int(in: -3...4)) }
    #expect(seen == Set(-3...4))
    #expect(random.shuffled(Array(0..<50)).sorted() == Array(0..<50))
    var left = random.branch("a")
    var right = random.branch("b")
    #expect(left.next() != right.next())
  }
}

@Suite struct ZipFileTests {
  @Test func bytesAreStableAndNamesASCII() throws {
    let members = [("a/b.txt", Array("hello hello hello hello".utf8)), ("empty", [])]
    let zip = try zipFile(members)
    #expect(try zipFile(members) == zip)
    #expect(Array(zip.prefix(4)) == [0x50, 0x4b, 0x03, 0x04])
    #expect(throws: ZipError.self) { try zipFile([("é", [1])]) }
  }
}
