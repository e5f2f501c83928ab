import Cognate
import Foundation
import PlatformExports
import TestSupport
import Testing

@Suite("When accounts were registered, in a case")
struct RegistrationCaseTests {
  private static func mapping(_ account: String, _ rest: String) throws -> TableMapping {
    let scope = "[account]\ncolumn = \"Account\"\nscope = \"platform\"\n"
    return try TableMapping(toml: "version = 1\n\(account.replacing("[account]\n", with: scope))\n\(rest)")
  }

  private static let time = "[time]\ncolumn = \"Time\"\nformat = \"iso8601\"\nzone = \"UTC\"\n"
  private static let instagram = "platform = \"instagram\"\n[account]\nkind = \"platform-id\""

  @Test("A number that an account had since it was registered was not given to somebody else in between")
  func numberHeldSinceRegistration() throws {
    func statement(profile: String?, text: String = "2025-01-04T09:10:00Z") throws -> String {
      let test = try CaseUnderTest()
      func add(_ text: String, _ name: String, _ mapping: TableMapping) throws {
        _ = try test.importing(text, name) { $0.options.mappings = [mapping] }
      }
      try add(
        "Account,Phone\n66010005,+447700900114\n", "numbers.csv",
        Self.mapping(
          Self.instagram,
          "[record]\nclass = \"profile\"\n[[identifier]]\ncolumn = \"Phone\"\nkind = \"phone\"\n"))
      try add(
        "Account,Time,IP\n66010005,2026-01-06T08:41:00Z,192.0.2.7\n", "logins.csv",
        Self.mapping(
          Self.instagram,
          "[record]\nclass = \"login\"\n\(Self.time)[[identifier]]\ncolumn = \"IP\"\nkind = \"ip\"\n"))
      try add(
        "Account,Time,Text\n+447700900114,\(text),hello\n", "texts.csv",
        Self.mapping(
          "platform = \"sms\"\n[account]\nkind = \"phone\"",
          "[record]\nclass = \"message\"\ntext_column = \"Text\"\n\(Self.time)"))
      if let profile {
        try add(
          "Account,Time\n66010005,\(profile)\n", "profile.csv",
          Self.mapping(Self.instagram, "[record]\nclass = \"profile\"\n\(Self.time)"))
      }
      _ = try test.opened.link()
      return try #require(try test.opened.why("A1", "A2").evidence.first).statement
    }
    #expect(try statement(profile: nil).contains("periods of use lie 366 days apart"))
    #expect(try !statement(profile: "2018-06-05T20:00:00Z").contains("may have been given to someone else"))
    // A profile that was looked at later shows nobody in use.
    let later = try statement(profile: "2026-11-01T20:00:00Z", text: "2026-10-04T09:10:00Z")
    #expect(later.contains("periods of use lie 271 days apart"))
  }
}
