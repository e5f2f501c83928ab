import AccountModel
import Foundation
import PlatformExports
import TestSupport
import Testing

/// Pages that are cut off, hostile or of another kind.
extension GoogleReturnTests {
  /// A table whose columns changed is a fault, as are logins in no table.
  @Test func whatIsNotUnderstoodIsAFault() throws {
    let changed = Self.page.replacing("<th>IP Address</th>", with: "<th>Where</th>")
    let unit = try Self.unit(changed)
    #expect(unit.records(.login).isEmpty)
    #expect(unit.setAside.contains { $0.unit == "row" && $0.reason.isFault && $0.count == 7 })
    let loose = Self.page.replacing(
      "</ul></div>\n<div class=\"section\"><h3>IP",
      with: "<li>2023-01-01 00:00:00 Z 192.0.2.5</li></ul></div>\n<div class=\"section\"><h3>IP")
    #expect(try Self.unit(loose).setAside.contains { $0.unit == "row" && $0.reason.isFault && $0.count == 1 })
    let none = try Self.unit("<html><body><p>GOOGLE SUBSCRIBER INFORMATION e-Mail</p></body></html>")
    #expect(none.setAside.contains { $0.reason.code == "no-field" && $0.reason.isFault })
  }

  /// A page of activity quotes what somebody searched for, and other pages speak of Google's accounts, too.
  @Test(arguments: [
    "<html><style>.mdl-typography{}</style><div class=\"outer-cell\"><p>GOOGLE SUBSCRIBER INFORMATION Google Account ID</p><p>e-Mail: una@example.org</p></div></html>",
    "<html><h1>Help</h1><p>Your Google Account ID stands in your profile.</p><p>e-Mail: una@example.org</p></html>",
  ])
  func otherPages(page: String) throws {
    for path in ["a.html", "Takeout/My Activity/Search/MyActivity.html"] {
      let outcome = try Self.read([(path, page)])
      #expect(outcome.units.allSatisfy { $0.identifiers.isEmpty && $0.records.isEmpty })
    }
  }

  @Test func truncation() throws {
    try expectPrefixes(of: Array(Self.page.utf8), named: "rex.SubscriberInfo.html")
  }

  @Test func truncationOfText() throws {
    try checkTruncations(
      of: Array(Self.text.utf8), named: "rex.txt", isDetectable: { _ in false })
    let cut = try Self.unit(String(Self.text.prefix(while: { _ in true }).dropLast(2)), named: "rex.txt")
    #expect(cut.setAside.contains { $0.reason == .truncated && $0.unit == "login" })
  }

  @Test func hostilePages() throws {
    for text in [
      "<html>GOOGLE SUBSCRIBER INFORMATION e-Mail<table><tr><td>"
        + String(repeating: "<table><tr><td>", count: 5000),
      "<html>GOOGLE SUBSCRIBER INFORMATION e-Mail: <li>e-Mail: \u{0}@\u{0}</li><li>Recovery SMS: +++++++++</li>",
      "<html>GOOGLE SUBSCRIBER INFORMATION e-Mail<table><tr><th>Timestamp<th>IP Address<tr><td>9999-99-99 99:99:99 Z<td>999.1.1.1</table></html>",
      "<html>GOOGLE SUBSCRIBER INFORMATION e-Mail<li>Google Account ID: 12345678901234567890123456789</li></html>",
    ] {
      let unit = try Self.unit(text)
      #expect(unit.identifiers.isEmpty, "\(unit.identifiers)")
      #expect(unit.setAside.contains { $0.reason.isFault || $0.reason.code == "unknown-label" })
      #expect(unit.reconciliation.allSatisfy { $0.agrees })
    }
  }
}
