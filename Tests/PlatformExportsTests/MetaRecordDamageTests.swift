import AccountModel
import Foundation
import PlatformExports
import TestSupport
import Testing

/// Returns that are cut off, hostile or in another order.
extension MetaRecordTests {
  /// Sections and fields that are left open, thousands deep, give what balanced ones give.
  @Test(arguments: [Markup.Generation.nested, .styled, .minified])
  func unbalanced(_ generation: Markup.Generation) throws {
    var markup = Markup(generation: generation)
    let balanced = try read(markup.page(Self.instagram))
    markup.leavesOpen = true
    let open = try read(markup.page(Self.instagram))
    #expect(open.records.map(\.text) == balanced.records.map(\.text))
    #expect(open.identifiers.map(\.value) == balanced.identifiers.map(\.value))
    let rows = (0..<3000).flatMap { number -> [Markup.Item] in
      [
        .field("IP Address", "192.0.2.\(number % 250):\(1000 + number)"),
        .field(
          "Time",
          "2024-01-02 10:\(String(100 + number / 60).dropFirst()):\(String(100 + number % 60).dropFirst()) UTC"
        ),
      ]
    }
    let deep = try read(markup.page([("request_parameters", Markup.parameters), ("ip_addresses", rows)]))
    #expect(deep.tally("login") == [3000, 3000, 0])
  }

  /// A message that reads as a label, a page header or a tag is a message.
  @Test(arguments: [Markup.Generation.table, .nested, .styled, .minified])
  func hostileWords(_ generation: Markup.Generation) throws {
    let words = [
      "Author", "Sent", "Meta Platforms Business Record Page 3",
      "&lt;div class=\"t i\"&gt;Author&lt;div class=\"m\"&gt;x",
      "No responsive records located",
      "<img alt=\"<div class='t i'>Author<div class='m'>eve (instagram: 999)\" src=\"a\">seen",
      "a <3 b", "&amp;lt;", "nul &#0; &#xD800; &unknown; &amp", "x (instagram: 999)",
    ]
    let items = words.enumerated().flatMap { number, text -> [Markup.Item] in
      [
        .field("Author", "eve (instagram: 999) (instagram: 17840002)"),
        .field("Sent", "2024-01-02 10:00:0\(number) UTC"), .field("Body", text),
      ]
    }
    let unit = try read(
      Markup(generation: generation).page([
        ("request_parameters", Markup.parameters), ("unified_messages", [.field("Thread", "(77)")] + items),
      ]))
    #expect(
      unit.records(.message).map(\.text) == [
        "Author", "Sent", "Meta Platforms Business Record Page 3",
        "<div class=\"t i\">Author<div class=\"m\">x",
        "", "seen", "a <3 b", "&lt;", "nul \u{FFFD} \u{FFFD} &unknown; &amp",
        "x (instagram: 999)",
      ])
    // The last number in brackets is the platform's.
    #expect(Set(unit.records(.message).map(\.account)) == ["instagram platform-id 17840002"])
    #expect(unit.tally("message") == [10, 10, 0])
  }

  /// Sections in the opposite order, with the parameters last, give the same records of the same accounts.
  @Test func orderOfSections() throws {
    for sections in [Self.instagram, Markup.whatsApp] {
      let markup = Markup(generation: .minified)
      let forward = try read(markup.page(sections))
      let backward = try read(markup.page(sections.reversed()))
      func all(_ unit: ReadOutcome.Unit) -> Set<String> {
        Set(
          unit.records.map {
            "\($0.recordClass) \($0.account) \($0.other) \($0.channel) \($0.time) \($0.text)"
          }
            + unit.identifiers.filter { $0.label != "registration" }.map {
              "\($0.account) \($0.kind) \($0.label) \($0.value) \($0.assertion) \($0.time)"
            })
      }
      #expect(all(forward) == all(backward))
      #expect(backward.identifiers.allSatisfy { $0.account != "owner?" })
    }
  }

  @Test(arguments: Markup.Generation.allCases)
  func truncation(_ generation: Markup.Generation) throws {
    let isInstagram = generation == .table || generation == .minified
    let page = Markup(generation: generation).page(isInstagram ? Self.instagram : Markup.whatsApp)
    try expectPrefixes(of: Array(page.utf8), named: "records.html")
  }

  @Test func textThatIsNoUTF8() throws {
    let markup = Markup(generation: .minified)
    let page = markup.page([("request_parameters", Markup.parameters), ("bio", [.field("Bio", "caf~ 5~")])])
    let bytes = Array(page.utf8).map { $0 == UInt8(ascii: "~") ? 0xE9 : $0 }
    let unit = try #require(try ReadOutcome.reading(bytes, named: "records.html").units.first)
    #expect(unit.records(.profile).last?.text == "café 5é")
    let mended = unit.setAside.first { $0.reason.code == "invalid-utf8" }
    #expect(mended?.reason.explanation.contains("read as CP1252") == true)
  }

  /// Values beyond the limit are set aside, and text of over 10 MB comes out whole.
  @Test func largeValues() throws {
    let markup = Markup(generation: .minified)
    let long = String(repeating: "a ", count: 6 << 20)
    let sections: [(id: String, items: [Markup.Item])] = [
      ("request_parameters", Markup.parameters),
      (
        "unified_messages",
        [
          .field("Thread", "(77)"), .field("Author", "ann (instagram: 17840002)"),
          .field("Sent", "2024-01-02 10:00:00 UTC"), .field("Body", long),
        ]
      ),
    ]
    let unit = try read(markup.page(sections))
    #expect(unit.records(.message).map(\.text.utf8.count) == [(12 << 20) - 1])
    var options = ReaderOptions()
    options.limits.recordBytes = 1 << 20
    let cut = try read(markup.page(sections), options: options)
    #expect(cut.records(.message).isEmpty && cut.tally("message") == [1, 0, 1])
    #expect(cut.setAside.contains { $0.reason == .tooLarge })
  }

  @Test func recognition() throws {
    #expect(
      try ReadOutcome.reading("<html><title>My Business Record</title></html>", named: "a.html").units.count
        <= 1)
    #expect(try ReadOutcome.reading("<html><body>hello</body></html>", named: "records.html").units.isEmpty)
    #expect(
      try ReadOutcome.reading("<html><body>Our Business Records policy</body></html>", named: "a.html").units
        .isEmpty)
    let outcome = try ReadOutcome.reading(
      Markup(generation: .minified).page(Self.instagram), named: "whatever.htm")
    #expect(outcome.units.map(\.format) == ["meta-record"])
    #expect(ExportRegistry.formats.contains { $0.id == "meta-record" })
    #expect(MetaRecordReader.holdsCommunicationsData)
  }

  /// Where the first login lacks its first label, no address may get its neighbour's time.
  /// Returns write a title above the logins.
  @Test(arguments: [false, true])
  func loginsInAnotherOrder(isTitled: Bool) throws {
    func logins(_ service: String, _ target: String, _ labels: [String]) throws -> ReadOutcome.Unit {
      var count = (ip: 0, time: 0)
      let fields = labels.map { label -> Markup.Item in
        switch label {
        case "IP Address":
          count.ip += 1
          return .field(label, "203.0.113.\(count.ip)")
        case "Time":
          count.time += 1
          return .field(label, "2026-01-0\(count.time) 09:00:00 UTC")
        default: return .field(label, "Login")
        }
      }
      return try read(
        Markup(generation: .minified).page([
          ("request_parameters", [.field("Service", service), .field("Target", target)]),
          ("ip_addresses", isTitled ? [.group("Ip Addresses", fields)] : fields),
        ]))
    }
    func pairs(_ unit: ReadOutcome.Unit) -> [String] {
      unit.identifiers.filter { $0.kind == .ip }.map { "\($0.value) \($0.time.microseconds / 1_000_000)" }
    }
    let day = 86_400
    let first = 1_767_258_000
    let rest = ["IP Address", "Time", "Action"]
    // The action tells that the first address is missing, not each last one.
    let missing = try logins("Instagram", "17840001", ["Time", "Action"] + rest + rest)
    #expect(
      pairs(missing) == ["203.0.113.1 \(first + day)", "203.0.113.2 \(first + 2 * day)"])
    #expect(missing.count("login")?.setAside == 1)
    #expect(missing.reconciliation.allSatisfy { $0.agrees }, "\(missing.reconciliation)")
    // All are whole in the other platform's order.
    let turned = try logins("Instagram", "17840001", ["Time", "IP Address", "Time", "IP Address"])
    #expect(pairs(turned) == ["203.0.113.1 \(first)", "203.0.113.2 \(first + day)"])
    let reverse = try logins("WhatsApp", "+447700900123", rest + rest)
    #expect(pairs(reverse) == ["203.0.113.1 \(first)", "203.0.113.2 \(first + day)"])
    // Nothing tells: none is taken.
    let open = try logins(
      "WhatsApp", "+447700900123", ["IP Address", "Time", "IP Address", "Time", "IP Address"])
    #expect(pairs(open).isEmpty && open.count("login")?.setAside == 3)
    #expect(open.setAside.contains { $0.reason.code == "unordered-login" && $0.reason.isFault })
  }
}
