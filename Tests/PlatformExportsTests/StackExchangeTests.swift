import AccountModel
import Foundation
import PlatformExports
import TestSupport
import Testing

@Suite("Stack Exchange data dump")
struct StackExchangeTests {
  static let users = """
    <?xml version="1.0" encoding="utf-8"?>\r
    <users>\r
      <row Id="-1" Reputation="1" CreationDate="2010-08-05T19:15:13.437" DisplayName="Community" LastAccessDate="2010-08-05T19:15:13.437" WebsiteUrl="https://meta.example.org/" AboutMe="&lt;p&gt;not a person&lt;/p&gt;" AccountId="-1" />\r
      <row Id="12" Reputation="101" CreationDate="2010-08-05T20:00:00.123" DisplayName="Rex Marlow" LastAccessDate="2014-05-05T10:00:00.500" WebsiteUrl="https://rex.example.org/" Location="Leeds" AboutMe="&lt;p&gt;Snails.&#xA;And &lt;a href=&quot;https://snails.example.com/?a=1&amp;amp;b=2&quot; rel=&quot;nofollow&quot;&gt;more&lt;/a&gt;&lt;/p&gt;&#xA;" Views="1" UpVotes="2" DownVotes="0" EmailHash="0123456789abcdef0123456789abcdef" Age="34" ProfileImageUrl="https://pictures.example.org/1.png" AccountId="555" />\r
      <row Id="13" Reputation="1" CreationDate="2010-08-06T20:00:00.000" DisplayName="user13" AccountId="556" />\r
      <row Id="14" Reputation="1" CreationDate="2010-13-06T20:00:00.000" DisplayName="Sam" />\r
    </users>
    """
  static let posts = """
    <?xml version="1.0" encoding="utf-8"?>
    <posts>
      <row Id="1" PostTypeId="1" CreationDate="2010-08-05T21:00:00.000" Score="3" Body="&lt;p&gt;Is it &amp;lt;i&amp;gt; or &lt;code&gt;x&lt;/code&gt;?&lt;/p&gt;&#xA;&#xA;&lt;blockquote&gt;&#xA;&lt;p&gt;somebody said&lt;br&gt;two lines &lt;a href=&quot;https://other.example.com/&quot;&gt;there&lt;/a&gt;&lt;/p&gt;&#xA;&lt;/blockquote&gt;&#xA;&#xA;&lt;pre class=&quot;lang-c&quot;&gt;&lt;code&gt;int main() {}&#xA;&lt;/code&gt;&lt;/pre&gt;&#xA;&#xA;&lt;p&gt;See &lt;a href=&quot;https://example.com/a&quot;&gt;here&lt;/a&gt;.&lt;/p&gt;&#xA;&lt;blockquote class=&quot;spoiler&quot;&gt;&lt;p&gt;the butler&lt;/p&gt;&lt;/blockquote&gt;" OwnerUserId="12" Title="A question &amp;amp; more" Tags="&lt;words&gt;" />
      <row Id="2" PostTypeId="2" ParentId="1" CreationDate="2010-08-05T22:00:00.000" Body="&lt;p&gt;Changed &lt;a href=&quot;https://editor.example.com/&quot;&gt;x&lt;/a&gt;.&lt;/p&gt;" OwnerUserId="13" LastEditorUserId="12" />
      <row Id="3" PostTypeId="2" ParentId="1" CreationDate="2010-08-05T23:00:00.000" Body="&lt;p&gt;Mine again.&lt;/p&gt;" OwnerUserId="12" LastEditorUserId="12" />
      <row Id="4" PostTypeId="2" ParentId="1" CreationDate="2010-08-06T00:00:00.000" Body="&lt;p&gt;Gone.&lt;/p&gt;" OwnerDisplayName="Una" />
      <row Id="5" PostTypeId="2" ParentId="1" CreationDate="2010-08-06T01:00:00.000" Body="&lt;p&gt;Gone too.&lt;/p&gt;" OwnerDisplayName="user77" />
      <row Id="6" PostTypeId="2" ParentId="1" CreationDate="2010-08-06T02:00:00.000" Body="&lt;p&gt;A program.&lt;/p&gt;" OwnerUserId="-1" />
      <row Id="7" PostTypeId="5" CreationDate="2010-08-06T03:00:00.000" Body="&lt;p&gt;A wiki.&lt;/p&gt;" OwnerUserId="12" />
      <row Id="8" PostTypeId="2" ParentId="1" CreationDate="2010-08-06T04:00:00.000" Body="&lt;p&gt;Nobody's.&lt;/p&gt;" />
      <row Id="9" PostTypeId="2" ParentId="1" CreationDate="2010-08-06T05:00:00.000" CommunityOwnedDate="2010-08-07T05:00:00.000" Body="&lt;p&gt;All of us.&lt;/p&gt;" OwnerUserId="12" />
      <row Id="10" PostTypeId="99" CreationDate="2010-08-06T06:00:00.000" Body="x" OwnerUserId="12" />
      <row Id="11" PostTypeId="2" ParentId="1" CreationDate="yesterday" Body="x" OwnerUserId="12" />
    </posts>
    """
  static let comments = """
    \u{FEFF}<?xml version="1.0" encoding="utf-8"?><comments>
      <row Id="1" PostId="1" Score="0" Text="@Rex no: `a &lt; b`, see [here](https://example.net/)" CreationDate="2010-08-05T21:30:00.000" UserId="13" />
      <row Id="2" PostId="1" Score="0" Text="me too" CreationDate="2010-08-05T21:31:00.000" UserDisplayName="Una" />
    </comments>
    """
  static let history = """
    <?xml version="1.0" encoding="utf-8"?>
    <posthistory>
      <row Id="1" PostHistoryTypeId="2" PostId="2" RevisionGUID="a" CreationDate="2010-08-05T22:00:00.000" UserId="13" Text="First &lt;b&gt;wording&lt;/b&gt;.&#xA;&#xA;    int code;&#xA;&#xA;    more;&#xA;&#xA;&gt; quoted&#xA;&gt;! hidden&#xA;&#xA;```c&#xA;fenced&#xA;```&#xA;- list&#xA;    set in" />
      <row Id="2" PostHistoryTypeId="5" PostId="2" RevisionGUID="b" CreationDate="2010-08-05T22:10:00.000" UserId="12" Comment="mended the grammar" Text="Changed x." />
      <row Id="3" PostHistoryTypeId="5" PostId="2" RevisionGUID="c" CreationDate="2010-08-05T22:20:00.000" UserId="12" Comment="added 12 characters in body; edited title" Text="Changed." />
      <row Id="4" PostHistoryTypeId="10" PostId="2" RevisionGUID="d" CreationDate="2010-08-05T22:30:00.000" UserId="12" Comment="101" Text="{&quot;Voters&quot;:[]}" />
      <row Id="5" PostHistoryTypeId="1" PostId="1" RevisionGUID="e" CreationDate="2010-08-05T21:00:00.000" UserId="12" Text="A question" />
    </posthistory>
    """
  static let other = [
    "Badges.xml":
      "<badges>\n<row Id=\"1\" UserId=\"12\" Name=\"Teacher\" Date=\"2010-08-05T19:39:08.200\" />\n</badges>",
    "PostLinks.xml":
      "<postlinks>\n<row Id=\"1\" CreationDate=\"2010-08-05T19:39:08.200\" PostId=\"1\" RelatedPostId=\"2\" LinkTypeId=\"1\" />\n</postlinks>",
    "Tags.xml": "<tags>\n<row Id=\"1\" TagName=\"words\" Count=\"2\" />\n</tags>",
    "Votes.xml":
      "<votes>\n<row Id=\"1\" PostId=\"1\" VoteTypeId=\"2\" CreationDate=\"2010-08-05T00:00:00.000\" />\n</votes>",
  ]

  private static func read(
    _ files: [String: String], in folder: String = "english.stackexchange.com"
  ) throws -> ReadOutcome {
    let scratch = try ScratchFolder()
    for (name, text) in files { _ = try scratch.write(text, to: "\(folder)/\(name)") }
    return try ReadOutcome(reading: scratch.url.appendingPathComponent(folder))
  }

  private static func aside(_ unit: ReadOutcome.Unit) -> [String: Int] {
    Dictionary(uniqueKeysWithValues: unit.setAside.map { ("\($0.unit) \($0.reason.code)", $0.count) })
  }

  @Test func readsAccountsOfASite() throws {
    let outcome = try Self.read(["Users.xml": Self.users])
    let unit = try #require(outcome.units.first)
    #expect(outcome.units.count == 1 && unit.format == "stack-exchange")
    let rex = "stackexchange platform-id english.stackexchange.com/users/12"
    #expect(
      unit.identifiers.filter { $0.account == rex }.map {
        "\($0.kind.rawValue) \($0.label) \($0.value) \($0.assertion)"
      }
        == [
          "platform-id  english.stackexchange.com/users/12 platform",
          "platform-id network-account stackexchange.com/users/555 platform",
          "display-name  Rex Marlow user", "url website https://rex.example.org/ user",
          "url bio https://snails.example.com/?a=1&b=2 user",
        ])
    // A name that the site gave is no name.
    #expect(unit.identifiers.filter { $0.kind == .displayName }.map(\.value) == ["Rex Marlow", "Sam"])
    let profiles = unit.records(.profile)
    #expect(profiles.map(\.account) == [rex, rex.replacing("/12", with: "/13")])
    #expect(profiles[0].text == "Snails. And more\nlocation Leeds\nage 34\nlast seen 2014-05-05T10:00:00.500")
    #expect(
      profiles[0].time
        == ObservedTime(microseconds: 1_281_038_400_123_000, zone: .known, precision: .millisecond))
    #expect(profiles[0].writtenTime == "2010-08-05T20:00:00.123")
    #expect(profiles[0].locator.hasPrefix("Users.xml line 4 byte "))
    #expect(unit.tally("profile") == [4, 2, 2])
    #expect(
      Self.aside(unit) == [
        "profile system": 1, "e-mail hash hash": 1, "picture media": 1, "profile bad-time": 1,
      ])
    #expect(unit.accounts.allSatisfy { $0.key?.scope == .platform })
    #expect(unit.notes.contains { $0.contains("taken for those of english.stackexchange.com") })
  }

  @Test func readsWhatAuthorsWrote() throws {
    let outcome = try Self.read(["Posts.xml": Self.posts, "Comments.xml": Self.comments])
    let unit = try #require(outcome.units.first)
    func messages(_ channel: String) -> [String] {
      unit.records(.message).filter { $0.channel == channel }
        .map { "\($0.account.split(separator: " ").last ?? ""): \($0.text)" }
    }
    let site = "english.stackexchange.com/users"
    #expect(
      messages("posts (group)") == [
        "\(site)/12: A question &amp; more\nIs it <i> or x?\n> somebody said\n> two lines there\nSee here.\nthe butler",
        "\(site)/12: Mine again.", "Una: Gone.", "user77: Gone too.",
      ])
    #expect(messages("posts (edited by others)") == ["\(site)/13: Changed x.", "\(site)/12: All of us."])
    #expect(
      messages("comments (group)") == [
        "\(site)/13: @Rex no: `a < b`, see [here](https://example.net/)", "Una: me too",
      ])
    // Links in quotations and in what others changed are not the author's.
    #expect(unit.identifiers.filter { $0.kind == .url }.map(\.value) == ["https://example.com/a"])
    #expect(unit.identifiers.filter { $0.kind == .displayName }.map(\.value) == ["Una"])
    #expect(unit.accounts.filter { $0.key?.scope == .source }.map { $0.key?.value } == ["Una", "user77"])
    #expect(unit.tally("message") == [13, 8, 5])
    #expect(
      Self.aside(unit) == [
        "block of code code": 1, "message system": 1, "message wiki": 1, "message no-author": 1,
        "message unknown-sort": 1, "message bad-time": 1,
      ])
    #expect(unit.notes.contains { $0.contains("1 of type 99") })
  }

  @Test func readsFirstWordingsOnce() throws {
    let site = "english.stackexchange.com/users"
    let scratch = try ScratchFolder()
    let files = ["Posts.xml": Self.posts, "PostHistory.xml": Self.history]
    // A folder gives the history first; an archive what it holds first.
    for order in [["PostHistory.xml", "Posts.xml"], ["Posts.xml", "PostHistory.xml"]] {
      var zip = ZipBuilder()
      for name in order { zip.add(name, files[name] ?? "") }
      let file = try scratch.write(zip.bytes, to: "\(order[0])/english.stackexchange.com.zip")
      let unit = try #require(ReadOutcome(reading: file).units.first)
      let written = unit.records(.message)
      #expect(
        written.filter { $0.channel == "remarks on edits (group)" }.map { "\($0.account) \($0.text)" }
          == ["stackexchange platform-id \(site)/12 mended the grammar"])
      let first = written.filter { $0.text.hasPrefix("First") }
      #expect(first.map(\.channel) == ["posts (group)"])
      #expect(first.map(\.text) == ["First <b>wording</b>.\n\n> quoted\nhidden\n\n- list\n    set in"])
      let isHistoryFirst = order[0] == "PostHistory.xml"
      #expect(written.contains { $0.text == "Changed x." } == !isHistoryFirst)
      #expect(written.contains { $0.text == "A question" } == isHistoryFirst)
      #expect(unit.tally("message") == [16, 8, 8])
      #expect(Self.aside(unit)["message repeated-wording"] == 1)
      #expect(Self.aside(unit)["message later-wording"] == 1)
      #expect(Self.aside(unit)["message post-event"] == 1)
    }
  }

  @Test(
    "A post that somebody else changed last is not compared as its author's",
    arguments: [
      ("OwnerUserId=\"12\"", false), ("OwnerUserId=\"12\" LastEditorUserId=\"12\" LastEditDate=\"x\"", false),
      ("OwnerUserId=\"12\" LastEditorUserId=\"-1\"", true),
      ("OwnerUserId=\"12\" LastEditorDisplayName=\"user9\"", true),
      ("OwnerUserId=\"12\" LastEditDate=\"2010-08-06T22:00:00.000\"", true),
      ("OwnerDisplayName=\"user9\" LastEditorDisplayName=\"user9\" LastEditDate=\"x\"", false),
      ("OwnerDisplayName=\"user9\" LastEditorUserId=\"12\"", true),
    ])
  func tellsWhoChangedAPost(_ attributes: String, _ isEdited: Bool) throws {
    let unit = try #require(
      try ReadOutcome.reading(
        "<posts>\n<row Id=\"1\" PostTypeId=\"2\" CreationDate=\"2010-08-05T21:00:00.000\" Body=\"x\" \(attributes) />\n</posts>",
        named: "Posts.xml"
      ).units.first)
    #expect(unit.records.map(\.channel) == [isEdited ? "posts (edited by others)" : "posts (group)"])
  }

  @Test(arguments: [
    ("Proposed by 13 approved by 12, 14 edit id of 77", ""), ("[Edit removed during grace period]", ""),
    ("added 1,234 characters in body; edited tags", ""), ("Rollback to Revision 2", ""),
    ("Proposed by the author", "Proposed by the author"),
    ("added 2 characters; see there", "added 2 characters; see there"),
  ])
  func keepsRemarksThatWereTyped(_ written: String, _ own: String) throws {
    let unit = try #require(
      try ReadOutcome.reading(
        "<posthistory>\n<row Id=\"1\" PostHistoryTypeId=\"24\" PostId=\"2\" CreationDate=\"2010-08-05T22:00:00.000\" UserId=\"13\" Comment=\"\(written)\" />\n</posthistory>",
        named: "PostHistory.xml"
      ).units.first)
    #expect(unit.records.map(\.text) == (own.isEmpty ? [] : [own]))
  }

  @Test(
    "Quotations in what was typed are nobody's own words",
    arguments: [
      ("&gt; theirs&#xA;theirs too&#xA;&#xA;mine", "> theirs\n> theirs too\n\nmine"),
      ("&gt;! hidden&#xA;mine", "hidden\nmine"), ("* &gt; theirs&#xA;&#xA;mine", "> theirs\n\nmine"),
      ("1. 2) &gt; theirs&#xA;&#xA;2. mine", "> theirs\n\n2. mine"), ("- mine &gt; 2", "- mine > 2"),
      ("&gt; theirs&#xA;```&#xA;code&#xA;```&#xA;mine", "> theirs\nmine"),
      ("a `&lt;pre&gt;` and `&lt;blockquote&gt;`&#xA;mine", "a `<pre>` and `<blockquote>`\nmine"),
      ("it`s&lt;blockquote&gt;theirs&lt;/blockquote&gt;", "it`s\n> theirs"),
      ("&lt;BlockQuote&gt;&#xA;theirs&#xA;&lt;/BlockQuote&gt;&#xA;mine", "> theirs\nmine"),
    ])
  func marksQuotations(_ typed: String, _ read: String) throws {
    let unit = try #require(
      try ReadOutcome.reading(
        "<posthistory>\n<row Id=\"1\" PostHistoryTypeId=\"2\" PostId=\"2\" CreationDate=\"2010-08-05T22:00:00.000\" UserId=\"13\" Text=\"\(typed)\" />\n</posthistory>",
        named: "PostHistory.xml"
      ).units.first)
    #expect(unit.records.map(\.text) == [read])
  }

  @Test func namesWhatItPassesOver() throws {
    var files = Self.other
    files["Users.xml"] = Self.users
    let outcome = try Self.read(files)
    let unit = try #require(outcome.units.first)
    #expect(outcome.units.count == 1 && outcome.unrecognised.isEmpty)
    let passed = try #require(unit.setAside.first { $0.unit == "file" })
    #expect(!passed.reason.isFault && passed.count == 4)
    #expect(passed.examples.map(\.detail) == ["Badges.xml", "PostLinks.xml", "Tags.xml", "Votes.xml"])
  }

  @Test(
    arguments: [
      ("english.stackexchange.com", "english.stackexchange.com"), ("StackOverflow.com", "stackoverflow.com"),
      ("stackoverflow.com-Users", "stackoverflow.com"),
      ("pt.meta.stackoverflow.com", "pt.meta.stackoverflow.com"),
      ("meta.english.stackexchange.com", "english.meta.stackexchange.com"),
      ("dump/askubuntu.com", "askubuntu.com"), ("superuser.com/data", "superuser.com"), ("dump", nil),
      ("english", nil), ("stackexchange.com.example.org", nil), ("evil stackexchange.com", nil),
    ] as [(String, String?)])
  func tellsTheSiteByTheFolder(_ folder: String, _ site: String?) throws {
    let scratch = try ScratchFolder()
    let file = try scratch.write(Self.users, to: "\(folder)/Users.xml")
    let top = folder.split(separator: "/")[0]
    for url in [scratch.url, scratch.url.appendingPathComponent(String(top)), file] {
      // A file alone is in its own folder, and knows nothing of those above.
      if url == file, folder.hasSuffix("/data") { continue }
      let unit = try #require(ReadOutcome(reading: url).units.first)
      let key = try #require(unit.accounts.first?.key)
      #expect(key.value == (site.map { "\($0)/users/12" } ?? "12"))
      #expect(key.scope == (site == nil ? .source : .platform))
      // The number of the whole network needs no site.
      #expect(unit.identifiers.contains { $0.value == "stackexchange.com/users/555" })
    }
  }

  @Test("Files of two sites in one folder are two sites'", arguments: [true, false])
  func keepsSitesInOneFolderApart(_ namesSites: Bool) throws {
    let scratch = try ScratchFolder()
    let sites = ["cooking", "english"].map { $0 + (namesSites ? ".stackexchange.com" : "") }
    for (number, site) in sites.enumerated() {
      _ = try scratch.write(
        "<users>\n<row Id=\"12\" Reputation=\"1\" DisplayName=\"Name \(number)\" AccountId=\"55\(number)\" />\n</users>",
        to: "dumps/\(site)-Users.xml")
    }
    let outcome = try ReadOutcome(reading: scratch.url.appendingPathComponent("dumps"))
    #expect(outcome.units.count == 2 && outcome.unrecognised.isEmpty)
    for (number, unit) in outcome.units.enumerated() {
      let key = try #require(unit.accounts.first?.key)
      #expect(unit.accounts.count == 1 && key.scope == (namesSites ? .platform : .source))
      #expect(key.value == (namesSites ? "\(sites[number])/users/12" : "12"))
      #expect(unit.identifiers.filter { $0.kind == .displayName }.map(\.value) == ["Name \(number)"])
    }
  }

  @Test func recognisesNothingElse() throws {
    for text in [
      "<users><user Id=\"1\" Reputation=\"1\"/></users>", "<data><row Id=\"1\" Reputation=\"1\"/></data>",
      "<users><row Id=\"1\" Name=\"1\"/></users>", "<posts><row Id=\"1\" Body=\"x\"/></posts>",
      "<users></users>",
    ] {
      #expect(try ReadOutcome.reading(text, named: "Users.xml").units.isEmpty, "\(text)")
    }
  }

  @Test func damageIsSaid() throws {
    let row = "<row Id=\"1\" PostTypeId=\"2\" CreationDate=\"2010-08-05T21:00:00.000\" OwnerUserId=\"12\""
    let damaged =
      "<posts>\n\(row) Body=\"a\" />\n\(row) Body=\"b\" Body=\"c\" />\n\(row) Body=\"d\" />\n</posts>"
    let unit = try #require(try ReadOutcome.reading(damaged, named: "Posts.xml").units.first)
    #expect(unit.tally("message") == [3, 1, 2])
    #expect(Self.aside(unit) == ["document malformed": 1, "message behind-fault": 2])
    for hostile in [
      "<!DOCTYPE posts [<!ENTITY a \"b\">]>\n<posts>\n\(row) Body=\"&a;\" />\n</posts>"
    ] {
      #expect(throws: ExportRefusal.self) { try ReadOutcome.reading(hostile, named: "Posts.xml") }
    }
    // Elements that never end, half a character, one number too large for any.
    let body = String(repeating: "&lt;blockquote&gt;&lt;pre&gt;", count: 50_000) + "x"
    let strange =
      "<posts>\n\(row) Body=\"\(body)\" />\n\(row) Body=\"&#55357;&amp;#xD83D;\" />\n<row Id=\"99999999999999999999\" PostTypeId=\"2\" CreationDate=\"2010-08-05T21:00:00.000\" OwnerUserId=\"99999999999999999999\" Body=\"x\" /></posts>"
    let odd = try #require(try ReadOutcome.reading(strange, named: "Posts.xml").units.first)
    #expect(odd.tally("message") == [3, 2, 1])
    #expect(odd.records(.message).map(\.text) == ["", "\u{FFFD}\u{FFFD}"])
    var small = ReaderOptions()
    small.limits.recordBytes = 1 << 16
    let cut = try #require(
      try ReadOutcome.reading(
        "<posts>\n\(row) Body=\"\(String(repeating: "x", count: 1 << 17))\" />\n\(row) Body=\"y\" /></posts>",
        named: "Posts.xml", options: small
      ).units.first)
    #expect(cut.tally("message") == [2, 1, 1] && Self.aside(cut) == ["message too-large": 1])
  }

  @Test func cutAnywhereItGivesABeginning() throws {
    for (name, text) in [
      ("Users.xml", Self.users), ("Posts.xml", Self.posts), ("Comments.xml", Self.comments),
      ("PostHistory.xml", Self.history),
    ] {
      try expectPrefixes(of: Array(text.utf8), named: name)
    }
  }
}
