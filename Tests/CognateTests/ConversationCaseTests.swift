import Cognate
import Foundation
import PlatformExports
import TestSupport
import Testing

/// Who wrote to whom, from an export to the evidence.
@Suite struct ConversationCaseTests {
  private static let album = #"""
    {"name":"Album","photos":[
      {"uri":"a.jpg","creation_timestamp":1774008000,
       "comments":[{"timestamp":1774008100,"comment":"nice","author":"Dark Marrow"}]},
      {"uri":"b.jpg","creation_timestamp":1774013000,
       "comments":[{"timestamp":1774017000,"comment":"good","author":"Marrow Dark"}]}],
     "cover_photo":{"uri":"a.jpg","creation_timestamp":1774008000},"last_modified_timestamp":1774008000,
     "description":""}
    """#

  @Test func whoCommentedUnderTwoPicturesDidNotWriteToEachOther() throws {
    let test = try CaseUnderTest()
    _ = try test.write(Self.album, "d/your_facebook_activity/posts/album/0.json")
    _ = try test.write(
      #"{"profile_v2":{"name":{"full_name":"Zoe Fic"}}}"#, "d/profile_information/profile_information.json")
    _ = try test.opened.importSources(ImportRequest(paths: [test.folder.url.appendingPathComponent("d")]))
    _ = try test.opened.link()
    let accounts = try test.opened.accounts()
    let one = try #require(accounts.first { $0.name == "Dark Marrow" })
    let other = try #require(accounts.first { $0.name == "Marrow Dark" })
    #expect(try test.opened.why(one.id, other.id).evidence.map(\.rule) == ["display-name-sorted-tokens"])
  }

  /// In a group of three two pass something on, and the third writes.
  private static func group(_ forward: String) -> String {
    let messages = (1...6).map { number in
      let person = number % 3
      let name = person == 0 ? "Cyd" : person == 1 ? "Dark Marrow" : "Marrow Dark"
      let passedOn = person == 0 || number < 4 ? "" : forward
      return
        #"{"id":\#(number),"type":"message","date":"2022-06-01T12:00:00","date_unixtime":"165407760\#(number)","#
        + #""from":"\#(name)","from_id":"user7\#(person)",\#(passedOn)"text":"see \#(number)"}"#
    }
    return #"{"name":"Gang","type":"private_group","id":99,"messages":["# + messages.joined(separator: ",")
      + "]}"
  }

  @Test("Who passed something on in a group did not write to each other by it")
  func forwardsInAGroup() throws {
    for forward in ["", #""forwarded_from":"Eve","#] {
      let test = try CaseUnderTest()
      _ = try test.importing(Self.group(forward), "result.json")
      _ = try test.opened.link()
      let accounts = try test.opened.accounts()
      let one = try #require(accounts.first { $0.shown == "Dark Marrow" })
      let other = try #require(accounts.first { $0.shown == "Marrow Dark" })
      let evidence = try test.opened.why(one.id, other.id).evidence
      #expect(evidence.contains { $0.rule == "display-name-sorted-tokens" })
      #expect(!evidence.contains { $0.rule == "conversation-between" })
    }
  }

  @Test("Two who wrote in a group, where a third was silent, need not have written to each other")
  func twoInAGroup() throws {
    for (type, isGroup) in [("private_group", true), ("personal_chat", false)] {
      let test = try CaseUnderTest()
      let whole = Self.group("").replacing("\"private_group\"", with: "\"\(type)\"")
      // The third is silent.
      let chat = whole.replacing(
        #""from":"Cyd","from_id":"user70""#, with: #""from":"Dark Marrow","from_id":"user71""#)
      _ = try test.importing(chat, "result.json")
      _ = try test.opened.link()
      let accounts = try test.opened.accounts()
      let one = try #require(accounts.first { $0.shown == "Dark Marrow" })
      let other = try #require(accounts.first { $0.shown == "Marrow Dark" })
      let evidence = try test.opened.why(one.id, other.id).evidence
      #expect(evidence.contains { $0.rule == "conversation-between" } != isGroup)
    }
  }
}
