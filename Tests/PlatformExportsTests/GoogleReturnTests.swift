import AccountModel
import Foundation
import PlatformExports
import TestSupport
import Testing

@Suite struct GoogleReturnTests {
  static let page = """
    <!DOCTYPE html><html><head><title>GOOGLE SUBSCRIBER INFORMATION</title><style>li { x }</style></head><body>
    <div class="title"><h2>GOOGLE SUBSCRIBER INFORMATION</h2></div>
    <div class="section"><ul>
    <li>Google Account ID: 123456789012</li>
    <li>Name: Rex &amp; Co</li>
    <li>Given Name: Rex</li>
    <li>Family Name: Co</li>
    <li>e-Mail: rex.fic@example.org</li>
    <li>Alternate e-Mails: alt@example.org, two@example.org</li>
    <li>Created on: 2020-01-02 03:04:05 Z</li>
    <li>Terms of Service IP: 192.0.2.1</li>
    <li>Birthday (Month Day, Year): April 3, 1990</li>
    <li>Services: Android, Gmail, YouTube</li>
    <li>Status: Enabled</li>
    <li>Last Updated Date: 2024-01-02 03:04:05 Z</li>
    <li>Shoe Size: 44</li>
    </ul></div>
    <div class="section"><h3>ACCOUNT RECOVERY</h3><ul>
    <li>Contact e-Mail: contact@example.org</li>
    <li><b>Recovery e-Mail:</b> recover@example.org (unverified)</li>
    <li>Recovery SMS: +447700900123 [GB]</li>
    </ul></div>
    <div class="section"><h3>PHONE NUMBERS</h3><ul>
    <li>User Phone Numbers: +447700900124 [GB], +44 7700 900125 [GB]</li>
    <li>2-Step Verification Phone Numbers: +447700900126 [GB]</li>
    </ul></div>
    <div class="section"><h3>IP ACTIVITY</h3><table>
    <tr><th>Timestamp</th><th>IP Address</th><th>Activity Type</th><th>Android ID</th><th>Apple iOS IDFV</th><th>Raw User Agents</th></tr>
    <tr><td>2023-02-25 04:34:32 Z</td><td>2001:db8::7</td><td>Login</td><td></td><td></td><td>Mozilla/5.0 (X11)</td></tr>
    <tr><td>2023-02-24 22:54:13 Z</td><td>192.0.2.17</td><td>Login</td><td>3a5f0c1d2e4b6a79</td><td></td><td></td></tr>
    <tr><td>2023-02-24 20:00:00 Z</td><td>198.51.100.9</td><td>Login failed</td><td>4a5f0c1d2e4b6a79</td><td></td><td>Evil/1</td></tr>
    <tr><td>yesterday</td><td>198.51.100.8</td><td>Login</td><td></td><td></td><td></td></tr>
    <tr><td>2023-02-24 18:00:00 Z</td><td>somewhere</td><td>Login</td><td></td><td></td><td></td></tr>
    <tr><td>2023-02-24 17:00:00 Z</td><td>198.51.100.7</td></tr>
    </table></div></body></html>

    """
  static let owner = "google platform-id 123456789012"

  static func read(_ files: [(String, String)]) throws -> ReadOutcome {
    let folder = try ScratchFolder()
    for (path, text) in files { _ = try folder.write(text, to: path) }
    return try ReadOutcome(reading: folder.url)
  }

  static func unit(_ text: String, named name: String = "rex.SubscriberInfo.html") throws
    -> ReadOutcome.Unit
  {
    try #require(try ReadOutcome.reading(text, named: name).units.first)
  }

  @Test func wholePage() throws {
    let unit = try Self.unit(Self.page)
    #expect(unit.format == "google-return")
    #expect(unit.reconciliation.allSatisfy { $0.agrees }, "\(unit.reconciliation)")
    #expect(unit.tally("login") == [6, 3, 3])
    #expect(
      unit.records(.login).map { "\($0.account): \($0.text)" } == [
        "\(Self.owner): Login", "\(Self.owner): Login",
        "\(Self.owner): Login failed; from 198.51.100.9; Android ID: 4a5f0c1d2e4b6a79; Raw User Agents: Evil/1",
      ])
    #expect(
      unit.records(.login).map(\.time)
        == [1_677_299_672, 1_677_279_253, 1_677_268_800].map {
          ObservedTime(microseconds: $0 * 1_000_000, zone: .known, precision: .second)
        })
    #expect(
      unit.records(.profile).map(\.text) == [
        "created", "Services: Android, Gmail, YouTube", "Status: Enabled", "last updated date",
      ])
    func values(_ kind: IdentifierKind) -> [String] { unit.values(kind, of: Self.owner) }
    #expect(values(.platformID) == [" 123456789012 platform"])
    #expect(values(.personName) == [" Rex & Co user"])
    #expect(
      values(.email) == [
        " rex.fic@example.org platform", "alternate alt@example.org user", "alternate two@example.org user",
        "contact contact@example.org user", "unverified recover@example.org claimed",
      ])
    #expect(
      values(.phone) == [
        "recovery +447700900123 user", " +447700900124 user", " +44 7700 900125 user",
        "two-step +447700900126 claimed",
      ])
    #expect(
      values(.ip) == [
        "terms-of-service 192.0.2.1 platform", " 2001:db8::7 platform", " 192.0.2.17 platform",
      ])
    #expect(values(.device) == ["android-id 3a5f0c1d2e4b6a79 platform"])
    #expect(values(.userAgent) == [" Mozilla/5.0 (X11) platform"])
    #expect(values(.dateOfBirth) == [" April 3, 1990 user"])
    #expect(
      Set(unit.setAside.map { "\($0.unit) \($0.reason.code) \($0.count)" }) == [
        "login bad-time 1", "login no-address 1", "login malformed 1", "profile field unknown-label 1",
      ])
    #expect(unit.accounts.filter { $0.sameAs == nil }.map(\.role) == [.owner])
    #expect(unit.notes == ["rex.SubscriberInfo.html: labels that are not known: Shoe Size"])
  }

  @Test func aReturnIsCommunicationsDataAndATakeoutIsNot() throws {
    #expect(GoogleReturnReader.holdsCommunicationsData && !GoogleTakeoutReader.holdsCommunicationsData)
    for (path, format) in [
      ("rex.SubscriberInfo.html", "google-return"),
      ("Google Account/rex.SubscriberInfo.html", "google-return"),
      ("Takeout/Google Account/rex.SubscriberInfo.html", "google-takeout"),
      ("takeout-1/Takeout/Google-Konto/rex.SubscriberInfo.html", "google-takeout"),
      ("rex.17.GoogleAccount.SubscriberInfo_001/Google Account/rex.SubscriberInfo.html", "google-return"),
      ("rex.17.GoogleAccount.SubscriberInfo_001/Takeout/Google Account/rex.html", "google-return"),
    ] {
      let outcome = try Self.read([(path, Self.page)])
      #expect(outcome.units.map(\.format) == [format], "\(path)")
    }
  }

  /// Labels in cells, in lists below their label, in lines parted by `<br>`, or without a heading give the same.
  @Test(arguments: [
    """
    <html><body><h1>Google Subscriber Information</h1><table>
    <tr><th>Gaia ID</th><td>123456789012</td></tr><tr><th>Primary Email</th><td>rex@example.org</td></tr>
    <tr><th>Alternate Emails</th><td>a@example.org<br>b@example.org</td></tr>
    <tr><td>Phone</td><td>+447700900123</td></tr></table></body></html>
    """,
    """
    <html><body><p>GOOGLE SUBSCRIBER INFORMATION</p><p>Google Account ID: 123456789012<br/>e-Mail: rex@example.org<br/>
    Alternate e-Mails: a@example.org,<br>b@example.org<br>User Phone Numbers: +447700900123 [GB]</p></body></html>
    """,
    """
    <html><body>GOOGLE SUBSCRIBER INFORMATION<ul><li>Google Account ID:<ul><li></li></ul></li><li>Google Account ID: 123456789012
    <li>e-Mail:<ul><li>rex@example.org</li></ul></li><li>Alternate e-Mails:<ul><li>a@example.org</li>
    <li>b@example.org</li></ul><li>User Phone Numbers<ul><li>+447700900123 [GB]</li></ul></ul></body></html>
    """,
  ])
  func otherLayouts(page: String) throws {
    let unit = try Self.unit(page)
    #expect(
      unit.identifiers.map { "\($0.account) \($0.kind.rawValue) \($0.label) \($0.value)" } == [
        "\(Self.owner) platform-id  123456789012", "\(Self.owner) email  rex@example.org",
        "\(Self.owner) email alternate a@example.org", "\(Self.owner) email alternate b@example.org",
        "\(Self.owner) phone  +447700900123",
      ])
    #expect(unit.setAside.isEmpty, "\(unit.setAside)")
  }

  static let text = """
    GOOGLE SUBSCRIBER INFORMATION

    Google Account ID: 123456789012
    Name: Rex
    e-Mail: rex.fic@example.org
    Recovery SMS: +447700900123 [GB]

    IP ACTIVITY

    Timestamp   IP Address  Activity Type   Android ID  Apple iOS IDFV  Raw User Agents
    2023-02-25 04:34:32 Z   2001:db8::7    Login
    2023-02-24 22:54:13 Z\t192.0.2.17\tLogin\t3a5f0c1d2e4b6a79\t\tMozilla/5.0
    2023-02-24 20:00:00 Z 192.0.2.18 Logout
    2023-02-24 19:00:00 Z nowhere Logout

    """

  @Test func aPageAsText() throws {
    let unit = try Self.unit(Self.text, named: "rex.SubscriberInfo.txt")
    #expect(unit.format == "google-return")
    #expect(unit.tally("login") == [4, 3, 1])
    #expect(
      unit.identifiers.map { "\($0.kind.rawValue) \($0.label) \($0.value)" } == [
        "platform-id  123456789012", "person-name  Rex", "email  rex.fic@example.org",
        "phone recovery +447700900123", "ip  2001:db8::7", "ip  192.0.2.17",
        "device android-id 3a5f0c1d2e4b6a79",
        "user-agent  Mozilla/5.0", "ip  192.0.2.18",
      ])
    #expect(unit.records(.login).map(\.text) == ["Login", "Login", "Logout"])
    let narrow = Self.text.replacing("   ", with: " ").replacing("  ", with: " ")
    let other = try Self.unit(narrow, named: "x.txt")
    #expect(other.tally("login") == [4, 3, 1])
    #expect(other.identifiers.filter { $0.kind == .ip }.count == 3)
  }

  /// A name is what its owner typed: it begins no other field.
  @Test func aNameIsNoField() throws {
    let unit = try Self.unit(
      "<html><body><h2>GOOGLE SUBSCRIBER INFORMATION</h2><li>Google Account ID: 123456789012</li>"
        + "<li>Name: Rex Recovery e-Mail: una@example.org &lt;/li&gt;&lt;li&gt;e-Mail: una@example.org</li>"
        + "<li>e-Mail: rex@example.org</li></body></html>")
    #expect(unit.identifiers.filter { $0.kind == .email }.map(\.value) == ["rex@example.org"])
  }

  @Test func aLineEndInANameBeginsNoField() throws {
    let unit = try Self.unit(
      "<html><body><h2>GOOGLE SUBSCRIBER INFORMATION</h2><li>Google Account ID: 123456789012</li>"
        + "<li>Name: Rex&#10;Recovery e-Mail: una@example.org</li></body></html>")
    #expect(!unit.identifiers.contains { $0.kind == .email })
    #expect(unit.identifiers.contains { $0.value == "Rex Recovery e-Mail: una@example.org" })
  }

  /// A line below a label is its value where it looks like one, and a heading is nobody's name.
  @Test func headingsAreNoValues() throws {
    let unit = try Self.unit(
      "<html><body><h2>GOOGLE SUBSCRIBER INFORMATION</h2><li>Google Account ID:<ul><li>123456789012</li></ul></li>"
        + "<li>Name: </li><h3>Account Recovery</h3><li>e-Mail: rex@example.org</li><li>Recovery SMS:</li>"
        + "<p>2023-01-01 00:00:00 Z</p><h3>2-Step Verification</h3><li>Phone Numbers: +447700900123</li></body></html>"
    )
    #expect(
      unit.identifiers.map { "\($0.kind.rawValue) \($0.label) \($0.value) \($0.assertion)" } == [
        "platform-id  123456789012 platform", "email  rex@example.org platform",
        "phone two-step +447700900123 claimed",
      ])
  }

  @Test func aHeadingMayEndInAColon() throws {
    let unit = try Self.unit(
      "<html><body><h2>GOOGLE SUBSCRIBER INFORMATION</h2><li>Google Account ID: 123456789012</li>"
        + "<li>2-Step Verification:<ul><li>Phone Numbers: +447700900126</li></ul></li></body></html>")
    #expect(unit.identifiers.last.map { "\($0.label) \($0.assertion)" } == "two-step claimed")
  }

  /// A time is UTC where it or its header says so, and else has no zone.
  @Test(arguments: [
    ("Timestamp", "2023-02-25 04:34:32", ZoneKnowledge.unknown),
    ("Timestamp (UTC)", "2023-02-25 04:34:32", .known),
  ])
  func zones(header: String, time: String, zone: ZoneKnowledge) throws {
    let page =
      "<html><body><h2>GOOGLE SUBSCRIBER INFORMATION</h2><li>Google Account ID: 123456789012</li><table>"
      + "<tr><th>\(header)<th>IP Address<tr><td>\(time)<td>192.0.2.7</table></body></html>"
    #expect(try Self.unit(page).records(.login).map(\.time.zone) == [zone])
    var options = ReaderOptions()
    options.timeZone = "Europe/London"
    let assumed = try #require(try ReadOutcome.reading(page, named: "a.html", options: options).units.first)
    #expect(assumed.records(.login).map(\.time.zone) == [zone == .known ? .known : .assumed])
  }

  /// Spaces alone may part the values of a list.
  @Test func spacesPartAList() throws {
    let unit = try Self.unit(
      "<html><body><h2>GOOGLE SUBSCRIBER INFORMATION</h2><li>Google Account ID: 123456789012</li>"
        + "<li>Alternate e-Mails: a@example.org (unverified) b@example.org (was c@example.org)</li>"
        + "<li>User Phone Numbers: +44 7700 900124 [GB] +447700900125 [GB]</li></body></html>")
    #expect(
      unit.identifiers.dropFirst().map { "\($0.kind.rawValue) \($0.label) \($0.value)" } == [
        "email unverified a@example.org", "email alternate b@example.org", "phone  +44 7700 900124",
        "phone  +447700900125",
      ])
  }

  /// What stands in a device's column is a device only where it looks like one.
  @Test func aUserAgentIsNoDevice() throws {
    let text = Self.text.replacing(
      "2023-02-25 04:34:32 Z   2001:db8::7    Login",
      with: "2023-02-25 04:34:32 Z   2001:db8::7    Login  Mozilla/5.0  (X11)  Safari")
    let unit = try Self.unit(text, named: "rex.txt")
    #expect(unit.tally("login") == [4, 3, 1])
    #expect(unit.identifiers.filter { $0.kind == .device }.map(\.value) == ["3a5f0c1d2e4b6a79"])
    #expect(unit.records(.login).first?.text.contains("Mozilla/5.0") == true)
  }

  /// A column of its own may say that a login failed.
  @Test func aColumnSaysThatALoginFailed() throws {
    let unit = try Self.unit(
      "<html><body><h2>GOOGLE SUBSCRIBER INFORMATION</h2><li>Google Account ID: 123456789012</li><table>"
        + "<tr><th>Timestamp<th>IP Address<th>Activity Type<th>Status"
        + "<tr><td>2023-02-25 04:34:32 Z<td>192.0.2.7<td>Login<td>Success"
        + "<tr><td>2023-02-25 04:33:32 Z<td>198.51.100.9<td>Login<td>Not successful</table></body></html>")
    #expect(unit.identifiers.filter { $0.kind == .ip }.map(\.value) == ["192.0.2.7"])
    #expect(
      unit.records(.login).map(\.text) == [
        "Login; Status: Success", "Login; from 198.51.100.9; Status: Not successful",
      ])
  }

  /// Columns the reader does not know are kept in words, in any order.
  @Test func columnsMayStandInAnyOrder() throws {
    let unit = try Self.unit(
      "<html><body><h2>GOOGLE SUBSCRIBER INFORMATION</h2><li>Google Account ID: 123456789012</li><table>"
        + "<tr><td>IP Address</td><td>Country</td><td>Port</td><td>Timestamp</td></tr>"
        + "<tr><td>192.0.2.7</td><td>GB</td><td>443</td><td>2023-02-25 04:34:32 Z</td></tr></table></body></html>"
    )
    #expect(unit.records(.login).map(\.text) == ["Country: GB"])
    #expect(unit.identifiers.filter { $0.kind == .ip }.map(\.value) == ["192.0.2.7:443"])
  }

  /// Both counts know the same headers.
  @Test(arguments: [
    ("Timestamp", "IP", 2), ("Date", "IP&nbsp;Address", 2), ("Login Timestamp", "IP Address", 1),
  ])
  func headersOfBothCounts(time: String, address: String, logins: Int) throws {
    func table(_ time: String, _ address: String, _ cell: String) -> String {
      "<table><tr><th>\(time)</th><th>\(address)</th></tr>"
        + "<tr><td>2023-02-25 04:34:32 Z</td><td>\(cell)</td></tr><tr><td></td><td></td></tr></table>"
    }
    let unit = try Self.unit(
      "<html><body><h2>GOOGLE SUBSCRIBER INFORMATION</h2><li>Google Account ID: 123456789012</li>"
        + table("Timestamp", "IP Address", "192.0.2.7") + table(time, address, "192.0.2.8") + "</body></html>"
    )
    #expect(unit.tally("login") == [logins, logins, 0])
    #expect(unit.reconciliation.allSatisfy { $0.agrees }, "\(unit.reconciliation)")
  }
}
