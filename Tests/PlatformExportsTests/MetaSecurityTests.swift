import PlatformExports
import Testing

/// Files of the security folder beside the lists of logins, with invented people.
@Suite struct MetaSecurityTests {
  private static let folder = "security_and_login_information"

  private static func read(
    _ name: String, _ text: String, under root: String = "facebook-hilda/"
  ) throws -> ReadOutcome.Unit {
    let outcome = try MetaJSONTests.download([("\(folder)/\(name)", text)], under: root)
    #expect(outcome.unrecognised.isEmpty)
    let unit = try #require(outcome.units.first)
    #expect(unit.reconciliation.allSatisfy { $0.agrees }, "\(unit.reconciliation)")
    return unit
  }

  @Test(arguments: ["login_protection_data", "login_protection_data_v2"])
  func dataForProtectingLogins(_ key: String) throws {
    let unit = try Self.read(
      "login_protection_data.json",
      #"""
      {"\#(key)":[
       {"name":"Cookie: AbCd********************","session":{"created_timestamp":1700000000}},
       {"name":"IP-Adresse: 192.0.2.7","session":
        {"created_timestamp":1700000060,"updated_timestamp":1700000120,"ip_address":"192.0.2.7"}}]}
      """#)
    #expect(unit.tally("session") == [2, 2, 0])
    #expect(
      unit.records(.session).map { "\($0.time.microseconds / 1_000_000) \($0.text)" } == [
        "1700000000 Cookie: AbCd********************", "1700000120 IP-Adresse: 192.0.2.7",
      ])
    #expect(
      unit.identifiers.map { "\($0.kind.rawValue) \($0.value) \($0.assertion)" } == ["ip 192.0.2.7 platform"])
  }

  @Test func confirmedAddresses() throws {
    let unit = try Self.read(
      "email_address_verifications.json",
      #"""
      {"contact_verifications_v2":[
       {"contact":"hilda@example.org","contact_type":2,"verification_time":1272035278},
       {"contact":"+447700900123","contact_type":1,"verification_time":1272035279},
       {"contact":"hilda","contact_type":9,"verification_time":1272035280}]}
      """#)
    #expect(unit.tally("profile") == [3, 3, 0])
    #expect(
      unit.identifiers.map {
        "\($0.kind.rawValue) \($0.label) \($0.value) \($0.assertion) \($0.time.microseconds / 1_000_000)"
      } == [
        "email verified hilda@example.org platform 1272035278",
        "phone verified +447700900123 platform 1272035279",
      ])
    #expect(unit.setAside.map { "\($0.unit) \($0.reason.code)" } == ["profile field unknown-label"])
  }

  /// Programs that sort keys put the time last.
  @Test(arguments: [(#""timestamp":1272035278,"media":[],"#, ""), ("", #","timestamp":1272035278"#)])
  func whereTheAccountWasRegistered(_ before: String, _ behind: String) throws {
    let unit = try Self.read(
      "registration_information.json",
      #"""
      {\#(before)"label_values":[{"label":"IP","value":"192.0.2.8"},
       {"label":"E-Mail","value":"hilda@example.org"}],"fbid":"100000000000001"\#(behind)}
      """#)
    #expect(unit.records(.login).map(\.text) == ["Sign-up"])
    #expect(unit.records(.login).map(\.time.microseconds) == [1_272_035_278_000_000])
    #expect(
      unit.identifiers.map { "\($0.kind.rawValue) \($0.label) \($0.value)" } == [
        "ip signup 192.0.2.8", "email signup hilda@example.org",
      ])
    #expect(unit.identifiers.allSatisfy { $0.time.microseconds == 1_272_035_278_000_000 })
  }

  @Test func activityOfAnInstagramProfile() throws {
    func entry(_ time: Int, _ address: String, _ type: String) -> String {
      #"""
      {"timestamp":\#(time),"media":[],"label_values":[{"label":"IP address","value":"\#(address)"},
       {"label":"Port number","value":"44321"},{"label":"User Agent","value":"Instagram 300.0 Android"},
       {"label":"Device ID","value":"android-1234"},{"label":"Type","value":"\#(type)"},
       {"label":"Last Login","timestamp_value":1700009999},{"title":"Details","dict":[{"label":"Location","value":"Leeds"}]}],"fbid":"1"}
      """#
    }
    let entries = [
      entry(1_700_000_000, "192.0.2.9", "Login"), entry(1_700_000_060, "192.0.2.66", "Failed login"),
    ]
    let unit = try Self.read(
      "login_and_profile_creation/profile_activity.json", "[\(entries.joined(separator: ","))]",
      under: "instagram-hilda/")
    #expect(unit.tally("login") == [2, 2, 0])
    #expect(
      unit.records(.login).map { "\($0.time.microseconds / 1_000_000) \($0.text)" } == [
        "1700000000 Login; Leeds",
        "1700000060 from 192.0.2.66; port 44321; Instagram 300.0 Android; android-1234; Failed login; Leeds",
      ])
    #expect(
      unit.identifiers.map { "\($0.kind.rawValue) \($0.value)" } == [
        "ip 192.0.2.9:44321", "user-agent Instagram 300.0 Android", "device android-1234",
      ])
  }
}
