import Foundation
import Reports
import TestSupport
import Testing

@Suite("Exports")
struct ExportTests {
  static func text(_ format: CaseExportFormat, _ content: some CaseContent = InventedCase()) throws -> (
    text: String, seal: ExportFile.Seal
  ) {
    let folder = try ScratchFolder()
    let place = folder.url.appendingPathComponent("out")
    let file = try ExportFile(place.path)
    try format.write(content, to: file)
    let seal = try file.seal()
    #expect(!FileManager.default.fileExists(atPath: place.path), "the file has a name before it is whole")
    try file.publish()
    return (String(decoding: try Data(contentsOf: place), as: UTF8.self), seal)
  }

  /// The whole of a small export in each format; `COGNATE_RECORD=1` writes them anew.
  @Test(arguments: CaseExportFormat.allCases)
  func golden(format: CaseExportFormat) throws {
    let text = try Self.text(format).text
    let expected = try GoldenFile.expected("export.\(format.rawValue)", for: text, beside: #filePath)
    #expect(text == expected, "export.\(format.rawValue) differs")
    #expect(try Self.text(format).text == text)
  }

  @Test(arguments: CaseExportFormat.allCases)
  func everyExportIsMarked(format: CaseExportFormat) throws {
    let text = try Self.text(format).text
    for part in ["export 3", "dc.one", "ds.two", "2026-11-28T09:00:00", "INVESTIGATIVE LEAD"] {
      #expect(text.contains(part), "\(format): no \(part)")
    }
    #expect(text.contains("R/1 <&>") || text.contains("R/1 &lt;&amp;&gt;"))
    #expect(text.contains("the two accounts have the same controller"))
    #expect(text.contains("the two accounts have different controllers"))
  }

  /// Nothing that a terminal, a spreadsheet or a reader's eye would be misled by stands in a file as it is.
  @Test(arguments: CaseExportFormat.allCases)
  func nothingHiddenIsWrittenRaw(format: CaseExportFormat) throws {
    let text = try Self.text(format).text
    for scalar in text.unicodeScalars {
      #expect(scalar == "\n" || scalar == "\r" || scalar.value >= 0x20, "\(format): \(scalar.value)")
      #expect(![0x202E, 0x2067, 0xFFFE, 0x7F].contains(scalar.value), "\(format): \(scalar.value)")
    }
  }

  /// The ratio is never put where a reader expects a confidence between 0 and 100, and no person is an object.
  @Test(arguments: CaseExportFormat.allCases)
  func noConfidenceAndNoIdentity(format: CaseExportFormat) throws {
    let text = try Self.text(format).text
    for word in ["confidence", "\"identity\"", "uco/identity", "Person\"", "LegalEntity"] {
      #expect(!text.contains(word), "\(format): \(word)")
    }
  }

  @Test func theSealIsTheHashOfTheFile() throws {
    let (text, seal) = try Self.text(.csv)
    #expect(seal.bytes == text.utf8.count)
    #expect(seal.sha256.count == 64)
    // Known answer: SHA-256 of nothing.
    let folder = try ScratchFolder()
    let empty = try ExportFile(folder.url.appendingPathComponent("e").path)
    #expect(
      try empty.seal().sha256 == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
  }

  // MARK: - Formats

  @Test(arguments: [CaseExportFormat.graphml, .gexf])
  func graphsAreWellFormedAndKeepTheValues(format: CaseExportFormat) throws {
    let text = try Self.text(format).text
    let document = try XMLWalk(text)
    #expect(
      document.values.contains("left \u{202E}gnikat ]]> 'x'")
        || document.values.contains { $0.contains("left \u{202E}gnikat ]]> 'x'") })
    #expect(document.values.contains("bell\\u{7}\\u{0}\\u{FFFE}\\u{1B}[2J\nsecond, line"))
    #expect(document.values.contains("=1+1 \u{2067}seen</reason>"))
    // Every edge names two nodes that are there; none joins the protected account to an account or identifier.
    let nodes = Set(document.nodes)
    #expect(nodes.count == document.nodes.count)
    for (from, to) in document.edges {
      #expect(nodes.contains(from) && nodes.contains(to))
      if from == "A4" || to == "A4" { #expect([from, to].contains("S1"), "\(from) \(to)") }
    }
    #expect(document.edges.count == 6 + 8 + 3 + 2 + 2)
  }

  /// Spreadsheets keep 15 digits of a number and no zeros before it, and take much for a date.
  @Test func numbersThatASpreadsheetWouldChangeAreText() throws {
    let values = [
      "1992026196669369004", "1234567890123456", "07700900123", "12e5", "3E10", "1.5e-3", "3-4", "10/12/1990",
      "10:30",
      " 007", "may1", "June95", "1-dec", "12 Sep 2020", "TRUE", "1.2.1990",
    ]
    let plain = [
      "5643288315", "123456789012345", "0", "0.5", "192.0.2.7", "2001:db8::1", "2026-11-28",
      "2026-11-28T09:00:00Z",
      "mayor1", "A1", "grim.reefer", "12e5x", "1e1e1e", "", "march", "3.0000", "e5",
    ]
    var content = InventedCase()
    content.identifierList = (values + plain).map {
      ExportedIdentifier(id: "I1", kind: "handle", platform: "x", value: $0)
    }
    let rows = try Self.text(.csv, content).text.components(separatedBy: "\r\n")
      .map(CSVLine.fields).filter { $0[0] == "identifier" }
    #expect(rows.map { $0[5] } == values.map { "'" + $0 } + plain)
  }

  /// Readers of FollowTheMoney leave out a user name in which nothing can be seen; it stands in the context.
  @Test func namesOfHiddenCharactersAreInTheContextAlone() throws {
    var content = InventedCase()
    content.accountList[4] = ExportedAccount(
      id: "A5", platform: "snapchat", kind: "handle", name: "\u{202E}\u{2067}", records: 2, cluster: nil)
    let line = try #require(
      try Self.text(.ftm, content).text.components(separatedBy: "\n").first { $0.contains("\"id\":\"A5\"") })
    #expect(!line.contains("\"username\"") && line.contains("\"value\":\"\\u202e\\u2067\""), "\(line)")
  }

  /// An address that STIX's schema refuses would take the whole bundle with it; it stays with its account.
  @Test func addressesThatTheSchemaRefusesAreNoObjects() throws {
    var content = InventedCase()
    let refused = [
      "jürgen@example.de", "o'neill@x.co.uk", "a@b", "a b@example.org", "@example.org", "a@example.",
    ]
    content.identifierList = (refused + ["first.last+tag_1-x@mail.example.org"]).enumerated().map {
      ExportedIdentifier(id: "I\($0.offset + 1)", kind: "email", platform: "", value: $0.element)
    }
    content.holdingList = content.identifierList.map {
      ExportedHolding(account: "A1", identifier: $0.id, label: "", assertion: "user", sightings: 1)
    }
    let text = try Self.text(.stix, content).text
    #expect(text.components(separatedBy: "\"type\":\"email-addr\"").count == 2)
    for value in refused + ["first.last+tag_1-x@mail.example.org"] {
      #expect(text.contains(value), "\(value)")
    }
    let ids = try #require(text.matches(of: #/"id":"(email-addr--[^"]*)"/#).map(\.1).first)
    for reference in text.matches(of: #/"(?:source|target)_ref":"(email-addr--[^"]*)"/#) {
      #expect(reference.1 == ids)
    }
  }

  /// Browsers take links that are no URI, and one of them had the whole bundle refused.
  @Test func linksThatAreNoURIAreNoObjects() throws {
    var content = InventedCase()
    let refused = [
      "https://a.example/?q=a|b", "https://a.example/?tags[]=1", "https://a.example/100%",
      "https://a.example/%4", "https://a.example/\\b", "https://a.example/{x}", "https://a.example:port/",
      "at://did:plc:abc/x",
    ]
    let taken = [
      "https://a.example", "https://a.example:8443/b_c/~d?e=f%2F&g='h'", "http://a.example?q=a:b@c/d",
    ]
    content.identifierList = (refused + taken).enumerated().map {
      ExportedIdentifier(id: "I\($0.offset + 1)", kind: "url", platform: "", value: $0.element)
    }
    content.holdingList = content.identifierList.map {
      ExportedHolding(account: "A1", identifier: $0.id, label: "", assertion: "user", sightings: 1)
    }
    let text = try Self.text(.stix, content).text
    let lines = text.components(separatedBy: "\n").filter { $0.contains("\"type\":\"url\"") }
    #expect(lines.count == taken.count)
    for value in taken { #expect(lines.contains { $0.contains("\"value\":\"\(value)\"") }, "\(value)") }
    #expect(text.contains("tags[]=1") && text.contains("100%"))
    #expect(text.matches(of: #/"target_ref":"url--/#).count == taken.count)
  }

  @Test func rowsOfTheTableAreGuarded() throws {
    let text = try Self.text(.csv).text
    let rows = text.components(separatedBy: "\r\n").dropLast()
    for row in rows.dropFirst() {
      let fields = CSVLine.fields(row)
      #expect(fields.count == 16, "\(row)")
      #expect(fields[15] == "investigative lead; R/1 <&>; export 3")
      for (place, field) in fields.enumerated() where place != 9 {
        #expect(!["=", "+", "-", "@", "\t", "\r"].contains(field.first ?? "a"), "\(field)")
      }
    }
    #expect(text.contains("\"'=HYPERLINK") || text.contains("shows =HYPERLINK"))
    #expect(rows.contains { CSVLine.fields($0)[5] == "'+447700900123" })
    #expect(
      rows.contains {
        CSVLine.fields($0).prefix(3) == ["pair", "A1", "A3"] && CSVLine.fields($0)[9] == "-1.5000"
      })
    // The protected account is in no pair, no cluster; what was held for it is there.
    for row in rows {
      let fields = CSVLine.fields(row)
      if fields[1] == "A4" || fields[2] == "A4" {
        #expect(["account", "mention", "judgement", "held"].contains(fields[0]))
        #expect(fields[6].isEmpty)
      }
    }
  }

  @Test(arguments: [CaseExportFormat.case, .prov, .stix])
  func documentsAreJSON(format: CaseExportFormat) throws {
    let text = try Self.text(format).text
    let json = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    let list = try #require((json?["@graph"] ?? json?["objects"]) as? [[String: Any]])
    let ids = list.compactMap { ($0["@id"] ?? $0["id"]) as? String }
    #expect(ids.count == list.count && Set(ids).count == ids.count)
  }

  @Test func linesOfFollowTheMoneyAreJSON() throws {
    let lines = try Self.text(.ftm).text.split(separator: "\n")
    let entities = try lines.map {
      try #require(JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
    let similar = entities.filter { $0["schema"] as? String == "Similar" }
    #expect(similar.count == 3)
    let weights = similar.compactMap { ($0["cognate"] as? [String: Any])?["log10_lr"] as? Double }
    #expect(weights == [4.25, -1.5, 0.1])
    let accounts = entities.filter { $0["schema"] as? String == "UserAccount" }
    #expect(accounts.count == 5)
    let names = accounts.compactMap { ($0["cognate"] as? [String: Any])?["value"] as? String }
    #expect(names.contains("bell\u{7}\u{0}\u{FFFE}\u{1B}[2J\nsecond, line"))
  }

  @Test func readingsNameBothPropositions() {
    #expect(
      Propositions.reading("-1.5000", isNegative: true, support: "moderate support")
        == "log10 LR -1.5000: moderate support for the proposition that the two accounts have different controllers, against the one that the two accounts have the same controller."
    )
    let none = Propositions.reading("0.1000", isNegative: false, support: "no meaningful support")
    #expect(none.contains(Propositions.same) && none.contains(Propositions.different))
  }
}

/// The fields of a line of RFC 4180.
enum CSVLine {
  static func fields(_ line: String) -> [String] {
    var fields = [""]
    var isQuoted = false
    var scalars = Array(line.unicodeScalars)[...]
    while let scalar = scalars.popFirst() {
      if isQuoted {
        if scalar != "\"" {
          fields[fields.count - 1].unicodeScalars.append(scalar)
        } else if scalars.first == "\"" {
          fields[fields.count - 1].unicodeScalars.append(scalar)
          scalars.removeFirst()
        } else {
          isQuoted = false
        }
      } else if scalar == "\"" {
        isQuoted = true
      } else if scalar == "," {
        fields.append("")
      } else {
        fields[fields.count - 1].unicodeScalars.append(scalar)
      }
    }
    return fields
  }
}
