import AccountModel
import Foundation
import PlatformExports
import TestSupport
import Testing

/// Comments, and the words of others in them.
extension MetaRecordTests {
  @Test func othersStayOthers() throws {
    let markup = Markup(generation: .minified)
    let unit = try read(
      markup.page([
        ("request_parameters", Markup.parameters),
        (
          "following",
          [.field("Following", "ann (instagram: 17840002)<br />bob, the cat (instagram: 17840003)")]
        ),
        ("followers", [.field("Followers", "cyn (17840004)")]),
        ("shared_access", [.field("Accounts", "dan (instagram: 17840005)")]),
        (
          "machines",
          [
            .field("Cookie", "AbCdEfGh123"), .field("First Seen", "2024-01-01 00:00:00 UTC"),
            .field("Seen Count", "3"),
            .field("User", "rex.marsh (instagram: 17840001)<br />eve (facebook: 100017840006)"),
          ]
        ),
        (
          "linked_accounts",
          [
            .field("Service", "Facebook"), .field("Identifier", "100017840007"),
            .field("Time", "2024-01-01 00:00:00 UTC"),
          ]
        ),
        (
          "devices",
          [
            .field("Type", "Android"), .field("Id", "6d92078a-8246-4ba4-ae5b-76104861e7dc"),
            .field("Active", "true"),
            .field("Type", "Browser"), .field("Id", "7"), .field("Active", "false"),
          ]
        ),
      ]))
    let owner = "instagram platform-id 17840001"
    #expect(
      lines(unit, .contact).map { $0.replacing(" [] -9223372036854", with: "") } == [
        "\(owner) > instagram platform-id 17840002 following",
        "\(owner) > instagram platform-id 17840003 following",
        "\(owner) > instagram platform-id 17840004 follower",
        "\(owner) > instagram platform-id 17840005 has shared access",
      ])
    #expect(unit.tally("contact") == [4, 4, 0])
    let links = unit.records(.declaredLink)
    #expect(links.map { "\($0.account) \($0.other)" } == ["\(owner) facebook platform-id 100017840007"])
    #expect(links.map(\.assertion) == [.platform] && unit.tally("declared-link") == [1, 1, 0])
    // Whoever used the same browser has its cookie, too.
    #expect(
      unit.identifiers.filter { $0.kind == .cookie }.map(\.account) == [
        owner, "facebook platform-id 100017840006",
      ])
    #expect(unit.identifiers.filter { $0.kind == .device }.map(\.label) == ["device-id"])
    #expect(
      unit.records(.session).map(\.text) == [
        "Seen Count: 3", "Type: Android; Active: true", "Type: Browser; Id: 7; Active: false",
      ]
        || unit.records(.session).count == 3)
  }

  /// Posts, pictures and comments are their authors', and what a share says is nobody's here.
  @Test func writing() throws {
    let markup = Markup(generation: .styled)
    let unit = try read(
      markup.page([
        ("request_parameters", Markup.parameters),
        (
          "photos",
          [
            .field("Linked Media File:", "linked_media/1.jpg"), .field("Id", "1"), .field("Title", "my cat"),
            .field("Upload Ip", "192.0.2.77"), .field("Uploaded", "2024-01-02 10:00:00 UTC"),
            .field("Author", "rex.marsh (instagram: 17840001)"),
            .group(
              "Comments",
              [
                .field("Author", "ann (instagram: 17840002)"), .field("Time", "2024-01-02 11:00:00 UTC"),
                .field("Text", "sweet"),
              ]),
            .field("Linked Media File:", "linked_media/2.jpg"), .field("Id", "2"), .field("Title", ""),
            .field("Uploaded", "2024-01-03 10:00:00 UTC"),
            .field("Author", "rex.marsh (instagram: 17840001)"),
          ]
        ),
        (
          "comments",
          [
            .field("Date Created", "2024-01-04 10:00:00 UTC"), .field("Status", "active"),
            .field("Text", "whose"),
            .field("Date Created", "2024-01-05 10:00:00 UTC"), .field("Author", "cyn (instagram: 17840004)"),
            .field("Text", "mine"),
          ]
        ),
        (
          "shares",
          [
            .field("Date Created", "2024-01-06 10:00:00 UTC"), .field("Text", "news"),
            .field("Url", "https://example.org/n"),
          ]
        ),
        (
          "wallposts",
          [
            .field("To", "rex (instagram: 17840001)"), .field("From", "Eve (instagram: 17840009)"),
            .field("Id", "5"),
            .field("Time", "2024-01-07 10:00:00 UTC"), .field("Text", "happy birthday"),
          ]
        ),
      ]))
    #expect(
      lines(unit, .message).map { $0.replacing("instagram platform-id 1784000", with: "") } == [
        "1 >  [photos] 1704189600 my cat", "2 >  [photos] 1704193200 sweet",
        "4 >  [comments] 1704448800 mine",
        "9 >  [wallposts] 1704621600 happy birthday",
      ])
    #expect(unit.tally("message") == [6, 4, 2])
    #expect(
      unit.identifiers.filter { $0.kind == .ip || $0.kind == .url }.map { "\($0.label) \($0.value)" } == [
        "upload 192.0.2.77", "share https://example.org/n",
      ])
    #expect(unit.count("shared text")?.setAside == 1 && unit.count("attachment")?.setAside == 2)
  }

  /// What others wrote under a picture is theirs, and the picture with its words and address the owner's.
  @Test(arguments: [Markup.Generation.table, .nested, .minified], [true, false])
  func commentsOnAPicture(_ generation: Markup.Generation, _ authorFirst: Bool) throws {
    func comment(_ name: String, _ id: String, _ text: String, _ day: Int) -> [Markup.Item] {
      let author = Markup.Item.field("User", "\(name) (instagram: \(id))")
      let rest = [
        Markup.Item.field("Text", text), .field("Date Created", "2024-01-0\(day) 11:00:00 UTC"),
      ]
      return authorFirst ? [author] + rest : rest + [author]
    }
    func picture(_ caption: String, _ address: String, _ comments: [Markup.Item]) -> [Markup.Item] {
      [
        .field("Caption", caption), .field("Uploaded", "2024-01-01 10:00:00 UTC"),
        .field("Upload IP", address), .group("Comments", comments),
      ]
    }
    let unit = try read(
      Markup(generation: generation).page([
        ("request_parameters", Markup.parameters),
        (
          "photos",
          picture(
            "mine", "198.51.100.7",
            comment("ann", "17840002", "lovely", 2) + comment("bob", "17840003", "meh", 3))
            + picture("too", "198.51.100.8", comment("bob", "17840003", "again", 4))
        ),
      ]))
    #expect(
      unit.records(.message).map { "\($0.account.suffix(8)) \($0.text) \($0.time.microseconds / 1_000_000)" }
        == [
          "17840001 mine 1704103200", "17840002 lovely 1704193200", "17840003 meh 1704279600",
          "17840001 too 1704103200", "17840003 again 1704366000",
        ])
    #expect(
      unit.identifiers.filter { $0.label == "upload" }.map { "\($0.account.suffix(8)) \($0.value)" } == [
        "17840001 198.51.100.7", "17840001 198.51.100.8",
      ])
  }

  /// Comments may have labels that pictures have as well, and none takes its author from the next one or from the picture.
  @Test(
    arguments: [["User", "Id", "Text", "Date Created"], ["Id", "Text", "Date Created", "User"]],
    [
      ["Id", "Caption", "Uploaded"], ["Text", "Date Created", "Upload IP"], ["Caption", "Uploaded", "Id"],
    ])
  func commentsWithLabelsOfPictures(_ labels: [String], _ ofPictures: [String]) throws {
    func fields(_ labels: [String], _ name: String, _ text: String, _ day: Int) -> [Markup.Item] {
      labels.map { label -> Markup.Item in
        switch label {
        case "User": .field(label, name)
        case "Text", "Caption": .field(label, text)
        case "Date Created", "Uploaded": .field(label, "2024-01-0\(day) 10:00:00 UTC")
        case "Upload IP": .field(label, "198.51.100.\(day)")
        default: .field(label, "90\(day)")
        }
      }
    }
    let ann = fields(labels, "ann (instagram: 17840002)", "of ann", 2)
    let bob = fields(labels, "bob (instagram: 17840003)", "of bob", 3)
    let pictures = [1, 4, 5].map { fields(ofPictures, "", "own \($0)", $0) }
    for comments in [
      [Markup.Item.group("Comments", ann + bob)], [.group("Comments", ann), .group("Comments", bob)],
    ] {
      let items = pictures[0] + comments + pictures[1] + comments + pictures[2]
      let unit = try read(
        Markup(generation: .minified).page([
          ("request_parameters", Markup.parameters), ("photos", [.group("Photos", items)]),
        ]))
      for (record, number) in [("own", 1), ("of ann", 2), ("of bob", 3)] {
        let authors = unit.records(.message).filter { $0.text.hasPrefix(record) }.map(\.account)
        #expect(Set(authors) == ["instagram platform-id 1784000\(number)"], "\(labels) \(ofPictures)")
      }
      #expect(unit.records(.message).filter { $0.text.hasPrefix("own") }.count == 3)
    }
  }

  /// Whatever order comments have their labels in, and where a title stands above none.
  @Test func commentsInOtherOrders() throws {
    func authors(_ items: [Markup.Item]) throws -> [String] {
      let unit = try read(
        Markup(generation: .minified).page([
          ("request_parameters", Markup.parameters), ("photos", [.group("Photos", items)]),
        ]))
      #expect(unit.reconciliation.allSatisfy { $0.agrees }, "\(unit.reconciliation)")
      return unit.records(.message).map {
        "\($0.text) \($0.account.suffix(1)) \($0.time.microseconds / 86_400_000_000)"
      }
    }
    func picture(_ day: Int) -> [Markup.Item] {
      [
        .field("Id", "90\(day)"), .field("Caption", "own"),
        .field("Uploaded", "1970-01-0\(day) 10:00:00 UTC"),
      ]
    }
    func comment(_ name: String, _ number: Int, _ day: Int) -> [Markup.Item] {
      [
        .field("Text", "of \(name)"), .field("Date Created", "1970-01-0\(day) 10:00:00 UTC"),
        .field("Id", "91\(day)"), .field("User", "\(name) (instagram: 1784000\(number))"),
      ]
    }
    let timeFirst: [Markup.Item] = [.field("Date Created", "1970-01-02 10:00:00 UTC"), .field("Text", "own")]
    #expect(
      try authors(timeFirst + [.group("Comments", comment("ann", 2, 3) + comment("bob", 3, 4))] + timeFirst)
        .prefix(3) == ["own 1 1", "of ann 2 2", "of bob 3 3"])
    // A title with nothing below it gives no picture to nobody.
    let none = [Markup.Item.group("Comments", [])]
    #expect(
      try authors(picture(2) + none + picture(3) + none + picture(4)) == ["own 1 1", "own 1 2", "own 1 3"])
    let later = [Markup.Item.group("Comments", comment("ann", 2, 5))]
    #expect(
      try authors(picture(2) + none + picture(3) + later + picture(4))
        == ["own 1 1", "own 1 2", "of ann 2 4", "own 1 3"])
  }
}
