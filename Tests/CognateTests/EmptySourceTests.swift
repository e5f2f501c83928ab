import Cognate
import Foundation
import TestSupport
import Testing

/// A source that holds nothing is called empty, and not of an unknown format.
@Suite struct EmptySourceTests {
  @Test func emptyFilesAndFoldersAreCalledSo() throws {
    let test = try CaseUnderTest()
    for name in ["empty.txt", "_chat.txt", "msgstore.db.crypt15"] {
      let file = try test.importing("", name)
      #expect(file.outcome == .refused)
      #expect(
        file.sources.map(\.refusal) == [
          "\(name): the file is empty. Check that it was copied or exported whole."
        ])
    }
    let place = test.folder.url.appendingPathComponent("nothing")
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: false)
    let folder = try test.opened.importSources(ImportRequest(paths: [place]))
    #expect(folder.sources.map(\.refusalCode) == ["empty-source"])
    // A folder of an empty file holds one, which no reader recognises.
    try Data().write(to: place.appendingPathComponent("a.bin"))
    let full = try test.opened.importSources(ImportRequest(paths: [place]))
    #expect(full.sources.map(\.refusalCode) == ["unrecognised"])
    // One of a link holds nothing that was opened, and no format would help.
    let links = test.folder.url.appendingPathComponent("links")
    try FileManager.default.createDirectory(at: links, withIntermediateDirectories: false)
    try FileManager.default.createSymbolicLink(
      at: links.appendingPathComponent("chat.txt"), withDestinationURL: place.appendingPathComponent("a.bin"))
    let shut = try test.opened.importSources(ImportRequest(paths: [links]))
    #expect(shut.sources.map(\.refusalCode) == ["unopened"])
    #expect(shut.sources.first?.refusal?.contains("chat.txt is a symbolic link") == true)
  }
}
