import CaseFile
import Foundation
import TestSupport
import Testing

@Suite struct CaseOpeningTests {
  private func opening(
    basis: String = "consent", owner: String = "A. Analyst", reviewer: String = "R. Reviewer",
    reviewBy: String = "2027-01-31"
  ) throws -> CaseOpening {
    try CaseOpening(
      mode: .charity, basis: basis, purpose: "stalking", reference: "R/1", owner: owner, reviewer: reviewer,
      reviewBy: reviewBy, dpia: "DPIA/7")
  }

  @Test func isStoredAndReadBackWhole() throws {
    let scratch = try ScratchFolder()
    let folder = scratch.url.appendingPathComponent("a.cognate")
    let written = try opening()
    _ = try CaseDatabase.create(at: folder, opening: written)
    #expect(try CaseDatabase.open(folder).opening() == written)
  }

  @Test(arguments: ["", "   ", "\n"])
  func refusesAnEmptyBasis(_ basis: String) {
    #expect(throws: CaseError.self) { try opening(basis: basis) }
  }

  @Test func refusesAnOwnerWhoReviews() {
    #expect(throws: CaseError.self) { try opening(owner: "One Person", reviewer: "one person") }
  }

  @Test(arguments: ["2027-1-31", "31-01-2027", "2027-02-29", "2027-13-01", "soon", ""])
  func refusesWhatIsNoDate(_ date: String) {
    #expect(throws: CaseError.self) { try opening(reviewBy: date) }
  }

  @Test(arguments: ["2028-02-29", "2027-12-31"])
  func takesADate(_ date: String) throws {
    #expect(try opening(reviewBy: date).reviewBy == date)
  }

  @Test func aCaseIsItsOwnersOnly() throws {
    let scratch = try ScratchFolder()
    let folder = scratch.url.appendingPathComponent("a.cognate")
    let made = try CaseDatabase.create(at: folder, opening: try opening())
    #expect(!made.isReadableByOthers)
    let database = folder.appendingPathComponent("case.sqlite").path
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: database)
    #expect(made.isReadableByOthers)
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: database)
    #expect(!made.isReadableByOthers)
    // Whoever has the key can sign another history.
    let key = folder.appendingPathComponent("key/log-key").path
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: key)
    #expect(made.isReadableByOthers)
  }

  @Test func isNotMadeOverAnother() throws {
    let scratch = try ScratchFolder()
    #expect(throws: CaseError.exists(scratch.url.path)) {
      try CaseDatabase.create(at: scratch.url, opening: try opening())
    }
  }

  @Test func whatIsNoCaseIsNotOpened() throws {
    let scratch = try ScratchFolder()
    #expect(throws: CaseError.notACase(scratch.url.path)) { try CaseDatabase.open(scratch.url) }
    _ = try scratch.write("not a database, but long enough to have a header", to: "case.sqlite")
    #expect(throws: CaseError.noDatabase(scratch.url.path)) { try CaseDatabase.open(scratch.url) }
  }
}
