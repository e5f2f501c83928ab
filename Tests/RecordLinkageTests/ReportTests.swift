import Foundation
import RecordLinkage
import TestSupport
import Testing

@Suite("Reports")
struct ReportTests {
  static func page(_ text: String, ignore: [String] = [], probability: Double? = nil) throws -> (
    page: String, resolution: Resolution
  ) {
    let folder = try ScratchFolder()
    let file = try folder.write(text, to: "people.csv")
    var table = try TableLoading.read([file.path], idColumn: nil, ignoredColumns: ignore)
    var settings = ResolveSettings()
    settings.explains = true
    settings.probability = probability
    let resolution = try Resolver(settings).resolve(&table)
    return (HTMLReport.page(table, resolution).replacing(folder.url.path + "/", with: ""), resolution)
  }

  private static let small: String = {
    let (rows, _) = ResolverTests.people(40, seed: 11)
    return "id,first_name,surname,dob,phone,note\n"
      + rows.map { $0 + ",\"<b>\u{202E}a & b\"" }
      .joined(separator: "\n") + "\nlast,ka"
  }()

  /// The page of a small table, whole. `COGNATE_RECORD=1` writes it anew; look at it in a browser then.
  @Test func thePageOfASmallTable() throws {
    let page = try Self.page(Self.small).page
    let expected = try GoldenFile.expected("report.html", for: page, beside: #filePath)
    #expect(page == expected, "report.html differs")
  }

  @Test func aPageIsRepeatable() throws {
    #expect(try Self.page(Self.small).page == Self.page(Self.small).page)
  }

  /// The steps of every pair shown add up to its weight.
  @Test(arguments: [true, false])
  func explanationsAddUp(withHandles: Bool) throws {
    let (rows, _) = ResolverTests.people(1_200)
    var text = ResolverTests.header + rows.joined(separator: "\n")
    if withHandles {
      text = "id,first_name,surname,dob,phone,username,email\n"
      text += rows.map { row in
        let part = row.split(separator: ",")
        return "\(row),\(part[1])\(part[2].prefix(3)),\(part[1]).\(part[2])@example.org"
      }.joined(separator: "\n")
    }
    let resolution = try Self.page(text).resolution
    let examples = try #require(resolution.examples)
    let pairs = examples.nearThreshold + examples.strongest + examples.weakestJoined
    #expect(pairs.count >= 6)
    for pair in pairs {
      let sum = pair.steps.reduce(0) { $0 + $1.log10LR }
      #expect(abs(sum - pair.log10LR) < 0.01, "\(pair)")
      // At most one step, for the way in which the pair was found, has no comparison.
      #expect(pair.steps.filter(\.comparisons.isEmpty).count <= 1)
      let together = resolution.clusterOfRecord[pair.left] == resolution.clusterOfRecord[pair.right]
      #expect(pair.isJoined == together)
      #expect(pair.left < pair.right)
    }
    #expect(examples.strongest.map(\.log10LR) == examples.strongest.map(\.log10LR).sorted(by: >))
    #expect(examples.weakestJoined.allSatisfy { $0.isJoined })
  }

  /// Values come as they were written, to the side of the record that has them.
  @Test func explanationsShowTheRightValues() throws {
    let (rows, _) = ResolverTests.people(300)
    let shown = rows.map { $0.split(separator: ",").map(String.init) }
    let examples = try #require(
      try Self.page("id,First Name,Surname,dob,phone\n" + rows.joined(separator: "\n")).resolution.examples)
    for pair in examples.strongest + examples.nearThreshold {
      for comparison in pair.steps.flatMap(\.comparisons) {
        guard let column = ["First Name", "Surname", "dob", "phone"].firstIndex(of: comparison.field) else {
          continue
        }
        #expect(comparison.left == [shown[pair.left][column + 1]])
        #expect(comparison.right == [shown[pair.right][column + 1]])
      }
    }
    let cluster = try #require(examples.largest.first)
    #expect(cluster.columns == ["First Name", "Surname", "dob", "phone"])
    for (record, values) in zip(cluster.records, cluster.values) {
      #expect(values == Array(shown[record].dropFirst()))
    }
  }

  /// A name that one record has in its columns and the other in its handle alone was weighed, and is not said to say
  /// nothing.
  @Test func whatWasWeighedIsNotSilent() throws {
    let (rows, _) = ResolverTests.people(1_200)
    let text =
      "id,first_name,surname,dob,phone,username\n"
      + rows.enumerated().map { number, row in
        var parts = row.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        let handle = "\(parts[1])\(parts[2])\(number % 7)"
        if number % 3 == 0 { (parts[1], parts[2]) = ("", "") }
        return (parts + [number % 3 == 1 ? "" : handle]).joined(separator: ",")
      }.joined(separator: "\n")
    let examples = try #require(try Self.page(text).resolution.examples)
    let pairs = examples.nearThreshold + examples.strongest + examples.weakestJoined
    #expect(pairs.contains { $0.steps.contains { $0.comparisons.contains { $0.field.contains("handle") } } })
    for pair in pairs {
      let weighed = pair.steps.flatMap(\.comparisons)
      for item in pair.silent {
        #expect(Set(item.left).isDisjoint(with: weighed.flatMap(\.left)), "\(pair)")
        #expect(Set(item.right).isDisjoint(with: weighed.flatMap(\.right)), "\(pair)")
      }
    }
  }

  /// The threshold has the digits by which pairs beside it are told apart; columns that a table of members leaves out are
  /// named; a title is no markup.
  @Test func whatIsRoundedOrLeftOutIsSaid() throws {
    let (rows, _) = ResolverTests.people(300)
    let text =
      "id,first_name,surname,dob,phone,c5,c6,c7,c8\n"
      + rows.map { row in
        let parts = row.split(separator: ",").map(String.init)
        return row + (5...8).map { ",\(parts[1])\(parts[2])\($0)@example.org" }.joined()
      }.joined(separator: "\n")
    let (page, resolution) = try Self.page(text, probability: 0.8854)
    #expect(page.contains("joined from a probability of 0.885 on") && !page.contains("0.89 on"))
    // What is estimated is not certain. What the model states stands before what decoys leave.
    #expect(!page.contains(#/<td class="n">1\.0+<\/td><td class="n">[^<]*<\/td><\/tr>/#))
    let cluster = try #require(resolution.examples?.largest.first)
    let hidden = resolution.findings.filter { $0.isCompared && !cluster.columns.contains($0.name) }
    #expect(page.contains("Compared and not shown here: ") == !hidden.isEmpty)
    #expect(!hidden.isEmpty, "nothing is left out: \(cluster.columns)")
    #expect(!page.contains("<title>Record linkage: <"))
  }

  /// However much speaks for a pair, it is not called certain.
  @Test func noPairIsCertain() throws {
    let (rows, _) = ResolverTests.people(1_200)
    let (table, resolution) = try ResolverTests.resolve(ResolverTests.header + rows.joined(separator: "\n"))
    let folder = try ScratchFolder()
    let path = folder.url.appendingPathComponent("edges.csv").path
    try ResultWriter(table, resolution).writeEdges(to: path)
    let text = try String(contentsOfFile: path, encoding: .utf8)
    #expect(resolution.pairs.contains { resolution.probability($0) > 0.9999996 })
    #expect(text.contains(",0.999999\n") && !text.contains(",1.000000\n"))
  }

  @Test func clustersAndBridges() throws {
    let (rows, _) = ResolverTests.people(400)
    let resolution = try Self.page(ResolverTests.header + rows.joined(separator: "\n")).resolution
    let examples = try #require(resolution.examples)
    let sizes = resolution.clusterSizes
    #expect(examples.largest.first?.size == sizes.max())
    for cluster in examples.largest {
      #expect(cluster.size == sizes[cluster.number])
      #expect(cluster.records.allSatisfy { resolution.clusterOfRecord[$0] == UInt32(cluster.number) })
      #expect(cluster.strongPairs <= cluster.size * (cluster.size - 1) / 2)
    }
    for bridge in examples.bridges {
      #expect(resolution.clusterOfRecord[bridge.left] == UInt32(bridge.cluster))
      #expect(resolution.clusterOfRecord[bridge.right] == UInt32(bridge.cluster))
      #expect(bridge.sides.reduce(0, +) == sizes[bridge.cluster])
      #expect(bridge.sides.count == 2)
    }
    #expect(examples.bridges.map(\.evidence) == examples.bridges.map(\.evidence).sorted())
    #expect(examples.bridges.allSatisfy { $0.evidence <= $0.log10LR + 0.001 })
    for link in examples.held {
      #expect(resolution.clusterOfRecord[link.left] != resolution.clusterOfRecord[link.right])
    }
  }

  /// Copies of a record are held once by the engine, and are as many records all the same.
  @Test func copiesAreCounted() throws {
    let (rows, _) = ResolverTests.people(300)
    var text = ResolverTests.header
    var number = 0
    for (place, row) in rows.enumerated() {
      for _ in 0..<(place % 7 == 0 ? 4 : 1) {
        text += "n\(number),\(row.split(separator: ",").dropFirst().joined(separator: ","))\n"
        number += 1
      }
    }
    let resolution = try Self.page(text).resolution
    let examples = try #require(resolution.examples)
    let sizes = resolution.clusterSizes
    #expect(sizes.reduce(0, +) == number)
    #expect(examples.largest.first?.size == sizes.max())
    for cluster in examples.largest {
      #expect(cluster.size == sizes[cluster.number])
      #expect(cluster.strongPairs <= cluster.size * (cluster.size - 1) / 2)
      #expect(cluster.records.allSatisfy { resolution.clusterOfRecord[$0] == UInt32(cluster.number) })
    }
    for bridge in examples.bridges { #expect(bridge.sides.reduce(0, +) == sizes[bridge.cluster]) }
  }

  /// Values, ids, names of columns and of files that would like to be more than text.
  @Test func hostileTables() throws {
    let texts = [
      "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "'\"><svg/onload=alert(1)>",
      "</title></style><plaintext>", "<base href=//x>", "<meta http-equiv=refresh content=0>", "<!--",
      "a\u{202E}b", "x\u{0}y", "\u{1B}[31m", "z" + String(repeating: "\u{301}", count: 20_000),
      String(repeating: "w", count: 50_000),
    ]
    let (rows, _) = ResolverTests.people(200)
    var text =
      "\"id\",\"<script>first_name\u{202E}\",surname,dob,\"phone\u{0}<b>\",\"\u{202E}<img onerror=x>\"\n"
    for (number, row) in rows.enumerated() {
      let value = texts[number / 2 % texts.count].replacing("\"", with: "\"\"")
      let parts = row.split(separator: ",")
      text += "\"<i>\(number)\u{202E}\",\"\(value)\",\(parts[2]),\(parts[3]),\(parts[4]),\"\(value)\"\n"
    }
    let page = try Self.page(text).page
    let body = try #require(page.range(of: "<body>").map { page[$0.upperBound...] })
    for part in body.split(separator: "<").dropFirst() where !part.hasPrefix("!doctype") {
      let name = part.drop { $0 == "/" }.prefix { $0.isLetter || $0.isNumber }
      #expect(
        [
          "header", "h1", "h2", "h3", "p", "dl", "div", "dt", "dd", "nav", "a", "section", "table", "thead",
          "tbody", "tfoot", "tr", "th", "td", "b", "i", "bdi", "br", "mark", "span", "svg", "rect", "line",
          "title",
          "text", "code", "main", "footer", "body", "html",
        ].contains(name), "\(part.prefix(80))")
      let tag = part.prefix { $0 != ">" }
      // What stands in quotes is a value, and escaped.
      let outside = tag.replacing(/"[^"]*"/, with: "")
      #expect(!outside.contains(" on") && !outside.contains("src="))
      if let target = tag.firstMatch(of: /href="([^"]*)"/) { #expect(target.1.hasPrefix("#")) }
    }
    #expect(
      page.unicodeScalars.allSatisfy {
        $0 == "\n" || ![.control, .format].contains($0.properties.generalCategory)
      })
    #expect(!page.contains("http://") && !page.contains("https://"))
    #expect(page.utf8.count < 2_000_000)
  }

  @Test func tablesWithoutMatchesHaveAPage() throws {
    let one = try Self.page("id,name,email\n1,Ada Ray,a@example.org\n2,Bo Lin,b@example.org\n")
    #expect(one.page.contains("None of the 2 records"))
    #expect(one.page.hasSuffix("</body></html>\n"))
  }

  @Test func withoutExamplesAPageHasNoValues() throws {
    let (rows, _) = ResolverTests.people(100)
    let (table, resolution) = try ResolverTests.resolve(ResolverTests.header + rows.joined(separator: "\n"))
    #expect(resolution.examples == nil)
    let page = HTMLReport.page(table, resolution)
    #expect(!page.contains("Single pairs") && page.contains("What agreement weighs"))
  }
}
