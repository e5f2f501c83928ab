import Foundation
import RecordLinkage
import TestSupport
import Testing

@Suite("Copies and bad tables")
struct CopiesTests {
  @Test func manyCopiesOfOneRecordAreOneCluster() throws {
    let rows = (0..<2_000).map { "r\($0),Ada,Byron,1815-12-10,07700900123" }
    let (_, resolution) = try ResolverTests.resolve(ResolverTests.header + rows.joined(separator: "\n"))
    #expect(resolution.clusterCount == 1)
    #expect(resolution.clusterOfRecord.count == 2_000)
  }

  @Test func withNothingToCompareEachRecordIsAlone() throws {
    let (_, single) = try ResolverTests.resolve(ResolverTests.header + "r1,Ada,Byron,1815-12-10,07700900123")
    #expect(single.clusterOfRecord == [0])
    #expect(single.findings.allSatisfy { !$0.isCompared })
    let (_, empty) = try ResolverTests.resolve(ResolverTests.header + "r1,,,,\nr2,,,,\nr3,,,,")
    #expect(empty.clusterOfRecord == [0, 1, 2])
    #expect(empty.comparedPairs == 0)
  }

  @Test func copiesAmongOtherRecordsAreOneCluster() throws {
    let (people, _) = ResolverTests.people(800)
    let copies = (0..<3_000).map { "c\($0),melusine,ravenscroft,1971-02-13,07700900555" }
    let (_, resolution) = try ResolverTests.resolve(
      ResolverTests.header + (people + copies).joined(separator: "\n"))
    let clusters = Set(resolution.clusterOfRecord[people.count...])
    #expect(clusters.count == 1)
    // They join nobody else, and cost no pair each.
    #expect(resolution.clusterSizes.max() == 3_000)
    #expect(resolution.comparedPairs < 400_000)
  }

  /// Ten records, each written a thousand times: as it is, with a slip in some field, in capitals.
  @Test(arguments: [0, 30, 100])
  func crowdsAreOneClusterEach(slips: Int) throws {
    var random = Numbers(seed: UInt64(slips) + 1)
    let people = ResolverTests.people(10, typo: 0, seed: 21)
    var persons: [String] = []
    for (row, person) in zip(people.rows, people.truth) where person == persons.count { persons.append(row) }
    var rows: [(person: Int, text: String)] = []
    for copy in 0..<10_000 {
      let person = copy % persons.count
      var values = persons[person].split(separator: ",").dropFirst().map(String.init)
      if random.next(100) < slips {
        let field = random.next(values.count)
        var bytes = Array(values[field].utf8)
        bytes[random.next(bytes.count)] = UInt8(0x30 + random.next(10))
        values[field] = String(decoding: bytes, as: UTF8.self)
      }
      if slips > 0, random.next(4) == 0 { values[1] = values[1].uppercased() }
      rows.append((person, "c\(copy)," + values.joined(separator: ",")))
    }
    let (_, resolution) = try ResolverTests.resolve(
      ResolverTests.header + rows.map(\.text).joined(separator: "\n"))
    #expect(resolution.clusterCount == 10)
    #expect(resolution.comparedPairs < 100_000)
    #expect(ResolverTests.scores(rows.map(\.person), resolution.clusterOfRecord) == (1, 1))
  }

  /// Of a crowd somebody else at the same address is no copy, nor are namesakes who share a town.
  @Test func whoDiffersInMoreThanASlipIsNoCopy() throws {
    let (people, _) = ResolverTests.people(800)
    let crowd = (0..<2_000).map { "c\($0),melusine,ravenscroft,1971-02-13,07700900555,12 Elm Road" }
    let others = [
      "o1,theodora,ravenscroft,1974-11-30,07700900557,12 Elm Road",
      "o2,barnaby,ravenscroft,1999-06-02,07700900556,12 Elm Road",
    ]
    let plain = people.map { $0 + ",\(10 + $0.count % 40) Oak Lane" }
    let (_, resolution) = try ResolverTests.resolve(
      "id,first_name,surname,dob,phone,address\n" + (plain + crowd + others).joined(separator: "\n"))
    let clusters = resolution.clusterOfRecord
    #expect(Set(clusters[plain.count..<plain.count + crowd.count]).count == 1)
    #expect(Set(clusters[(plain.count + crowd.count)...]).count == 2)
    #expect(!clusters[(plain.count + crowd.count)...].contains(clusters[plain.count]))
  }

  /// Two records with only a first name in common are no more one than two namesakes are.
  @Test func copiesThatSayLittleStayApart() throws {
    let (people, _) = ResolverTests.people(800)
    let given = people[0].split(separator: ",")[1]
    let bare = (0..<60).map { "b\($0),\(given),,," }
    let (_, resolution) = try ResolverTests.resolve(
      ResolverTests.header + (people + bare).joined(separator: "\n"))
    #expect(Set(resolution.clusterOfRecord[people.count...]).count == 60)
  }

  /// Copies count once: how common a name is does not depend on how often one record was written.
  @Test func copiesDoNotMakeTheirValuesCommon() throws {
    let (people, _) = ResolverTests.people(800)
    var rows = people
    for copy in 0..<500 {
      let fields = people[10].split(separator: ",", omittingEmptySubsequences: false)
      rows.append((["x\(copy)"] + fields.dropFirst()).joined(separator: ","))
    }
    let (_, plain) = try ResolverTests.resolve(ResolverTests.header + people.joined(separator: "\n"))
    let (_, copied) = try ResolverTests.resolve(ResolverTests.header + rows.joined(separator: "\n"))
    let agreeing = people.indices.filter { one in
      people.indices.allSatisfy { other in
        (plain.clusterOfRecord[one] == plain.clusterOfRecord[other])
          == (copied.clusterOfRecord[one] == copied.clusterOfRecord[other])
      }
    }
    #expect(agreeing.count >= people.count - 4)
  }

  @Test func theNumberOfThreadsChangesNothing() throws {
    let (rows, _) = ResolverTests.people(12_000, seed: 9)
    let folder = try ScratchFolder()
    var outputs: [Data] = []
    for threads in [1, 2, 3, 7] {
      var settings = ResolveSettings()
      settings.threads = threads
      let (table, resolution) = try ResolverTests.resolve(
        ResolverTests.header + rows.joined(separator: "\n"), settings)
      let writer = ResultWriter(table, resolution)
      let clusters = folder.url.appendingPathComponent("c\(threads).csv")
      let edges = folder.url.appendingPathComponent("e\(threads).csv")
      try writer.writeClusters(to: clusters.path)
      try writer.writeEdges(to: edges.path)
      outputs.append(try Data(contentsOf: clusters) + Data(contentsOf: edges))
    }
    for output in outputs { #expect(output == outputs[0]) }
  }

  @Test func oneValueInAColumnSaysNothing() throws {
    let (people, _) = ResolverTests.people(400)
    let plain = try ResolverTests.resolve(ResolverTests.header + people.joined(separator: "\n")).resolution
    let with = try ResolverTests.resolve(
      "id,first_name,surname,dob,phone,town\n" + people.map { $0 + ",Leeds" }.joined(separator: "\n")
    ).resolution
    #expect(plain.clusterOfRecord == with.clusterOfRecord)
  }

  @Test func manyColumnsAreCutToTheBest() throws {
    let (people, _) = ResolverTests.people(30)
    let width = 2_000
    let header = "id,first_name,surname,dob,phone," + (0..<width).map { "col\($0)" }.joined(separator: ",")
    let rows = people.enumerated().map { row, text in
      text + "," + (0..<width).map { "\((row * 31 + $0 * 7) % 11)" }.joined(separator: ",")
    }
    let (_, resolution) = try ResolverTests.resolve(header + "\n" + rows.joined(separator: "\n"))
    #expect(resolution.findings.count { $0.isCompared } <= 16)
    #expect(resolution.clusterOfRecord.count == people.count)
  }

  /// What names a person is compared, however many columns have more values.
  @Test func namesAreKeptAmongManyColumns() throws {
    let (people, truth) = ResolverTests.people(60, typo: 0)
    let width = 300
    let rows = zip(people, truth).map { text, person in
      text + "," + (0..<width).map { "\((person * 7919 + $0 * 104_729) % 100_003)" }.joined(separator: ",")
    }
    let header = ResolverTests.header.dropLast() + "," + (0..<width).map { "col\($0)" }.joined(separator: ",")
    let (_, resolution) = try ResolverTests.resolve(header + "\n" + rows.joined(separator: "\n"))
    let compared = Set(resolution.findings.filter(\.isCompared).map(\.name))
    #expect(compared.isSuperset(of: ["first_name", "surname", "dob", "phone"]))
    #expect(compared.count == 16)
    #expect(ResolverTests.scores(truth, resolution.clusterOfRecord) == (1, 1))
  }

  @Test func aFieldThatNeverEndsIsRefused() throws {
    let folder = try ScratchFolder()
    let file = try folder.write(
      "id,name\n1,\"" + String(repeating: "a", count: CSVTableReader.recordLimit + 10) + "\"\n",
      to: "long.csv")
    #expect {
      try TableLoading.read([file.path], idColumn: nil, ignoredColumns: [])
    } throws: { error in
      if case .recordTooLong = error as? TableError { true } else { false }
    }
  }
}
