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
}
