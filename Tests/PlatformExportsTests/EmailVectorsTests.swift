import AccountModel
import Foundation
import PlatformExports
import TestSupport
import Testing

/// The header vectors of stalwart's mail-parser. Where an expectation is wrong or reads more into damage than
/// is there, the case is named here with the reason.
@Suite struct EmailVectorsTests {
  private static func vectors(_ name: String) throws -> [(header: String, expected: Any?)] {
    let url = try SharedMaterial.export("email/stalwart-mail-parser/\(name).json")
    let all = try JSONSerialization.jsonObject(with: Data(contentsOf: url)) as? [[String: Any]] ?? []
    return all.map {
      (unfolded($0["header"] as? String ?? ""), $0["expected"].flatMap { $0 is NSNull ? nil : $0 })
    }
  }

  /// A header's value in one line; it ends where no folded line follows.
  private static func unfolded(_ text: String) -> String {
    var lines = text.replacing("\r\n", with: "\n").split(separator: "\n", omittingEmptySubsequences: false)[
      ...]
    var value = String(lines.popFirst() ?? "")
    while let next = lines.first, next.first == " " || next.first == "\t" {
      value += next
      lines.removeFirst()
    }
    return value
  }

  /// Year to second as one list, and the offset in minutes.
  private static func date(_ expected: [String: Any]) -> (fields: [Int], offset: Int) {
    func number(_ key: String) -> Int { expected[key] as? Int ?? -1 }
    let minutes = number("tz_hour") * 60 + number("tz_minute")
    return (
      ["year", "month", "day", "hour", "minute", "second"].map(number),
      expected["tz_before_gmt"] as? Bool == true ? -minutes : minutes
    )
  }

  /// Months in other languages, and a weekday that is short for the letters of a month.
  @Test(arguments: [
    ("Di, 6 Mär 2018 10:00:00 +0100", 3, 6), ("mar., 3 avr. 2018 10:00:00 +0200", 4, 3),
    ("mar, 06 mar 2018 10:00:00 +0100", 3, 6), ("wto., 3 października 2017 10:00 +0200", 10, 3),
    ("Mar 6 2018 10:00:00 +0000", 3, 6), ("Tue Mar  6 10:00:00 2018", 3, 6),
  ])
  func months(_ text: String, _ month: Int, _ day: Int) throws {
    let date = try #require(MailDate(text))
    #expect(date.month == month && date.day == day)
  }

  /// Clocks of twelve hours, and offsets as programs other than mail servers write them.
  @Test(arguments: [
    ("Mon, 5 Jan 2026 10:00:00 PM +0000", 22, 0), ("Mon, 5 Jan 2026 12:30:00 AM -0500", 0, -300),
    ("Mon, 5 Jan 2026 12:30:00 p.m. GMT", 12, 0), ("Mon, 5 Jan 2026 22:00:00 PM +0000", 22, nil),
    ("5 Jan 2026 10:00:00 +01:00", 10, 60), ("Mon Jan 05 2026 10:00:00 GMT+0100 (CET)", 10, 60),
    ("Mon, 5 Jan 2026 10:00:00 UTC-05:30", 10, -330), ("Mon, 5 Jan 2026 10:00:00 +2400", 10, nil),
    ("Mon, 5 Jan 2026 10:00:00 GMT+1", 10, nil),
  ])
  func clocksAndOffsets(_ text: String, _ hour: Int, _ offset: Int?) throws {
    let date = try #require(MailDate(text))
    #expect(date.hour == hour && date.offsetMinutes == offset)
  }

  private static func fields(_ date: MailDate) -> [Int] {
    [date.year, date.month, date.day, date.hour, date.minute, date.second]
  }

  @Test(.enabled(if: SharedMaterial.isPresent, "\(SharedMaterial.comment)"))
  func dates() throws {
    let exceptions: [Int: String] = [
      12: "a row of numbers is no date",
      30: "EST5EDT names two offsets: the zone stays unknown",
      31: "a military zone says nothing (RFC 5322, 4.3): the zone stays unknown",
      32: "ZZZZ is no zone: the zone stays unknown",
    ]
    let vectors = try Self.vectors("date")
    #expect(vectors.count == 40)
    for (number, vector) in vectors.enumerated() {
      let header = vector.header.split(separator: ";").last.map(String.init) ?? ""
      let found = MailDate(header)
      guard let expected = vector.expected as? [String: Any] else {
        #expect(found == nil, "date \(number)")
        continue
      }
      let (fields, offset) = Self.date(expected)
      switch number {
      case 12: #expect(found == nil)
      case 30, 31, 32:
        #expect(found.map(Self.fields) == fields && found?.offsetMinutes == nil, "date \(number)")
      default:
        #expect(exceptions[number] == nil)
        #expect(found.map(Self.fields) == fields && found?.offsetMinutes == offset, "date \(number)")
      }
    }
  }

  @Test(.enabled(if: SharedMaterial.isPresent, "\(SharedMaterial.comment)"))
  func received() throws {
    let vectors = try Self.vectors("received")
    #expect(vectors.count == 181)
    var matched: [String: Int] = [:]
    var total: [String: Int] = [:]
    for (number, vector) in vectors.enumerated() {
      let expected = try #require(vector.expected as? [String: Any])
      let hop = ReceivedHop(vector.header)
      func name(_ key: String) -> String? {
        (expected[key] as? [String: String]).flatMap { $0["Name"] ?? $0["IpAddr"] } ?? expected[key]
          as? String
      }
      // The address seen by the server must match wherever one is expected.
      if let ip = name("from_ip") {
        total["from_ip", default: 0] += 1
        #expect(hop.fromIP.map(Self.canonical) == Self.canonical(ip), "received \(number): \(hop)")
      } else if let reason = Self.addressesNotExpected[number] {
        #expect(hop.fromIP != nil, "received \(number): \(reason)")
      } else {
        #expect(hop.fromIP == nil, "received \(number): \(hop)")
      }
      if let date = expected["date"] as? [String: Any] {
        total["date", default: 0] += 1
        let (fields, offset) = Self.date(date)
        if let right = Self.datesExpectedWrong[number] {
          #expect(
            hop.date == right.date, "received \(number): \(right.reason) \(String(describing: hop.date))")
        } else {
          #expect(hop.date.map(Self.fields) == fields, "received \(number) \(String(describing: hop.date))")
          #expect(hop.date?.offsetMinutes == offset, "received \(number) \(String(describing: hop.date))")
        }
      } else {
        #expect(hop.date == nil, "received \(number)")
      }
      let pairs: [(String, String?)] = [
        ("from", hop.from), ("by", hop.by), ("helo", hop.helo), ("id", hop.id), ("for_", hop.recipient),
        ("via", hop.via), ("with", hop.with),
      ]
      for (key, found) in pairs {
        guard let wanted = name(key) else { continue }
        total[key, default: 0] += 1
        if found?.lowercased() == wanted.lowercased() {
          matched[key, default: 0] += 1
        } else if ProcessInfo.processInfo.environment["COGNATE_SHOW"] != nil {
          print("received \(number) \(key): wanted \(wanted), found \(found ?? "nothing")")
        }
      }
    }
    #expect(total["from_ip"] == 93)
    if ProcessInfo.processInfo.environment["COGNATE_SHOW"] != nil { print(matched, total) }
    // Floors, so that a change for the worse is seen; what differs is told in the reader's report.
    for (key, floor) in Self.floors { #expect(matched[key, default: 0] >= floor, "\(key)") }
  }

  /// Of 160 from, 28 helo, 126 with, 15 via, 96 id, 168 by, 49 for. The rest: protocols that the vectors
  /// reduce to a known one (`SMTPSVC`, `local-esmtp`), ids that they cut at a slash, and words that are no name.
  private static let floors = [
    "from": 157, "by": 167, "helo": 28, "id": 93, "for_": 49, "via": 15, "with": 107,
  ]

  private static let addressesNotExpected: [Int: String] = {
    let qmail = "qmail writes ident@address"
    return [64: qmail, 86: qmail, 87: qmail, 97: qmail, 116: qmail, 119: qmail]
  }()

  private static let datesExpectedWrong: [Int: (date: MailDate?, reason: String)] = [
    13: (MailDate("7 Feb 2003 10:18:12 -0800"), "the year stands behind the time"),
    67: (MailDate("12 Feb 2003 14:22:21 -0800"), "PST is -0800 (RFC 5322, 4.3)"),
    89: (MailDate("26 Mar 2003 20:43:24 -0600"), "two-digit years below 50 are of this century"),
    90: (MailDate("27 Feb 2004 14:16:56 -0800"), "two-digit years below 50 are of this century"),
    116: (MailDate("30 Apr 2003 15:06:29"), "no zone was written"),
    117: (MailDate("13 Nov 2005 14:50:12"), "the year stands behind the time, and no zone was written"),
    118: (MailDate("13 Nov 2005 15:38:52"), "the year stands behind the time, and no zone was written"),
    128: (MailDate("20 Mar 2003 10:06:43 +0100"), "two-digit years below 50 are of this century"),
    144: (MailDate("2 Apr 2020 07:53:55 +0000"), "seconds with a fraction are seconds"),
    151: (MailDate("14 Sep 2018 14:36:56 -0400"), "the zone and the year stand behind the time"),
    163: (MailDate("2 Jun 2006 08:15:21 -0700"), "PDT is -0700 (RFC 5322, 4.3)"),
  ]

  /// An address in one spelling.
  private static func canonical(_ text: String) -> String {
    var six = in6_addr()
    guard inet_pton(AF_INET6, text, &six) == 1 else { return text }
    return withUnsafeBytes(of: six) { $0.map { String($0, radix: 16) }.joined(separator: ":") }
  }

  @Test(.enabled(if: SharedMaterial.isPresent, "\(SharedMaterial.comment)"))
  func messageIDs() throws {
    let vectors = try Self.vectors("id")
    #expect(vectors.count == 11)
    for (number, vector) in vectors.enumerated() {
      #expect(MessageID.parse(vector.header) == vector.expected as? [String] ?? [], "id \(number)")
    }
  }

  @Test(.enabled(if: SharedMaterial.isPresent, "\(SharedMaterial.comment)"))
  func addresses() throws {
    let vectors = try Self.vectors("address")
    #expect(vectors.count == 60)
    for (number, vector) in vectors.enumerated() {
      let expected = try #require(vector.expected as? [String: Any])
      var wanted: [[String]] = []
      let groups = expected["Group"] as? [[String: Any]] ?? [["addresses": expected["List"] ?? []]]
      for group in groups {
        for address in group["addresses"] as? [[String: Any]] ?? [] {
          wanted.append([address["name"] as? String ?? "", address["address"] as? String ?? ""])
        }
      }
      let found = MailAddress.parse(vector.header).map { [$0.name, $0.address] }
      if let reason = Self.addressExceptions[number] {
        #expect(found == reason.found, "address \(number): \(reason.why) \(found)")
      } else {
        #expect(found == wanted, "address \(number)")
      }
    }
  }

  private static let addressExceptions: [Int: (found: [[String]], why: String)] = {
    let comment = "GMime leaves a comment out where there is a name"
    let list = "a web address of a List- header is no mailbox"
    return [
      8: ([["Pete", "pete@silly.test"]], comment),
      9: ([], "GMime gives up at a comment and a folded line inside the domain"),
      10: (
        [["Chris Jones", "c@public.example"], ["", "joe@example.org"], ["John", "jdoe@one.test"]], comment
      ),
      11: ([], "an empty group holds nobody"),
      13: (
        [["Mary Smith", "mary@example.net"], ["", "jdoe@test.example"]], "routes and spaces are no address"
      ),
      14: ([["John Doe", "jdoe@machine.example"]], comment),
      22: ([["Nathaniel Borenstein", "nsb@thumper.bellcore.com"]], comment),
      33: (
        [
          ["James Smythe", "james@example.com"], ["", "jane@example.com"],
          ["John Smîth", "john@example.com"],
        ],
        "spaces around a name are no part of it"
      ),
      37: ([], list), 38: ([], list), 39: ([], list), 40: ([], list), 41: ([], list),
      42: ([["", "NO"]], "the word NO of a List-Post header is no mailbox with a name"),
      43: ([], list), 44: ([], list), 45: ([], list), 46: ([], list), 47: ([], list),
      55: ([["", "a@b.com"]], "a name behind the address is not its name by any RFC"),
      56: ([["Name (comment) Doe", "a@b.com"]], "GMime keeps a comment where it stands"),
    ]
  }()
}
