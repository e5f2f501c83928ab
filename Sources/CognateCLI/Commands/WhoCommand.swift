public import ArgumentParser
import CaseFile
import Cognate
public import Disclosure
import Foundation

extension Role: ExpressibleByArgument {}

struct WhoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "who", abstract: "Register who works on a case, with a passphrase each.",
    discussion: """
      Until somebody is registered, the log names the operating system's user, whom nothing has proved. From then on every \
      command that shows content or what the log says, or changes the case, asks who you are (--who), and the roles say \
      what you may do. Identifying and disclosing need people from the start.

      ROLES:
        analyst    imports, links, judges, proposes and corroborates
        reviewer   is the second person on an identification
        decider    confirms and decides; never who linked, judged or proposed here
        discloser  tells the victim
        auditor    reads the log and not the content; has no other role
        admin      registers people and reads no content; has no other role

      EXAMPLES:
        cognate who add case.cognate keeper --role admin
        cognate who add case.cognate DC1 --role analyst --who keeper
        cognate who list case.cognate
      """,
    subcommands: [
      WhoAddCommand.self, WhoListCommand.self, WhoPassphraseCommand.self, WhoRemoveCommand.self,
    ])
}

struct WhoAddCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Register somebody.",
    discussion: """
      The first person is an admin, who registers the others. The new passphrase is read from --new-passphrase-file or \
      COGNATE_NEW_PASSPHRASE, or asked for twice; whoever it belongs to changes it by `cognate who passphrase`.

      EXAMPLES:
        cognate who add case.cognate keeper --role admin
        cognate who add case.cognate DI4 --role decider --rank inspector --who keeper
      """)

  @OptionGroup var target: CaseArgument
  @Argument(help: "The id to sign in by: letters, digits, points, hyphens, underscores.") var id: String
  @Option(parsing: .singleValue, help: "What they may do; may be given again.") var role: [Role]
  @Option(help: "Rank, which an officer who confirms must have.") var rank: String?
  @Option(help: "A file whose first line is their passphrase.", completion: .file())
  var newPassphraseFile: String?
  @OptionGroup var output: OutputOptions

  func run() throws {
    let opened = try target.open()
    let passphrase = try Passphrases.new(file: newPassphraseFile, of: id)
    try opened.run { try $0.addPerson(id, roles: Set(role), rank: rank, passphrase: passphrase) }
    try output.show(["id": id]) {
      "Registered \(Terminal.safe(id)): \(Set(role).map(\.rawValue).sorted().joined(separator: ", "))."
    }
  }
}

struct WhoListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List who is and was registered.",
    discussion: "EXAMPLE:\n  cognate who list case.cognate")

  @Argument(help: "The case's folder (NAME.cognate).", completion: .directory) var `case`: String
  @OptionGroup var output: OutputOptions

  func run() throws {
    let people = try Case.open(URL(fileURLWithPath: `case`)).people()
    try output.show(people) {
      people.isEmpty
        ? "Nobody is registered."
        : Terminal.table(
          people.map { person in
            [
              person.id, person.roles.map(\.rawValue).joined(separator: ", "),
              Terminal.safe(person.rank ?? "-"),
              person.removedAt.map { "removed \($0)" } ?? "since \(person.addedAt)",
            ]
          })
    }
  }
}

struct WhoPassphraseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "passphrase", abstract: "Change your own passphrase.",
    discussion: "EXAMPLE:\n  cognate who passphrase case.cognate --who DC1")

  @OptionGroup var target: CaseArgument
  @Option(
    help:
      "A file whose first line is the new passphrase. Without it: COGNATE_NEW_PASSPHRASE, or the terminal asks.",
    completion: .file())
  var newPassphraseFile: String?
  @OptionGroup var output: OutputOptions

  func run() throws {
    let opened = try target.open()
    guard let id = opened.signedIn?.id else {
      throw ValidationError("Say who you are with --who ID: everybody changes their own passphrase.")
    }
    let passphrase = try Passphrases.new(file: newPassphraseFile, of: id)
    try opened.run { try $0.changePassphrase(to: passphrase) }
    try output.show(["id": id]) { "Changed. Sign in with the new passphrase from now on." }
  }
}

struct WhoRemoveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove", abstract: "Remove somebody; what they did stays on record.",
    discussion: "EXAMPLE:\n  cognate who remove case.cognate DC1 --who keeper")

  @OptionGroup var target: CaseArgument
  @Argument(help: "Their id.") var id: String
  @OptionGroup var output: OutputOptions

  func run() throws {
    try target.open().run { try $0.removePerson(id) }
    try output.show(["id": id]) { "Removed \(Terminal.safe(id))." }
  }
}
