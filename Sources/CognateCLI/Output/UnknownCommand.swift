import ArgumentParser
import RecordLinkage

/// A word where a command stands, and that is none: most often a slip of the pen.
struct UnknownCommand {
  /// What is wrong, and what was probably meant.
  let message: String

  /// Looks for the first word that names no command.
  ///
  /// - Parameter words: what was typed behind the program's name.
  init?(_ words: some Sequence<String>) {
    var group: any ParsableCommand.Type = CognateCommand.self
    var path = "cognate"
    for word in words {
      let commands = group.configuration.subcommands
      guard !commands.isEmpty, !word.hasPrefix("-"), word != "help" else { return nil }
      if let known = commands.first(where: { $0.configuration.commandName == word }) {
        group = known
        path += " " + word
        continue
      }
      let names = commands.compactMap { $0.configuration.commandName }
      let near = names.map { (name: $0, edits: StringSimilarity.damerauLevenshtein($0, word)) }
        .filter { $0.edits <= 2 && $0.edits < word.count }
        .min { $0.edits < $1.edits }
      let meant = near.map { " Did you mean '\($0.name)'?" } ?? ""
      message = """
        Error: No command '\(Terminal.safe(word))'.\(meant)
        Usage: \(path) <subcommand>
          See '\(path) --help' for more information.
        """
      return
    }
    return nil
  }

  /// The words that name a command, behind the program's name: `cognate audit report`.
  static func known(_ words: some Sequence<String>) -> String {
    var group: any ParsableCommand.Type = CognateCommand.self
    var path = "cognate"
    for word in words {
      guard let known = group.configuration.subcommands.first(where: { $0.configuration.commandName == word })
      else { break }
      group = known
      path += " " + word
    }
    return path
  }
}
