import RecordLinkage
import TestSupport
import Testing

/// The same records with their columns in another order are the same clusters, by the same weights.
@Suite("The order of columns")
struct ColumnOrderTests {
  struct Pair: Hashable {
    let left: UInt32
    let right: UInt32
    let log10LR: Float
  }

  private static func permuted(_ lines: [String], _ random: inout Numbers) -> [String] {
    let width = lines[0].split(separator: ",", omittingEmptySubsequences: false).count
    var order = Array(0..<width)
    for place in stride(from: width - 1, to: 0, by: -1) { order.swapAt(place, random.next(place + 1)) }
    return lines.map { line in
      let fields = line.split(separator: ",", omittingEmptySubsequences: false)
      return order.map { fields[$0] }.joined(separator: ",")
    }
  }

  private func expectOneResult(_ lines: [String], seed: UInt64) throws {
    var settings = ResolveSettings()
    settings.explains = true
    func run(_ lines: [String]) throws -> (Resolution, Set<Pair>) {
      let resolution = try ResolverTests.resolve(lines.joined(separator: "\n"), settings).resolution
      let pairs = resolution.pairs.map { Pair(left: $0.left, right: $0.right, log10LR: $0.log10LR) }
      return (resolution, Set(pairs))
    }
    let (first, pairs) = try run(lines)
    #expect(first.clusterCount < lines.count - 1)
    var random = Numbers(seed: seed)
    for _ in 0..<3 {
      let lines = Self.permuted(lines, &random)
      let (other, otherPairs) = try run(lines)
      #expect(other.clusterOfRecord == first.clusterOfRecord, "\(lines[0])")
      #expect(otherPairs == pairs, "\(lines[0])")
      #expect(other.probabilityToMerge == first.probabilityToMerge)
      // What is said of the columns stays in the order of the table.
      let named = lines[0].split(separator: ",").filter { $0 != "id" }.map(String.init)
      #expect(other.findings.map(\.name) == named)
      #expect(
        Dictionary(uniqueKeysWithValues: other.findings.map { ($0.name, $0) })
          == Dictionary(uniqueKeysWithValues: first.findings.map { ($0.name, $0) }))
    }
  }

  @Test func ofPeople() throws {
    let (rows, _) = ResolverTests.people(700, typo: 20)
    try expectOneResult([ResolverTests.header.trimmedLine] + rows, seed: 1)
  }

  /// Households, telephone numbers and addresses, and values that are missing.
  @Test func ofHouseholds() throws {
    let (rows, _) = Households.rows(250, seed: 8, hasContacts: true)
    try expectOneResult([Households.contactHeader.trimmedLine] + rows, seed: 2)
  }

  /// Two columns of nearly every kind, one of them fuller or as full; which is the main one does not hang on its place.
  @Test func ofSeveralColumnsOfAKind() throws {
    let (rows, _) = Households.rows(200, seed: 9, hasContacts: true)
    var random = Numbers(seed: 4)
    let header = Households.contactHeader.trimmedLine + ",maiden_surname,first_name_2,phone2,email2,handle"
    let lines = rows.map { row in
      let fields = row.split(separator: ",", omittingEmptySubsequences: false)
      func some(_ field: Int, _ percent: Int) -> Substring { random.next(100) < percent ? fields[field] : "" }
      let handle = fields[9].split(separator: "@").first ?? ""
      return row + ",\(some(2, 40)),\(some(1, 100)),\(some(8, 50)),\(some(9, 30)),\(handle)"
    }
    try expectOneResult([header] + lines, seed: 3)
  }

  /// Names, handles and e-mail addresses with nothing beside them.
  @Test func ofIdentitiesAlone() throws {
    let (rows, _) = Households.rows(200, seed: 10, hasContacts: true)
    let lines = rows.map { row in
      let fields = row.split(separator: ",", omittingEmptySubsequences: false)
      return
        "\(fields[0]),\(fields[1]) \(fields[2]),\(fields[9]),\(fields[9].split(separator: "@").first ?? "")"
    }
    try expectOneResult(["id,name,email,user_name"] + lines, seed: 5)
  }
}

extension StringProtocol {
  fileprivate var trimmedLine: String { String(prefix { $0 != "\n" }) }
}
