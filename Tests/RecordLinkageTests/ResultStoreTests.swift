import Foundation
import RecordLinkage
import TestSupport
import Testing

/// Adding records to a stored result gives what a run of all of them gives, byte for byte.
@Suite("Stored results")
struct ResultStoreTests {
  /// Accounts of people: names, handles and addresses made from them, telephone numbers in two columns, dates, places
  /// and devices, each sometimes missing or mistyped.
  static func accounts(_ people: Int, seed: UInt64, isSorted: Bool = false) -> [String] {
    var random = Numbers(seed: seed)
    let syllables = ["ka", "ro", "mi", "ten", "sol", "vi", "dar", "lun", "pe", "gos", "hel", "ny", "bar"]
    func word(_ parts: Int) -> String { (0..<parts).map { _ in syllables[random.next(13)] }.joined() }
    func mistyped(_ text: String) -> String {
      var bytes = Array(text.utf8)
      if bytes.count > 2, random.next(8) == 0 {
        let place = random.next(bytes.count - 1)
        bytes.swapAt(place, place + 1)
      }
      return String(decoding: bytes, as: UTF8.self)
    }
    let hosts = ["example.org", "mail.example", "post.example"]
    let towns = (0..<40).map { _ in word(3) }
    var rows: [String] = []
    for _ in 0..<people {
      let (first, last) = (word(2), word(3))
      let birth = "\(1950 + random.next(50))-\(10 + random.next(3))-\(10 + random.next(18))"
      let phone = "07700900" + String(100 + random.next(900))
      let (town, device) = (towns[random.next(40)], String(random.next(1 << 30), radix: 16))
      let handle = [first + last, "\(first).\(last)", first + String(random.next(99)), word(4)][
        random.next(4)]
      for _ in 0..<(1 + random.next(4)) {
        let values = [
          mistyped(handle) + (random.next(3) == 0 ? String(random.next(99)) : ""), mistyped(first),
          mistyped(last), birth, town, "\(mistyped(handle))@\(hosts[random.next(3)])", phone,
          "07700900" + String(100 + random.next(900)), device,
        ]
        rows.append(values.map { random.next(4) == 0 ? "" : $0 }.joined(separator: ","))
      }
    }
    if !isSorted {
      for place in stride(from: rows.count - 1, to: 0, by: -1) { rows.swapAt(place, random.next(place + 1)) }
    }
    return rows.enumerated().map { "r\($0.offset),\($0.element)" }
  }

  static let header =
    "unique_id,username,first_name,surname,dob,city,email,phone,mobile,device,note\n"

  let folder: ScratchFolder
  var settings = ResolveSettings()

  init() throws {
    folder = try ScratchFolder()
    settings.fewestForBase = 64
    settings.keepsState = true
  }

  func path(_ name: String) -> String { folder.url.appendingPathComponent(name).path }

  func file(_ rows: some Sequence<String>, _ name: String) throws -> String {
    try folder.write(Self.header + rows.joined(separator: "\n") + "\n", to: name).path
  }

  /// Resolves a table whole; returns CLUSTERS.csv, and stores the result on demand.
  func whole(_ rows: some Sequence<String>, store: String? = nil, threads: Int? = nil) throws -> Data {
    var settings = settings
    settings.threads = threads
    var table = try TableLoading.read([try file(rows, "whole.csv")])
    let resolution = try Resolver(settings).resolve(&table)
    try ResultWriter(table, resolution).writeClusters(to: path("whole.out"))
    if let store {
      try ResultStore.write(
        table, resolution, schema: TableSchema(), settings: settings, to: path(store))
    }
    return try Data(contentsOf: URL(fileURLWithPath: path("whole.out")))
  }

  /// Adds records to a store; returns CLUSTERS.csv, and stores the result on demand.
  func update(_ store: String, _ rows: some Sequence<String>, to other: String? = nil) throws -> Data {
    let opened = try ResultStore(path(store))
    var table = try TableLoading.read(
      [try file(rows, "added.csv")], schema: opened.schema, isPartial: true)
    let result = try opened.add(&table, keepsPlan: other != nil)
    try result.writeClusters(to: path("added.out"))
    if let other { try opened.write(result, to: path(other)) }
    return try Data(contentsOf: URL(fileURLWithPath: path("added.out")))
  }

  @Test(arguments: [UInt64(1), 2, 3, 4])
  func addingRecordsIsARunOfAll(seed: UInt64) throws {
    let rows = Self.accounts(330, seed: seed, isSorted: seed == 4)
    // All that have one base: the largest number with four binary digits that is no more than the records.
    let step = 1 << (Int.bitWidth - rows.count.leadingZeroBitCount - 4)
    let base = rows.count / step * step
    let expected = try whole(rows)
    for split in [base, base + (rows.count - base) / 2, rows.count - 1] where split < rows.count {
      _ = try whole(rows[..<split], store: "store")
      #expect(try update("store", rows[split...]) == expected, "\(split) of \(rows.count)")
    }
    #expect(try whole(rows, threads: 1) == (try whole(rows, threads: 3)))
  }

  /// Days that some records write by the name of the month and others by its number, and some that none has before.
  @Test(arguments: [1, 3, 9])
  func datesAreAddedInEitherWriting(oneIn named: Int) throws {
    var random = Numbers(seed: 21)
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    let accounts = Self.accounts(330, seed: 20)
    let step = 1 << (Int.bitWidth - accounts.count.leadingZeroBitCount - 4)
    let base = accounts.count / step * step
    let rows = accounts.enumerated().map { number, row in
      var fields = row.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      let parts = fields[4].split(separator: "-").compactMap { Int($0) }
      // Once all before those that are added name the month, and none of these; else some do.
      if parts.count == 3, named == 1 ? number < base : random.next(named) == 0 {
        fields[4] = "\(parts[2]) \(months[parts[1] - 1]) \(parts[0])"
      }
      return fields.joined(separator: ",")
    }
    let expected = try whole(rows)
    for split in [base, base + (rows.count - base) / 2] where split < rows.count {
      _ = try whole(rows[..<split], store: "store")
      #expect(try update("store", rows[split...]) == expected)
    }
  }

  @Test func recordsAreAddedAgainAndAgain() throws {
    let rows = Array(Self.accounts(400, seed: 7).prefix(700))
    _ = try whole(rows[..<645], store: "store")
    for split in stride(from: 645, to: 700, by: 11) {
      let next = min(split + 11, 700)
      #expect(try update("store", rows[split..<next], to: "store") == (try whole(rows[..<next])))
    }
  }

  /// A record that names two people's addresses makes one cluster of two.
  @Test func aRecordMayBridgeTwoClusters() throws {
    var rows = Array(Self.accounts(330, seed: 11).prefix(690))
    let one = "kavi.tendar,kavi,tendar,1961-04-05,rosol,kavi.tendar@example.org,07700900123,,1a2b3c4d5e"
    let other = "luna.tendar9,,,,,luna.tendar9@post.example,07700900987,,5e4d3c2b1a"
    for (place, text) in [(3, one), (90, one), (200, other), (300, other)] {
      rows[place] = "r\(place),\(text)"
    }
    let bridge =
      "b,kavi.tendar,kavi,tendar,1961-04-05,rosol,luna.tendar9@post.example,07700900123,07700900987,5e4d3c2b1a"
    _ = try whole(rows, store: "store")
    #expect(try update("store", [bridge]) == (try whole(rows + [bridge])))
  }

  /// Blocks fill up, and those that come later stay out of them.
  @Test mutating func recordsMayFillABlock() throws {
    // Blocks of 32 at most, as in large tables.
    settings.sparePairs = 0
    let rows = Array(Self.accounts(400, seed: 13).prefix(660))
    // More than a block takes, of one name and address, each with a device of its own.
    let many = (0..<40).map {
      "m\($0),solten,sol,ten,,,sol.ten@example.org,,,\(String(0x10000 + $0 * 7919, radix: 16)),"
    }
    let all = Array(rows.prefix(640)) + Array(many.prefix(10)) + Array(rows[640...]) + many[10...]
    let expected = try whole(all)
    for split in [645, 665, 695] {
      _ = try whole(all[..<split], store: "store")
      #expect(try update("store", all[split...]) == expected, "\(split) of \(all.count)")
    }
  }

  @Test func whatCannotBeAddedIsResolvedAnew() throws {
    let rows = Self.accounts(400, seed: 17)
    _ = try whole(rows[..<690], store: "store")
    // Past the next step there is more to learn from.
    #expect(throws: ResultStore.WholeRunNeeded.self) { try update("store", rows[690...]) }
    // So is a fifth copy of one record.
    let copy = rows[5].drop { $0 != "," }
    #expect(throws: ResultStore.WholeRunNeeded.self) { try update("store", (0..<5).map { "c\($0)\(copy)" }) }
    let store = try ResultStore(path("store"))
    let added = try TableLoading.read([try file(rows[690...], "more.csv")], schema: store.schema)
    var all = try store.wholeTable(adding: added)
    #expect(all.recordCount == rows.count)
    let resolution = try Resolver(store.settings).resolve(&all)
    try ResultWriter(all, resolution).writeClusters(to: path("all.out"))
    #expect(try Data(contentsOf: URL(fileURLWithPath: path("all.out"))) == (try whole(rows)))
  }

  @Test func anIDThatIsThereIsRefused() throws {
    let rows = Self.accounts(330, seed: 19)
    _ = try whole(rows[..<660], store: "store")
    let error = #expect(throws: TableError.self) { try update("store", ["r12,a,b,c"]) }
    guard case .duplicateID(let id, _, let line, _, let firstLine) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect((id, line, firstLine) == ("r12", 2, 14))
  }

  /// Columns in another order, one that is missing and one that was never there.
  @Test func columnsAreFoundByName() throws {
    let rows = Array(Self.accounts(330, seed: 23).prefix(680))
    _ = try whole(rows[..<660], store: "store")
    let store = try ResultStore(path("store"))
    func arranged(_ row: String) -> String {
      let values = row.split(separator: ",", omittingEmptySubsequences: false)
      return ([values[7], "x", values[0]] + values[1...6]).joined(separator: ",")
    }
    let text =
      "phone,colour,unique_id,username,first_name,surname,dob,city,email\n"
      + rows[660...].map(arranged).joined(separator: "\n")
    let path = try folder.write(text, to: "other.csv").path
    var table = try TableLoading.read([path], schema: store.schema, isPartial: true)
    try store.add(&table).writeClusters(to: self.path("other.out"))
    var both = try TableLoading.read([try file(rows[..<660], "one.csv"), path])
    let resolution = try Resolver(settings).resolve(&both)
    try ResultWriter(both, resolution).writeClusters(to: self.path("both.out"))
    #expect(
      try Data(contentsOf: URL(fileURLWithPath: self.path("other.out")))
        == Data(contentsOf: URL(fileURLWithPath: self.path("both.out"))))
  }

  @Test func aDamagedStoreIsRefused() throws {
    let rows = Self.accounts(330, seed: 29)
    _ = try whole(rows[..<660], store: "store")
    let bytes = try Data(contentsOf: URL(fileURLWithPath: path("store")))
    for length in [0, 10, 4096, 5000, bytes.count / 2, bytes.count - 1] {
      try bytes.prefix(length).write(to: URL(fileURLWithPath: path("short")))
      #expect(throws: StoreError.self, "\(length)") { try ResultStore(path("short")) }
    }
    try (bytes + Data([0])).write(to: URL(fileURLWithPath: path("long")))
    #expect(throws: StoreError.self) { try ResultStore(path("long")) }
    try Data("unique_id,name\n1,a\n".utf8).write(to: URL(fileURLWithPath: path("text")))
    #expect(throws: StoreError.noStore(file: path("text"))) { try ResultStore(path("text")) }
    #expect(throws: StoreError.self) { try ResultStore(path("absent")) }
    // A changed byte is refused, or one that is never used: what pads a page, or is needed for a whole run alone.
    let expected = try whole(rows[..<662])
    var refused = 0
    var random = Numbers(seed: 31)
    for _ in 0..<60 {
      var changed = bytes
      let place = random.next(bytes.count)
      changed[place] ^= 1 << UInt8(random.next(8))
      try changed.write(to: URL(fileURLWithPath: path("changed")))
      do {
        #expect(try update("changed", rows[660..<662]) == expected, "byte \(place)")
      } catch is StoreError {
        refused += 1
      }
    }
    #expect(refused > 20)
  }

  @Test func aStoreOfAnotherEngineIsRefused() throws {
    let rows = Self.accounts(330, seed: 37)
    _ = try whole(rows[..<660], store: "store")
    let error = StoreError.otherVersion(
      file: "a.store", found: "cognate resolve, engine 2", needed: "cognate resolve, engine 3")
    #expect("\(error)".contains("engine 2") && "\(error)".contains("make it anew"))
    // The format stands behind the magic, and is checked with the header.
    var bytes = try Data(contentsOf: URL(fileURLWithPath: path("store")))
    bytes[16] = 9
    try bytes.write(to: URL(fileURLWithPath: path("other")))
    #expect(throws: StoreError.self) { try ResultStore(path("other")) }
  }
}
