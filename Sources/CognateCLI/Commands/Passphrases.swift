import ArgumentParser
import Foundation
import Glibc

/// Where passphrases come from: a file, the environment or the terminal, never the command line, which others see.
enum Passphrases {
  /// Reads one.
  ///
  /// - Parameters:
  ///   - file: its first line, `-` or /dev/fd/N for what is handed over open.
  ///   - variable: of the environment, when there is no file.
  ///   - id: whose it is, for the question.
  static func get(file: String?, variable: String, of id: String) throws -> [UInt8] {
    if let file { return try firstLine(of: file) }
    if let text = ProcessInfo.processInfo.environment[variable], !text.isEmpty { return Array(text.utf8) }
    // The option and the variable go by one name: COGNATE_SECOND_PASSPHRASE, --second-passphrase-file.
    let option = variable.dropFirst("COGNATE_".count).lowercased().replacing("_", with: "-")
    return try ask(
      "Passphrase of \(Terminal.safe(id)): ", otherwise: "--\(option)-file FILE or \(variable)")
  }

  /// Reads a new one; the terminal asks for it twice.
  static func new(file: String?, of id: String) throws -> [UInt8] {
    let variable = "COGNATE_NEW_PASSPHRASE"
    if let file { return try firstLine(of: file) }
    if let text = ProcessInfo.processInfo.environment[variable], !text.isEmpty { return Array(text.utf8) }
    let otherwise = "--new-passphrase-file FILE or \(variable)"
    let once = try ask("New passphrase of \(Terminal.safe(id)): ", otherwise: otherwise)
    let again = try ask("The same once more: ", otherwise: otherwise)
    guard once == again else { throw ValidationError("The two passphrases differ. Nothing was changed.") }
    return once
  }

  private static func firstLine(of path: String) throws -> [UInt8] {
    let bytes: Data
    do {
      let handle =
        path == "-" ? FileHandle.standardInput : try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
      bytes = try handle.read(upToCount: 4096) ?? Data()
    } catch {
      throw InputError(
        place: path, reason: "the passphrase cannot be read; give the path of a file that exists and is yours"
      )
    }
    var line = [UInt8](bytes.prefix { $0 != 0x0A })
    if line.last == 0x0D { line.removeLast() }
    return line
  }

  /// Asks on the terminal without showing what is typed.
  private static func ask(_ question: String, otherwise: String) throws -> [UInt8] {
    let terminal = open("/dev/tty", O_RDWR | O_NOCTTY)
    guard terminal >= 0 else {
      throw ValidationError("There is no terminal to ask for the passphrase on: give \(otherwise).")
    }
    defer { close(terminal) }
    var before = termios()
    guard tcgetattr(terminal, &before) == 0 else {
      throw ValidationError("The terminal cannot be kept from showing the passphrase: give \(otherwise).")
    }
    var silent = before
    // Signals wait as well: Ctrl-C would leave a terminal that shows nothing any more.
    silent.c_lflag &= ~tcflag_t(ECHO | ICANON | ISIG)
    guard tcsetattr(terminal, TCSAFLUSH, &silent) == 0 else {
      throw ValidationError("The terminal cannot be kept from showing the passphrase: give \(otherwise).")
    }
    defer { tcsetattr(terminal, TCSAFLUSH, &before) }
    func show(_ text: String) {
      _ = Array(text.utf8).withUnsafeBytes { write(terminal, $0.baseAddress, $0.count) }
    }
    show(question)
    defer { show("\n") }
    var line: [UInt8] = []
    var byte: UInt8 = 0
    while read(terminal, &byte, 1) == 1 {
      switch byte {
      case 0x0A, 0x0D, 0x04: return line
      case 0x03: throw ExitCode(ExitStatus.interrupted)
      case 0x08, 0x7F:
        // A character of UTF-8 goes as a whole.
        while let last = line.popLast(), last & 0xC0 == 0x80 {}
      case 0x15: line = []
      default: line.append(byte)
      }
    }
    return line
  }
}
