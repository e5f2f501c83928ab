import ArgumentParser
import CaseFile
import Cognate
import Foundation

/// Who works with the case.
struct SignInOptions: ParsableArguments {
  @Option(help: "Who you are, once people are registered: `cognate who list CASE`. COGNATE_WHO sets it too.")
  var who: String?
  @Option(
    help: "A file whose first line is your passphrase. Without it: COGNATE_PASSPHRASE, or the terminal asks.",
    completion: .file())
  var passphraseFile: String?

  private var id: String? {
    let id = who ?? ProcessInfo.processInfo.environment["COGNATE_WHO"]
    return id?.isEmpty == false ? id : nil
  }

  /// Signs in to read a log, without writing to the case.
  func signIn(toRead log: CaseLog) throws {
    try log.authorise(id) {
      try Passphrases.get(file: passphraseFile, variable: "COGNATE_PASSPHRASE", of: $0)
    }
  }

  /// Signs in, when somebody was named.
  func signIn(to opened: Case) throws -> SignedIn? {
    guard let id else { return nil }
    return try opened.signIn(
      id, passphrase: Passphrases.get(file: passphraseFile, variable: "COGNATE_PASSPHRASE", of: id))
  }
}

/// The second person of a step that needs two: they sign in as well.
struct SecondPersonOptions: ParsableArguments {
  @Option(help: "The second person, who agrees.")
  var second: String
  @Option(
    help:
      "A file whose first line is their passphrase. Without it: COGNATE_SECOND_PASSPHRASE, or the terminal asks.",
    completion: .file())
  var secondPassphraseFile: String?

  func signIn(to opened: Case) throws -> SignedIn {
    try opened.signIn(
      second,
      passphrase: Passphrases.get(
        file: secondPassphraseFile, variable: "COGNATE_SECOND_PASSPHRASE", of: second))
  }
}
