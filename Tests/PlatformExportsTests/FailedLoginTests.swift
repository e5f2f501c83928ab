import PlatformExports
import TestSupport
import Testing

/// A login that failed says where somebody tried from, who may be anybody: nothing of it is the account's own.
@Suite struct FailedLoginTests {
  private typealias Markup = MetaRecordMarkup

  private static func own(_ unit: ReadOutcome.Unit) -> Set<String> {
    Set(
      unit.identifiers.filter { [.ip, .cookie, .userAgent].contains($0.kind) }
        .map { "\($0.kind.rawValue) \($0.value)" })
  }

  @Test func ofADownloadAsJSON() throws {
    let folder = "security_and_login_information"
    let outcome = try MetaJSONTests.download(
      [
        (
          "\(folder)/account_activity.json",
          #"""
          {"account_activity_v2":[
           {"action":"Login","timestamp":1700000000,"ip_address":"192.0.2.1","user_agent":"Own/1","datr_cookie":"owncookie000000000000000"},
           {"action":"Login failed","timestamp":1700000060,"ip_address":"192.0.2.66","user_agent":"Other/1",
            "datr_cookie":"othercookie0000000000000"}]}
          """#
        ),
        (
          "\(folder)/record_details.json",
          #"""
          {"admin_records_v2":[{"event":"Anmeldung fehlgeschlagen","session":
           {"created_timestamp":1700000120,"ip_address":"192.0.2.67","user_agent":"Other/1"}}]}
          """#
        ),
      ], under: "facebook-hilda/")
    let unit = try #require(outcome.units.first)
    #expect(unit.tally("login") == [3, 3, 0])
    #expect(
      Self.own(unit) == ["ip 192.0.2.1", "user-agent Own/1", "cookie owncookie000000000000000"])
    #expect(
      Set(unit.records(.login).map(\.text)) == [
        "Login", "Login failed; from 192.0.2.66; Other/1; othercookie0000000000000",
        "Anmeldung fehlgeschlagen; from 192.0.2.67; Other/1",
      ])
  }

  /// One label of several says so, in the language of the account.
  @Test(arguments: [
    [("Tipo", "Inicio de sesión fallido")], [("Type", "Mobile"), ("Action", "Login failed")],
    [("Действие", "Неудачная попытка")], [("Tür", "Başarısız giriş")],
  ])
  func byWhateverLabelSaysSo(_ labels: [(String, String)]) throws {
    let said = labels.map { #"{"label":"\#($0.0)","value":"\#($0.1)"}"# }.joined(separator: ",")
    let outcome = try MetaJSONTests.download(
      [
        (
          "security_and_login_information/login_and_profile_creation/profile_activity.json",
          #"[{"timestamp":1700000060,"label_values":[{"label":"IP address","value":"192.0.2.66"},\#(said)],"fbid":"1"}]"#
        )
      ], under: "instagram-hilda/")
    let unit = try #require(outcome.units.first)
    #expect(unit.tally("login") == [1, 1, 0])
    #expect(Self.own(unit) == [])
    let text = (["from 192.0.2.66"] + labels.map { $0.1 }).joined(separator: "; ")
    #expect(unit.records(.login).map(\.text) == [text])
  }

  @Test func ofADownloadAsPages() throws {
    func part(_ action: String, _ address: String, _ minute: Int) -> String {
      MetaPageSamples.part(
        action, MetaPageSamples.table([("IP address", address), ("User agent", "Other/1.0")], .middle),
        "Nov 08, 2023 4:\(minute):54 pm", .middle)
    }
    let parts = part("Log-in", "192.0.2.1", 20) + part("Login failed", "192.0.2.66", 21)
    let outcome = try MetaJSONTests.download(
      [
        (
          "security_and_login_information/account_activity.html",
          MetaPageSamples.page(parts, .middle, title: "Account activity")
        )
      ], under: "facebook-hilda/")
    let unit = try #require(outcome.units.first)
    #expect(unit.format == "meta-html" && unit.tally("login") == [2, 2, 0])
    #expect(unit.identifiers.filter { $0.kind == .ip }.map(\.value) == ["192.0.2.1"])
    #expect(unit.records(.login).contains { $0.text.hasPrefix("Login failed; from 192.0.2.66") })
  }

  @Test(arguments: MetaRecordMarkup.Generation.allCases)
  func ofAReturn(_ generation: MetaRecordMarkup.Generation) throws {
    let logins: (id: String, items: [MetaRecordMarkup.Item]) = (
      "ip_addresses",
      [
        .group(
          "Ip Addresses",
          [
            .field("IP Address", "192.0.2.1:5001"), .field("Time", "2024-01-02 10:00:00 UTC"),
            .field("Action", "Login"),
            .field("IP Address", "192.0.2.66:5002"), .field("Time", "2024-01-03 10:00:00 UTC"),
            .field("Action", "Failed Login"),
          ])
      ]
    )
    let page = Markup(generation: generation).page([("request_parameters", Markup.parameters), logins])
    let unit = try #require(try ReadOutcome.reading(page, named: "records.html").units.first)
    #expect(unit.tally("login") == [2, 2, 0])
    #expect(Self.own(unit) == ["ip 192.0.2.1:5001"])
    #expect(unit.records(.login).map(\.text) == ["Login", "Failed Login; from 192.0.2.66:5002"])
  }
}
