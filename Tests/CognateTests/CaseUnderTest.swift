import CaseFile
import Cognate
import Foundation
import TestSupport

/// A case in a scratch folder, with the clock stopped.
struct CaseUnderTest {
  let folder: ScratchFolder
  let opened: Case

  init(mode: CaseMode = .force) throws {
    folder = try ScratchFolder()
    opened = try Case.create(
      at: folder.url.appendingPathComponent("t.cognate"), opening: try Self.opening(mode: mode)
    ) { Date(timeIntervalSince1970: 1_767_225_600) }
  }

  static func opening(mode: CaseMode = .force, reviewer: String = "R", reviewBy: String = "2027-01-31") throws
    -> CaseOpening
  {
    try CaseOpening(
      mode: mode, basis: "b", purpose: "p", reference: "r", owner: "O", reviewer: reviewer,
      reviewBy: reviewBy, dpia: "d")
  }

  func write(_ text: String, _ name: String) throws -> URL { try folder.write(text, to: name) }

  func importing(_ text: String, _ name: String, _ change: (inout ImportRequest) -> Void = { _ in }) throws
    -> ImportReport
  {
    var request = ImportRequest(paths: [try write(text, name)])
    change(&request)
    return try opened.importSources(request)
  }
}

/// Account lines in which two accounts share an e-mail address and a third is a stranger.
let accountLines = """
  {"id":"a1","platform":"x","handle":"grim.reefer","name":"G","emails":["g@example.org"]}
  {"id":"a2","platform":"telegram","handle":"somebody_else_77","name":"S","emails":["g@example.org"]}
  {"id":"a3","platform":"instagram","handle":"stranger_danger","name":"T","emails":["t@example.org"]}

  """
